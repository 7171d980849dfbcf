"""目标 in a real browser: four tabs under one word, each full, narrowed by the filters, fit for a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.program import Program

pytestmark = pytest.mark.browser

TABS = ("目标", "专项行动", "线索", "考核")


def test_the_tabs_of_targets_are_full_and_keep_the_filters(page: Page, server: Program) -> None:
    page.goto(f"{server.url}/")
    page.locator(".bar nav a", has_text="目标").click()
    cards = page.locator(".target-cards .card")
    expect(cards.first).to_contain_text("37.9%")
    expect(cards.first).to_contain_text("还差 189 个")
    # eight snapshots are too few to learn from, and it says so
    expect(cards.first).to_contain_text(re.compile(r"历史还不够预测\(只有 \d+ 份快照"))
    expect(page.locator(".targets")).to_contain_text("历史还不够回测")
    page.locator(".target-scopes a", has_text="建昌县").click()
    expect(page).to_have_url(re.compile("region="))
    expect(cards.first).to_contain_text("建昌县 · 2026")

    page.locator(".target-tabs a", has_text="专项行动").click()
    expect(page.locator(".campaign-day")).to_contain_text("69 天 / 100,还剩 31 天")
    expect(page.locator(".campaign-reached")).to_contain_text("/12 个")
    expect(page.locator(".campaign-steps .step")).not_to_have_count(0)
    page.locator(".campaign-choice a", has_text="开工百日竞赛").click()
    expect(page.locator(".campaign-day")).to_contain_text("100 天已满")

    page.locator(".target-tabs a", has_text="线索").click()
    expect(page.locator(".stage-bar")).to_have_count(5)
    page.locator(".target-tabs a", has_text="考核").click()
    expect(page.locator(".score-table tbody tr")).to_have_count(2)
    expect(page.locator(".bar nav a.on")).to_have_text("目标")


def test_no_tab_needs_sideways_scrolling_on_a_phone(page: Page, server: Program) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server.url}/targets")
    for tab in TABS:
        page.locator(".target-tabs a", has_text=tab).click()
        expect(page.locator(".target-tabs a.on")).to_have_text(tab)
        expect(page.locator("main .card h2").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 390
