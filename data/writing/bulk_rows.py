"""Rows of a sheet written whole: tens of thousands of rows in a second.

Goes past xlsxwriter's cell by cell calls, in its constant-memory form, where a sheet's rows are text that
follows the rows written before. Cells are those write_cell would write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Final
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name

from data.writing.sheets import MAX_TEXT

# the day before Excel's first, as its numbers count since it takes 1900 for a leap year
_EPOCH: Final = date(1899, 12, 30)
# what XML can't hold, and what Excel would read as such an escape
_CONTROL: Final = re.compile("(_x[0-9a-fA-F]{4}_)|([\x00-\x08\x0b-\x1f])")

# the style of a cell by its value: light cells take the colour of their word
Styled = Callable[[Any], Any]


def write_rows(sheet: Any, first: int, columns: Sequence[Sequence[Any]], styles: Sequence[Styled]) -> None:
    """The rows from `first` (0-based) on; nothing may be written to the sheet after them.

    Cells are texts, numbers, dates or null; `styles` give a column's xlsxwriter format for a cell.
    """
    height = len(columns[0]) if columns else 0
    if not height:
        return
    tails = [_tails(cells, style) for cells, style in zip(columns, styles, strict=True)]
    starts = [f'<c r="{xl_col_to_name(place)}' for place in range(len(columns))]
    # what was written before leaves memory; from here on the rows are ours
    sheet._write_single_row(first)
    for number, row in enumerate(zip(*tails, strict=True), start=first + 1):
        cells = "".join(f"{start}{number}{tail}" for start, tail in zip(starts, row, strict=True))
        sheet.fh.write(f'<row r="{number}">{cells}</row>')
    sheet.dim_rowmax = max(sheet.dim_rowmax or 0, first + height - 1)
    sheet.dim_colmax = max(sheet.dim_colmax or 0, len(columns) - 1)


def _tails(cells: Sequence[Any], style: Styled) -> list[str]:
    """What stands behind each cell's reference; a text that comes again is looked at once."""
    known: dict[Any, str] = {}
    told = []
    for cell in cells:
        tail = known.get(cell)
        if tail is None:
            tail = known[cell] = f'" s="{style(cell)._get_xf_index()}"{_value(cell)}'
        told.append(tail)
    return told


def _value(cell: Any) -> str:
    if cell is None:
        return "/>"
    if isinstance(cell, str):
        text = _CONTROL.sub(_escaped, cell[:MAX_TEXT])
        kept = ' xml:space="preserve"' if text != text.strip() else ""
        return f' t="inlineStr"><is><t{kept}>{escape(text)}</t></is></c>'
    number = _serial(cell) if isinstance(cell, date) else cell
    return f"><v>{number:.16G}</v></c>"


def _escaped(found: re.Match[str]) -> str:
    written = found[0]
    return f"_x005F{written}" if found[1] else f"_x{ord(written):04X}_"


def _serial(day: date) -> float:
    """A day, or a moment, as Excel counts it."""
    if isinstance(day, datetime):
        since = day.replace(tzinfo=None) - datetime.combine(_EPOCH, datetime.min.time())
        return since.days + since.seconds / 86_400
    return (day - _EPOCH).days
