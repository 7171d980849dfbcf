"""How often a planned date was moved before, told in a few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

import polars as pl

from data.contract import ledger
from data.rulebook.history import History

_BACK, _FORTH = "推迟", "提前"
_TIMES_SHOWN: Final = 2


def moves_of(
    name: str, column: str, rows: pl.DataFrame, history: History | None
) -> Mapping[tuple[Any, ...], str]:
    """For each of these rows, by key: by how much the date moved, how many times so far, and from where.

    Without history it is the first time anybody knows of.
    """
    key = list(ledger(name).key)
    earlier = _earlier(name, column, rows.select(key), history)
    told = {}
    for row in rows.select(*key, before=f"_was_{column}", after=column).iter_rows(named=True):
        identity = tuple(row[k] for k in key)
        told[identity] = _words([*earlier.get(identity, []), row["before"], row["after"]])
    return told


def _earlier(
    name: str, column: str, keys: pl.DataFrame, history: History | None
) -> dict[tuple[Any, ...], list[date]]:
    if history is None:
        return {}
    found = (
        history.earlier(name, (*keys.columns, column), keys)
        .drop_nulls(column)
        .sort("day", maintain_order=True)
    )
    dates: dict[tuple[Any, ...], list[date]] = {}
    for row in found.iter_rows(named=True):
        dates.setdefault(tuple(row[k] for k in keys.columns), []).append(row[column])
    return dates


def _words(dates: Sequence[date]) -> str:
    """Words for dates in the order they were promised: ",推迟 14 天,已是第 3 次改动,最初是 2026-03-15"."""
    distinct = [day for day, _ in groupby(dates)]
    days = (distinct[-1] - distinct[-2]).days
    moved = f",{_BACK if days > 0 else _FORTH} {abs(days)} 天"
    times = len(distinct) - 1
    if times < _TIMES_SHOWN:
        return f"{moved},第 1 次改动"
    return f"{moved},已是第 {times} 次改动,最初是 {distinct[0]}"
