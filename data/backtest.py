"""How good the forecast has been: past days forecast with what was known then, held against what came.

Everything is counted as a gain among what was still ahead on that day, so that projects added or taken
off the list later move neither the forecast nor the truth. Two plain rules are measured beside it: the
plan as stated, and the last weeks' gain carried on.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from data import disk
from data.forecast import INDICATORS, Forecasts
from data.forecast_gain import gain
from data.forecast_history import Recorded
from data.forecast_outlook import FEWEST_DAYS
from data.manifest import Version
from data.query import Queries
from data.settings import Settings
from data.snapshots import SnapshotStore
from data.workdays import calendar

HORIZONS_WORKDAYS: Final = (5, 10, 20)
# more past days than these tell little more: they overlap
DAYS_REPLAYED: Final = 10
FOLDER: Final = "backtest"
# visitors of an earlier day must not cost those of today their record
RECORDS_KEPT: Final = 12

_computing: Final = threading.Lock()


@dataclass(frozen=True)
class Replay:
    """One indicator forecast on one past day for `workdays` later: gains in its unit (个, 项, 元).

    `low`, `median`, `high` were forecast; `stated` the plans said, `carried` the last gain carried on
    (null where no earlier snapshot lies so far back); `actual` is what came.
    """

    indicator: str
    day: date
    until: date
    workdays: int
    ahead: int
    low: int
    median: int
    high: int
    stated: int
    carried: int | None
    actual: int

    @property
    def inside(self) -> bool:
        """Whether the band held what came."""
        return self.low <= self.actual <= self.high


@dataclass(frozen=True)
class Score:
    """How one indicator did so many workdays ahead: mean absolute errors in its unit, null where unknown.

    `coverage` is the share of replays inside the 80 % band.
    """

    indicator: str
    workdays: int
    replays: int
    coverage: float
    error: float
    stated_error: float
    carried_error: float | None
    mean_actual: float


class Backtest:
    """Replays over the snapshots of one store, apart from the databases that answer the screens."""

    def __init__(self, of: Settings, store: SnapshotStore | None = None) -> None:
        self._settings = of
        self._store = store or SnapshotStore(of.snapshots_dir)
        self._queries = Queries(of, self._store)
        self._forecasts = Forecasts(self._queries, of, self._store)

    def replays(
        self,
        last: date | None = None,
        days: int = DAYS_REPLAYED,
        progress: Callable[[int, int], None] | None = None,
    ) -> list[Replay]:
        """Every replay there can be up to `last` (the status date); none with too few snapshots."""
        known = Recorded(self._store, last or self._settings.as_of()).days
        chosen = _spread(known[FEWEST_DAYS - 1 :], days)
        found: list[Replay] = []
        for number, day in enumerate(chosen, start=1):
            for workdays in HORIZONS_WORKDAYS:
                found += self._on(day, workdays, known)
            if progress:
                progress(number, len(chosen))
        return found

    def _on(self, day: date, workdays: int, known: Sequence[date]) -> list[Replay]:
        until = calendar().add(day, workdays)
        if until > known[-1]:
            return []
        before = calendar().add(day, -workdays)
        found = []
        for indicator, kind in INDICATORS.items():
            forecast = self._forecasts.ask(indicator, until, as_of=day)
            if forecast is None or not forecast.enough:
                continue
            actual, ahead = gain(self._queries, kind, day, until)
            carried = gain(self._queries, kind, before, day)[0] if before >= known[0] else None
            now, point = forecast.numerator, forecast.last
            found.append(
                Replay(
                    indicator, day, until, workdays, ahead, point.low - now, point.median - now,
                    point.high - now, point.stated - now, carried, actual,
                )
            )  # fmt: skip
        return found


def scores(replays: Sequence[Replay]) -> list[Score]:
    """One score an indicator and horizon, in the order of both."""
    order = list(INDICATORS)
    groups = sorted({(order.index(r.indicator), r.workdays) for r in replays if r.indicator in INDICATORS})
    return [
        _score([r for r in replays if r.indicator == order[number] and r.workdays == workdays])
        for number, workdays in groups
    ]


def _score(rows: Sequence[Replay]) -> Score:
    carried = [abs(r.carried - r.actual) for r in rows if r.carried is not None]
    count = len(rows)
    return Score(
        rows[0].indicator,
        rows[0].workdays,
        count,
        sum(r.inside for r in rows) / count,
        sum(abs(r.median - r.actual) for r in rows) / count,
        sum(abs(r.stated - r.actual) for r in rows) / count,
        sum(carried) / len(carried) if carried else None,
        sum(r.actual for r in rows) / count,
    )


def score_table(found: Sequence[Score]) -> pl.DataFrame:
    """The scores as people read them; money in 万元, errors as mean absolute errors."""
    return pl.DataFrame(
        [
            {
                "指标": s.indicator,
                "提前(工作日)": s.workdays,
                "次数": s.replays,
                "落在80%区间": f"{s.coverage:.0%}",
                "实际平均新增": _amount(s.indicator, s.mean_actual),
                "预测误差": _amount(s.indicator, s.error),
                "按计划误差": _amount(s.indicator, s.stated_error),
                "按最近速度误差": _amount(s.indicator, s.carried_error),
            }
            for s in found
        ]
    )


def replay_table(replays: Sequence[Replay]) -> pl.DataFrame:
    """Every replay as people read it; gains, money in 万元."""
    named = {
        "low": "下限",
        "median": "中位",
        "high": "上限",
        "stated": "按计划",
        "carried": "按最近速度",
        "actual": "实际",
    }
    return pl.DataFrame(
        [
            {"指标": r.indicator, "从": r.day, "到": r.until}
            | {word: _amount(r.indicator, getattr(r, name)) for name, word in named.items()}
            for r in replays
        ]
    )


def _amount(indicator: str, value: float | None) -> str | None:
    if value is None:
        return None
    return f"{value / 10_000:,.0f} 万元" if INDICATORS[indicator] == "money" else f"{value:,.1f}"


def record(of: Settings, version: Version) -> list[Replay]:
    """The replays up to this version's day; kept in a file beside the snapshots that may be removed."""
    path = of.data_dir / FOLDER / f"{version.day}-{version.revision}.parquet"
    with _computing:
        known = _read(path)
        if known is None:
            _keep(path, Backtest(of).replays(version.day))
            known = _read(path) or []
        return known


def _read(path: Path) -> list[Replay] | None:
    """The replays in a file; null where there is none that can be read."""
    try:
        return [Replay(**row) for row in pl.read_parquet(path).iter_rows(named=True)]
    except (pl.exceptions.PolarsError, OSError, TypeError):
        return None


def _keep(path: Path, replays: Sequence[Replay]) -> None:
    """The file, and the last few written before it."""
    disk.make_dir(path.parent)
    written = sorted(path.parent.glob("*.parquet"), key=lambda old: old.stat().st_mtime_ns)
    for old in written[: -(RECORDS_KEPT - 1)]:
        old.unlink(missing_ok=True)
    types = {
        "str": pl.String(), "date": pl.Date(), "int": pl.Int64(), "int | None": pl.Int64(),
    }  # fmt: skip
    schema = {field.name: types[str(field.type)] for field in fields(Replay)}
    frame = pl.DataFrame([asdict(replay) for replay in replays], schema=schema)
    unfinished = path.with_suffix(".new")
    frame.write_parquet(unfinished)
    unfinished.replace(path)


def _spread(days: Sequence[date], count: int) -> list[date]:
    """So many of the days, evenly spread, the first and the last among them."""
    if len(days) <= count:
        return list(days)
    return [days[round(step * (len(days) - 1) / (count - 1))] for step in range(count)]
