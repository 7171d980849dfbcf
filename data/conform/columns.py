"""Cells of one column turned into the contract's type, one distinct value at a time.

Every reader takes the distinct values in use and gives a list as long; the frame is then gathered by codes,
so 77,000 rows of few values cost as little as the values.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import polars as pl

from data.conform.cells import Distinct, Frame, Read, distinct, fragments, report
from data.conform.date_column import read_dates
from data.conform.groups import kind_of
from data.conform.headers import Heading
from data.conform.money_column import read_money
from data.conform.people_columns import PERSON_COLUMNS, read_people, read_person, read_titles
from data.conform.regions import region_name
from data.conform.settled_column import read_settled
from data.contract import COUNT, DATE, FLAG, MONEY, NAMES, NUMBER, PROJECTS, TEXT, Column
from data.dates import state_of
from data.text import is_empty, is_nothing, plain
from data.ticks import flag, ticks
from data.values import as_text, is_formula_error, list_of_nodes, number, workdays
from data.workbook import address

_FREE_TEXT: Final = frozenset(
    {"content", "goal_text", "progress_text", "note", "problem", "measure", "need", "result"}
)
_REGIONS: Final = frozenset({"region"})
_PERCENT_HEADER: Final = re.compile(r"\((?:单位:)?(?:%|百分比|百分数)\)$")
_LONGEST_KIND: Final = 8
_MOST_RATIO: Final = 1.5


def read_column(frame: Frame, index: int, heading: Heading, column: Column, into: Read) -> None:
    """Read one recognised column into `into`."""
    cells = distinct(frame, index)
    if column.dtype == MONEY:
        read_money(frame, cells, heading, column, into)
    elif column.dtype == DATE:
        read_dates(frame, cells, heading, column, into)
    elif column.name == "leaders":
        read_people(frame, cells, column, into)
    elif column.name == "leader_titles":
        read_titles(cells, into)
    elif column.dtype == NAMES:
        into.series[column.name] = cells.spread([list_of_nodes(v) for v in cells.values], NAMES)
    elif column.name == "resolved":
        read_settled(frame, cells, column, into)
    elif column.name in PERSON_COLUMNS:
        read_person(frame, cells, column, into)
    elif column.dtype == TEXT:
        into.series[column.name] = cells.spread(_texts(frame, cells, column, into), TEXT)
    else:
        _read_scalar(frame, cells, heading, column, into)


def read_companion(frame: Frame, index: int, heading: Heading, into: Read) -> None:
    """Read a stored companion (…_precision, …_text, source_…) that the file itself carries."""
    cells = distinct(frame, index)
    into.series[heading.field or ""] = cells.spread([as_text(v) for v in cells.values], TEXT)


def read_unknown(frame: Frame, index: int, heading: Heading, into: Read) -> None:
    """Keep a column the contract doesn't know as JSON fragments."""
    cells = distinct(frame, index)
    texts = [None if is_empty(v) else as_text(v) for v in cells.values]
    if any(text is not None for text in texts):
        label = f"{heading.parent}/{heading.text}" if heading.parent else heading.text
        into.extra.append(fragments(cells, label or f"列{address(0, index)[:-1]}", texts))


def _texts(frame: Frame, cells: Distinct, column: Column, into: Read) -> list[str | None]:
    if column.name in _REGIONS:
        return [region_name(v) for v in cells.values]
    if column.name == "status" and column.meaning.startswith("done"):
        return _tick_texts(frame, cells, column, into)
    if column.name == "status" and column in PROJECTS.columns:
        return [state_of(v) or (None if is_nothing(v) else as_text(v)) for v in cells.values]
    if column.name == "kind":
        return [None if is_nothing(v) else _kind(as_text(v)) for v in cells.values]
    if column.name in _FREE_TEXT:
        return [as_text(v) for v in cells.values]
    return [None if is_nothing(v) or is_formula_error(v) else as_text(v) for v in cells.values]


def _kind(text: str | None) -> str | None:
    """建设性质 in the words the rates are counted by (續建, 新开工项目); other words stay as they are."""
    return (kind_of(plain(text)) or text) if text and len(text) <= _LONGEST_KIND else text


def _tick_texts(frame: Frame, cells: Distinct, column: Column, into: Read) -> list[str | None]:
    states = ticks(cells.values)
    report(
        frame,
        cells,
        column,
        into,
        "unreadable_status",
        "不是已办、在办、待办或不涉及",
        "√/已办、在办、待办、不涉及",
        [s is None and not is_empty(v) for s, v in zip(states, cells.values, strict=True)],
    )
    return states


def _read_scalar(frame: Frame, cells: Distinct, heading: Heading, column: Column, into: Read) -> None:
    readers: dict[pl.DataType, tuple[Callable[[object], Any], str]] = {
        FLAG: (flag, "是 或 否"),
        COUNT: (workdays, "整数"),
        NUMBER: (number, "数字"),
    }
    reader, expected = readers[column.dtype]
    empty = is_empty if column.dtype == FLAG else is_nothing
    items = [None if empty(v) else reader(v) for v in cells.values]
    faulty = [item is None and not empty(v) for item, v in zip(items, cells.values, strict=True)]
    report(frame, cells, column, into, "unreadable_value", f"不是{expected}", expected, faulty)
    if column.dtype == NUMBER and _PERCENT_HEADER.search(plain(heading.text)):
        items = _as_ratios(cells, items)
    into.series[column.name] = cells.spread(items, column.dtype)


def _as_ratios(cells: Distinct, items: list[Any]) -> list[Any]:
    """Numbers under a header that says %: 95 is 0.95. Cells formatted as percentages are read as 0.95
    already; a column that nowhere exceeds 1.5 holds such."""
    bare = [i for i, v in enumerate(cells.values) if items[i] is not None and "%" not in plain(str(v))]
    if all(abs(items[i]) <= _MOST_RATIO for i in bare):
        return items
    for i in bare:
        items[i] /= 100
    return items
