"""Target dates of the demo city, set from the schedule itself: so much float as a real wall shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

import numpy as np
import polars as pl

from data.demo.axis import Axis, Numbers
from data.demo.history import as_told
from data.schedule import schedule

PUBLISHED: Final = 354
# working days of float: lost already, none left, tight; all others have a month or two
LOST: Final = (-13, -11, -8, -6, -4, -3, -2, -1)
TIGHT: Final = (0, 0, 0, 0, 1, 1, 2, 3)
MOVED: Final = 14


def with_targets(story: Mapping[str, pl.DataFrame], axis: Axis, rng: np.random.Generator) -> pl.DataFrame:
    """The story's projects with campaign, start, finish and production dates that leave the float wanted."""
    projects = story["projects"]
    far = pl.lit(axis.today + timedelta(days=1500))
    loose = projects.with_columns(far.alias("planned_finish"), far.alias("campaign_target_date"))
    told = as_told({**story, "projects": loose}, axis.today, axis.today)
    forecast = schedule(told["projects"], told["nodes"], axis.today).projects
    projects = projects.join(
        forecast.select("project_id", "forecast_finish"), on="project_id", maintain_order="left"
    )
    wanted = _wanted_float(projects, rng)
    ahead = pl.Series(
        np.searchsorted(axis.days, projects["forecast_finish"].fill_null(axis.today).to_numpy()) - axis.origin
    )
    target = axis.day("target", (ahead + wanted).cast(pl.Float64))
    target = _rounded(target, wanted)
    waits = pl.Series(_waiting(projects))
    moved = waits & (pl.Series(rng.random(projects.height)) < MOVED / 173)
    moved_on = axis.day("_target_moved", pl.Series(-rng.integers(3, 22, projects.height)).cast(pl.Float64))
    early = pl.duration(days=pl.lit(pl.Series(rng.integers(-7, 15, projects.height))))
    begins = pl.when(waits).then(target).otherwise("planned_start")
    ends = (
        pl.when(pl.col("actual_finish").is_not_null()).then(pl.col("actual_finish") + early)
        .when(waits).then(target.dt.offset_by("12mo"))
        .otherwise(target)
    )  # fmt: skip
    produces = pl.when(pl.col("actual_finish").is_not_null()).then(ends.dt.offset_by("20d"))
    return projects.drop("forecast_finish").with_columns(
        pl.when(pl.col("campaign").is_not_null()).then(begins).alias("campaign_target_date"),
        begins.alias("planned_start"),
        ends.alias("planned_finish"),
        produces.otherwise(ends.dt.offset_by("3mo")).alias("planned_production"),
        pl.when(moved).then(target.dt.offset_by("-30d")).alias("_target_before"),
        pl.when(moved).then(moved_on).alias("_target_moved"),
    )


def _waiting(projects: pl.DataFrame) -> Numbers:
    return ((projects["kind"] == "新建") & ~projects["started"]).to_numpy()


def _wanted_float(projects: pl.DataFrame, rng: np.random.Generator) -> pl.Series:
    wanted = rng.integers(8, 60, projects.height)
    times = max(1, round(projects.height / PUBLISHED))
    rows = np.flatnonzero(_waiting(projects))
    rows = rows[rng.permutation(len(rows))]
    # projects stuck on an overdue node lose float first
    stuck = projects["_stall"].to_numpy()[rows]
    rows = rows[np.argsort(-stuck, kind="stable")]
    tense = (list(LOST) * times + list(TIGHT) * times)[: len(rows)]
    wanted[rows[: len(tense)]] = tense
    return pl.Series(wanted)


def _rounded(target: pl.Series, wanted: pl.Series) -> pl.Series:
    """Dates people name: the 15th or the last of a month, where there is float enough to choose."""
    middle, last = target.dt.month_start().dt.offset_by("14d"), target.dt.month_end()
    named = pl.select(pl.when(target <= middle).then(middle).otherwise(last)).to_series()
    return pl.select(pl.when(wanted >= 8).then(named).otherwise(target)).to_series()
