"""总览 in a real browser: what it shows, that it fits, and that it speaks Chinese only."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Watch
from tests.program import Program

pytestmark = pytest.mark.browser

SIZES = [(1920, 1080), (1366, 768), (390, 844)]


def opened(page: Page, server: Program, path: str = "/") -> Page:
    """The page once its socket is up and its last part is drawn."""
    page.goto(server.url + path)
    expect(page.locator(".live")).to_have_text("实时")
    expect(page.locator(".reds, .notice").first).to_be_visible()
    expect(page.locator(".gauge-value").first).to_contain_text("%")
    return page


def test_gauges_show_the_published_figures_with_their_base(page: Page, server: Program) -> None:
    opened(page, server)
    cards = page.locator(".gauge-card")
    expect(cards).to_have_count(3)
    starts = cards.nth(0)
    expect(starts).to_contain_text("37.9%")
    expect(starts).to_contain_text("134/354 个 · 年度清单")
    expect(starts).to_contain_text("64/237 · 27.0%")
    expect(starts).to_contain_text("70/117 · 59.8%")
    expect(starts).to_contain_text("截至 11月22日")
    expect(starts.locator("svg")).not_to_have_count(0)


def test_a_place_that_is_made_anew_is_filled_again(page: Page, server: Program) -> None:
    opened(page, server)
    # no other answer comes to its help
    page.route("**/api/parts*", lambda route: route.abort())
    places = page.locator("[data-ready]")
    drawn = places.count()
    page.evaluate(
        """() => {
            const place = document.querySelector(".gauge-value").closest("[data-ready]");
            const anew = place.cloneNode(false);
            delete anew.dataset.ready;
            place.replaceWith(anew);
        }"""
    )
    expect(places).to_have_count(drawn)
    expect(page.locator(".gauge-value")).to_have_count(3)


def test_shows_what_the_data_stand_for(page: Page, server: Program) -> None:
    opened(page, server)
    expect(page.locator(".bar-right")).to_contain_text(re.compile(r"数据截至 11月\d+日 周. · 第1版"))
    expect(page.locator(".banner")).to_contain_text("演示数据")
    expect(page.locator(".footer")).to_contain_text("2026年12月31日,此后工作日只除周末")


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768)])
def test_the_projector_picture_needs_no_scrolling(page: Page, server: Program, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    opened(page, server)
    assert page.evaluate("document.documentElement.scrollHeight") == size[1]
    rows = page.locator(".regions tbody tr")
    last, card = rows.last.bounding_box(), page.locator(".card", has=rows.last).bounding_box()
    assert last is not None
    assert card is not None
    assert last["y"] + last["height"] <= card["y"] + card["height"]
    expect(page.locator(".gauge-pace").first).to_contain_text(re.compile(r"较11月\d+日 . \d"))
    expect(page.locator("svg.sparkline")).to_have_count(3)


def test_what_changed_glows_once_and_says_what_it_was_and_nothing_moves(page: Page, server: Program) -> None:
    opened(page, server)
    page.evaluate(
        """() => {
            window.shifts = [];
            new PerformanceObserver((seen) => window.shifts.push(...seen.getEntries().map((e) => e.value)))
                .observe({ type: "layout-shift" });
            const place = document.querySelector(".gauge-value").closest("[data-markup]");
            const html = place.innerHTML;
            place.innerHTML = html;
            place.innerHTML = html.replace("37.9<", "38.2<");
        }"""
    )
    said = page.locator(".live-was")
    expect(said).to_have_count(1)
    expect(said).to_have_text("原 37.9%")
    expect(page.locator(".live-changed")).to_have_count(1)
    expect(page.locator(".gauge-value").first).to_contain_text("38.2%")
    assert sum(page.evaluate("window.shifts")) == 0


def test_a_filter_is_another_question_not_a_change(page: Page, server: Program) -> None:
    opened(page, server)
    page.locator(".region-name a", has_text="连山区").click()
    expect(page.locator(".regions tr.on .region-name")).to_have_text("连山区")
    expect(page.locator(".filters-base")).to_contain_text("55 个项目")
    expect(page.locator(".live-was")).to_have_count(0)
    page.locator("a.part", has_text="新建").first.click()
    expect(page.locator(".filters .pill.on")).to_have_count(2)
    expect(page.locator(".regions tr.on .region-name a")).to_have_attribute("href", re.compile(r"^/\?kind="))
    page.locator(".region-name a", has_text="连山区").click()
    expect(page.locator(".filters .pill.on")).to_have_count(1)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_overflows(
    chromium: Browser, server: Program, watch: Watch, size: tuple[int, int], theme: str
) -> None:
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]})
    context.add_cookies([{"name": "guatu_theme", "value": theme, "url": server.url}])
    page = context.new_page()
    watch.follow(page)
    opened(page, server)
    assert page.evaluate("document.documentElement.dataset.theme") == theme
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    context.close()
    assert watch.faults == []


def test_no_text_is_smaller_than_a_projector_allows(page: Page, server: Program) -> None:
    opened(page, server)
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll('body *')]
            .filter(e => e.checkVisibility())
            .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
            .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
    )
    assert smallest >= 13.5


def test_every_word_is_chinese(page: Page, server: Program) -> None:
    opened(page, server)
    words = set(re.findall(r"[A-Za-z]+", page.locator("body").inner_text()))
    # a unit, and a key as it is printed on the keyboard
    assert words <= {"pp", "Ctrl", "K"}


def test_an_unknown_address_says_so(page: Page, watch: Watch, server: Program) -> None:
    answer = page.goto(server.url + "/no/such/page")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator(".notice")).to_contain_text("没有这个页面")
    assert [fault for fault in watch.faults if "404" not in fault] == []
    watch.faults.clear()


def test_a_cell_of_the_heat_map_opens_what_is_not_done(page: Page, server: Program) -> None:
    opened(page, server)
    page.locator(".heat-title summary").click()
    expect(page.locator(".heat-title .panel .part").last).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    cell = page.locator(".heat tbody a[tabindex]").first
    told = re.search(r"应办 (\d+),已办 (\d+)", cell.get_attribute("title") or "")
    assert told
    cell.click()
    expect(page.locator(".list-head")).to_contain_text(f"筛出 {int(told[1]) - int(told[2])} 行")


def test_the_theme_switch_turns_the_page_and_is_kept(page: Page, server: Program) -> None:
    opened(page, server)
    page.get_by_role("button", name="深色").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_theme_of_an_address_wins_stays_in_every_link_and_is_turned_in_it(
    page: Page, server: Program
) -> None:
    first = page.request.get(f"{server.url}/?theme=dark").text()
    assert 'data-theme="dark"' in first  # no flash of the other theme
    page.goto(f"{server.url}/?theme=dark")
    root = page.locator("html")
    page.get_by_role("link", name="包保").first.click()
    expect(page).to_have_url(f"{server.url}/leaders?theme=dark")
    page.get_by_role("link", name="清单").first.click()  # loaded anew by the browser
    expect(page).to_have_url(f"{server.url}/lists?theme=dark")
    expect(root).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="浅色").click()
    expect(page).to_have_url(f"{server.url}/lists?theme=light")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/leaders\?theme="))
    page.goto(f"{server.url}/projection?set=week&theme=dark")
    expect(page.locator(".pj-layer.on")).to_be_visible()
    page.keyboard.press("t")
    expect(root).to_have_attribute("data-theme", "light")
    expect(page).to_have_url(re.compile(r"set=week&theme=light"))
    page.reload()
    expect(root).to_have_attribute("data-theme", "light")


def test_a_cold_load_is_small(chromium: Browser, server: Program) -> None:
    # how long it takes is measured by make bench, on a quiet machine
    context = chromium.new_context(viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    received: list[int] = []
    devtools.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    opened(page, server)
    context.close()
    assert 300_000 < sum(received) <= 1_000_000
