"""Several tables in one sheet: where a second header follows below, and which rows are its own."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Final

import numpy as np

from data.conform.headers import ColumnMapping, Layout, find_layout, layout_at
from data.conform.match import field_names
from data.contract import LEDGERS
from data.text import plain
from data.values import as_text
from data.workbook import Cell, Sheet

# a header of a second table begins within the leading columns, and heads two known columns at least
_LEADING_COLUMNS: Final = 12
_MIN_FIELDS: Final = 2
_MAX_TITLE_ROWS: Final = 5
_LONGEST: Final = 24
_NOT_BARE: Final = re.compile(r"[\s(（\[:：*]")


def find_layouts(sheet: Sheet, mapping: ColumnMapping | None = None) -> list[Layout]:
    """Every table of a sheet from top to bottom; empty where no row is the header of a ledger."""
    first = find_layout(sheet, mapping)
    if first is None:
        return []
    found = [first]
    for row in _candidates(sheet, first.first_row):
        last = found[-1]
        if row < last.first_row or _repeats(sheet, row, last):
            continue
        top = _title_top(sheet, row, last.first_row)
        further = layout_at(sheet, row, mapping or {}, top)
        if further and len({h.field for h in further[1].headings} - {None}) >= _MIN_FIELDS:
            found[-1] = replace(last, end=top)
            found.append(further[1])
    return found


@cache
def _accepted() -> frozenset[str]:
    return frozenset(name for item in LEDGERS for name in field_names(item.name))


def _candidates(sheet: Sheet, first_row: int) -> list[int]:
    """Rows below the first header with accepted headers in two leading columns or more."""
    hits = np.zeros(sheet.height, dtype=np.int32)
    for column in sheet.columns[:_LEADING_COLUMNS]:
        marks = np.array([_is_header(value) for value in column.values], dtype=np.int32)
        if marks.any():
            hits += marks[column.codes]
    hits[:first_row] = 0
    return [int(row) for row in np.flatnonzero(hits >= _MIN_FIELDS)]


def _is_header(cell: Cell) -> bool:
    """Whether a cell says an accepted header; long texts and plain words are told apart without parsing."""
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        return False
    if cell in _accepted():
        return True
    return _NOT_BARE.search(cell) is not None and _NOT_BARE.split(plain(cell))[0] in _accepted()


def _repeats(sheet: Sheet, row: int, layout: Layout) -> bool:
    """Whether the row is the table's own header once more: the same words in the same columns."""
    own = [plain(h.text) for h in layout.headings]
    cells = [plain(text) if (text := as_text(cell)) else "" for cell in sheet.row(row)]
    said = [(cell, text) for cell, text in zip(cells, own, strict=True) if cell]
    return sum(cell == text for cell, text in said) * 2 > len(said)


def _title_top(sheet: Sheet, row: int, first_row: int) -> int:
    """Where the title and unit lines directly above a second header begin."""
    top = row
    while top > first_row and row - top < _MAX_TITLE_ROWS and _is_title(sheet, top - 1):
        top -= 1
    return top


def _is_title(sheet: Sheet, row: int) -> bool:
    filled = [cell for cell in sheet.row(row) if as_text(cell) is not None]
    return len(filled) in (1, 2) and all(isinstance(cell, str) for cell in filled)
