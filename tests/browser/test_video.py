"""现场视频 in a real browser: a real HLS stream plays, a dead one leaves the photo, none leaves nothing."""

from __future__ import annotations

import functools
import re
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import pytest
from playwright.sync_api import Browser, Page, expect

from data import demo
from tests.browser.conftest import WAIT_MS, Watch
from tests.browser.test_live import drop
from tests.program import Program, free_port, program, running

pytestmark = pytest.mark.browser

H264 = "MediaSource.isTypeSupported('video/mp4; codecs=\"avc1.42E01E\"')"
# resolves as soon as pictures move
PLAYED = """(video, most) => new Promise((done, failed) => {
  setTimeout(() => failed(new Error(`nothing played: ${video.error?.message}`)), most);
  const look = () => (video.currentTime > 0 ? done(video.currentTime) : video.addEventListener("timeupdate", look, { once: true }));
  look();
})"""  # noqa: E501


class Camera(SimpleHTTPRequestHandler):
    """A site's camera: files of a folder, which pages of another host may ask for."""

    def end_headers(self) -> None:
        self.send_header("access-control-allow-origin", "*")
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a minute and a half of test picture, cut into an HLS stream by ffmpeg."""
    folder: Path = tmp_path_factory.mktemp("camera")
    subprocess.run(
        [
            imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-f", "lavfi",
            "-i", "testsrc=duration=90:size=320x180:rate=10", "-c:v", "libx264", "-preset", "ultrafast",
            "-profile:v", "baseline", "-pix_fmt", "yuv420p", "-g", "10", "-threads", "1",
            "-f", "hls", "-hls_time", "2", "-hls_playlist_type", "vod", str(folder / "site.m3u8"),
        ],
        check=True,
    )  # fmt: skip
    handler = functools.partial(Camera, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/site.m3u8"
        server.shutdown()
        thread.join()


@dataclass(frozen=True)
class Office:
    """A program over some projects, and the address at which nobody answers."""

    program: Program
    dead: str

    def page_of(self, project: str) -> str:
        return f"{self.program.url}/project/{project}"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, camera: str) -> Iterator[Office]:
    """V1 has a stream, V2 a dead one and a photo, V3 none, V4 a dead one, V5 another's, V6 a broken photo."""
    folder: Path = tmp_path_factory.mktemp("office")
    dead = f"http://127.0.0.1:{free_port()}/site.m3u8"
    hosts = ",".join(address.split("/")[2] for address in (camera, dead))
    demo.build(program(folder).settings, projects=20, days=1)
    (folder / "photos").mkdir()
    picture = [
        "-f",
        "lavfi",
        "-i",
        "smptebars=size=640x360",
        "-frames:v",
        "1",
        str(folder / "photos" / "V2.jpg"),
    ]
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", *picture], check=True)
    streams = {
        "V1": camera,
        "V2": dead,
        "V3": "",
        "V4": dead,
        "V5": "http://elsewhere.example/a.m3u8",
        "V6": "",
    }
    shots = {"V2": "V2.jpg", "V6": "V6.jpg"}
    (folder / "photos" / "V6.jpg").write_bytes(b"half a picture")
    rows = [
        {"项目编号": number, "项目名称": f"{number}号工程", "县区/园区": "东山县", "建设性质": "新建",
         "计划开工": "2026-10-01", "视频地址": stream, "照片": shots.get(number, "")}
        for number, stream in streams.items()
    ]  # fmt: skip
    with running(folder, GUATU_VIDEO_HOSTS=hosts) as started:
        drop(started, "今日台账.csv", rows)
        yield Office(started, dead)


@pytest.fixture
def calm(chromium: Browser, watch: Watch) -> Iterator[Page]:
    """A visitor who asked for less motion."""
    context = chromium.new_context(reduced_motion="reduce", viewport={"width": 1366, "height": 768})
    made = context.new_page()
    watch.follow(made)
    yield made
    context.close()
    assert watch.faults == []


def opened(page: Page, office: Office, project: str) -> None:
    """The project's page with its head there; the ledger dropped at the start is published by then."""
    page.goto(office.page_of(project))
    expect(page.locator(".project-head h1")).to_contain_text(f"{project}号工程")


def plays(page: Page) -> None:
    """The stream on the page is playing, pictures of it have passed."""
    assert page.locator(".site video").evaluate(PLAYED, WAIT_MS) > 0
    expect(page.locator(".site video")).to_be_visible()


def needs_h264(page: Page) -> None:
    if not page.evaluate(H264):
        pytest.skip("this Chromium was built without H.264, which cameras send")


def test_a_stream_plays_muted_and_goes_on_from_tab_to_tab(page: Page, office: Office) -> None:
    opened(page, office, "V1")
    needs_h264(page)
    plays(page)
    expect(page.locator(".site video")).to_be_visible()
    expect(page.locator(".site")).to_contain_text("现场视频")
    assert page.evaluate("document.querySelector('.site video').muted")
    page.evaluate("document.querySelector('.site video').dataset.same = 'yes'")
    page.get_by_role("link", name="专班", exact=True).click()
    expect(page.locator(".project-tab.on")).to_have_text("专班")
    expect(page.locator(".site video")).to_have_attribute("data-same", "yes")
    page.emulate_media(media="print")
    expect(page.locator(".site video")).to_be_hidden()


def test_a_stream_that_ends_leaves_one_quiet_line(page: Page, office: Office) -> None:
    opened(page, office, "V1")
    needs_h264(page)
    plays(page)
    page.evaluate("document.querySelector('.site video').dispatchEvent(new Event('ended'))")
    expect(page.locator(".site video")).to_have_count(0)
    expect(page.locator(".site-fault")).to_be_visible()


def test_a_projected_project_shows_its_stream_too(page: Page, office: Office) -> None:
    opened(page, office, "V1")
    needs_h264(page)
    page.goto(f"{office.program.url}/projection?show=project:V1;project:V3")
    plays(page)
    expect(page.locator(".pj-layer.on .site video")).to_be_visible()
    page.keyboard.press("ArrowRight")
    # who is not on screen is not asked for pictures
    expect(page.locator(".site video")).to_have_count(0)
    expect(page.locator(".pj-layer.on .site")).to_have_count(0)


def quiet(watch: Watch) -> None:
    """Nothing went wrong but what the browser itself says of an address at which nobody answers."""
    refused = re.compile(r"console: Failed to load resource: net::ERR_CONNECTION_REFUSED")
    assert [fault for fault in watch.faults if not refused.match(fault)] == []
    watch.faults.clear()


def test_a_dead_stream_leaves_the_photo_and_one_line(page: Page, office: Office, watch: Watch) -> None:
    opened(page, office, "V2")
    expect(page.locator(".site-fault")).to_have_text("视频暂时连不上")
    expect(page.locator(".site-fault")).to_be_visible()
    expect(page.locator(".site-photo")).to_be_visible()
    assert page.evaluate("document.querySelector('.site-photo').naturalWidth") == 640
    expect(page.locator(".site video")).to_have_count(0)
    opened(page, office, "V4")
    expect(page.locator(".site-fault")).to_be_visible()
    expect(page.locator(".site img, .site video")).to_have_count(0)
    quiet(watch)


def test_a_stream_that_stands_still_is_not_shown_as_live(page: Page, office: Office) -> None:
    page.clock.install()
    opened(page, office, "V1")
    needs_h264(page)
    plays(page)
    video = page.locator(".site video")
    video.evaluate("video => Object.defineProperty(video, 'currentTime', { get: () => 1, set() {} })")
    page.clock.run_for(30_000)
    expect(page.locator(".site-fault")).to_be_visible()
    expect(video).to_have_count(0)


def test_a_dead_stream_is_tried_again_after_a_minute(page: Page, office: Office, watch: Watch) -> None:
    page.clock.install()
    opened(page, office, "V4")
    expect(page.locator(".site-fault")).to_be_visible()
    with page.expect_event("requestfailed", lambda request: request.url == office.dead):
        page.clock.run_for(61_000)
    quiet(watch)


def test_a_photo_that_cannot_be_read_leaves_nothing(page: Page, office: Office) -> None:
    with page.expect_response(lambda answer: "/api/photos/V6.jpg" in answer.url) as asked:
        opened(page, office, "V6")
    assert asked.value.status == 200
    expect(page.locator(".site *")).to_have_count(0)
    box = page.locator(".site").bounding_box()
    assert box is not None and box["width"] == 0


def test_a_dead_stream_is_not_spoken_of_on_the_screen_of_a_meeting(
    page: Page, office: Office, watch: Watch
) -> None:
    with page.expect_event("requestfailed", lambda request: request.url == office.dead):
        page.goto(f"{office.program.url}/projection?show=project:V2")
    expect(page.locator(".pj-layer.on .site[data-state=failed] .site-photo")).to_be_visible()
    expect(page.locator(".pj-layer.on")).not_to_contain_text("连不上")
    quiet(watch)


def test_without_a_stream_no_player_is_loaded(page: Page, office: Office) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, office, "V3")
    expect(page.locator(".project-tab")).to_have_count(4)
    expect(page.locator(".site")).to_have_count(0)
    expect(page.locator(".project-site")).to_be_hidden()
    opened(page, office, "V5")
    link = page.get_by_role("link", name="打开现场视频")
    expect(link).to_have_attribute("href", "http://elsewhere.example/a.m3u8")
    assert not [url for url in asked if "hls" in url or "m3u8" in url]


def test_who_wants_less_motion_starts_the_stream_himself(calm: Page, office: Office) -> None:
    asked: list[str] = []
    calm.on("request", lambda request: asked.append(request.url))
    opened(calm, office, "V1")
    needs_h264(calm)
    play = calm.get_by_role("button", name="播放现场视频")
    expect(play).to_be_visible()
    assert not [url for url in asked if "hls" in url or "m3u8" in url]
    play.click()
    plays(calm)
    expect(play).to_be_hidden()
