from __future__ import annotations

import os
import signal
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from data.errors import GuatuError, UnreadableFile
from data.read import read
from data.settings import Settings
from data.workbook import address
from tests.intake.books import SETTINGS, save, save_csv

ROWS = [["项目名称", "总投资(万元)", "计划开工"], ["项目一", 3.5, date(2026, 3, 15)], ["项目二", 12, None]]
SHEET_XML = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


def refused(path: Path, settings: Settings = SETTINGS) -> str:
    """The sentence a file is refused with."""
    with pytest.raises(UnreadableFile) as caught:
        read(path, settings)
    assert path.name in str(caught.value)
    return str(caught.value)


def with_sheet_xml(path: Path, xml: str, **extra: str) -> Path:
    """A workbook whose first sheet's part is this XML; `extra` adds parts."""
    save(path, {"项目": ROWS})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = xml.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **extra}.items():
            archive.writestr(name, content)
    return path


def test_cells_come_with_their_types_and_places(tmp_path: Path) -> None:
    sheet = read(save(tmp_path / "a.xlsx", {"项目": ROWS}), SETTINGS).sheets[0]
    assert sheet.name == "项目"
    assert sheet.row(1) == ("项目一", 3.5, date(2026, 3, 15))
    assert sheet.row(2)[1] == 12
    assert sheet.row(2)[2] in (None, "")
    assert (sheet.height, sheet.width) == (3, 3)
    assert address(2, 27) == "AB3"


def test_empty_top_rows_keep_addresses(tmp_path: Path) -> None:
    sheet = read(save(tmp_path / "a.xlsx", {"项目": [[], [], *ROWS]}), SETTINGS).sheets[0]
    assert sheet.columns[0][2] == "项目名称"


def test_merged_and_error_cells_are_told(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", {"表": [["标题", None], *ROWS]}, {"表": ["A1:C1"]})
    assert read(path, SETTINGS).sheets[0].merged == ((0, 0, 0, 2),)
    xml = SHEET_XML.format(
        '<row r="1"><c r="A1" t="str"><v>名</v></c><c r="B1" s="0" t="e"><f>X1</f><v>#REF!</v></c></row>'
    )
    assert read(with_sheet_xml(tmp_path / "e.xlsx", xml), SETTINGS).sheets[0].errors == (("B1", "#REF!"),)


def test_hidden_sheets_are_left_out(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = save(tmp_path / "a.xlsx", {"项目": ROWS, "旧表": ROWS})
    book = load_workbook(path)
    book["旧表"].sheet_state = "hidden"
    book.save(path)
    assert [sheet.name for sheet in read(path, SETTINGS).sheets] == ["项目"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_every_encoding_offices_use(tmp_path: Path, encoding: str) -> None:
    path = save_csv(
        tmp_path / "项目.csv", [["项目名称", "备注"], ["双鸭山项目", "含,逗号\n和换行"], ["项目二"]], encoding
    )
    sheet = read(path, SETTINGS).sheets[0]
    assert sheet.name == "项目"
    assert sheet.rows == (("项目名称", "备注"), ("双鸭山项目", "含,逗号\n和换行"), ("项目二", ""))


def test_csv_by_tab(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("项目名称\t备注\n一\t二\n", encoding="utf-8")
    assert read(path, SETTINGS).sheets[0].row(1) == ("一", "二")


def test_parquet_is_a_sheet_with_a_header(tmp_path: Path) -> None:
    path = tmp_path / "projects.parquet"
    pl.DataFrame(
        {"项目名称": ["一"], "包保领导": [["甲", "乙"]], "开工": [date(2026, 1, 2)], "总投资": [None]}
    ).write_parquet(path)
    sheet = read(path, SETTINGS).sheets[0]
    assert sheet.row(0) == ("项目名称", "包保领导", "开工", "总投资")
    assert sheet.row(1) == ("一", "甲、乙", date(2026, 1, 2), None)


def test_moments_survive_the_way(tmp_path: Path) -> None:
    moment = datetime(2026, 3, 15, 8, 30)  # noqa: DTZ001 - a sheet's clock has no zone
    path = save(tmp_path / "a.xlsx", {"表": [[moment]]})
    assert read(path, SETTINGS).sheets[0].row(0) == (moment,)


@pytest.mark.parametrize("suffix", [".xlsm", ".xlsb", ".ods", ".docx", ".zip", ".jpg", ""])
def test_other_kinds_are_refused_by_name(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"台账{suffix}"
    path.write_bytes(b"x")
    assert "另存为 .xlsx" in refused(path)


def test_renamed_and_broken_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"")
    assert "空的" in refused(path)
    path.write_bytes(b"\xef\xbb\xbf<html>")
    assert "网页" in refused(path)
    path.write_bytes(b"name,amount")
    assert "不是 Excel 工作簿" in refused(path)
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert "损坏" in refused(path)
    whole = save(tmp_path / "b.xlsx", {"项目": ROWS}).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "损坏" in refused(path)
    assert "不是文本" in refused(_written(tmp_path / "c.csv", b"PK\x03\x04\0\0\0"))
    assert "编码" in refused(_written(tmp_path / "d.csv", b"\xff\xff\xff,\x81"))
    assert "Parquet" in refused(_written(tmp_path / "e.parquet", b"PAR1 not really PAR1"))


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_macros_and_other_books_inside_are_refused(tmp_path: Path) -> None:
    xml = SHEET_XML.format("")
    assert "宏" in refused(with_sheet_xml(tmp_path / "m.xlsx", xml, **{"xl/vbaProject.bin": "x"}))
    assert ".xlsb" in refused(with_sheet_xml(tmp_path / "b.xlsx", xml, **{"xl/workbook.bin": "x"}))
    assert ".ods" in refused(with_sheet_xml(tmp_path / "o.xlsx", xml, **{"content.xml": "x"}))


def test_a_cell_at_the_end_of_the_world_is_refused_before_reading(tmp_path: Path) -> None:
    cell = '<row r="{0}"><c r="{1}" t="str"><v>x</v></c></row>'
    xml = SHEET_XML.format(cell.format(1, "A1") + cell.format(1048576, "XFD1048576"))
    assert "1048576 行 × 16384 列" in refused(with_sheet_xml(tmp_path / "a.xlsx", xml))
    # the row element keeps quiet about where its cell stands
    xml = SHEET_XML.format(
        '<row r="1"><c r="A1" t="str"><v>x</v></c><c r="XFD1048576" t="str"><v>x</v></c></row>'
    )
    assert "超过" in refused(with_sheet_xml(tmp_path / "b.xlsx", xml))


def test_a_bomb_is_refused_by_its_directory(tmp_path: Path) -> None:
    xml = SHEET_XML.format(" " * (3 << 20))
    path = with_sheet_xml(tmp_path / "a.xlsx", xml)
    assert path.stat().st_size < 100_000
    assert "解压后" in refused(path, SETTINGS.model_copy(update={"read_unpacked_mb": 2}))


def test_memory_and_time_have_limits(tmp_path: Path) -> None:
    # two cells span 4.9 million: allowed by the extent, too much for the memory given
    cell = '<row r="{0}"><c r="{1}" t="str"><v>x</v></c></row>'
    xml = SHEET_XML.format(cell.format(1, "A1") + cell.format(190_000, "Z190000"))
    path = with_sheet_xml(tmp_path / "a.xlsx", xml)
    assert "内存" in refused(path, SETTINGS.model_copy(update={"read_memory_mb": 100}))
    assert "没有读完" in refused(path, SETTINGS.model_copy(update={"read_seconds": 0.01}))


def test_cells_have_a_limit(tmp_path: Path) -> None:
    few = SETTINGS.model_copy(update={"read_max_cells": 4})
    assert "4 格" in refused(save_csv(tmp_path / "a.csv", ROWS, "utf-8"), few)
    path = tmp_path / "a.parquet"
    pl.DataFrame({"a": [1, 2, 3], "b": [1, 2, 3]}).write_parquet(path)
    assert "4 格" in refused(path, few)


def test_an_empty_book_is_refused(tmp_path: Path) -> None:
    assert "没有任何可见的数据" in refused(save(tmp_path / "a.xlsx", {"项目": []}))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe")
def test_a_reader_that_was_stopped_is_not_a_broken_file(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    os.mkfifo(path)  # nobody writes, so the child waits
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read, path, SETTINGS)
        children = Path(f"/proc/{os.getpid()}/task")
        while not (found := [pid for task in children.iterdir() for pid in _children(task)]):
            assert not reading.done()
        os.kill(found[0], signal.SIGTERM)
        with pytest.raises(GuatuError, match="读取被中断") as caught:
            reading.result(timeout=30)
    assert not isinstance(caught.value, UnreadableFile)


def _children(task: Path) -> list[int]:
    return [int(pid) for pid in (task / "children").read_text().split()]
