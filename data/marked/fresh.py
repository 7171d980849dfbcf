"""A fresh workbook of the cells as they were read, to be marked where the file itself can't be.

The frame comes from XlsxWriter; the rows are put together from one piece of XML a distinct value, several
times faster than writing them cell by cell.
"""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final

import numpy as np
import xlsxwriter

from data.marking.book import WORKBOOK
from data.marking.parts import Parts
from data.marking.result_sheet import NAME
from data.marking.sheet import SheetXml
from data.marking.styles import Styles
from data.marking.tags import quoted
from data.values import as_text
from data.workbook import Cell, CellColumn, Sheet, Workbook, letters

MAX_ROWS: Final = 1_048_576
MAX_TEXT: Final = 32_767
_MAX_NAME: Final = 31
_WORDS_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_NOT_IN_A_NAME: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NARROWEST, _WIDEST, _WIDTHS_FROM = 8, 40, 200
# Excel's day 0 from its first right day on: it holds 1900 for a leap year
_DAY_0: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's clock has no zone
_FIRST_DAY: Final = date(1900, 3, 1)
_DAY_FORMAT, _MOMENT_FORMAT = 14, 22


def write_cells(workbook: Workbook, path: Path) -> Mapping[str, str]:
    """Write the cells read, at their own addresses; the names the sheets got, by the names they had."""
    names: dict[str, str] = {}
    sheets = [sheet for sheet in workbook.sheets if not _is_result(sheet)]
    frame = path.with_name("frame.xlsx")
    with xlsxwriter.Workbook(str(frame)) as book:
        for sheet in sheets:
            names[sheet.name] = sheet_name(sheet.name, names.values())
            page = book.add_worksheet(names[sheet.name])
            for index, column in enumerate(sheet.columns):
                page.set_column(index, index, _width(column))
    with zipfile.ZipFile(frame) as archive:
        parts = Parts(archive)
        styles = Styles(parts.read("xl/styles.xml"))
        formats = (styles.dated(_DAY_FORMAT), styles.dated(_MOMENT_FORMAT))
        parts.put("xl/styles.xml", styles.whole())
        words: dict[str, int] = {}
        for number, sheet in enumerate(sheets, 1):
            part = f"xl/worksheets/sheet{number}.xml"
            parts.put(part, list(SheetXml(parts.read(part)).filled(_rows(sheet, formats, words))))
        parts.relate(
            WORKBOOK, "sharedStrings", parts.add("xl/sharedStrings.xml", _shared(words), _WORDS_TYPE)
        )
        # not worth packing: it is marked at once
        parts.save(path, level=0)
    return names


def write_nothing(path: Path) -> Mapping[str, str]:
    """Write a workbook for a file that can't be read: one sheet that says so."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("原文件")
        sheet.set_column(0, 0, 60)
        sheet.write_string(0, 0, f"原文件读不出来,原因见工作表“{NAME}”。")
    return {}


def sheet_name(name: str, taken: Iterable[str] = ()) -> str:
    """A name Excel accepts for a sheet, different from those taken."""
    used = {other.lower() for other in taken}
    bare = _NOT_IN_A_NAME.sub("_", name)[:_MAX_NAME].strip().strip("'") or "Sheet"
    fresh, number = bare, 2
    while fresh.lower() in used:
        fresh = f"{bare[: _MAX_NAME - 4]}({number})"
        number += 1
    return fresh


def _is_result(sheet: Sheet) -> bool:
    """Whether a sheet is the 校验结果 of an earlier copy."""
    return bool(sheet.height and sheet.width) and str(sheet.columns[0][0]).startswith(f"{NAME}:")


def _shared(words: Mapping[str, int]) -> bytes:
    """The part that holds every text once; cells give its number."""
    items = b"".join(b'<si><t xml:space="preserve">%b</t></si>' % quoted(text) for text in words)
    return b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%b</sst>' % items


def _rows(sheet: Sheet, formats: tuple[int, int], words: dict[str, int]) -> Iterator[bytes]:
    """The rows that hold something, as XML."""
    names = [letters(index) for index in range(sheet.width)]
    columns = [_pieces(column, formats, words) for column in sheet.columns]
    rows = zip(*columns, strict=True) if columns else ()
    for number, row in enumerate(rows, 1):
        if number > MAX_ROWS:
            return
        cells = [f'<c r="{name}{number}"{piece}' for name, piece in zip(names, row, strict=True) if piece]
        if cells:
            yield f'<row r="{number}">{"".join(cells)}</row>'.encode()


def _pieces(column: CellColumn, formats: tuple[int, int], words: dict[str, int]) -> list[str]:
    """What follows a cell's address, for every row of a column; "" for an empty cell."""
    by_value = np.array([_piece(value, formats, words) for value in column.values], dtype=object)
    pieces: list[str] = by_value[column.codes].tolist()
    return pieces


def _piece(cell: Cell, formats: tuple[int, int], words: dict[str, int]) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return f' t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, int | float) and math.isfinite(cell):
        return f"><v>{cell!r}</v></c>"
    if isinstance(cell, date) and (serial := _serial(cell)) is not None:
        return f' s="{formats[isinstance(cell, datetime)]}"><v>{serial!r}</v></c>'
    return f' t="s"><v>{words.setdefault(str(cell)[:MAX_TEXT], len(words))}</v></c>'


def _serial(day: date) -> float | None:
    """Excel's number of a day or moment, null before it counts right."""
    if isinstance(day, datetime):
        return (day - _DAY_0).total_seconds() / 86_400 if day.date() >= _FIRST_DAY else None
    return (day - _DAY_0.date()).days if day >= _FIRST_DAY else None


def _width(column: CellColumn) -> int:
    texts = (as_text(value) or "" for value in column.values[:_WIDTHS_FROM])
    longest = max((sum(1 if c.isascii() else 2 for c in words) for words in texts), default=0)
    return min(max(longest + 2, _NARROWEST), _WIDEST)
