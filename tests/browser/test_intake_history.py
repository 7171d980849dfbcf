"""History in a real browser: two snapshots compared in the table, the way back, the template's round."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from data import pipeline
from tests.browser.intake_office import (  # noqa: F401  (fixtures)
    changed,
    download,
    draft,
    office,
    open_page,
    pages,
    publish,
    screens,
    upload,
    version,
    workbook,
)
from tests.program import Program

# ruff: noqa: F811

pytestmark = pytest.mark.browser

GRID_SCRIPT = "/dash_ag_grid/"


@pytest.fixture(scope="module", autouse=True)
def second_snapshot(office: Program, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Today's snapshot, in which one owner is another and one project isn't reported."""
    book = workbook(tmp_path_factory.mktemp("second") / "今天.xlsx", changed("P4", owner="开发区管委会")[:5])
    pipeline.load(book, office.settings)


def scripts_of(page: Page) -> list[str]:
    """Addresses of the table's scripts this page asks for from now on."""
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if GRID_SCRIPT in sent.url else None)
    return asked


def test_only_the_page_with_a_table_loads_its_script(pages: tuple[Page, Page]) -> None:
    page, other = pages
    asked = scripts_of(page)
    for address in ("/", "/timeline", "/leaders", "/intake"):
        open_page(page, address)
        expect(page.locator(".page > *").first).to_be_visible()
    assert asked == []
    expect(page.locator(".bar-right")).to_contain_text("1 个项目未更新")
    page.get_by_role("link", name="全部历史与比较").click()
    expect(page.locator(".history-grid .ag-row").first).to_be_visible()
    assert asked
    page.go_back()
    expect(page.locator(".intake")).to_be_visible()
    open_page(other, "/intake/history")
    expect(other.locator(".history-grid .ag-row").first).to_be_visible()


def test_two_snapshots_are_compared_cell_by_cell(pages: tuple[Page, Page]) -> None:
    page, _ = pages
    open_page(page, "/intake/history?before=2026-11-21/1&after=2026-11-22/1")
    row = page.locator(".history-grid .ag-row", has_text="产业园道路项目")
    for words in ("改动", "企业/业主", "城投公司", "开发区管委会"):
        expect(row.first).to_contain_text(words)
    page.locator("select[data-param=before]").select_option("2026-11-22/1")
    expect(page.locator(".history-compare")).to_contain_text("两个快照内容相同")
    assert "before=2026-11-22%2F1" in page.url


def test_the_wall_goes_back_with_a_reason_and_nothing_is_lost(pages: tuple[Page, Page]) -> None:
    page, wall = pages
    open_page(wall, "/")
    open_page(page, "/intake/history")
    before = version(wall)
    back = page.locator(".history-loads tr", has_text="2026-11-21/1").get_by_role("button", name="退回到")
    back.last.click()
    asked = page.locator("dialog.ask")
    asked.get_by_role("button", name="确定").click()
    expect(asked).to_be_visible()  # no reason, no way back
    asked.locator("textarea").fill("今天的业主填错了")
    asked.get_by_role("button", name="确定").click()
    expect(page.locator(".history-loads")).to_contain_text("今天的业主填错了")
    expect(wall.locator(".live")).not_to_have_attribute("data-version", before)
    expect(page.locator(".history-loads tr", has_text=before)).not_to_have_count(0)


def test_a_cell_changed_in_the_template_is_the_day_s_work(pages: tuple[Page, Page], tmp_path: Path) -> None:
    page, wall = pages
    open_page(page, "/intake")
    template = download(page, "下载模板", tmp_path)
    book = load_workbook(template)
    sheet = book["项目"]
    place = next(c for row in sheet.iter_rows() for c in row if c.value == "污水处理厂项目")
    place.value = "污水处理厂扩建项目"
    book.save(template)
    open_page(wall, "/timeline")
    upload(page, template)
    expect(draft(page, "ready")).to_be_visible()
    tile = page.locator(".draft-tile", has_text="有变化的项目")
    expect(tile.locator("b")).to_have_text("1")
    publish(page)
    expect(wall.locator(".wall-row", has_text="污水处理厂扩建项目")).to_be_visible()
