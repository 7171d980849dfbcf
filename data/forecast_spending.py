"""Investment ahead: the increments of the last weeks drawn again, a working week at a time."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import polars as pl

from data.forecast_pace import Floats
from data.workdays import Index, calendar

BLOCK_WORKDAYS: Final = 5
FEWEST_WORKDAYS: Final = 10


def increments(spent: pl.DataFrame, as_of: date) -> Floats:
    """Yuan spent on each workday between this year's snapshots, oldest first; even between two of them.

    `spent` has one row a project and day. What several snapshots did not fill in counts as nothing new.
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


def spending(daily: Floats, ahead: Index, draws: int, seed: int) -> Floats:
    """Yuan spent within each of `ahead` workdays from now: one row an entry of `ahead`, one column a draw."""
    rng = np.random.default_rng(seed)
    blocks = int(ahead.max(initial=0)) // BLOCK_WORKDAYS + 1
    width = min(BLOCK_WORKDAYS, len(daily))
    starts = rng.integers(0, len(daily) - width + 1, (draws, blocks))
    path = daily[starts[:, :, None] + np.arange(width)].reshape(draws, -1)
    path = np.concatenate([np.zeros((draws, 1)), path.cumsum(axis=1)], axis=1)
    found: Floats = path[:, np.minimum(ahead, path.shape[1] - 1)].T
    return found
