"""A sheet that looks like a list of projects but has no header: staff are asked what its columns are."""

from __future__ import annotations

from typing import Final

from data.conform.headers import ColumnMapping, Heading, Layout, mapped_headings
from data.conform.match import SERIAL_HEADERS
from data.conform.notices import Notices
from data.conform.suggest import UnknownColumn, examples
from data.contract import PROJECTS
from data.text import plain
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
    """What to ask about a list without header, with a warning; empty for any other sheet."""
    first = _first_row(sheet)
    if first is None:
        return ()
    asked = [
        UnknownColumn(sheet.name, address(first, i), Heading("").label(i), None, words, PROJECTS.name)
        for i, column in enumerate(sheet.columns)
        if (words := examples(column.values))
    ]
    notices.add(
        "sheet_without_header",
        "warning",
        f"工作表“{sheet.name}”像是项目清单,但找不到表头。"
        f"请在第 {first + 1} 行上面加一行列名(至少有“项目名称”)后重报,或在“报送”页指定各列。",
        sheet=sheet.name,
        row=first,
        column=0,
        expected="项目名称",
    )
    return tuple(asked)


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
