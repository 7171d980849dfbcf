"""Approved stops (停工起 to 停工止): the days on which the clock of a whole project stands still.

A stop is the workdays after `begin` up to `end`, in workday indices; a project without one has end ≤
begin. Days inside a stop are no workdays for any node of the project, on paper or on site.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from data.winter import Breaks
from data.workdays import Calendar, Index


@dataclass(frozen=True)
class Stops:
    """One entry a project, or a node: the last workday before the stop and the last one of it."""

    begin: Index
    end: Index

    @property
    def any(self) -> bool:
        """Whether anybody stops at all."""
        return bool((self.end > self.begin).any())

    def of(self, which: Index) -> Stops:
        """The stops of these projects or nodes."""
        return Stops(self.begin[which], self.end[which])

    def lost(self, start: Index, end: Index, row: Index, breaks: Breaks) -> Index:
        """Workdays of the stop between two indices that no winter break takes anyway."""
        first, last = np.maximum(start, self.begin), np.minimum(end, self.end)
        return breaks.span(first, np.maximum(first, last), row)


def project_stops(frame: pl.DataFrame, as_of: date, calendar: Calendar) -> Stops:
    """The stop of each project as known on `as_of`; an open one lasts until then, resuming ends it."""
    day = pl.duration(days=1)
    resumed = pl.col("resumed_date")
    ended = pl.when((resumed > pl.col("stopped_from")) & (resumed <= as_of)).then(resumed - day)
    days = frame.select(
        begin=pl.col("stopped_from") - day,
        end=pl.min_horizontal(pl.col("stopped_until").fill_null(as_of), ended),
    )
    known = frame["stopped_from"].is_not_null().to_numpy()
    numbers = days.with_columns(pl.all().to_physical().cast(pl.Int64).fill_null(0))
    begin, end = (calendar.index(numbers[name].to_numpy()) for name in ("begin", "end"))
    return Stops(np.where(known, begin, 0), np.where(known, end, 0))
