"""What a forecast says: the path with its band, and the projects that decide it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

import numpy as np
import polars as pl

from data.forecast_draws import LONGEST_WORKDAYS
from data.forecast_outlook import Future
from data.forecast_pace import Floats
from data.workdays import Index, calendar

# 80 % of what was drawn lies between these
LOW, HIGH = 0.1, 0.9
POINTS: Final = 24
DECIDERS: Final = 10
# nearer to sure than this, a project decides nothing
OPEN_CHANCE: Final = 0.03


@dataclass(frozen=True)
class Point:
    """What is reached by one day, in the indicator's unit: as drawn, and as the plans state it."""

    day: date
    low: int
    median: int
    high: int
    stated: int


@dataclass(frozen=True)
class Decider:
    """A project that may or may not get there in time: its chance (ratio), and where it stands now.

    `likely_day` is the middle of its draws, null beyond the calendar; `stated_day` what its plan says.
    """

    project_id: str
    project_name: str
    region: str
    accountable_leader: str | None
    chance: float
    likely_day: date | None
    stated_day: date | None
    node: str | None
    department: str | None


@dataclass(frozen=True)
class Forecast:
    """One indicator at one day. Counts are in the indicator's unit (个, 项, 元); `needed` is the target.

    `chance` is the share of draws that reach it, null without a target. Where not `enough` is known the
    band is the plan as stated. `days` snapshots and `nodes` finished nodes were learned from.
    """

    indicator: str
    as_of: date
    until: date
    numerator: int
    denominator: int
    needed: int | None
    chance: float | None
    points: tuple[Point, ...]
    deciders: tuple[Decider, ...]
    enough: bool
    days: int
    nodes: int
    draws: int

    @property
    def last(self) -> Point:
        """What is reached on the day asked for."""
        return self.points[-1]

    def ratio(self, count: int) -> float | None:
        """A count as a share of the base; null for an empty base."""
        return count / self.denominator if self.denominator else None


def sooner(now: int, until: int | Index, faster: Floats) -> Floats:
    """The day each draw has come to by `until`, when it goes that much faster than drawn."""
    reached: Floats = now + (until - now) * faster
    return reached


@dataclass(frozen=True)
class Goal:
    """A target: a ratio of the base, or with `is_count` a number of 个, 项 or 元 whatever the base."""

    value: float
    is_count: bool = False

    def count(self, base: int) -> int:
        """The count that reaches it; exact, so that 0.9 of 10 is 9 and not 10."""
        return math.ceil(Fraction(str(self.value)) * (1 if self.is_count else base))


def days_until(as_of: date, until: date) -> list[date]:
    """The days of the path: evenly spread, the last one `until`."""
    span = (until - as_of).days
    steps = sorted({round(span * step / POINTS) for step in range(POINTS + 1)})
    return [date.fromordinal(as_of.toordinal() + step) for step in steps]


def points_of(days: list[date], now: int, reached: Floats, stated: Floats) -> tuple[Point, ...]:
    """The path: what is reached by each day, as `reached` was drawn and `stated` is planned."""
    low, median, high = (np.quantile(reached, share, axis=1, method="nearest") for share in (LOW, 0.5, HIGH))
    return tuple(
        Point(day, *(now + round(float(value)) for value in values))
        for day, *values in zip(days, low, median, high, stated, strict=True)
    )


def deciders_of(
    future: Future, projects: pl.DataFrame, until: int, now: int, faster: Floats
) -> tuple[Decider, ...]:
    """The projects whose getting there is least certain, the nearest to even first."""
    drawn = future.keys.rename({"node": "_node"}, strict=False).with_columns(
        pl.Series("_chance", (future.at <= sooner(now, until, faster)).mean(axis=1)),
        pl.Series("_at", np.median(now + (future.at - now) / faster, axis=1)),
        pl.Series("_stated", future.stated),
    )
    known = drawn.join(projects, on="project_id", how="inner", maintain_order="left")
    if "_node" in known.columns:
        # the procedure itself is meant, whose desk the project's current step is on or not
        here = pl.when(pl.col("_node") == pl.col("current_node")).then("current_department")
        known = known.with_columns(here.alias("current_department"), current_node="_node")
    close = known.filter(pl.col("_chance").is_between(OPEN_CHANCE, 1 - OPEN_CHANCE))
    close = close.sort((pl.col("_chance") - 0.5).abs(), "project_id", "current_node").head(DECIDERS)
    return tuple(
        Decider(
            row["project_id"], row["project_name"], row["region"], row["accountable_leader"], row["_chance"],
            _date(row["_at"], now), _date(row["_stated"], now), row["current_node"],
            row["current_department"],
        )
        for row in close.iter_rows(named=True)
    )  # fmt: skip


def _date(index: float, now: int) -> date | None:
    """The day of a workday index; null beyond what can be said."""
    days = calendar()
    if index >= now + LONGEST_WORKDAYS / 2:
        return None
    return days.day(np.array([int(index)]))[0].astype("datetime64[D]").item()  # type: ignore[no-any-return]
