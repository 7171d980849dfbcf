"""Filters live in the address: links reproduce the screen, back and forward work."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_overview import opened
from tests.program import Program

pytestmark = pytest.mark.browser


def choose(page: Page, name: str, option: str) -> None:
    """Pick an option of the menu that opens under this word."""
    menu = page.locator(".filters details.menu", has=page.locator("summary", has_text=name))
    menu.locator("summary").click()
    menu.locator("a.option", has_text=option).first.click()


def test_a_choice_goes_into_the_address_and_changes_the_figures(page: Page, server: Program) -> None:
    opened(page, server)
    choose(page, "县区/园区", "连山区")
    expect(page).to_have_url(re.compile("region=%E8%BF%9E%E5%B1%B1%E5%8C%BA"))
    expect(page.locator(".regions tr.on .region-name")).to_have_text("连山区")
    expect(page.locator(".gauge-card").first).not_to_contain_text("134/354")


def test_a_link_reproduces_the_screen(page: Page, server: Program) -> None:
    opened(page, server, "/?region=连山区&kind=新建")
    expect(page.locator(".filters")).to_contain_text("连山区")
    expect(page.locator(".regions tr.on .region-name")).to_have_text("连山区")
    expect(page.locator(".filters .pill.on")).to_have_count(2)
    page.locator(".pill-off").first.click()
    expect(page.locator(".filters .pill.on")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/\?kind=[^&]+$"))


def test_back_and_forward(page: Page, server: Program) -> None:
    opened(page, server)
    choose(page, "性质", "续建")
    first = page.locator(".gauge-card").first
    expect(first).to_contain_text("70/117 个")
    page.go_back()
    expect(first).to_contain_text("134/354 个")
    page.go_forward()
    expect(first).to_contain_text("70/117 个")


def test_an_older_snapshot_is_named_on_screen(page: Page, server: Program) -> None:
    opened(page, server)
    choose(page, "快照", "11月18日")
    expect(page).to_have_url(re.compile("as_of=2026-11-18"))
    expect(page.locator(".bar-right")).to_contain_text("数据截至 11月18日 周三")
    expect(page.locator(".bar-right")).to_contain_text("回看 11月18日")
    expect(page.locator(".gauge-card").first).to_contain_text("截至 11月18日")


def test_filters_go_along_to_another_page(page: Page, server: Program) -> None:
    opened(page, server, "/?region=连山区")
    page.locator(".bar nav a", has_text="包保").click()
    expect(page).to_have_url(re.compile(r"/leaders\?region="))


def test_a_date_nobody_can_read_is_named(page: Page, server: Program) -> None:
    opened(page, server, "/?as_of=昨天")
    expect(page.locator(".banner")).to_contain_text("地址中的日期“昨天”无法识别")
    expect(page.locator(".gauge-card").first).to_contain_text("134/354")


def test_a_menu_closes_with_escape(page: Page, server: Program) -> None:
    opened(page, server)
    page.locator(".filters details.menu summary").last.click()
    expect(page.locator("details.menu[open]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("details.menu[open]")).to_have_count(0)


def test_what_is_clicked_filters_and_back_takes_it_away(page: Page, server: Program) -> None:
    opened(page, server)
    base = page.locator(".filters-base b")
    page.locator(".gauge-card .part", has_text="续建").first.click()
    expect(base).to_have_text("117")
    page.locator(".regions .region-name a", has_text="连山区").click()
    expect(page).to_have_url(re.compile("kind=.*region="))
    page.go_back()
    expect(base).to_have_text("117")
    page.go_back()
    expect(base).to_have_text("354")
    page.go_forward()
    expect(base).to_have_text("117")
    page.locator(".bar nav a", has_text="包保").click()
    part = page.locator(".leader-bar a").first
    light = part.inner_text().split()
    part.click()
    expect(page).to_have_url(re.compile(r"/timeline\?.*kind=.*leader=.*light="))
    expect(base).to_have_text(light[1])


def test_a_stage_of_the_funnel_leads_to_its_leads(page: Page, server: Program) -> None:
    page.goto(server.url + "/targets/leads")
    stage = page.locator(".stage-here", has_text="停在这一步").first
    count = re.sub(r"\D", "", stage.inner_text())
    stage.click()
    expect(page.locator(".list-line")).to_contain_text(f"筛出 {count} 行")
