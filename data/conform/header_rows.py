"""The one to three rows a header takes, and for every column the words from the top one down."""

from __future__ import annotations

import re
from typing import Final

from data.conform.match import is_header_word
from data.values import as_text
from data.workbook import Cell, Sheet

MAX_DEPTH: Final = 3
# words that only make sense below another header
_PART: Final = re.compile(r".*(?:小计|合计|计划|完成|累计|本月|其中|单位|责任|\d月|季度|半年|\d{4}年)")
Texts = list[str | None]


def header_depth(sheet: Sheet, row: int) -> int:
    """How many rows the header that begins in `row` takes: cells merged downwards, or words below a span."""
    depth, above = 1, header_texts(sheet, row)
    while depth < MAX_DEPTH and row + depth < sheet.height and _goes_on(sheet, row, row + depth, above):
        below = header_texts(sheet, row + depth)
        above = [a if a is not None and b is None else b for a, b in zip(above, below, strict=True)]
        depth += 1
    return depth


def header_texts(sheet: Sheet, row: int) -> Texts:
    """The texts of a row, null where blank."""
    return [as_text(cell) for cell in sheet.row(row)]


def paths(sheet: Sheet, row: int, depth: int) -> list[tuple[str, ...]]:
    """For every column the header's words from the top row down, spanning words repeated over their span."""
    rows = [header_texts(sheet, row + i) for i in range(depth)]
    filled: list[Texts] = []
    for level in range(depth):
        merged = _filled_right(sheet, row + level, rows[level])
        filled.append(_spread(merged, filled[-1] if filled else None, rows[level + 1 :]))
    return [tuple(_without_repeats(column)) for column in zip(*filled, strict=True)]


def is_headed_by_words(cells: tuple[Cell, ...]) -> bool:
    """Whether a row could be a header: two filled cells or more, at most a third of them numbers or dates."""
    filled = [cell for cell in cells if as_text(cell) is not None]
    other = sum(not isinstance(cell, str) and not _is_year(cell) for cell in filled)
    return len(filled) >= 2 and other * 3 <= len(filled)


def _goes_on(sheet: Sheet, first: int, below_row: int, above: Texts) -> bool:
    """Whether the row below still belongs to the header."""
    if any(first <= top < below_row <= bottom for top, _, bottom, _ in sheet.merged):
        return True
    cells = sheet.row(below_row)
    below = [as_text(cell) for cell in cells]
    if any(isinstance(c, int | float) and not _is_year(c) for c in cells) or not any(below):
        return False
    if all(is_header_word(f"{a or ''}{b}") and a for a, b in zip(above, below, strict=True) if b):
        return True
    pairs = list(enumerate(zip(above, below, strict=True)))
    blank_above = {i for i, (a, b) in pairs if a is None and b is not None}
    both = [i for i, (a, b) in pairs if a is not None and b is not None]
    spans = any(top == bottom == below_row - 1 and right > left for top, left, bottom, right in sheet.merged)
    if sum(map(bool, below)) < 2 or (both and not spans and _names_a_column(above, below, both)):
        return False
    # only words under a span or beside one; a data row would fill columns that have a header of their own
    filled = [i for i, (_, b) in pairs if b is not None]
    under_span = all(next((n for n in filled if n > i), None) in blank_above for i in both)
    return bool(blank_above) and under_span and (spans or len(both) <= len(blank_above))


def _names_a_column(above: Texts, below: Texts, both: list[int]) -> bool:
    """Whether words above are whole headers already and those below none: a data row, not a header's."""
    whole = all(is_header_word(above[i] or "") for i in both)
    return whole and not any(is_header_word(text) or _PART.match(text) for text in below if text)


def _is_year(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool) and 1990 <= cell <= 2100


def _filled_right(sheet: Sheet, row: int, texts: Texts) -> Texts:
    """Texts with horizontally merged cells filled to the right."""
    filled = list(texts)
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and right > left and left < len(filled):
            first = as_text(sheet.columns[left][top])
            for column in range(left, min(right + 1, len(filled))):
                filled[column] = filled[column] or first
    return filled


def _spread(texts: Texts, above: Texts | None, below: list[Texts]) -> Texts:
    """A row's words spread over the columns to the right that only have words further down.

    A word ends where another begins in its own row or where the words above it change.
    """
    spread: Texts = []
    for i, text in enumerate(texts):
        goes_on = text is None and i > 0 and any(row[i] for row in below)
        same_parent = above is None or i == 0 or above[i] == above[i - 1]
        spread.append(spread[i - 1] if goes_on and same_parent else text)
    return spread


def _without_repeats(column: tuple[str | None, ...]) -> list[str]:
    words: list[str] = []
    for text in column:
        if text and (label := re.sub(r"\s+", "", text)) and (not words or words[-1] != label):
            words.append(label)
    return words
