"""What will be reached by a day: a median, an 80 % band, the chance of the target, and who decides it.

Method: each project's remaining network is run through many times at the pace its nodes, departments and
regions have shown so far (data/forecast_pace.py); `guatu backtest` says how well that did.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, Final

import numpy as np
import polars as pl

from data.database import Pool
from data.errors import BadParameter
from data.forecast_gain import UNTRIMMED, Kind, Trim, ahead_on, gain
from data.forecast_history import Recorded
from data.forecast_outlook import DRAWS, SEED, Future, Outlook, outlook_of
from data.forecast_pace import Floats
from data.forecast_spending import increments, spending
from data.manifest import Version
from data.query import Queries, queries
from data.settings import Settings, settings
from data.snapshots import SnapshotStore
from data.workdays import Index, calendar

# 80 % of what was drawn lies between these
LOW, HIGH = 0.1, 0.9
INDICATORS: Final[dict[str, Kind]] = {
    "开复工率": "starts",
    "手续办结率": "procedures",
    "竣工率": "finishes",
    "投资完成率": "money",
}
POINTS: Final = 24
DECIDERS: Final = 10
# nearer to sure than this, a project decides nothing
OPEN_CHANCE: Final = 0.03
OUTLOOKS_KEPT: Final = 4
# the stretch of the past that says how far the draws themselves are off
TRIM_WORKDAYS: Final = 10


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


class Forecasts:
    """Forecasts from the snapshots of one store; each snapshot is drawn once, whoever asks for what."""

    def __init__(self, asked: Queries, of: Settings, store: SnapshotStore | None = None) -> None:
        self._queries = asked
        self._settings = of
        self._store = store or SnapshotStore(of.snapshots_dir)
        self._outlooks: Pool[tuple[Version, date], Outlook] = Pool(OUTLOOKS_KEPT)
        self._trims: Pool[tuple[Version, date, Kind], Trim] = Pool(OUTLOOKS_KEPT * 3)

    def ask(
        self, indicator: str, until: date, target_ratio: float | None = None, **scope: str | date | None
    ) -> Forecast | None:
        """The forecast for `until`; `scope` is what every query takes, as_of among it. Null without a base.

        BadParameter for an indicator nothing is known of, or a day gone by.
        """
        kind = INDICATORS.get(indicator)
        as_of = _day(scope.pop("as_of", None)) or self._settings.as_of()
        if kind is None:
            raise BadParameter(f"指标“{indicator}”不能预测;可预测的有:{'、'.join(INDICATORS)}。")
        if until < as_of:
            raise BadParameter(f"预测日期 {until} 早于状态日期 {as_of};请换一个以后的日期。")
        given = {"as_of": as_of, **scope}
        rate = self._queries.run("rates", **given).filter(pl.col("indicator") == indicator)
        if rate.is_empty() or not rate["denominator"][0]:
            return None
        outlook = self.outlook(as_of)
        projects = self._queries.run("forecast_projects", **given)
        days = _days(as_of, until)
        index = calendar().index(np.array(days, dtype="datetime64[D]"))
        enough = outlook.enough
        if kind == "money":
            future, faster = None, np.ones(1)
            stated, reached = self._money(outlook, projects, index, as_of)
        else:
            future = self._future(outlook, kind, projects, given)
            faster = self.trim(kind, as_of).drawn(outlook.draws, np.random.default_rng(SEED + 2))
            reached = future.reached(_sooner(outlook.now, index[:, None], faster)).astype(np.float64)
            stated = np.array([(future.stated <= at).sum() for at in index])
        now, base = int(rate["numerator"][0] or 0), int(rate["denominator"][0])
        enough = enough and reached is not None
        if reached is None or not enough:
            reached = stated[:, None]
        needed = None if target_ratio is None else _needed(target_ratio, base)
        return Forecast(
            indicator, as_of, until, now, base, needed,
            float((now + reached[-1] >= needed).mean()) if needed is not None and enough else None,
            _points(days, now, reached, stated),
            _deciders(future, projects, int(index[-1]), outlook.now, faster) if future and enough else (),
            enough, outlook.days, outlook.nodes, outlook.draws,
        )  # fmt: skip

    def outlook(self, as_of: date) -> Outlook:
        """What is ahead of the snapshot in use on this day, drawn once."""
        version = self._queries.version(as_of)
        if version is None:
            raise BadParameter(f"状态日期 {as_of} 之前没有快照;请换一个日期。")
        return self._outlooks.get((version, as_of), lambda: self._drawn(version, as_of))

    def trim(self, kind: Kind, as_of: date) -> Trim:
        """What came in the last weeks of what the draws of that time expected; the whole city's."""
        version = self._queries.version(as_of)
        before = calendar().add(as_of, -TRIM_WORKDAYS)
        earlier = self._queries.version(before)
        if version is None or earlier is None or before < Recorded(self._store, version.day).days[0]:
            return UNTRIMMED
        return self._trims.get((version, as_of, kind), lambda: self._trimmed(kind, before, as_of))

    def _trimmed(self, kind: Kind, before: date, as_of: date) -> Trim:
        then = self.outlook(before)
        future = self._future_of(then, kind).of(ahead_on(self._queries, kind, before))
        expected = future.reached(np.array([[then.now + TRIM_WORKDAYS]], dtype=float)).mean()
        return Trim(gain(self._queries, kind, before, as_of)[0], float(expected))

    def _drawn(self, version: Version, as_of: date) -> Outlook:
        projects = self._queries.run("forecast_projects", as_of=as_of)
        procedures = self._queries.run("forecast_procedures", as_of=as_of)
        past = Recorded(self._store, version.day)
        return outlook_of(self._store.ledgers(version), projects, procedures, past, as_of, self._settings)

    def _future(self, outlook: Outlook, kind: Kind, projects: pl.DataFrame, given: dict[str, Any]) -> Future:
        if kind == "procedures":
            pending = self._queries.run("forecast_procedures", **given)
            return outlook.procedures.of(pending.select("project_id", "node"))
        return self._future_of(outlook, kind).of(projects.select("project_id"))

    def _future_of(self, outlook: Outlook, kind: Kind) -> Future:
        return {
            "starts": outlook.starts, "finishes": outlook.finishes, "procedures": outlook.procedures
        }[kind]  # fmt: skip

    def _money(
        self, outlook: Outlook, projects: pl.DataFrame, index: Index, as_of: date
    ) -> tuple[Floats, Floats | None]:
        """Yuan still to be spent by each day, as planned (evenly to the year's end) and as drawn."""
        version = self._queries.version(as_of)
        assert version is not None
        spent = Recorded(self._store, version.day).spent().join(projects, on="project_id", how="semi")
        end = int(calendar().index(date(as_of.year, 12, 31)))
        open_plan = int(projects["annual_plan_yuan"].sum()) - int(projects["invested_this_year_yuan"].sum())
        share = np.minimum((index - outlook.now) / max(end - outlook.now, 1), 1.0)
        return share * max(open_plan, 0), spending(increments(spent, as_of), index - outlook.now, DRAWS, SEED)


def _sooner(now: int, until: int | Index, faster: Floats) -> Floats:
    """The day each draw has come to by `until`, when it goes that much faster than drawn."""
    reached: Floats = now + (until - now) * faster
    return reached


def _day(value: str | date | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _needed(ratio: float, base: int) -> int:
    """The count that reaches the ratio; exact, so that 0.9 of 10 is 9 and not 10."""
    return math.ceil(Fraction(str(ratio)) * base)


def _days(as_of: date, until: date) -> list[date]:
    """The days of the path: evenly spread, the last one `until`."""
    span = (until - as_of).days
    steps = sorted({round(span * step / POINTS) for step in range(POINTS + 1)})
    return [date.fromordinal(as_of.toordinal() + step) for step in steps]


def _points(days: list[date], now: int, reached: Floats, stated: Floats) -> tuple[Point, ...]:
    low, median, high = (np.quantile(reached, share, axis=1, method="nearest") for share in (LOW, 0.5, HIGH))
    return tuple(
        Point(day, *(now + round(float(value)) for value in values))
        for day, *values in zip(days, low, median, high, stated, strict=True)
    )


def _deciders(
    future: Future, projects: pl.DataFrame, until: int, now: int, faster: Floats
) -> tuple[Decider, ...]:
    """The projects whose getting there is least certain, the nearest to even first."""
    drawn = future.keys.rename({"node": "_node"}, strict=False).with_columns(
        pl.Series("_chance", (future.at <= _sooner(now, until, faster)).mean(axis=1)),
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
    if index >= now + 2_000:
        return None
    return days.day(np.array([int(index)]))[0].astype("datetime64[D]").item()  # type: ignore[no-any-return]


@cache
def forecasts() -> Forecasts:
    """The process's forecasts; its settings are the process's."""
    return Forecasts(queries(), settings())
