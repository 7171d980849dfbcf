"""What will be reached by a day: a median, an 80 % band, the chance of the target, and who decides it.

Method: each project's remaining network is run through many times at the pace its nodes, departments and
regions have shown so far (data/forecast_pace.py); `guatu backtest` says how well that did.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

import numpy as np
import polars as pl

from data.database import Pool
from data.errors import BadParameter
from data.forecast_answer import (
    Decider,
    Forecast,
    Goal,
    Point,
    days_until,
    deciders_of,
    points_of,
    sooner,
)
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

INDICATORS: Final[dict[str, Kind]] = {
    "开复工率": "starts",
    "手续办结率": "procedures",
    "竣工率": "finishes",
    "投资完成率": "money",
}
OUTLOOKS_KEPT: Final = 4
# the stretch of the past that says how far the draws themselves are off
TRIM_WORKDAYS: Final = 10


__all__ = ["INDICATORS", "Decider", "Forecast", "Forecasts", "Goal", "Point", "forecasts"]


@dataclass(frozen=True)
class _Ahead:
    """What more is reached by each day: as the plans state it, and by draw (null: nothing to go by)."""

    stated: Floats
    reached: Floats | None
    deciders: tuple[Decider, ...]


class Forecasts:
    """Forecasts from the snapshots of one store; each snapshot is drawn once, whoever asks for what."""

    def __init__(self, asked: Queries, of: Settings, store: SnapshotStore | None = None) -> None:
        self._queries = asked
        self._settings = of
        self._store = store or SnapshotStore(of.snapshots_dir)
        self._outlooks: Pool[tuple[Version, date], Outlook] = Pool(OUTLOOKS_KEPT)
        self._spent: Pool[Version, pl.DataFrame] = Pool(2)
        self._trims: Pool[tuple[Version, date, Kind], Trim] = Pool(OUTLOOKS_KEPT * 3)

    def ask(
        self, indicator: str, until: date, goal: Goal | None = None, **scope: str | date | None
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
        now, base = int(rate["numerator"][0] or 0), int(rate["denominator"][0])
        days = days_until(as_of, until)
        index = calendar().index(np.array(days, dtype="datetime64[D]"))
        outlook = self.outlook(as_of)
        ahead = self._ahead(outlook, kind, index, given)
        enough = outlook.enough and ahead.reached is not None
        reached = ahead.stated[:, None] if ahead.reached is None or not enough else ahead.reached
        needed = None if goal is None else goal.count(base)
        chance = None if needed is None or not enough else float((now + reached[-1] >= needed).mean())
        return Forecast(
            indicator, as_of, until, now, base, needed, chance, points_of(days, now, reached, ahead.stated),
            ahead.deciders if enough else (), enough, outlook.days, outlook.nodes, outlook.draws,
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

    def _ahead(self, outlook: Outlook, kind: Kind, index: Index, given: dict[str, Any]) -> _Ahead:
        projects = self._queries.run("forecast_projects", **given)
        if kind == "money":
            stated, reached = self._money(outlook, projects, index, outlook.as_of)
            return _Ahead(stated, reached, ())
        future = self._future(outlook, kind, projects, given)
        faster = self.trim(kind, outlook.as_of).drawn(outlook.draws, np.random.default_rng(SEED + 2))
        return _Ahead(
            np.array([(future.stated <= at).sum() for at in index], dtype=np.float64),
            future.reached(sooner(outlook.now, index[:, None], faster)).astype(np.float64),
            deciders_of(future, projects, int(index[-1]), outlook.now, faster),
        )

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
        whole = self._spent.get(version, lambda: Recorded(self._store, version.day).spent())
        spent = whole.join(projects, on="project_id", how="semi")
        end = int(calendar().index(date(as_of.year, 12, 31)))
        open_plan = int(projects["annual_plan_yuan"].sum()) - int(projects["invested_this_year_yuan"].sum())
        share = np.minimum((index - outlook.now) / max(end - outlook.now, 1), 1.0)
        return share * max(open_plan, 0), spending(increments(spent, as_of), index - outlook.now, DRAWS, SEED)


def _day(value: str | date | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


@cache
def forecasts() -> Forecasts:
    """The process's forecasts; its settings are the process's."""
    return Forecasts(queries(), settings())
