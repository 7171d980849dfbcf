"""Winter breaks: outdoor construction nodes stand still, paperwork and indoor work do not (变冬闲为冬忙).

A break turns the workday axis of data/workdays.py into a shorter one that skips its days. Row 0 of
`Breaks.outdoor` is "no break"; a node names its row, so one lookup moves nodes of all regions at once.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from data.errors import ConfigurationError
from data.workdays import Calendar, Index

BREAKS_FILE: Final = Path(__file__).resolve().parent / "winter_breaks.toml"
NONE: Final = "无"


@dataclass(frozen=True)
class Breaks:
    """The breaks in force: `outdoor[k, w]` outdoor workdays up to workday w, `workday[k, o]` the way back."""

    names: tuple[str, ...]
    regions: dict[str, int]
    default: int
    outdoor: Index
    workday: Index

    @property
    def active(self) -> bool:
        """Whether any region has a break."""
        return len(self.outdoor) > 1

    def of_regions(self, regions: pl.Series) -> Index:
        """The break (row number, 0 = none) of each region."""
        if not self.regions:
            return np.full(len(regions), self.default, dtype=np.int64)
        codes = regions.replace_strict(self.regions, default=self.default, return_dtype=pl.Int64)
        return codes.fill_null(self.default).to_numpy()

    def advance(self, start: Index, workdays: Index, row: Index) -> Index:
        """The workday index reached from `start` after that many workdays outside the break."""
        moved = start + workdays
        if not self.active:
            return moved
        held = np.flatnonzero((row > 0) & (workdays != 0) & (np.abs(start) < self.outdoor.shape[1]))
        if len(held):
            k, last = row[held], self.outdoor.shape[1] - 1
            count = self.outdoor[k, np.clip(start[held], 0, last)] + workdays[held]
            moved[held] = self.workday[k, np.clip(count, 0, last)]
        return moved

    def span(self, start: Index, end: Index, row: Index) -> Index:
        """Workdays outside the break from `start` to `end`."""
        count = end - start
        if not self.active:
            return count
        held = np.flatnonzero(row > 0)
        if len(held):
            k, last = row[held], self.outdoor.shape[1] - 1
            high, low = np.clip(end[held], 0, last), np.clip(start[held], 0, last)
            count[held] = self.outdoor[k, high] - self.outdoor[k, low]
        return count

    def settle(self, finish: Index, workdays: Index, row: Index) -> Index:
        """A latest finish inside the break, moved back to the last day work was possible."""
        if not self.active:
            return finish
        held = np.flatnonzero((row > 0) & (workdays > 0) & (finish < self.outdoor.shape[1]))
        if not len(held):
            return finish
        moved, k = finish.copy(), row[held]
        moved[held] = self.workday[k, self.outdoor[k, np.maximum(finish[held], 0)]]
        return moved


def breaks(calendar: Calendar, default: str | None = None, path: Path = BREAKS_FILE) -> Breaks:
    """The breaks of the file, `default` naming the one for regions not listed (null or 无 = none)."""
    declared = _load(path)
    rows = {NONE: 0} | {item["name"]: number for number, item in enumerate(declared["break"], start=1)}
    regions = {region: _row(rows, name, f"{region} 的停工期") for region, name in declared["regions"].items()}
    chosen = _row(rows, default or NONE, "GUATU_WINTER_BREAK")
    if chosen == 0 and not any(regions.values()):
        return Breaks(tuple(rows), {}, 0, np.zeros((1, 1), np.int64), np.zeros((1, 1), np.int64))
    outdoor, workday = _tables(calendar, declared["break"])
    return Breaks(tuple(rows), regions, chosen, outdoor, workday)


@cache
def _load(path: Path) -> dict[str, Any]:
    declared = tomllib.loads(path.read_text("utf-8"))
    return {"break": declared.get("break", []), "regions": declared.get("regions", {})}


def _row(rows: dict[str, int], name: str, what: str) -> int:
    if name not in rows:
        raise ConfigurationError(
            f"{what}是“{name}”,应为{'、'.join(rows)}之一,请改正 winter_breaks.toml 或设置。"
        )
    return rows[name]


def _tables(calendar: Calendar, declared: list[dict[str, str]]) -> tuple[Index, Index]:
    days = calendar.day_of_index.astype("datetime64[D]")
    month = days.astype("datetime64[M]")
    key = (month.astype(np.int64) % 12 + 1) * 100 + (days - month).astype(np.int64) + 1
    outdoor = np.tile(np.arange(len(days), dtype=np.int64), (len(declared) + 1, 1))
    workday = outdoor.copy()
    for row, item in enumerate(declared, start=1):
        open_days = ~_inside(key, _month_day(item, "from"), _month_day(item, "until"))
        open_days[0] = False
        outdoor[row] = np.cumsum(open_days)
        found = np.concatenate([[0], np.flatnonzero(open_days)])
        workday[row] = np.concatenate([found, np.full(len(days) - len(found), found[-1])])
    return outdoor, workday


def _inside(key: Index, first: int, last: int) -> Any:
    if first <= last:
        return (key >= first) & (key <= last)
    return (key >= first) | (key <= last)


def _month_day(item: dict[str, str], field: str) -> int:
    text = item.get(field, "")
    try:
        day = date.fromisoformat(f"2024-{text}")
    except ValueError as error:
        raise ConfigurationError(
            f"winter_breaks.toml 中“{item.get('name')}”的 {field} 是“{text}”,应为“10-20”这样的月-日,请改正。"
        ) from error
    return day.month * 100 + day.day
