"""A sheet that looks like a list of projects but has no header: staff are asked what its columns are."""

from __future__ import annotations

import re
from typing import Final

from data.conform.headers import ColumnMapping, Heading, Layout, mapped_headings
from data.conform.match import SERIAL_HEADERS
from data.conform.notices import Notices
from data.conform.suggest import UnknownColumn, examples, suggestion
from data.contract import PROJECTS
from data.text import plain
from data.values import as_text
from data.workbook import Sheet, address

_LOOKED_AT: Final = 60
_MIN_ROWS: Final = 5
_MIN_CELLS: Final = 3


def headerless_layout(sheet: Sheet, mapping: ColumnMapping) -> Layout | None:
    """The layout of a list without header whose columns (列B …) a person has mapped; else null."""
    first = _first_row(sheet)
    if first is None:
        return None
    headings = mapped_headings(sheet, PROJECTS, tuple(Heading("") for _ in sheet.columns), mapping)
    layout = Layout(PROJECTS, first, first, headings)
    return layout if layout.column_of("project_name") is not None else None


def ask_columns(sheet: Sheet, notices: Notices) -> tuple[UnknownColumn, ...]:
    """What to ask about a list whose header is missing or names no project, with a warning; else empty."""
    first = _first_row(sheet)
    if first is None:
        return ()
    headed = first > 0 and sum(isinstance(cell, str) for cell in sheet.row(first - 1)) >= _MIN_CELLS
    headings = _headings(sheet, first - 1) if headed else tuple(Heading("") for _ in sheet.columns)
    asked = tuple(
        UnknownColumn(
            sheet.name,
            address(first - headed, i),
            headings[i].label(i),
            suggestion(PROJECTS, headings[i].text),
            words,
            PROJECTS.name,
        )
        for i, column in enumerate(sheet.columns)
        if (words := examples([column[row] for row in range(first, min(sheet.height, first + _LOOKED_AT))]))
    )
    what = "表头里没有“项目名称”一列" if headed else "找不到表头"
    mend = (
        "把项目名称一列的列名改成“项目名称”"
        if headed
        else f"在第 {first + 1} 行上面加一行列名(至少有“项目名称”)"
    )
    notices.add(
        "sheet_without_header",
        "warning",
        f"工作表“{sheet.name}”像是项目清单,但{what}。请{mend}后重报,或在“报送”页指定各列。",
        sheet=sheet.name,
        row=first - headed,
        column=0,
        expected="项目名称",
    )
    return asked


def _headings(sheet: Sheet, row: int) -> tuple[Heading, ...]:
    return tuple(Heading(re.sub(r"\s+", "", as_text(cell) or "")) for cell in sheet.row(row))


def _first_row(sheet: Sheet) -> int | None:
    """The first row of the longest run of filled rows, where there are enough of them; else null."""
    filled = [
        row
        for row in range(min(sheet.height, _LOOKED_AT))
        if sum(cell not in (None, "") for cell in sheet.row(row)) >= _MIN_CELLS
    ]
    if len(filled) < _MIN_ROWS or not any(_is_serial(sheet, row) for row in filled):
        return None
    return next(row for row in filled if _is_serial(sheet, row))


def _is_serial(sheet: Sheet, row: int) -> bool:
    """Whether a row counts 1, 2, 3 beside words, as lists do."""
    cells = [cell for cell in sheet.row(row) if cell not in (None, "")]
    words = [c for c in cells[1:] if isinstance(c, str) and plain(c) not in SERIAL_HEADERS and len(c) > 3]
    return bool(words) and plain(str(cells[0])).isdigit()
