"""The folder way: a refused file with its marked copy, the notice on every page, an accepted one."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.intake_office import (  # noqa: F401  (fixtures)
    ROWS,
    changed,
    download,
    office,
    open_page,
    pages,
    screens,
    version,
    workbook,
)
from tests.program import Program

# ruff: noqa: F811

pytestmark = pytest.mark.browser

FAULTY = [(row[0], None, *row[2:]) for row in ROWS]


def drop(path: Path, office: Program) -> None:
    """Put a finished file into the folder at once, as a local copy does."""
    path.replace(office.inbox / path.name)


def test_a_refused_file_is_told_everywhere_and_its_marked_copy_can_be_had(
    office: Program, pages: tuple[Page, Page], tmp_path: Path
) -> None:
    page, wall = pages
    open_page(page, "/intake")
    open_page(wall, "/leaders")
    before, line = version(wall), wall.locator(".refused-line")
    expect(line).to_be_empty()
    drop(workbook(tmp_path / "缺名称.xlsx", FAULTY), office)
    expect(line).to_contain_text("“缺名称.xlsx”")
    expect(line).to_contain_text("已退回,挂图未变")

    entry = page.locator(".intake-refused", has_text="缺名称.xlsx")
    expect(entry).to_contain_text("挂图未变")
    expect(page.locator(".refused-line")).to_be_empty()
    entry.get_by_role("link", name="详情与标注工作簿").click()
    expect(page.locator(".draft-head")).to_contain_text("已退回")
    marked = load_workbook(download(page, "下载标注工作簿", tmp_path))
    assert marked["项目"]["B2"].comment is not None
    received = load_workbook(download(page, "下载原件", tmp_path))
    assert [cell.value for cell in received["项目"][2]] == list(FAULTY[0])

    line.get_by_role("link", name="看原因").click()
    expect(wall.locator(".draft-head")).to_contain_text("缺名称.xlsx")
    open_page(wall, "/leaders")
    expect(wall.locator(".leaders")).to_be_visible()
    expect(line).to_be_empty()
    assert version(wall) == before


def test_the_notice_goes_when_a_newer_file_is_accepted(
    office: Program, pages: tuple[Page, Page], tmp_path: Path
) -> None:
    page, wall = pages
    open_page(page, "/intake")
    open_page(wall, "/")
    before = version(wall)
    drop(workbook(tmp_path / "又缺名称.xlsx", FAULTY), office)
    expect(wall.locator(".refused-line")).to_contain_text("又缺名称.xlsx")
    drop(workbook(tmp_path / "台账.xlsx", changed("P1", name="改名后的项目")), office)
    expect(page.locator(".intake-accepted", has_text="台账.xlsx")).to_be_visible()
    expect(wall.locator(".refused-line")).to_be_empty()
    for shown in (page, wall):
        expect(shown.locator(".live")).not_to_have_attribute("data-version", before)


def test_the_notice_can_be_put_away_and_moves_nothing_else(
    office: Program, pages: tuple[Page, Page], tmp_path: Path
) -> None:
    _, wall = pages
    open_page(wall, "/")
    first = wall.locator(".page .card").first
    expect(first).to_be_visible()
    broken = tmp_path / "坏文件.xlsx"
    broken.write_bytes(b"PK\x03\x04 this is no workbook")
    drop(broken, office)
    line = wall.locator(".refused-line")
    expect(line).to_contain_text("坏文件.xlsx")
    box, card = line.bounding_box(), first.bounding_box()
    assert box and card
    assert box["y"] + box["height"] <= card["y"]
    assert box["height"] < 48
    line.get_by_role("button", name="知道了").click()
    expect(line).to_be_empty()
    expect(line).to_be_hidden()
