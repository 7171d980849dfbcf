"""Files that can't be edited in place: their cells in a fresh workbook, marked the same way."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
import xlwt
from openpyxl import load_workbook

from data import marked
from data.errors import Finding, UnreadableFile
from data.marked.fresh import sheet_name, write_cells
from data.marking.styles import FILLS
from data.read import read
from data.settings import Settings
from data.workbook import Workbook, sheet_of_rows
from tests.intake.books import SETTINGS, save, save_csv
from tests.marked.books import ROWS, finding, parts, rich, with_parts


def marks(path: Path, sheet: str) -> dict[str, str]:
    """Marked cells of a sheet, with their colours."""
    weights = {rgb: weight for weight, rgb in FILLS.items()}
    cells = (cell for row in load_workbook(path)[sheet].iter_rows() for cell in row)
    return {c.coordinate: weights[c.fill.fgColor.rgb] for c in cells if c.fill.fgColor.rgb in weights}


def as_xls(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("项目")
    for r, row in enumerate(ROWS):
        for c, cell in enumerate(row):
            if cell is not None:
                sheet.write(r, c, str(cell) if isinstance(cell, date) else cell)
    book.save(str(path))
    return path


def as_parquet(path: Path) -> Path:
    pl.DataFrame(
        {
            "project_name": ["甲项目", "乙项目", "丙项目"],
            "planned_start": [date(2026, 3, 15), date(1850, 1, 1), None],
            "leaders": [["张三", "李四"], None, ["王五"]],
            "total_investment_yuan": [35_000_000, None, 12_005_000],
        }
    ).write_parquet(path)
    return path


def test_csv(tmp_path: Path) -> None:
    source = save_csv(tmp_path / "台账.csv", [*ROWS, ["=1+1", "<b>&\"'", "", None]], "gb18030")
    path = marked.write(source, (finding("C3", sheet="台账"),), tmp_path / "台账.标注.xlsx", SETTINGS)
    assert marks(path, "台账") == {"C3": "error"}
    sheet = load_workbook(path)["台账"]
    assert [[c.value for c in row] for row in sheet["A2:B3"]] == [["XM001", "甲项目"], ["XM002", "乙项目"]]
    assert (sheet["A5"].value, sheet["A5"].data_type, sheet["B5"].value) == ("=1+1", "s", "<b>&\"'")
    assert load_workbook(path)["校验结果"]["D4"].hyperlink.location == "'台账'!C3"


def test_old_workbook(tmp_path: Path) -> None:
    found = (finding("C3", "warning"), finding("B9", "note"))
    path = marked.write(as_xls(tmp_path / "a.xls"), found, tmp_path / "b.xlsx", SETTINGS)
    assert marks(path, "项目") == {"C3": "warning", "B9": "note"}
    assert load_workbook(path)["项目"]["C2"].value == 3500


def test_parquet(tmp_path: Path) -> None:
    path = marked.write(
        as_parquet(tmp_path / "x.parquet"), (finding("D3", sheet="x"),), tmp_path / "b.xlsx", SETTINGS
    )
    sheet = load_workbook(path)["x"]
    assert sheet["B2"].value == datetime(2026, 3, 15)  # noqa: DTZ001 - a sheet's clock has no zone
    assert sheet["B3"].value == "1850-01-01"
    assert sheet["C2"].value == "张三、李四"
    assert marks(path, "x") == {"D3": "error"}


def test_fresh_cells_read_back_as_they_were(tmp_path: Path) -> None:
    moment = datetime(2026, 3, 15, 8, 30)  # noqa: DTZ001 - a sheet's clock has no zone
    rows = [
        ["甲", 1, 2.5, True, date(2026, 3, 15), moment, None, "x" * 40_000],
        [None] * 8,
        ["\x07乙", -3, 1e300],
    ]
    path = tmp_path / "a.xlsx"
    names = write_cells(Workbook(Path("a.csv"), (sheet_of_rows("表:一/二", rows),)), path)
    assert names == {"表:一/二": "表_一_二"}
    sheet = read(path, SETTINGS).sheets[0]
    assert sheet.row(0)[:6] == ("甲", 1, 2.5, True, date(2026, 3, 15), moment)
    assert len(str(sheet.row(0)[7])) == 32_767
    assert sheet.row(2)[:3] == ("乙", -3, 1e300)


def test_sheets_get_names_excel_accepts() -> None:
    assert sheet_name("a[b]:*?/\\c") == "a_b______c"
    assert sheet_name("'引号'") == "引号"
    assert sheet_name("") == "Sheet"
    assert sheet_name("台" * 40) == "台" * 31
    assert sheet_name("ABC", ["abc"]) == "ABC(2)"


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".et", ".csv", ".parquet", ".docx"])
def test_a_file_that_cant_be_read_gets_its_findings_alone(tmp_path: Path, suffix: str) -> None:
    source = tmp_path / f"坏{suffix}"
    source.write_bytes(b"PK\x03\x04\x00\xff\xfe\x81\x00 not a workbook")
    with pytest.raises(UnreadableFile) as caught:
        read(source, SETTINGS)
    found = (Finding("file_refused", "error", str(caught.value)),)
    path = marked.write(source, found, tmp_path / "坏.标注.xlsx", SETTINGS)
    book = load_workbook(path)
    assert book.sheetnames == ["原文件", "校验结果"]
    assert book["校验结果"]["G4"].value == str(caught.value)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([source.name, path.name])


def test_xml_that_cant_be_edited_falls_back_to_the_cells(tmp_path: Path) -> None:
    source = rich(tmp_path / "a.xlsx")
    strange = parts(source)["xl/worksheets/sheet1.xml"].replace(
        b"<worksheet", b"<!DOCTYPE worksheet [<!ENTITY a 'x'>]><worksheet", 1
    )
    odd = with_parts(source, tmp_path / "odd.xlsx", sheet1=strange)
    try:
        expected = [sheet.name for sheet in read(odd, SETTINGS).sheets]
    except UnreadableFile:
        expected = ["原文件"]
    path = marked.write(odd, (finding("C3"),), tmp_path / "b.xlsx", SETTINGS)
    assert load_workbook(path).sheetnames == [*expected, "校验结果"]


def test_a_bomb_is_never_unpacked(tmp_path: Path) -> None:
    source = rich(tmp_path / "a.xlsx")
    with zipfile.ZipFile(source, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/big.bin", b"\0" * (3 << 20))
    small = SETTINGS.model_copy(update={"read_unpacked_mb": 2})
    path = marked.write(source, (finding("C3"),), tmp_path / "b.xlsx", small)
    assert load_workbook(path).sheetnames == ["原文件", "校验结果"]
    assert path.stat().st_size < 50_000


def test_the_target_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    source = save(tmp_path / "a.xlsx", {"项目": ROWS})
    target = tmp_path / "b.xlsx"
    target.write_bytes(b"before")
    never = Settings(read_seconds=0.001)
    with pytest.raises(UnreadableFile):
        marked.write(source, (finding("C3"),), target, never)
    assert target.read_bytes() == b"before"
    assert len(list(tmp_path.iterdir())) == 2
