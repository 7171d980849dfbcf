"""The same workbook comes back: coloured, commented, listed – and otherwise as it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from data import marked
from data.contract import OWN_SHEETS
from data.errors import Finding
from data.marking import result_sheet
from data.marking.styles import FILLS
from tests.intake.books import SETTINGS, load, save
from tests.marked.books import finding, parts, rich

FINDINGS = (
    finding("C3"),
    finding("D4", "warning", "计划开工空着"),
    finding("B2", "note", "与去年同名"),
    finding("C3", "warning", "比昨天大一万倍"),
    finding("H30", "note", "在表外"),
    Finding("whole", "warning", "文件写明截至 2026-12-31,晚于状态日期。"),
    finding(None, "note", "有隐藏的行"),
    finding("C1", "error", "没有写单位"),
)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("marked")
    source = rich(folder / "台账.xlsx")
    return source, marked.write(source, FINDINGS, folder / marked.name_of(source.name), SETTINGS)


def fill(path: Path, cell: str, sheet: str = "项目") -> str | None:
    pattern = load_workbook(path)[sheet][cell].fill
    return pattern.fgColor.rgb if pattern.fill_type == "solid" else None


def test_other_parts_are_the_same_bytes(both: tuple[Path, Path]) -> None:
    before, after = map(parts, both)
    assert set(before) <= set(after)
    differs = {name for name in before if before[name] != after[name]}
    assert differs == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    }
    assert len(set(after) - set(before)) == 1


def test_cells_keep_value_formula_and_every_style_but_the_fill(both: tuple[Path, Path]) -> None:
    before, after = map(load_workbook, both)
    touched = {"C3", "D4", "B2", "H30", "C1"}
    for row in before["项目"].iter_rows():
        for old in row:
            new = after["项目"][old.coordinate]
            assert new.value == old.value
            assert new.number_format == old.number_format
            assert repr(new.border) == repr(old.border)
            assert repr(new.alignment) == repr(old.alignment)
            assert (repr(new.fill) == repr(old.fill)) is (old.coordinate not in touched), old.coordinate
    assert after["项目"]["C5"].value == "=SUM(C2:C4)"
    old, new = (parts(path)["xl/worksheets/sheet1.xml"] for path in both)
    # widths, frozen panes, lists, rules, filter, merged cells, pictures and charts stand around the rows
    assert old.split(b"<sheetData>")[0] == new.split(b"<sheetData>")[0]
    assert old.split(b"</sheetData>")[1] == new.split(b"</sheetData>")[1]
    assert b"<v>4700.5</v>" in new
    assert after["项目"].row_dimensions[3].height == before["项目"].row_dimensions[3].height


def test_cells_take_the_colour_of_their_worst_finding(both: tuple[Path, Path]) -> None:
    path = both[1]
    assert fill(path, "C3") == fill(path, "C1") == FILLS["error"]
    assert fill(path, "D4") == FILLS["warning"]
    assert fill(path, "B2") == fill(path, "H30") == FILLS["note"]
    # white on dark blue becomes dark on the pale mark
    assert load_workbook(path)["项目"]["C1"].font.color.rgb == "FF1F2328"
    assert load_workbook(path)["项目"]["C1"].font.bold


def test_comments_say_what_is_wrong_and_keep_what_staff_wrote(both: tuple[Path, Path]) -> None:
    sheet = load_workbook(both[1])["项目"]
    assert sheet["C3"].comment.text == (
        "【挂图校验】\n【错误】工作表“项目”C3 不能读作金额。请改正。\n"
        "【提醒】工作表“项目”C3 比昨天大一万倍。请改正。"
    )
    assert sheet["B2"].comment.text.startswith("张科长:名称已核")
    assert sheet["B2"].comment.text.endswith("【说明】工作表“项目”B2 与去年同名。请改正。")
    assert sheet["D3"].comment is None
    assert load_workbook(both[1])["说明"]["A2"].comment.text == "另一张表的批注"
    drawing = parts(both[1])["xl/drawings/vmlDrawing1.vml"]
    ids = re.findall(rb'<v:shape [^>]*id="([^"]+)"', drawing)
    assert len(ids) == len(set(ids)) == 5


def test_the_result_sheet_lists_every_finding_with_its_link(both: tuple[Path, Path]) -> None:
    book = load_workbook(both[1])
    assert book.sheetnames == ["项目", "说明", "校验结果"]
    sheet = book["校验结果"]
    assert sheet["A1"].value == "校验结果:错误 2 条、提醒 3 条、说明 3 条"
    assert [c.value for c in sheet[4]] == [
        1, "错误", "项目", "C3", "三五个亿", "数字", "工作表“项目”C3 不能读作金额。请改正。",
    ]  # fmt: skip
    assert sheet.max_row == 3 + len(FINDINGS)
    assert sheet["D4"].hyperlink.location == "'项目'!C3"
    assert sheet["D9"].hyperlink is None
    assert book.active.title == "项目"


def test_the_copy_is_read_as_the_file_itself(both: tuple[Path, Path]) -> None:
    before, after = map(load, both)
    assert {n: f.drop("extra").rows() for n, f in after.ledgers.items()} == {
        n: f.drop("extra").rows() for n, f in before.ledgers.items()
    }
    assert not [f for f in after.findings if "校验结果" in f.message]


def test_our_sheets_are_those_the_reader_passes_over() -> None:
    assert {result_sheet.NAME, result_sheet.OTHER_NAME} <= set(OWN_SHEETS)


def test_marking_a_marked_copy_takes_the_old_marks_off(both: tuple[Path, Path], tmp_path: Path) -> None:
    fewer = (finding("D4", "warning", "计划开工空着"), finding("B4", "error", "名称重复"))
    again = marked.write(both[1], fewer, tmp_path / "再报.xlsx", SETTINGS)
    book = load_workbook(again)
    assert book.sheetnames == ["项目", "说明", "校验结果"]
    assert book["校验结果"].max_row == 5
    original = load_workbook(both[0])["项目"]
    for cell in ("B2", "H30", "C3"):
        assert fill(again, cell) == fill(both[0], cell), cell
    assert (fill(again, "D4"), fill(again, "B4")) == (FILLS["warning"], FILLS["error"])
    sheet = book["项目"]
    assert sheet["B2"].comment.text == original["B2"].comment.text
    assert sheet["C3"].comment is None
    assert sheet["D4"].comment.text.count("【") == 2
    assert parts(again)["xl/drawings/vmlDrawing1.vml"].count(b"<v:shape ") == 3


def test_an_unmarked_copy_of_a_marked_one_is_clean(both: tuple[Path, Path], tmp_path: Path) -> None:
    clean = marked.write(both[1], (), tmp_path / "净.xlsx", SETTINGS)
    sheet = load_workbook(clean)["项目"]
    assert not [
        c.coordinate for row in sheet.iter_rows() for c in row if c.fill.fgColor.rgb in FILLS.values()
    ]
    assert [c.coordinate for row in sheet.iter_rows() for c in row if c.comment] == ["B2"]


def test_nothing_stays_beside_the_copy(both: tuple[Path, Path], tmp_path: Path) -> None:
    marked.write(both[0], FINDINGS, tmp_path / "新" / "a.xlsx", SETTINGS)
    assert [p.name for p in (tmp_path / "新").iterdir()] == ["a.xlsx"]


def test_a_finding_inside_a_merged_range_shows_at_its_first_cell(
    both: tuple[Path, Path], tmp_path: Path
) -> None:
    path = marked.write(both[0], (finding("C7", "warning"),), tmp_path / "m.xlsx", SETTINGS)
    assert fill(path, "A6") == FILLS["warning"]
    assert "C7" in load_workbook(path)["项目"]["A6"].comment.text


def test_a_sheet_of_the_offices_own_by_that_name_stays(tmp_path: Path) -> None:

    source = save(tmp_path / "a.xlsx", {"项目": [["项目名称"], ["甲"]], "校验结果": [["本局自查", "合格"]]})
    path = marked.write(source, (finding("A2"),), tmp_path / "b.xlsx", SETTINGS)
    book = load_workbook(path)
    assert book.sheetnames == ["项目", "校验结果", "挂图校验结果"]
    assert book["校验结果"]["A1"].value == "本局自查"
