"""A site's stream and photo: which addresses are taken, what is drawn, and what the policy then allows."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fastapi import FastAPI

from components import markup, project_routes, security, site
from data import photos, video
from data.errors import ConfigurationError
from data.photos import Photo
from data.video import Stream
from tests.web.support import Visitor, guarded, settings

CAMERA = "10.0.0.8:8888"
ZONE = "Asia/Shanghai"


@pytest.mark.parametrize(
    ("address", "plays"),
    [
        ("/live/xm001.m3u8", True),
        (" http://10.0.0.8:8888/site1/index.m3u8 ", True),
        ("https://camera.local/site1.m3u8?key=1&b=2", True),
        ("https://camera.local:443/site1.m3u8", True),
        ("HTTP://Camera.Local/site1.m3u8", True),
        ("http://10.0.0.8/site1.m3u8", False),
        ("http://10.0.0.8:8889/site1.m3u8", False),
        ("https://elsewhere.example/a.m3u8", False),
        ("http://camera.local.evil.example/a.m3u8", False),
    ],
)
def test_an_address_is_played_from_named_hosts_only(address: str, plays: bool) -> None:
    found = video.stream(address, (CAMERA, "camera.local"))
    assert found == Stream(address.strip(), plays)


@pytest.mark.parametrize(
    "address",
    [
        None, "", "  ", "rtsp://10.0.0.8:8888/site1", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd",
        "//10.0.0.8:8888/a.m3u8", "/\\10.0.0.8/a.m3u8", "http:\\\\10.0.0.8:8888", "live/xm001.m3u8", "http://",
        "http:///a.m3u8", "http://10.0.0.8:port/a", "http://10.0.0.8:99999/a", "http://[10.0.0.8/a",
        "http://admin:12345@10.0.0.8:8888/a.m3u8", "http://@10.0.0.8:8888/a.m3u8",
        'http://10.0.0.8:8888/"><script>', "http://10.0.0.8:8888/a b", "http://10.0.0.8:8888/a\nb",
        "见监控平台",
    ],
)  # fmt: skip
def test_any_other_address_is_none(address: str | None) -> None:
    assert video.stream(address, (CAMERA,)) is None


def test_hosts_are_words_of_a_setting() -> None:
    assert video.hosts("") == ()
    assert video.hosts(" 10.0.0.8:8888, Camera.Local ,") == (CAMERA, "camera.local")


@pytest.mark.parametrize(
    "text", ["http://10.0.0.8", "a/b", "*", "*.local", "a; script-src *", "a b", "a'", "-a"]
)
def test_a_host_that_could_change_the_policy_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="GUATU_VIDEO_HOSTS"):
        video.hosts(text)
    with pytest.raises(ConfigurationError):
        guarded(tmp_path, video_hosts=text)


def directives(policy: str) -> dict[str, list[str]]:
    """A policy as its directives."""
    return {words[0]: words[1:] for words in (part.split() for part in policy.split(";"))}


def test_the_policy_names_this_server_alone_until_cameras_are_named(tmp_path: Path) -> None:
    own = directives(Visitor(guarded(tmp_path)).get("/").headers["content-security-policy"])
    assert own["media-src"] == ["'self'", "blob:"]
    assert own["connect-src"] == ["'self'", "ws://127.0.0.1:8050", "wss://127.0.0.1:8050"]
    answer = Visitor(guarded(tmp_path, video_hosts=CAMERA)).get("/")
    named = directives(answer.headers["content-security-policy"])
    assert named["connect-src"] == [*own["connect-src"], CAMERA]
    assert named["media-src"] == [*own["media-src"], CAMERA]
    changed = ("connect-src", "media-src")
    assert {k: v for k, v in named.items() if k not in changed} == {
        k: v for k, v in own.items() if k not in changed
    }
    assert named["worker-src"] == ["'self'"] and named["script-src"][0] == "'self'"
    assert security.policy([], "h") == security.policy([], "h", ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """photos/ with one picture and, beside it, what must not be had."""
    kept = tmp_path / "photos"
    kept.mkdir()
    (kept / "XM 001号.JPG").write_bytes(b"\xff\xd8picture")
    (kept / "notes.txt").write_text("secret")
    (kept / ".hidden.png").write_bytes(b"secret")
    (tmp_path / "outside.png").write_bytes(b"secret")
    (kept / "link.png").symlink_to(tmp_path / "outside.png")
    return kept


def test_a_photo_is_a_picture_of_its_folder(folder: Path) -> None:
    stored = datetime(2026, 11, 20, 8, 30, tzinfo=ZoneInfo(ZONE))
    os.utime(folder / "XM 001号.JPG", (stored.timestamp(), stored.timestamp()))
    found = photos.photo(folder, " XM 001号.JPG ", ZONE)
    assert found == Photo(folder / "XM 001号.JPG", stored)
    assert found.media_type == "image/jpeg"


@pytest.mark.parametrize(
    "name",
    [None, "", "XM002.jpg", "notes.txt", ".hidden.png", "../outside.png", "..\\outside.png", "/etc/passwd",
     "link.png", "C:outside.png", "a\0.png", "x" * 300 + ".png"],
)  # fmt: skip
def test_nothing_else_is_a_photo(folder: Path, name: str | None) -> None:
    assert photos.photo(folder, name, ZONE) is None


def test_photos_are_answered_by_their_names(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project_routes, "settings", lambda: settings(folder.parent))
    inner = FastAPI()
    inner.include_router(project_routes.router())
    visitor = Visitor(inner)
    answer = visitor.get("/api/photos/XM 001号.JPG")
    assert (answer.status, answer.body) == (200, b"\xff\xd8picture")
    assert answer.headers["content-type"] == "image/jpeg"
    for name in ("notes.txt", "link.png", "../outside.png", "..%2Foutside.png", "XM002.jpg"):
        assert visitor.get(f"/api/photos/{name}").status == 404, name


def drawn(stream: Stream | None, photo: Photo | None, projected: bool = False) -> str:
    return markup.html_of(site.figure(stream, photo, projected))


PHOTO = Photo(Path("/somewhere/XM 001&.jpg"), datetime(2026, 11, 20, tzinfo=ZoneInfo(ZONE)))


def test_neither_stream_nor_photo_draws_nothing() -> None:
    assert drawn(None, None) == drawn(None, None, projected=True) == ""
    # an address that may not be played has no place in a projected picture
    assert drawn(Stream("http://elsewhere.example/a.m3u8", plays=False), None, projected=True) == ""


def test_a_stream_names_its_player_and_has_one_quiet_word() -> None:
    html = drawn(Stream("/live/a.m3u8?x=1&y='2'", plays=True), None)
    assert 'data-stream="/live/a.m3u8?x=1&amp;y=&#x27;2&#x27;"' in html
    assert 'data-player="/assets/vendor/hls.light.min.js?m=' in html
    assert html.count("视频暂时连不上") == 1
    projected = drawn(Stream("/live/a.m3u8", plays=True), PHOTO, projected=True)
    assert "连不上" not in projected and "<button" not in projected and "<img" in projected


def test_a_photo_says_since_when_it_is_there_and_asks_for_no_player() -> None:
    html = drawn(None, PHOTO)
    assert 'src="/api/photos/XM%20001%26.jpg?m=' in html
    assert "现场照片 · 11月20日存入" in html
    assert "data-player" not in html and "连不上" not in html


def test_a_stream_of_another_host_is_a_link() -> None:
    html = drawn(Stream("http://elsewhere.example/a.m3u8", plays=False), PHOTO)
    assert 'href="http://elsewhere.example/a.m3u8"' in html and "打开现场视频" in html
    assert 'rel="noopener noreferrer"' in html
    assert "data-stream" not in html


def test_a_card_is_judged_by_the_offices_settings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "settings", lambda: settings(folder.parent, video_hosts=CAMERA))
    card = {"video_url": f"http://{CAMERA}/a.m3u8", "photo": "XM 001号.JPG"}
    html = markup.html_of(site.of_card(card))
    assert "data-stream" in html and "<img" in html
    assert site.of_card({"video_url": "rtsp://10.0.0.8:8888/a", "photo": "gone.jpg"}) == []
