"""报送 in a real browser: from a bad file to a published one, questions, columns, rows held back."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.intake_office import (  # noqa: F401  (fixtures)
    HEADER,
    ROWS,
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

# ruff: noqa: F811

pytestmark = pytest.mark.browser


def test_from_a_bad_file_to_a_published_one(pages: tuple[Page, Page], tmp_path: Path) -> None:
    page, wall = pages
    open_page(wall, "/timeline")
    expect(wall.locator(".wall-row", has_text="钢铁厂改造项目")).to_be_visible()
    before = version(wall)

    faulty = [(row[0], None, *row[2:]) for row in ROWS[:3]] + list(ROWS[3:])
    upload(page, workbook(tmp_path / "今日台账.xlsx", faulty))
    expect(draft(page, "refused")).to_be_visible()
    findings = page.locator(".draft-findings")
    cells = findings.locator(".intake-places td[data-label=单元格]")
    expect(cells.first).to_be_visible()
    assert {"B2", "B3", "B4"} <= set(cells.all_inner_texts())
    expect(findings.locator(".intake-row-cells").first).to_contain_text("P1")
    assert version(wall) == before

    marked = load_workbook(download(page, "下载标注工作簿", tmp_path))
    assert "校验结果" in marked.sheetnames
    sheet = marked["项目"]
    assert sheet["B2"].comment is not None
    for row, mended in enumerate(changed("P1", name="钢铁厂改造二期项目"), start=2):
        sheet.cell(row, 2).value = mended[1]
    mended_file = tmp_path / "今日台账改.xlsx"
    marked.save(mended_file)

    upload(page, mended_file)
    expect(draft(page, "ready")).to_be_visible()
    expect(page.locator(".draft-summary")).to_contain_text("有变化的项目")
    assert version(wall) == before
    publish(page)
    expect(wall.locator(".live")).not_to_have_attribute("data-version", before)
    expect(wall.locator(".wall-row", has_text="钢铁厂改造二期项目")).to_be_visible()


def test_rows_with_errors_are_held_back_knowingly_and_every_page_says_so(
    pages: tuple[Page, Page], tmp_path: Path
) -> None:
    page, wall = pages
    open_page(wall, "/")
    upload(page, workbook(tmp_path / "缺名称.xlsx", changed("P6", name=None)))
    button = draft(page, "ready").locator("button.chip.on")
    expect(button).to_have_text("只发布无误的行(1 行暂不采用)")
    button.click()
    asked = page.locator("dialog.ask")
    expect(asked).to_contain_text("1 行存在错误")
    asked.get_by_role("button", name="取消").click()
    expect(asked).to_have_count(0)
    expect(draft(page, "ready")).to_be_visible()
    publish(page)
    expect(wall.locator(".bar-right")).to_contain_text("1 行未采用")


def test_a_question_is_answered_once_and_remembered_with_the_name(
    pages: tuple[Page, Page], tmp_path: Path
) -> None:
    page, _ = pages
    open_page(page, "/intake")
    page.locator(".intake-person").fill("张三")
    upload(page, workbook(tmp_path / "少一个.xlsx", ROWS[:5]))
    expect(draft(page, "ready")).to_contain_text("张三")
    question = page.locator(".draft-question", has_text="学校新建项目")
    question.get_by_role("button", name="继续保留").click()
    expect(question).to_have_count(0)
    publish(page)
    open_page(page, "/intake")
    kept = page.locator(".intake-remembered li", has_text="张三")
    expect(kept.first).to_contain_text("学校新建项目")


def test_an_unknown_column_is_mapped_remembered_and_forgotten(
    pages: tuple[Page, Page], tmp_path: Path
) -> None:
    page, _ = pages
    header = [*HEADER[:3], "投资盘子(万元)", "业主"]
    upload(page, workbook(tmp_path / "盘子2026-11.xlsx", ROWS, header))
    row = page.locator(".draft-columns tr", has_text="投资盘子")
    row.locator("select").select_option("total_investment_yuan")
    row.get_by_role("button", name="对应", exact=True).click()
    expect(page.locator(".draft-columns")).to_have_count(0)
    expect(draft(page, "ready")).to_be_visible()

    upload(page, workbook(tmp_path / "盘子2026-12.xlsx", changed("P2", total=900), header))
    expect(draft(page, "ready")).to_be_visible()
    expect(page.locator(".draft-columns")).to_have_count(0)

    open_page(page, "/intake")
    decision = page.locator(".intake-remembered li", has_text="投资盘子")
    decision.get_by_role("button", name="删除").click()
    page.locator("dialog.ask").get_by_role("button", name="确定").click()
    expect(decision).to_have_count(0)
    upload(page, workbook(tmp_path / "盘子2027-01.xlsx", changed("P2", total=950), header))
    expect(page.locator(".draft-columns tr", has_text="投资盘子")).to_be_visible()


def let_go(page: Page, selector: str, paths: Sequence[Path]) -> None:
    """Drag files from the desk over an element and let them go there, as the browser tells a page of it."""
    given = [(path.name, b64encode(path.read_bytes()).decode()) for path in paths]
    held = page.evaluate_handle(
        """(files) => {
            const held = new DataTransfer();
            for (const [name, text] of files)
                held.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name));
            return held;
        }""",
        given,
    )
    for event in ("dragenter", "dragover", "drop"):
        page.dispatch_event(selector, event, {"dataTransfer": held})


def test_a_file_is_dragged_onto_the_page_and_several_at_once(
    pages: tuple[Page, Page], tmp_path: Path
) -> None:
    page, _ = pages
    open_page(page, "/intake")
    expect(page.locator(".intake-drop")).to_be_visible()
    let_go(page, ".intake-drop", [workbook(tmp_path / "拖来的.xlsx", changed("P4", total=950))])
    expect(draft(page, "ready").locator("h1")).to_contain_text("拖来的.xlsx")

    open_page(page, "/intake")
    note = tmp_path / "说明.docx"
    note.write_bytes(b"x")
    # beside the zone is as good, and never opens the file in place of the page
    let_go(page, "body", [workbook(tmp_path / "甲.xlsx"), note, workbook(tmp_path / "乙.xlsx")])
    for name, state in (("甲.xlsx", "done"), ("说明.docx", "refused"), ("乙.xlsx", "done")):
        expect(page.locator(f".intake-file[data-file='{name}']")).to_have_attribute("data-state", state)
    assert page.url.endswith("/intake")


def test_a_draft_given_up_leaves_the_wall_and_the_list(pages: tuple[Page, Page], tmp_path: Path) -> None:
    page, _ = pages
    upload(page, workbook(tmp_path / "不要了.xlsx", changed("P3", total=6000)))
    expect(draft(page, "ready")).to_be_visible()
    before = version(page)
    page.get_by_role("button", name="放弃").click()
    page.locator("dialog.ask").get_by_role("button", name="确定").click()
    expect(draft(page, "dropped")).to_be_visible()
    assert version(page) == before
    open_page(page, "/intake")
    expect(page.locator(".intake")).to_be_visible()
    expect(page.locator(".draft-line", has_text="不要了.xlsx")).to_have_count(0)


def test_a_file_that_is_no_workbook_is_refused_before_it_is_sent(
    pages: tuple[Page, Page], tmp_path: Path
) -> None:
    page, _ = pages
    open_page(page, "/intake")
    note = tmp_path / "说明.docx"
    note.write_bytes(b"x")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="选择文件").click()
    chooser.value.set_files(note)
    line = page.locator(".intake-file[data-file='说明.docx']")
    expect(line).to_have_attribute("data-state", "refused")
    expect(line).to_contain_text("另存为 .xlsx")
    assert page.url.endswith("/intake")
