"""A fresh workbook of the cells as they were read, to be marked where the file itself can't be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from data.marking.result_sheet import NAME
from data.values import as_text
from data.workbook import Cell, CellColumn, Sheet, Workbook

MAX_ROWS: Final = 1_048_576
MAX_TEXT: Final = 32_767
_MAX_NAME: Final = 31
_NOT_IN_A_NAME: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NARROWEST, _WIDEST, _WIDTHS_FROM = 8, 40, 200
_FIRST_DAY: Final = date(1900, 3, 1)
# text never becomes a formula, a link or a number
OPTIONS: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_cells(workbook: Workbook, path: Path) -> Mapping[str, str]:
    """Write the cells read, at their own addresses; the names the sheets got, by the names they had."""
    names: dict[str, str] = {}
    with xlsxwriter.Workbook(str(path), OPTIONS | {"constant_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for sheet in workbook.sheets:
            names[sheet.name] = sheet_name(sheet.name, names.values())
            _write_sheet(book.add_worksheet(names[sheet.name]), sheet, day, moment)
    return names


def write_nothing(path: Path) -> Mapping[str, str]:
    """Write a workbook for a file that can't be read: one sheet that says so."""
    with xlsxwriter.Workbook(str(path), OPTIONS) as book:
        sheet = book.add_worksheet("原文件")
        sheet.set_column(0, 0, 60)
        sheet.write_string(0, 0, f"原文件读不出来,原因见工作表“{NAME}”。")
    return {}


def sheet_name(name: str, taken: Any = ()) -> str:
    """A name Excel accepts for a sheet, different from those taken."""
    used = {other.lower() for other in taken}
    bare = _NOT_IN_A_NAME.sub("_", name).strip().strip("'")[:_MAX_NAME] or "Sheet"
    fresh, number = bare, 2
    while fresh.lower() in used:
        fresh = f"{bare[: _MAX_NAME - 4]}({number})"
        number += 1
    return fresh


def _write_sheet(page: Any, sheet: Sheet, day: Any, moment: Any) -> None:
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, _width(column))
    for row in range(min(sheet.height, MAX_ROWS)):
        for index, column in enumerate(sheet.columns):
            _write_cell(page, row, index, column[row], day, moment)


def _write_cell(page: Any, row: int, column: int, cell: Cell, day: Any, moment: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        page.write_string(row, column, cell[:MAX_TEXT])
    elif isinstance(cell, bool):
        page.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell)
    elif isinstance(cell, datetime) and cell.date() >= _FIRST_DAY:
        page.write_datetime(row, column, cell, moment)
    elif not isinstance(cell, datetime) and cell >= _FIRST_DAY:
        page.write_datetime(row, column, cell, day)
    else:
        page.write_string(row, column, str(cell))


def _width(column: CellColumn) -> int:
    texts = (as_text(value) or "" for value in column.values[:_WIDTHS_FROM])
    longest = max((sum(1 if c.isascii() else 2 for c in words) for words in texts), default=0)
    return min(max(longest + 2, _NARROWEST), _WIDEST)
