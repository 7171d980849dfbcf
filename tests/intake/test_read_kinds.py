"""The other kinds of file: .xls and .et, .csv and .txt, and what each tells beside its cells."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlwt

from data.read import read
from data.settings import Settings
from tests.hostile.seeds import HEADER, text, xls, xlsx_of_openpyxl

SETTINGS = Settings()


def written(path: Path, content: bytes) -> Path:
    """The file with this content."""
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name", ["台账.xls", "台账.et", "台账.xlsx"])
def test_an_old_workbook_is_read_whatever_its_name(tmp_path: Path, name: str) -> None:
    sheet = read(written(tmp_path / name, xls()), SETTINGS).sheets[0]
    assert sheet.row(1) == tuple(HEADER)
    assert sheet.row(2)[1:5] == ("第0号产业园区基础设施项目", "县区0", 0, date(2026, 3, 1))
    assert sheet.merged == ((0, 0, 0, 7),)
    assert (sheet.hidden_rows, sheet.hidden_columns) == ((4,), (2,))


@pytest.mark.parametrize("name", ["台账.xls", "台账.et"])
def test_a_new_workbook_is_read_whatever_its_name(tmp_path: Path, name: str) -> None:
    book = read(written(tmp_path / name, xlsx_of_openpyxl()), SETTINGS)
    assert book.sheets[0].row(1) == tuple(HEADER)
    assert book.hidden_sheets == ("旧表",)


def test_an_old_workbook_tells_errors_hidden_sheets_and_its_epoch(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.dates_1904 = True
    sheet = book.add_sheet("项目")
    sheet.write(0, 0, "项目名称")
    sheet.row(1).set_cell_error(1, "#REF!")
    sheet.write(2, 0, date(2026, 3, 15), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    book.add_sheet("旧表").visibility = 1
    path = tmp_path / "台账.xls"
    book.save(str(path))
    found = read(path, SETTINGS)
    assert found.hidden_sheets == ("旧表",)
    assert found.sheets[0].errors == (("B2", "#REF!"),)
    assert found.sheets[0].from_1904
    assert found.sheets[0].row(2)[0] == date(2026, 3, 15)


@pytest.mark.parametrize("suffix", [".csv", ".txt"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_in_every_way_offices_save_it(
    tmp_path: Path, suffix: str, encoding: str, delimiter: str
) -> None:
    sheet = read(written(tmp_path / f"项目{suffix}", text(delimiter, encoding)), SETTINGS).sheets[0]
    assert sheet.name == "项目"
    assert sheet.row(0) == tuple(HEADER)
    assert sheet.row(2) == (
        "2",
        "第1号产业园区基础设施项目",
        "县区1",
        "100.5",
        "2026-03-02",
        "张三、李四",
        "√",
        "",
    )


def test_titles_above_do_not_decide_the_delimiter(tmp_path: Path) -> None:
    content = "重点项目,附件1\n单位:万元\n项目名称\t备注\n一\t甲,乙\n二\t丙\n"
    sheet = read(written(tmp_path / "a.txt", content.encode()), SETTINGS).sheets[0]
    assert sheet.row(3) == ("一", "甲,乙")


def test_excels_own_word_for_the_delimiter(tmp_path: Path) -> None:
    sheet = read(written(tmp_path / "a.csv", "sep=;\r\n名称;数\r\n一;1,5\r\n".encode()), SETTINGS).sheets[0]
    assert sheet.rows == (("名称", "数"), ("一", "1,5"))


def test_ticks_and_numbers_keep_apart(tmp_path: Path) -> None:
    from tests.intake.books import save

    path = save(tmp_path / "a.xlsx", {"表": [["数"], [True], [1], [False], [0]]})
    column = [row[0] for row in read(path, SETTINGS).sheets[0].rows]
    assert [type(value) for value in column] == [str, bool, float, bool, float]
