"""包保 in a real browser: panels, roles, links that keep the filters, one leader's page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.served import served
from tests.chromium import chromium
from tests.program import Program

pytestmark = pytest.mark.browser
WAIT_MS = 30_000


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with served(Path(tmp_path_factory.mktemp("leaders")), projects=354) as running:
        yield running


@pytest.fixture(scope="module")
def page(office: Program) -> Iterator[Page]:
    with chromium() as browser:
        context = browser.new_context(viewport={"width": 1920, "height": 1080}, base_url=office.url)
        context.set_default_timeout(WAIT_MS)
        shown = context.new_page()
        shown.set_default_timeout(WAIT_MS)
        yield shown


def red_counts(page: Page) -> list[int]:
    """Red projects of each panel in order, 0 where it has none."""
    bars = page.locator(".leader-card .leader-bar")
    texts = [bars.nth(i).inner_text() for i in range(bars.count())]
    return [int(t.split("逾期")[1].split()[0]) if "逾期" in t else 0 for t in texts]


def test_twelve_panels_fit_on_one_picture(page: Page) -> None:
    page.goto("/leaders")
    cards = page.locator(".leader-card")
    expect(cards.nth(11)).to_be_visible(timeout=WAIT_MS)
    box = cards.nth(11).bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 1080


def test_who_is_needed_most_comes_first_and_the_words_have_base_and_cut_off(page: Page) -> None:
    page.goto("/leaders")
    expect(page.locator(".leader-card").first).to_be_visible(timeout=WAIT_MS)
    reds = red_counts(page)
    assert reds == sorted(reds, reverse=True)
    assert reds[0] > 0
    caption = page.locator(".leader-line").inner_text()
    assert "年度清单" in caption
    assert "数据截至 11月22日" in caption


def test_a_leader_s_link_keeps_the_filters_and_the_page_follows_without_loading_anew(page: Page) -> None:
    page.goto("/leaders?kind=%E6%96%B0%E5%BB%BA")
    name = page.locator(".leader-name").first
    expect(name).to_be_visible(timeout=WAIT_MS)
    leader = name.inner_text()
    page.evaluate("window.stillTheSamePage = true")
    name.click()
    expect(page.locator(".leader-head h1")).to_contain_text(leader, timeout=WAIT_MS)
    assert parse_qs(urlsplit(page.url).query) == {"kind": ["新建"]}
    assert page.evaluate("window.stillTheSamePage") is True
    kinds = page.locator(".leader-projects tbody td:nth-child(2) .base")
    assert kinds.count() > 0
    assert all("新建" in kinds.nth(i).inner_text() for i in range(kinds.count()))
    page.go_back()
    expect(page.locator(".leader-card").first).to_be_visible(timeout=WAIT_MS)


def test_role_is_in_the_address_and_survives_to_the_person_s_page(page: Page) -> None:
    page.goto("/leaders")
    page.locator(".leader-roles a", has_text="首席服务员").click()
    expect(page.locator(".leader-roles .on")).to_have_text("首席服务员", timeout=WAIT_MS)
    assert parse_qs(urlsplit(page.url).query) == {"role": ["首席服务员"]}
    page.locator(".leader-name").first.click()
    expect(page.locator(".leader-head h1 small")).to_have_text("首席服务员", timeout=WAIT_MS)


def test_own_page_lists_as_many_projects_as_the_panel_counts(page: Page) -> None:
    page.goto("/leaders")
    first = page.locator(".leader-card").first
    expect(first).to_be_visible(timeout=WAIT_MS)
    count = int(first.locator("h2 small").inner_text().split()[1])
    first.locator(".leader-name").click()
    rows = page.locator(".leader-projects tbody tr")
    expect(rows).to_have_count(count, timeout=WAIT_MS)


def test_somebody_nobody_knows_gets_a_sentence(page: Page) -> None:
    page.goto("/leaders/%E5%BC%A0%E4%B8%89")
    expect(page.locator(".leader-nobody")).to_contain_text("没有包保领导“张三”", timeout=WAIT_MS)


def test_a_phone_needs_no_sideways_scrolling(page: Page) -> None:
    page.goto("/leaders")
    page.locator(".leader-name").first.click()
    expect(page.locator(".leader-head")).to_be_visible(timeout=WAIT_MS)
    page.set_viewport_size({"width": 390, "height": 844})
    try:
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    finally:
        page.set_viewport_size({"width": 1920, "height": 1080})
