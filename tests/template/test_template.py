"""What the templates hold: every ledger, comments, lists, formats, and nothing that names a day."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook

from data import demo, template
from data.changes import CLEAR_WORD, changes_of, marked
from data.conform.match import match_field
from data.continuity import gone
from data.contract import LEDGERS, OWN_SHEETS, empty, ledger
from data.read import read
from data.text import is_empty
from data.writing.choices import LEFT, choices
from data.writing.examples import comment
from data.writing.sheets import LISTS_SHEET
from tests.intake.books import DAY, SETTINGS, load

SHEETS = [item.sheet for item in LEDGERS]


@pytest.fixture(scope="module")
def told() -> Mapping[str, pl.DataFrame]:
    return demo.ledgers(30, DAY)


@pytest.fixture(scope="module")
def book(told: Mapping[str, pl.DataFrame], tmp_path_factory: pytest.TempPathFactory) -> Book:
    return load_workbook(template.write(tmp_path_factory.mktemp("t") / template.FILE_NAME, told, DAY))


@pytest.fixture(scope="module")
def changes(told: Mapping[str, pl.DataFrame], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return template.write_changes(tmp_path_factory.mktemp("c") / template.CHANGES_FILE_NAME, told, DAY)


def headers(sheet: Any) -> list[str]:
    return [cell.value for cell in sheet[1]]


def test_a_sheet_a_ledger_a_guide_and_hidden_lists(book: Book) -> None:
    assert book.sheetnames == ["填表说明", *SHEETS, "选项"]
    assert book["选项"].sheet_state == "hidden"
    assert book.active.title == "项目"
    assert {"填表说明", LISTS_SHEET} <= set(OWN_SHEETS)


def test_every_header_says_what_it_means_and_is_read_as_its_column(book: Book) -> None:
    for item in LEDGERS:
        sheet = book[item.sheet]
        filled_in = [c for c in item.columns if c.filled_in]
        assert {c.written_header for c in filled_in} <= set(headers(sheet))
        for column in filled_in:
            cell = sheet.cell(1, headers(sheet).index(column.written_header) + 1)
            assert cell.comment.text == comment(item, column)
            assert match_field(item.name, cell.value)[0] == column.name
        assert sheet.freeze_panes
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.auto_filter.ref.startswith("A1:")


def test_comments_give_meaning_unit_and_example() -> None:
    projects = ledger("projects")
    assert comment(projects, projects.column("total_investment_yuan")) == (
        "总投资\n单位:万元\n示例:3500 或 1.2亿元"
    )
    assert comment(projects, projects.column("project_name")).startswith("项目名称(必填)\n示例:")
    assert "示例:张三(副市长)、李四" in comment(projects, projects.column("leaders"))
    nodes = ledger("nodes")
    assert comment(nodes, nodes.column("duration_workdays")).split("\n")[1] == "单位:工作日"


def test_project_names_stand_beside_their_numbers(book: Book, told: Mapping[str, pl.DataFrame]) -> None:
    names = dict(told["projects"].select("project_id", "project_name").iter_rows())
    for name in ("节点", "需求", "走访", "月度投资"):
        rows = list(book[name].iter_rows(min_row=2, values_only=True))
        at = headers(book[name]).index("项目编号")
        assert headers(book[name])[at + 1] == "项目名称"
        assert rows
        assert all(row[at + 1] == names.get(row[at]) for row in rows)


def listed(sheet: Any, header: str) -> Any:
    """The drop-down list under a header."""
    address = sheet.cell(2, headers(sheet).index(header) + 1).coordinate
    return next(v for v in sheet.data_validations.dataValidation if address in v.sqref)


def test_lists_offer_the_contracts_words_and_todays(book: Book, told: Mapping[str, pl.DataFrame]) -> None:
    sheet = book["项目"]
    assert words_of(book, listed(sheet, "建设性质")) == ["新建", "续建", "前期"]
    assert set(told["projects"]["region"]) <= set(words_of(book, listed(sheet, "县区/园区")))
    leaders = set(told["projects"]["leaders"].explode())
    assert leaders <= set(words_of(book, listed(sheet, "包保领导")))
    assert words_of(book, listed(book["节点"], "办理状态")) == ["已办", "在办", "待办", "不涉及"]
    assert words_of(book, listed(sheet, "绿色通道")) == ["是", "否"]
    # beyond the closed lists anything may be written: two leaders, a region that is new
    assert listed(sheet, "建设性质").showErrorMessage
    assert not listed(sheet, "包保领导").showErrorMessage


def words_of(book: Book, validation: Any) -> list[str]:
    name, area = validation.formula1.split("!")
    assert name == LISTS_SHEET
    return [row[0].value for row in book[name][area.replace("$", "")]] if ":" in area else []


def test_a_project_leaves_the_list_by_the_words_offered() -> None:
    assert all(re.search(gone._LEFT, word) for word in LEFT)
    projects = ledger("projects")
    assert set(LEFT) <= set(choices(projects, projects.column("status"), {}))


def test_every_word_of_a_list_is_understood() -> None:
    for item in LEDGERS:
        for column in item.columns:
            for word in choices(item, column, {}):
                assert not is_empty(word), (column.name, word)
                assert "\n" not in word


def test_cells_have_their_formats(book: Book) -> None:
    sheet = book["项目"]

    def cell(header: str) -> Any:
        column = headers(sheet).index(header) + 1
        return next(sheet.cell(r, column) for r in range(2, 32) if sheet.cell(r, column).value is not None)

    assert cell("总投资(万元)").number_format == "#,##0.00##"
    assert cell("入库日期").number_format == "yyyy-mm-dd"
    assert cell("项目编号").number_format == "@"
    # the rows below the data have them too
    assert sheet.column_dimensions["A"].width > 10


def test_text_is_never_a_formula(tmp_path: Path, told: Mapping[str, pl.DataFrame]) -> None:
    evil = told["projects"].with_columns(note=pl.lit('=HYPERLINK("http://x","y")'), content=pl.lit("@SUM(1)"))
    path = template.write(tmp_path / "a.xlsx", {"projects": evil}, DAY)
    sheet = load_workbook(path)["项目"]
    note = sheet.cell(2, headers(sheet).index("备注") + 1)
    assert (note.data_type, note.value) == ("s", '=HYPERLINK("http://x","y")')
    with zipfile.ZipFile(path) as archive:
        assert not [n for n in archive.namelist() if b"<f>" in archive.read(n) and "worksheets" in n]


def test_nothing_names_a_day(book: Book, changes: Path) -> None:
    guide = [str(c.value) for row in book["填表说明"].iter_rows() for c in row if c.value]
    assert not [text for text in guide if "2026-11-22" in text or ("截至" in text and "数据截至" in text)]
    assert not re.search(r"\d", template.FILE_NAME + template.CHANGES_FILE_NAME)
    assert load(changes).as_of is None


def test_a_date_of_another_year_keeps_its_day(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "project_id": ["1", "2", "3"],
            "project_name": ["甲", "乙", "丙"],
            "planned_start": [date(2025, 3, 20), date(2026, 3, 20), date(2025, 6, 30)],
            "planned_start_precision": ["ten-day", "ten-day", "quarter"],
            "planned_start_text": ["3月中旬", "3月中旬", None],
        }
    )
    whole = pl.concat([empty(ledger("projects")), frame], how="diagonal")
    path = template.write(tmp_path / "a.xlsx", {"projects": whole}, DAY)
    sheet = load_workbook(path)["项目"]
    column = headers(sheet).index("计划开工") + 1
    assert [sheet.cell(r, column).value for r in (2, 3, 4)] == ["2025年3月中旬", "3月中旬", "2025年二季度"]
    assert load(path).ledgers["projects"]["planned_start"].to_list() == frame["planned_start"].to_list()


def test_the_changes_workbook_is_marked_and_empty(changes: Path) -> None:
    book = load_workbook(changes)
    assert book.sheetnames == ["填表说明", *(name + template.CHANGES_MARK for name in SHEETS), "选项"]
    assert all(marked(name + template.CHANGES_MARK) for name in SHEETS)
    found = changes_of(read(changes, SETTINGS))[1]
    assert found.sheets - set(OWN_SHEETS) == {name + template.CHANGES_MARK for name in SHEETS}
    guide = [str(c.value) for row in book["填表说明"].iter_rows() for c in row if c.value]
    assert any(CLEAR_WORD in text for text in guide)
    assert not any(frame.height for frame in load(changes).ledgers.values())


def test_one_changed_cell_is_enough(changes: Path, tmp_path: Path) -> None:
    book = load_workbook(changes)
    sheet = book["项目(只报变化)"]
    sheet.cell(2, headers(sheet).index("项目编号") + 1, "XM0001")
    sheet.cell(2, headers(sheet).index("累计完成投资(万元)") + 1, 4321)
    sheet.cell(3, headers(sheet).index("项目名称") + 1, "某项目")
    sheet.cell(3, headers(sheet).index("备注") + 1, CLEAR_WORD)
    path = tmp_path / "只报变化.xlsx"
    book.save(path)
    found = load(path).ledgers["projects"]
    assert found.height == 2
    assert found["invested_total_yuan"].to_list() == [43_210_000, None]
    assert found["source_sheet"].unique().to_list() == ["项目(只报变化)"]


def test_a_template_is_written_whole_or_not_at_all(tmp_path: Path, told: Mapping[str, pl.DataFrame]) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"before")
    broken = {"projects": told["projects"].drop("leaders")}
    with pytest.raises(pl.exceptions.ColumnNotFoundError):
        template.write(target, broken, DAY)
    assert target.read_bytes() == b"before"
    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]
