"""Rows written whole hold what xlsxwriter writes cell by cell."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from data.writing.bulk_rows import write_rows
from data.writing.sheets import OPTIONS, write_cell

NOON = datetime.fromisoformat("2026-11-22T12:00:00")
COLUMNS: list[list[Any]] = [
    ["甲<乙>&丙", " 前后有空 ", "=1+1", "两\n行", "_x000D_", "响\x07铃", "", None],
    [1, -2.5, 1234567.891, 0, 10**12, 0.1 + 0.2, None, 3],
    [date(2026, 11, 22), None, date(1999, 12, 31), NOON, None, None, None, date(2027, 1, 1)],
]  # fmt: skip


def written(path: Path, whole: bool) -> Path:
    with xlsxwriter.Workbook(str(path), OPTIONS | {"constant_memory": True}) as book:
        plain = [book.add_format({"num_format": form}) for form in ("@", "0.00", "yyyy-mm-dd")]
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("清单")
        sheet.write_string(0, 0, "标题", bold)
        if whole:
            styles = [lambda cell, own=own: bold if cell == 3 else own for own in plain]
            write_rows(sheet, 1, COLUMNS, styles)
            return path
        for row, cells in enumerate(zip(*COLUMNS, strict=True), start=1):
            for place, cell in enumerate(cells):
                form = bold if cell == 3 else plain[place]
                if cell is None:
                    sheet.write_blank(row, place, None, form)
                else:
                    write_cell(sheet, row, place, cell, form)
    return path


def cells(path: Path) -> list[tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(path)["清单"]
    return [
        (cell.coordinate, cell.value, cell.number_format, cell.font.bold, cell.data_type)
        for row in sheet.iter_rows()
        for cell in row
    ]


def test_whole_rows_are_those_written_cell_by_cell(tmp_path: Path) -> None:
    whole, single = written(tmp_path / "整.xlsx", True), written(tmp_path / "逐.xlsx", False)
    assert cells(whole) == cells(single)
    assert openpyxl.load_workbook(whole)["清单"].dimensions == "A1:C9"
