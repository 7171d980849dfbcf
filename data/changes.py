"""Sheets that hold only what changed: how they are marked, and cells that ask to be cleared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from data.text import is_empty, plain
from data.workbook import CellColumn, Sheet, Workbook

CLEAR_WORD: Final = "清空"
LONGEST_CLEAR: Final = 8
TITLE_ROWS: Final = 10
TITLE_CELLS: Final = 2
# 城市更新 and 设备更新 are kinds of projects and 项目更新情况 may be a whole list: 更新 needs a bracket or 只
_MARK: Final = re.compile(
    r"[只仅](?:报|填|列)?(?:有)?(?:变化|变更|变动|更新)"
    r"|[(\[【\-_](?:变化|变更|变动|增量|更新)(?:项|表|部分|内容|情况)?(?:[)\]】]|$)"
    r"|(?:^|台账|项目|节点|手续|问题|需求|线索|走访|任务|目标)(?:变化|变更|变动|增量)(?:项|表|部分|内容|情况)*$"
)


@dataclass(frozen=True)
class Changes:
    """Which `sheets` hold only what changed; in them `filled` cells replace, others leave, `cleared` clear.

    Cells are (sheet, Excel row, 0-based column).
    """

    sheets: frozenset[str] = frozenset()
    filled: frozenset[tuple[str, int, int]] = frozenset()
    cleared: frozenset[tuple[str, int, int]] = frozenset()


def marked(name: str) -> bool:
    """Whether a sheet's, file's or title's words say that it holds only what changed."""
    return bool(_MARK.search(plain(name)))


def changes_of(workbook: Workbook) -> tuple[Workbook, Changes]:
    """The workbook with 清空 cells emptied, in a whole list as well, and what its "only what changed" sheets
    say.

    Comes before conform. A sheet is marked by its own name, by a title above its header (项目(只报变化)), or
    by the name of the file.
    """
    whole_file = marked(workbook.path.stem)
    chosen = [sheet for sheet in workbook.sheets if whole_file or marked(sheet.name) or _titled(sheet)]
    cells = {(sheet.name, row, k): clear for sheet in chosen for row, k, clear in _filled(sheet)}
    changes = Changes(
        frozenset(sheet.name for sheet in chosen),
        frozenset(cell for cell, clear in cells.items() if not clear),
        frozenset(cell for cell, clear in cells.items() if clear),
    )
    return replace(workbook, sheets=tuple(map(_without_clears, workbook.sheets))), changes


def _titled(sheet: Sheet) -> bool:
    """Whether a title says so: one of the first rows, before any with as many cells as a header has."""
    for row in range(min(sheet.height, TITLE_ROWS)):
        texts = {cell for cell in sheet.row(row) if not is_empty(cell)}
        if len(texts) > TITLE_CELLS:
            return False
        if any(isinstance(text, str) and marked(text) for text in texts):
            return True
    return False


def _filled(sheet: Sheet) -> Iterator[tuple[int, int, bool]]:
    """Excel row and 0-based column of every cell with something in it, and whether it says 清空."""
    for k, column in enumerate(sheet.columns):
        clears = [_clears(value) for value in column.values]
        empty = np.array([is_empty(value) for value in column.values], dtype=bool)
        for row in np.flatnonzero(~empty[column.codes]).tolist():
            yield row + 1, k, clears[column.codes[row]]


def _clears(cell: object) -> bool:
    return isinstance(cell, str) and len(cell) <= LONGEST_CLEAR and plain(cell) == CLEAR_WORD


def _without_clears(sheet: Sheet) -> Sheet:
    if not any(_clears(value) for column in sheet.columns for value in column.values):
        return sheet
    columns = tuple(
        CellColumn(tuple(None if _clears(value) else value for value in column.values), column.codes)
        for column in sheet.columns
    )
    return replace(sheet, columns=columns)
