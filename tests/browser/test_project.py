"""A project's page in a real browser: exactly four tabs, each by link, with the filters kept."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.wall_city import City, city, page, screens  # noqa: F401  (fixtures)

# ruff: noqa: F811

pytestmark = pytest.mark.browser


def open_late_project(page: Page, city: City, search: str = "") -> str:
    """From the wall, ordered by float, to the page of the project that is furthest behind."""
    page.goto(f"{city.address}/timeline?order=float{search}")
    page.get_by_role("link", name="打开项目页").click()
    expect(page.locator(".project-head h1")).to_be_visible()
    return page.locator(".project-head h1").inner_text().strip()


def test_four_tabs_and_nothing_else(page: Page, city: City) -> None:
    open_late_project(page, city)
    expect(page.locator(".project-tab")).to_have_text(["专班", "节点图表", "台账", "方案"])


def test_node_chart_names_every_node_level_with_its_bar(page: Page, city: City) -> None:
    open_late_project(page, city)
    expect(page.locator(".node-plot .bars rect").first).to_be_visible()
    rows = page.locator(".wall-row .node-name b")
    assert rows.count() >= 10
    board = page.locator(".node-chart .wall-board").bounding_box()
    plot = page.locator(".node-plot svg").bounding_box()
    assert abs(board["height"] - plot["height"]) <= 1
    expect(page.locator(".node-due").nth(1)).to_contain_text(re.compile("承诺|计划|倒排|法定|延期"))
    expect(page.locator(".node-summary")).to_contain_text("应办")


def test_team_names_who_answers_for_it(page: Page, city: City) -> None:
    open_late_project(page, city)
    page.get_by_role("link", name="专班", exact=True).click()
    expect(page.locator(".project-body")).to_contain_text("包保领导")
    expect(page.locator(".project-body a", has_text=re.compile(r"^领导\d+$"))).to_have_count(1)
    expect(page.locator(".project-body")).to_contain_text("走访")


def test_ledger_shows_money_problems_and_needs(page: Page, city: City) -> None:
    open_late_project(page, city)
    page.get_by_role("link", name="台账", exact=True).click()
    for words in ("基本情况", "投资与资金", "总投资", "时间", "问题", "需求"):
        expect(page.locator(".project-body")).to_contain_text(words)
    expect(page.locator(".project-body")).not_to_contain_text(re.compile("nan|None|null"))


def test_plan_opens_with_the_conflict_and_two_ways_out(page: Page, city: City) -> None:
    open_late_project(page, city)
    page.get_by_role("link", name="方案", exact=True).click()
    expect(page.locator(".plan-sentence").first).to_contain_text(re.compile(r"比目标晚 \d+ 个工作日"))
    expect(page.locator(".plan-ways li")).to_have_count(2)
    expect(page.locator(".project-body")).to_contain_text("今天必须启动")
    assert page.locator(".project-body .table tbody tr").count() >= 2


def test_a_tab_is_a_link_and_filters_are_kept(page: Page, city: City) -> None:
    name = open_late_project(page, city, f"&region={city.region}")
    page.get_by_role("link", name="方案", exact=True).click()
    expect(page).to_have_url(re.compile("tab=plan"))
    page.reload()
    expect(page.locator(".project-tab.on")).to_have_text("方案")
    page.get_by_role("link", name="在挂图上看").click()
    expect(page.locator(".wall-panel h2")).to_contain_text(name)
    assert city.region in page.evaluate("decodeURIComponent(location.search)")
    assert "tab" not in page.evaluate("location.search")


def test_an_unknown_project_is_said_in_words(page: Page, city: City) -> None:
    page.goto(f"{city.address}/project/没有这个编号")
    expect(page.locator(".notice")).to_contain_text("没有这个项目")
    expect(page.locator(".project-tab")).to_have_count(0)


def test_a_new_snapshot_redraws_the_open_tab(page: Page, city: City) -> None:
    name = open_late_project(page, city)
    page.get_by_role("link", name="方案", exact=True).click()
    expect(page.locator(".plan-sentence").first).to_be_visible()
    revision = city.publish_again()
    expect(page.locator(".bar")).to_contain_text(f"第{revision}版")
    expect(page.locator(".project-tab.on")).to_have_text("方案")
    expect(page.locator(".project-head h1")).to_contain_text(name)


def test_durations_and_target_are_tried_at_once_and_taken_along(
    page: Page, city: City, tmp_path: Path
) -> None:
    open_late_project(page, city)
    page.get_by_role("link", name="方案", exact=True).click()
    form = page.locator(".try-form")
    expect(form.locator(".try-export")).to_have_count(0)
    plan = form.locator(".plan-sentence")
    expect(plan).to_have_count(1)
    box = form.locator(".wall-row:has(.critical) .try-days").first
    node, now = box.get_attribute("data-node"), int(box.input_value())
    box.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(form.locator(".try-difference")).to_contain_text("预计完成")
    expect(page).to_have_url(re.compile("try="))
    # who types goes on typing in the drawing that came back
    expect(box).to_be_focused()
    expect(box).to_have_value(str(now + 2))
    page.keyboard.press("Backspace")
    page.keyboard.type("99")
    expect(page).to_have_url(re.compile(r"try=[^&]*99"))
    form.get_by_role("link", name=re.compile("^改到")).click()
    expect(page).to_have_url(re.compile("target=20"))
    expect(form.locator(".try-difference")).to_contain_text("目标日")
    form.get_by_role("link", name="按出路一压缩").click()
    expect(plan.last).not_to_contain_text("比目标晚")
    expect(form.locator(".ghost")).not_to_have_count(0)
    with page.expect_download() as download:
        form.locator(".try-export").click()
    book = tmp_path / "proposal.xlsx"
    download.value.save_as(book)
    sheet = openpyxl.load_workbook(book).active
    assert sheet is not None
    told = [str(row[0]) for row in sheet.iter_rows(values_only=True)]
    assert told[0] == "倒排试算方案" and told[2].startswith("试算:目标日") and node in told
    page.reload()
    expect(form.locator(".try-difference")).to_be_visible()
    form.get_by_role("link", name="还原").click()
    expect(form.locator(".try-difference")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"tab=plan$"))


def test_the_ledger_tells_the_light_of_every_step_in_every_snapshot(page: Page, city: City) -> None:
    open_late_project(page, city)
    page.get_by_role("link", name="台账", exact=True).click()
    expect(page.locator(".project-body")).to_contain_text("日期变动")
    # snapshots without them have their lights worked out aside; the page then fills itself
    expect(page.locator(".light-row.whole .light-run").first).to_be_visible()
    expect(page.locator(".light-history h2")).not_to_contain_text("还没有算出")
    assert page.locator(".light-row").count() >= 10
    shown = page.locator(".light-row.whole .light-run").last.get_attribute("title")
    assert "11月22日" in shown


def test_the_scope_leads_from_project_to_project(page: Page, city: City) -> None:
    name = open_late_project(page, city, f"&region={city.region}")
    line = page.locator(".filters")
    expect(line.locator(".scope-place")).to_contain_text("第 1 个 / 共")
    page.get_by_role("link", name="方案", exact=True).click()
    expect(page).to_have_url(re.compile("tab=plan"))
    expect(line.get_by_role("link", name="下一个")).to_have_attribute("href", re.compile("tab=plan"))
    line.get_by_role("link", name="下一个").click()
    expect(line.locator(".scope-place")).to_contain_text("第 2 个")
    expect(page.locator(".project-tab.on")).to_have_text("方案")
    expect(page.locator(".project-head h1")).not_to_have_text(name)
    expect(page).to_have_url(re.compile("order=float.*region=|region=.*order=float"))
    page.go_back()
    expect(page.locator(".project-head h1")).to_have_text(name)
    line.locator("details.menu summary", has_text="快照").click()
    line.locator("details[open] a.option", has_text="11月20日").click()
    expect(page.locator(".bar-right")).to_contain_text("回看 11月20日")
    line.locator(".pill-off").first.click()
    expect(line.locator(".scope-all")).to_have_text("全部项目")
    expect(line.locator(".scope-place")).to_contain_text("共 120 个")
