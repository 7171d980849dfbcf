"""A whole weekly meeting in a real browser: agenda, projection, two promises, a new file, the next one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from data import demo
from data.manifest import Version
from data.publish import publish
from tests.browser.conftest import WAIT_MS, Watch
from tests.browser.test_projection import FAULTS
from tests.program import program, running

pytestmark = pytest.mark.browser

# the program is slow to look back for the first time
FIRST_MS = 4 * WAIT_MS
NEXT_DAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a town of sixty projects with three weeks behind it, no demo: its record stays."""
    folder = tmp_path_factory.mktemp("town")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(demo, "publish", in_earnest)
        demo.build(program(folder).settings, projects=60, days=21)
    return folder


def in_earnest(*told: Any, **more: Any) -> Version:
    return publish(*told, **(more | {"demo": False}))


@pytest.fixture
def room(chromium: Browser) -> Iterator[BrowserContext]:
    """The visitor of a meeting room, whose computer knows who writes."""
    fresh = chromium.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
    fresh.set_default_timeout(WAIT_MS)
    yield fresh
    fresh.close()


def open_meeting(page: Page, url: str, search: str = "") -> None:
    page.goto(f"{url}/dispatch/week{search}")
    expect(page.locator(".agenda-item").first).to_be_visible(timeout=FIRST_MS)


def names(page: Page) -> list[str]:
    return page.locator(".agenda-name").all_inner_texts()


def test_a_whole_weekly_meeting(town: Path, room: BrowserContext, tmp_path: Path) -> None:
    watch = Watch()
    with running(town) as started:
        page = watched(room, watch)
        open_meeting(page, started.url)
        expect(page.locator(".dispatch-head")).to_contain_text("周调度11月23日")
        expect(page.locator(".dispatch-head")).to_contain_text("与 11月16日第1版比")
        second = prepared(page)
        project(page, second)
        typed_in_projection(page)
        kept_on_the_page(page)
        page.close()
    # three days on a new file lies in the inbox, and the program is started anew
    new_file(town, tmp_path)
    with running(town, GUATU_TODAY=NEXT_DAY.isoformat()) as later:
        page = watched(room, watch)
        next_meeting(page, later.url)
        page.close()
    assert watch.faults == []


def watched(room: BrowserContext, watch: Watch) -> Page:
    page = room.new_page()
    watch.follow(page)
    return page


def prepared(page: Page) -> str:
    """The agenda is ordered and fixed; the project it begins with."""
    first, second = names(page)[:2]
    page.locator(".intake-person").fill("小赵")
    page.get_by_role("button", name=f"下移:{first}").click()
    expect(page.locator(".agenda-name").first).to_have_text(second)
    page.locator(".agenda-item").nth(2).get_by_role("button", name="去掉").click()
    expect(page.locator(".agenda-dropped")).to_have_count(1)
    page.get_by_role("button", name="确定议程").click()
    expect(page.locator(".dispatch-agenda h2")).to_contain_text("小赵已确定")
    return second


def project(page: Page, first: str) -> None:
    """Projected, it opens with the whole city and then walks through the agenda."""
    page.locator(".dispatch-project").click()
    expect(page.locator(".pj-layer.on")).to_be_visible(timeout=FIRST_MS)
    expect(page.locator(".pj-set")).to_have_text("议程")
    for kind in ("section", "section", "regions"):
        page.keyboard.press("ArrowRight")
        expect(page.locator(f".pj-layer.on[data-kind={kind}]")).to_be_visible()
        assert page.locator(".pj-layer.on").evaluate(FAULTS) == []
    while page.locator(".pj-layer.on[data-kind=project]").count() == 0:
        shown = page.locator(".pj-place").inner_text()
        page.keyboard.press("ArrowRight")
        expect(page.locator(".pj-place")).not_to_have_text(shown)
    expect(page.locator(".pj-layer.on .pj-name")).to_have_text(first)
    expect(page.locator(".pj-clock")).to_contain_text("本项")


def typed_in_projection(page: Page) -> None:
    """J opens a line over the picture; letters are letters there, and nothing is kept unseen."""
    page.keyboard.press("j")
    line = page.locator(".pj-record .promise-line")
    expect(line).to_be_focused()
    page.keyboard.type("自然资源局 11月24日前 b办结不动产权证")
    parse = page.locator(".pj-record .promise-parse")
    expect(parse).to_contain_text("2026年11月24日")
    expect(parse).to_contain_text("自然资源局")
    expect(page.locator(".projection.blanked")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator(".pj-record")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".dispatch-decided tbody tr")).to_have_count(1)
    assert page.url.endswith("/dispatch/week?date=2026-11-23")


def kept_on_the_page(page: Page) -> None:
    """A line without who is refused in words; a good one is kept with its project."""
    expect(page.locator(".agenda-done").first).to_contain_text("已记 1 件")
    item = page.locator(".agenda-item").nth(1)
    item.get_by_role("button", name="记").click()
    about = item.locator(".agenda-name").inner_text()
    expect(page.locator(".promise-about")).to_have_text(about)
    page.locator(".promise-clear").click()
    line = page.locator(".promise-line")
    line.fill("12月4日前 完成用地预审")
    expect(page.locator(".promise-parse")).to_contain_text("没有写由谁办")
    expect(page.locator(".promise-keep")).to_be_disabled()
    item.get_by_role("button", name="记").click()
    line.fill("王市长 12月4日前 完成用地预审")
    expect(page.locator(".promise-keep")).to_be_enabled()
    # what is typed and not yet kept outlives a reload, as after the program was killed
    page.reload()
    expect(line).to_have_value("王市长 12月4日前 完成用地预审")
    expect(page.locator(".promise-about")).to_have_text(about)
    expect(page.locator(".promise-keep")).to_be_enabled()
    line.press("Enter")
    expect(page.locator(".dispatch-decided tbody tr")).to_have_count(2)
    expect(page.locator(".dispatch-decided")).to_contain_text(about)
    # what is noted while another is being changed does not take its place
    page.locator(".dispatch-decided .promise-edit").first.click()
    expect(page.locator(".promise-keep")).to_have_text("改好")
    item.get_by_role("button", name="记").click()
    expect(page.locator(".promise-keep")).to_have_text("记下")
    expect(line).to_have_value("")
    page.locator(".promise-clear").click()


def new_file(folder: Path, tmp_path: Path) -> None:
    """A workbook of that day is dropped into the inbox."""
    made = tmp_path / "台账.xlsx"
    demo.write_workbook(demo.ledgers(60, NEXT_DAY), made)
    made.rename(folder / "inbox" / made.name)


def next_meeting(page: Page, url: str) -> None:
    """The promises come first, in their lights, on the page and on the projector."""
    page.goto(f"{url}/dispatch/week")
    expect(page.locator(".footer")).to_contain_text("来源 台账.xlsx", timeout=FIRST_MS)
    expect(page.locator(".bar")).to_contain_text("11月25日")
    expect(page.locator(".dispatch-head")).to_contain_text("周调度11月30日", timeout=FIRST_MS)
    promises = page.locator(".dispatch > div").nth(1).locator(".promises tbody tr")
    expect(promises).to_have_count(2)
    expect(promises.nth(0)).to_contain_text("逾期 1 天")
    expect(promises.nth(0).locator(".light-red")).to_have_count(1)
    expect(promises.nth(1).locator(".light-blue")).to_have_count(1)
    page.locator(".dispatch-project").click()
    shown = page.locator(".pj-layer.on .pj-promises li")
    expect(shown).to_have_count(2, timeout=FIRST_MS)
    expect(shown.first).to_contain_text("逾期 1 天")
    page.keyboard.press("Escape")
    promises.nth(0).get_by_role("button", name="办结").click()
    expect(promises.nth(1)).to_contain_text("办结")
    expect(promises.nth(1).locator(".light-green")).to_have_count(1)
