"""Several tables in one sheet: where a second header follows below, and which rows are its own."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Final

import numpy as np

from data.conform.headers import ColumnMapping, Layout, find_layout, layout_at, titles
from data.conform.match import field_names
from data.contract import LEDGERS
from data.text import plain
from data.values import as_text, unit_line
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
        if row < last.first_row:
            continue
        top = _title_top(sheet, row, last.first_row)
        fit = layout_at(sheet, row, mapping or {}, top)
        if fit and _known(fit[1]) >= _MIN_FIELDS and not _repeats(sheet, last, fit[1]):
            found[-1] = replace(last, end=top)
            found.append(fit[1])
    return found


def _known(layout: Layout) -> int:
    return len({h.field for h in layout.headings} - {None})


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


def _repeats(sheet: Sheet, layout: Layout, further: Layout) -> bool:
    """Whether a header is the table's own once more: every field in its column, no other unit stated."""
    unit_stated = any(unit_line(text) for text in titles(sheet, further.top, further.header_row))
    same_ledger = layout.ledger.name == further.ledger.name
    pairs = zip(layout.headings, further.headings, strict=True)
    same_columns = all(
        old.field == new.field and new.unit_yuan in (None, old.unit_yuan) for old, new in pairs
    )
    return same_ledger and same_columns and not unit_stated


def _title_top(sheet: Sheet, row: int, first_row: int) -> int:
    """Where the title and unit lines directly above a second header begin."""
    top = row
    while top > first_row and row - top < _MAX_TITLE_ROWS and _is_title(sheet, top - 1):
        top -= 1
    return top


def _is_title(sheet: Sheet, row: int) -> bool:
    filled = [cell for cell in sheet.row(row) if as_text(cell) is not None]
    return len(filled) in (1, 2) and all(isinstance(cell, str) for cell in filled)
