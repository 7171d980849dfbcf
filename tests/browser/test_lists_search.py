"""清单 and 搜索 in a real browser: rows by the window, search, filters, columns, export, and keys alone."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.program import Program

pytestmark = pytest.mark.browser


def opened(page: Page, server: Program, path: str) -> Locator:
    """The line of a list whose rows have come."""
    page.goto(server.url + path)
    line = page.locator(".list-line")
    expect(line).to_contain_text("数据截至")
    return line


def test_a_list_says_its_base_and_narrows_by_words_and_filters(page: Page, server: Program) -> None:
    line = opened(page, server, "/lists/projects")
    expect(line).to_contain_text("全部项目,最重的灯在前 · 全口径 · 共 354 行 · 数据截至 11月22日 周日")
    page.locator(".list-find input").fill("lsq")
    expect(line).to_contain_text("共 354 行,筛出 55 行")
    expect(page).to_have_url(re.compile("find=lsq"))
    opened(page, server, "/lists/projects?region=连山区")
    expect(line).to_contain_text("县区/园区“连山区” · 共 55 行")


def test_a_row_opens_its_project(page: Page, server: Program) -> None:
    opened(page, server, "/lists/overdue?kind=新建&compare=2026-11-16")
    page.locator(".list-find input").fill("县")
    expect(page).to_have_url(re.compile("find=.*compare=2026-11-16"))
    page.locator(".list-find input").fill("")
    expect(page).not_to_have_url(re.compile("find="))
    page.locator(".ag-row[row-index='0'] .ag-cell[col-id='region']").click()
    expect(page).to_have_url(re.compile(r"/project/XM\d+\?kind=.*compare=2026-11-16"))


def test_columns_are_remembered_and_exported_as_shown(page: Page, server: Program, tmp_path: Path) -> None:
    opened(page, server, "/lists/visits?leader=领导01")
    page.locator(".list-tools summary").click()
    page.locator(".list-columns input[data-column='note']").check()
    page.locator(".list-columns input[data-column='region']").uncheck()
    page.reload()
    expect(page.locator(".ag-header-row-column [col-id='note']")).to_have_count(1)
    expect(page.locator(".ag-header-row-column [col-id='region']")).to_have_count(0)
    with page.expect_download() as download:
        page.locator(".list-export").click()
    target = tmp_path / "list.xlsx"
    download.value.save_as(target)
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    headers = [cell.value for cell in sheet[3]]
    assert "备注" in headers and "县区/园区" not in headers


def test_far_rows_come_by_their_window_alone(page: Page, server: Program) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.extend(re.findall(r"offset=(\d+)&limit=(?:100)$", request.url)))
    opened(page, server, "/lists/projects")
    page.locator(".ag-body-viewport").evaluate("(node) => { node.scrollTop = 340 * 40 }")
    expect(page.locator(".ag-row[row-index='345'] .ag-cell[col-id='region']")).not_to_be_empty()
    assert set(asked) == {"0", "300"}
    # pinned and scrolling part of what is on screen and a little around it
    assert page.locator(".ag-row").count() < 2 * 80


def test_keys_alone_find_a_project(page: Page, server: Program) -> None:
    page.goto(server.url + "/leaders")
    expect(page.locator(".live[data-state='connected']")).to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type("xm0114")
    expect(page.locator(".found[aria-selected='true']")).to_contain_text("XM0114")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.search")).not_to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type("xm01")
    expect(page.locator(".found")).to_have_count(8)
    page.keyboard.press("ArrowDown")
    second = page.locator(".found").nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    href = second.get_attribute("href")
    page.keyboard.press("Enter")
    expect(page).to_have_url(server.url + str(href))
