"""Investment ahead: the last rate carried on, as wrong as carrying it on has been before."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import polars as pl

from data.forecast_pace import Floats
from data.workdays import Index, calendar

# a window of the past is a third of it, at least and at most so many workdays
LEAST_WORKDAYS, MOST_WORKDAYS = 3, 20
FEWEST_CHANGES: Final = 5


def increments(spent: pl.DataFrame, as_of: date) -> Floats:
    """Yuan spent on each workday between this year's snapshots, oldest first; even between two of them.

    `spent` has one row a project and day. What a snapshot did not fill in counts as nothing new.
    """
    totals = (
        spent.filter(pl.col("day").dt.year() == as_of.year)
        .group_by("day")
        .agg(pl.col("invested_this_year_yuan").sum())
        .sort("day")
    )
    if totals.height < 2:
        return np.empty(0)
    yuan = totals["invested_this_year_yuan"].to_numpy().astype(np.float64)
    index = calendar().index(totals["day"].to_physical().cast(pl.Int64).to_numpy())
    workdays = np.diff(index)
    kept = workdays > 0
    daily: Floats = np.repeat(np.diff(yuan)[kept] / workdays[kept], workdays[kept])
    return daily


def changes(daily: Floats) -> tuple[float, Floats]:
    """The last window's yuan a workday, and by how much windows differed from the one before (ratios).

    Each ratio stands there both ways: how far off carrying on has been, not that it goes on growing.
    """
    window = int(np.clip(len(daily) // 3, LEAST_WORKDAYS, MOST_WORKDAYS))
    if len(daily) < 2 * window:
        return 0.0, np.empty(0)
    total = np.concatenate([[0.0], daily.cumsum()])
    gains = total[window:] - total[:-window]
    before, after = gains[:-window], gains[window:]
    known = (before > 0) & (after > 0)
    ratios = after[known] / before[known]
    return float(gains[-1]) / window, np.concatenate([ratios, 1 / ratios])


def spending(daily: Floats, ahead: Index, draws: int, seed: int) -> Floats | None:
    """Yuan spent within each of `ahead` workdays: one row an entry of `ahead`, one column a draw.

    Null with too short a past to say how wrong carrying the last rate on has been.
    """
    rate, ratios = changes(daily)
    if len(ratios) < 2 * FEWEST_CHANGES:
        return None
    drawn = np.random.default_rng(seed).choice(ratios, draws)
    found: Floats = ahead[:, None] * rate * drawn
    return found
