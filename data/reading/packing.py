"""Cells as they travel from the child: every column as its distinct values and codes.

A value that stands in 70,000 cells is sent, and later parsed, once. Dates travel as tuples (marshal knows
none), codes as uint32 bytes.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

Range = tuple[int, int, int, int]


@dataclass(frozen=True)
class About:
    """What a sheet says beside its cells, all 0-based; see data.workbook.Sheet."""

    merged: Sequence[Range] = ()
    errors: Sequence[tuple[str, str]] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()


def packed(name: str, columns: Iterable[Sequence[object]], height: int, about: About) -> dict[str, Any]:
    """A sheet as the answer carries it."""
    return {
        "name": name,
        "height": height,
        "columns": [coded_column(column) for column in columns],
        "merged": list(about.merged),
        "errors": list(about.errors),
        "hidden_rows": [row for row in about.hidden_rows if row < height],
        "hidden_columns": list(about.hidden_columns),
    }


def coded_column(column: Sequence[object]) -> tuple[list[object], bytes]:
    """Distinct values in order of appearance, and the index of each row's value as uint32 bytes."""
    index: defaultdict[Any, int] = defaultdict(count().__next__)
    codes = array("I", map(index.__getitem__, column))
    if (0 in index or 1 in index) and len(set(map(type, column)) & {bool, int, float}) > 1:
        return typed_column(column)
    return [sendable(value) for value in index], codes.tobytes()


def typed_column(column: Sequence[object]) -> tuple[list[object], bytes]:
    """The same where 是/否 ticks stand beside numbers: Python holds True and 1 for one value."""
    index: defaultdict[Any, int] = defaultdict(count().__next__)
    codes = array("I", (index[isinstance(value, bool), value] for value in column))
    return [sendable(value) for _, value in index], codes.tobytes()


def sendable(value: object) -> object:
    """A cell as marshal can carry it: a day as (ordinal,), a moment as six numbers."""
    if isinstance(value, datetime):
        return (value.year, value.month, value.day, value.hour, value.minute, value.second)
    if isinstance(value, date):
        return (value.toordinal(),)
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, timedelta):
        return value.total_seconds() / 86_400
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value)
