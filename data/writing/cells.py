"""A ledger's columns as staff would type them, so that reading gives the same values again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from data import contract
from data.conform.date_column import edge_of
from data.contract import NODE_STATUS_WORDS, Column, Ledger
from data.dates import worded_date

WAN: Final = 10_000
Written = str | int | float | date | None


@dataclass(frozen=True)
class WrittenColumn:
    """One column to write: its `header`, a cell a row (null = empty), and the contract's column behind it.

    `column` is null for what the contract doesn't know: names lent for reading, and extra columns.
    """

    header: str
    cells: list[Written]
    column: Column | None = None


def written_columns(item: Ledger, frame: pl.DataFrame, year: int | None) -> list[WrittenColumn]:
    """Every column of a ledger that staff fill in, then the unknown ones kept in extra.

    `year` is the one a reader takes for dates that name none; null keeps words as they are.
    """
    extra = [json.loads(text) if text else {} for text in frame["extra"].to_list()]
    columns = []
    for column in item.columns:
        if column.filled_in or _tells_more(column, frame):
            cells = _cells(frame, column, year)
            columns.append(WrittenColumn(column.written_header, _with_kept(cells, column, extra), column))
    return [*columns, *_unknown(item, extra)]


def _tells_more(column: Column, frame: pl.DataFrame) -> bool:
    """Whether a derived column says something that reading the others would not give again."""
    if column.name != "accountable_leader":
        return False
    derived = frame["leaders"].list.first()
    return bool((frame[column.name].is_not_null() & frame[column.name].ne_missing(derived)).any())


def _cells(frame: pl.DataFrame, column: Column, year: int | None) -> list[Written]:
    values = frame[column.name]
    if column.unit == "元":
        return [None if v is None else v / WAN for v in values]
    if column.name == "leaders":
        return list(map(_persons, values.to_list(), frame["leader_titles"].to_list()))
    if column.dtype == contract.NAMES:
        return values.list.join("、").to_list()
    if column.dtype == contract.FLAG:
        return [None if v is None else "是" if v else "否" for v in values]
    if column.name == "status" and column.header == "办理状态":
        return values.replace(NODE_STATUS_WORDS).to_list()
    if column.worded:
        return _dates(frame, column, year)
    cells: list[Written] = values.to_list()
    return cells


def _persons(names: list[str] | None, titles: list[str | None] | None) -> str | None:
    """张三(副市长)、李四; null without names."""
    if not names:
        return None
    pairs = zip(names, titles or [None] * len(names), strict=True)
    return "、".join(f"{name}({title})" if title else name for name, title in pairs)


def _dates(frame: pl.DataFrame, column: Column, year: int | None) -> list[Written]:
    days = frame[column.name].to_list()
    precisions, words = (frame[f"{column.name}_{part}"].to_list() for part in ("precision", "text"))
    written: dict[tuple[date | None, str | None, str | None], Written] = {}
    cells: list[Written] = []
    for key in zip(days, precisions, words, strict=True):
        if key not in written:
            written[key] = _date(*key, column, year)
        cells.append(written[key])
    return cells


def _date(
    day: date | None, precision: str | None, words: str | None, column: Column, year: int | None
) -> Written:
    """A date in the words it came in; in others, or as a day, where those would be read differently now."""
    if year is None or (words is None and precision in (None, "day")):
        return words or day
    with_year = f"{day.year}年{words}" if day and words else None
    for text in filter(None, (words, with_year, _dated(day, precision))):
        again = worded_date(text, year, edge_of(column.name))
        if (again.day, again.precision) == (day, precision if day else again.precision):
            return text
    return day or words


def _dated(day: date | None, precision: str | None) -> str | None:
    """A span in words with its year: 2026年3月中旬; null for a single day."""
    if day is None:
        return None
    ten = "上旬" if day.day <= 10 else "中旬" if day.day <= 20 else "下旬"
    spans = {
        "year": f"{day.year}年",
        "half": f"{day.year}年{'上' if day.month <= 6 else '下'}半年",
        "quarter": f"{day.year}年{'一二三四'[(day.month - 1) // 3]}季度",
        "month": f"{day.year}年{day.month}月",
        "ten-day": f"{day.year}年{day.month}月{ten}",
    }
    return spans.get(precision or "day")


def _with_kept(cells: list[Written], column: Column, extra: list[dict[str, Any]]) -> list[Written]:
    """The cells, an empty one taking the text that couldn't be read there, which was kept beside it."""
    if not any(column.header in kept for kept in extra):
        return cells
    return [
        kept.get(column.header) if cell is None else cell for cell, kept in zip(cells, extra, strict=True)
    ]


def _unknown(item: Ledger, extra: list[dict[str, Any]]) -> Iterator[WrittenColumn]:
    """The columns the contract doesn't know, in the order they were met."""
    headers = {column.header for column in item.columns}
    for label in dict.fromkeys(label for kept in extra for label in kept):
        if label not in headers:
            yield WrittenColumn(label, [kept.get(label) for kept in extra])
