"""投屏 in a real browser: keys of a keyboard and a clicker, five sizes, live change, an outage, a session."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Browser, Page, Request, expect

from data import demo
from tests.browser.conftest import WAIT_MS, Watch
from tests.browser.test_live import drop, three_projects
from tests.program import Program, program, running

pytestmark = pytest.mark.browser

SIZES = {
    "1080p": (1920, 1080),
    "768p": (1366, 768),
    "xga": (1024, 768),
    "two": (3840, 1080),
    "4k": (3840, 2160),
}
# one page of each kind, of a meeting's sections those with the most words and the most columns
SECTIONS = ("day.2026-11-23.due", "week.2026-11-23.decisions", "month.2026-12-07.targets")
PARTS = ";".join(f"section:{name}.0" for name in SECTIONS)
KINDS = f"overview;regions;red;wall;leader:领导05;project:{{project}};{PARTS}"
# what is cut off, sticks out of the picture, or is smaller than 1/40 of its height; a figure is below 1/12
FAULTS = """(picture) => {
  const least = innerHeight / 40 - 0.6, found = [];
  const say = (what, node) => found.push(`${what}: ${node.className.baseVal ?? node.className} ${node.textContent.trim().slice(0, 30)}`);
  if (picture.scrollHeight > picture.clientHeight + 1 || picture.scrollWidth > picture.clientWidth + 1) say('scrolls', picture);
  for (const node of document.querySelectorAll('.pj-head *, .pj-foot *, .pj-layer.on *')) {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
    if (!own || !node.getClientRects().length) continue;
    const style = getComputedStyle(node), scale = node.closest('svg') ? node.getScreenCTM().a : 1;
    if (parseFloat(style.fontSize) * scale < least) say(`${style.fontSize} is small`, node);
    const box = node.getBoundingClientRect();
    if (!node.closest('svg') && (box.left < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)) say('outside', node);
    const clips = style.overflow !== 'visible' && style.display !== 'inline' && !node.matches('.pj-next');
    if (clips && node.scrollWidth > node.clientWidth + 1) say('cut', node);
    if (clips && node.scrollHeight > node.clientHeight + parseFloat(style.fontSize) / 2) say('cut', node);
  }
  for (const figure of document.querySelectorAll('.pj-layer.on :is(.gauge-value, .big, .leader-figure, .plan-days)'))
    if (parseFloat(getComputedStyle(figure).fontSize) < innerHeight / 12 - 0.6) say('figure is small', figure);
  return found;
}"""  # noqa: E501


def projected(page: Page, server: Program, search: str = "") -> Page:
    """The projection with its first page on."""
    page.goto(f"{server.url}/projection{search}")
    expect(page.locator(".pj-layer.on")).to_be_visible()
    return page


def stands_at(page: Page, number: int) -> None:
    expect(page.locator(".pj-place")).to_have_text(re.compile(rf"^{number} / \d+$"))


def pages(page: Page) -> int:
    return int(page.locator(".pj-place").inner_text().split("/")[1])


def project_of(server: Program) -> str:
    """A project of the red list."""
    red = demo.ledgers(354, server.settings.as_of())["projects"]
    return str(red["project_id"][0])


@pytest.fixture(scope="module")
def long_city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A city whose projects have names of forty characters, as real ones do."""
    folder: Path = tmp_path_factory.mktemp("long")
    told = demo.story
    before, after = pl.lit("年产20万吨"), pl.lit("一体化生产基地及配套工程设施建设项目")

    def lengthened(*about: object) -> dict[str, pl.DataFrame]:
        ledgers = told(*about)  # type: ignore[arg-type]
        name = pl.concat_str(before, pl.col("project_name"), after).alias("project_name")
        return ledgers | {"projects": ledgers["projects"].with_columns(name)}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "story", lengthened)
        demo.build(program(folder).settings, days=5)
    with running(folder) as started:
        yield started


@pytest.mark.parametrize(("name", "theme"), [*((name, "light") for name in SIZES), ("1080p", "dark")])
def test_every_page_fits_every_picture_in_big_type(
    chromium: Browser, server: Program, watch: Watch, name: str, theme: str
) -> None:
    width, height = SIZES[name]
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    context.add_cookies([{"name": "guatu_theme", "value": theme, "url": server.url}])
    page = context.new_page()
    watch.follow(page)
    show = KINDS.format(project=project_of(server))
    projected(page, server, f"?show={show}")
    for number in range(1, pages(page) + 1):
        stands_at(page, number)
        picture = page.locator(".pj-layer.on")
        assert picture.evaluate(FAULTS) == [], (name, picture.get_attribute("data-kind"))
        expect(page.locator(".pj-fresh")).to_contain_text("数据截至 11月22日")
        page.keyboard.press("PageDown")
    assert watch.faults == []
    context.close()


@pytest.mark.parametrize("name", ["1080p", "xga"])
def test_long_names_are_never_cut(chromium: Browser, long_city: Program, name: str) -> None:
    width, height = SIZES[name]
    page = chromium.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
    show = KINDS.format(project=project_of(long_city)) + ";leader:领导15;leader:领导21;wall:12"
    projected(page, long_city, f"?show={show}")
    for number in range(1, pages(page) + 1):
        stands_at(page, number)
        found = page.locator(".pj-layer.on").evaluate(FAULTS)
        # type may give way to a name, words may not
        assert [fault for fault in found if "small" not in fault] == []
        page.keyboard.press("PageDown")
    page.close()


def test_a_keyboard_and_a_clicker_turn_the_pages(page: Page, server: Program) -> None:
    projected(page, server)
    for key, number in (
        ("ArrowRight", 2), ("Space", 3), ("PageDown", 4), ("Enter", 5), ("ArrowLeft", 4), ("PageUp", 3),
        ("End", pages(page)), ("ArrowRight", pages(page)), ("Home", 1), ("ArrowLeft", 1),
    ):  # fmt: skip
        page.keyboard.press(key)
        stands_at(page, number)
    page.keyboard.type("12")
    expect(page.locator(".pj-digits")).to_have_text("跳到第 12 页")
    page.keyboard.press("Enter")
    stands_at(page, 12)
    expect(page.locator(".pj-digits")).to_be_empty()
    page.keyboard.type("9999")
    page.keyboard.press("Enter")
    stands_at(page, pages(page))


def test_a_black_screen_comes_back_to_the_same_page(page: Page, server: Program) -> None:
    projected(page, server)
    page.keyboard.press("ArrowRight")
    stands_at(page, 2)
    for key in ("b", "."):
        page.keyboard.press(key)
        expect(page.locator(".pj-blank")).to_be_visible()
        page.keyboard.press("PageDown")
        expect(page.locator(".pj-blank")).to_be_hidden()
        stands_at(page, 2)


def test_full_screen_by_the_clickers_start_key_and_theme_by_t(page: Page, server: Program) -> None:
    projected(page, server)
    page.keyboard.press("F5")
    expect(page.locator("html:fullscreen")).to_have_count(1)
    page.keyboard.press("f")
    expect(page.locator("html:fullscreen")).to_have_count(0)
    page.keyboard.press("t")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.keyboard.press("t")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def test_help_names_keys_sets_and_pages_and_leads_there(page: Page, server: Program) -> None:
    projected(page, server, "?region=连山区")
    page.keyboard.press("?")
    expect(page.locator(".pj-help")).to_contain_text("黑屏")
    expect(page.locator(".pj-sets .on")).to_have_text("周调度")
    page.locator(".pj-list li").filter(has_text="红灯清单").click()
    expect(page.locator(".pj-help")).to_be_hidden()
    expect(page.locator(".pj-title")).to_have_text("红灯清单")
    page.keyboard.press("h")
    page.get_by_role("link", name="逐领导").click()
    expect(page.locator(".pj-set")).to_have_text("逐领导")
    expect(page).to_have_url(re.compile(r"region=.*set=leaders"))
    expect(page.locator(".pj-scope")).to_have_text("全口径 · 连山区")


def test_the_header_bar_leads_here_with_the_filters_and_escape_back(page: Page, server: Program) -> None:
    page.goto(f"{server.url}/?region=连山区")
    page.get_by_role("link", name="投屏").click()
    expect(page.locator(".pj-layer.on")).to_be_visible()
    expect(page.locator(".pj-scope")).to_have_text("全口径 · 连山区")
    for part in (".bar-title", ".filters", ".footer"):
        expect(page.locator(part)).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator(".gauge-card").first).to_contain_text("%")
    expect(page).to_have_url(re.compile(r"/\?region="))
    expect(page.locator(".bar-title")).to_be_visible()


def test_the_next_page_is_there_before_it_is_wanted(page: Page, server: Program) -> None:
    projected(page, server)
    ready = page.locator(".pj-layer:not(.on)[data-kind=regions] .regions")
    expect(ready).to_have_count(1)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.evaluate("addEventListener('keydown', () => { window.asked = performance.now(); }, true)")
    page.keyboard.press("ArrowRight")
    stands_at(page, 2)
    # what is asked for now is the page after it, never the page shown
    assert not [request.url for request in asked if "item=regions" in request.url]
    assert page.locator(".pj-layer").count() <= 3


def test_pages_turn_by_themselves_and_pause(page: Page, server: Program) -> None:
    page.clock.install()
    projected(page, server, "?auto=30")
    stands_at(page, 1)
    expect(page.locator(".pj-pace")).to_contain_text("每页 30 秒")
    page.clock.fast_forward(31_000)
    stands_at(page, 2)
    page.keyboard.press("p")
    expect(page.locator(".pj-pace")).to_be_empty()
    page.clock.fast_forward(120_000)
    stands_at(page, 2)
    page.keyboard.press("p")
    page.clock.fast_forward(31_000)
    stands_at(page, 3)


def test_the_session_is_kept_while_nobody_touches_anything(page: Page, server: Program) -> None:
    page.clock.install()
    projected(page, server)
    with page.expect_request("**/api/health", timeout=WAIT_MS):
        page.clock.fast_forward(11 * 60_000)


def test_a_key_pressed_while_a_new_snapshot_comes_is_not_lost(page: Page, server: Program) -> None:
    projected(page, server)
    page.evaluate("""() => {
      const deck = window.guatuProjection.deck();
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true }));
      const items = deck.items.map((item) => ({ ...item, address: `${item.address}&again=1` }));
      window.guatuProjection.take({ ...deck, items });
    }""")
    stands_at(page, 2)


# an answer of which only the beginning ever comes, as from a server whose power failed
BREAKS_OFF = """() => {
  const whole = window.fetch;
  window.fetch = async (address, told) => {
    window.fetch = whole;
    const begun = (body) => told.signal.addEventListener('abort', () => body.error(told.signal.reason));
    return new Response(new ReadableStream({ start: begun }));
  };
}"""


def test_a_page_whose_answer_breaks_off_is_asked_for_again(page: Page, server: Program) -> None:
    page.clock.install()
    projected(page, server)
    # the next page is there already, the last one is not
    expect(page.locator(".pj-layer:not(.on)[data-kind=regions] .regions")).to_have_count(1)
    page.evaluate(BREAKS_OFF)
    page.keyboard.press("End")
    page.clock.fast_forward(31_000)
    page.clock.fast_forward(3_000)
    stands_at(page, pages(page))


def test_the_list_of_pages_is_asked_for_until_it_comes(page: Page, watch: Watch, server: Program) -> None:
    refused = '{"message": "数据文件暂时读不到。"}'
    page.route("**/api/projection/deck?*", lambda route: route.fulfill(status=503, body=refused), times=2)
    projected(page, server)
    stands_at(page, 1)
    assert len([fault for fault in watch.faults if fault.startswith("503")]) == 2
    watch.faults[:] = [fault for fault in watch.faults if "503" not in fault]


def test_a_page_that_left_the_list_gives_way_to_the_list_as_it_is(
    page: Page, watch: Watch, server: Program
) -> None:
    projected(page, server)
    page.evaluate("""() => {
      const deck = window.guatuProjection.deck();
      const lost = (item) => ({ ...item, address: item.address.replace('item=', 'item=no') });
      const items = deck.items.map(lost);
      window.guatuProjection.take({ ...deck, items });
    }""")
    page.keyboard.press("End")
    stands_at(page, pages(page))
    watch.faults[:] = [fault for fault in watch.faults if "404" not in fault]


def test_an_outage_and_a_new_snapshot_leave_it_running(page: Page, watch: Watch, own_server: Program) -> None:
    projected(page, own_server)
    page.keyboard.press("End")
    stands_at(page, pages(page))
    own_server.stop()
    expect(page.locator(".live")).to_have_text("正在重连")
    expect(page.locator(".live")).to_be_visible()
    shown = page.locator(".pj-layer.on").inner_text()
    # a page that isn't ready is waited for; the present one stays
    page.keyboard.press("Home")
    assert page.locator(".pj-layer.on").inner_text() == shown
    own_server.start()
    expect(page.locator(".live")).to_have_attribute("data-state", "connected")
    stands_at(page, 1)
    page.keyboard.press("ArrowRight")
    stands_at(page, 2)
    drop(own_server, "今日台账.csv", three_projects())
    expect(page.locator(".pj-layer.on")).to_contain_text("东山县")
    stands_at(page, 2)
    expect(page.locator(".pj-demo")).to_have_count(0)
    # the browser itself reports what the outage refused or broke off
    watch.faults[:] = [fault for fault in watch.faults if "net::ERR_CONNECTION" not in fault]


def test_a_reload_stays_at_the_page(page: Page, server: Program) -> None:
    projected(page, server)
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    stands_at(page, 3)
    page.reload()
    stands_at(page, 3)
