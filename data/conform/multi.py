"""Several tables in one sheet: where a second header follows below, and which rows are its own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import numpy as np

from data.conform.headers import ColumnMapping, Layout, find_layout, layout_at, titles
from data.conform.match import accepted_headers
from data.conform.row_kinds import identity_column
from data.text import plain
from data.values import as_text, unit_line
from data.workbook import Cell, CellColumn, Sheet

# a header of a second table begins within the leading columns, and heads two known columns at least
_LEADING_COLUMNS: Final = 12
_MIN_FIELDS: Final = 2
_MAX_TITLE_ROWS: Final = 5
_LONGEST: Final = 24
_NOT_BARE: Final = re.compile(r"[\s(（\[:：*]")


def find_layouts(sheet: Sheet, mapping: ColumnMapping | None = None) -> list[tuple[Sheet, Layout]]:
    """Every table of a sheet from top to bottom and left to right, each with the sheet as far as it is its
    own; empty where no row is the header of a ledger."""
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
    return [part for layout in found for part in _beside(sheet, layout, mapping or {})]


def _beside(sheet: Sheet, layout: Layout, mapping: ColumnMapping) -> list[tuple[Sheet, Layout]]:
    """The table, or its panels where a list is printed in two or three columns with the header repeated."""
    texts = [plain(h.text) for h in layout.headings]
    name = plain(layout.headings[identity_column(layout)].text)
    starts = [i for i, text in enumerate(texts) if text == name and name]
    width = starts[1] - starts[0] if len(starts) > 1 else 0
    left = starts[0] - starts[0] % width if width else 0
    panels = [texts[i : i + width] for i in range(left, len(texts), width)] if width else []
    if width < _MIN_FIELDS or any(
        panel[: len(panels[-1])] != panels[0][: len(panels[-1])] for panel in panels
    ):
        return [(sheet, layout)]
    parts = [_only(sheet, range(i, i + width)) for i in range(left, left + width * len(panels), width)]
    fits = [(part, layout_at(part, layout.header_row, mapping, layout.top)) for part in parts]
    return [(part, replace(fit[1], end=layout.end, panel=True)) for part, fit in fits if fit]


def _only(sheet: Sheet, columns: range) -> Sheet:
    """The sheet with all other columns blank."""
    blank = CellColumn((None,), np.zeros(sheet.height, dtype=np.uint32))
    kept = tuple(column if i in columns else blank for i, column in enumerate(sheet.columns))
    areas = tuple(area for area in sheet.merged if area[1] in columns)
    return replace(sheet, columns=kept, merged=areas)


def _known(layout: Layout) -> int:
    return len({h.field for h in layout.headings} - {None})


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
    if cell in accepted_headers():
        return True
    return _NOT_BARE.search(cell) is not None and _NOT_BARE.split(plain(cell))[0] in accepted_headers()


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
