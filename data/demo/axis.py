"""Working days counted from the status date, the ruler every demo event is placed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data.workdays import calendar

Numbers = NDArray[Any]


@dataclass(frozen=True)
class Axis:
    """Days by position: 0 is the status date, −1 the working day before it, 1 the one after."""

    today: date
    days: Numbers
    origin: int
    is_free: bool

    @classmethod
    def around(cls, today: date) -> Axis:
        """The axis of this status date; a free day counts as worked, for drives go on at weekends."""
        frame = calendar().frame()
        worked = frame.filter(pl.col("is_workday"))["day"].to_numpy().astype("datetime64[D]")
        status_day = np.datetime64(today, "D")
        past, future = worked[worked < status_day], worked[worked > status_day]
        is_free = len(past) + len(future) == len(worked)
        return cls(today, np.concatenate([past, [status_day], future]), len(past), is_free)

    def day(self, name: str, positions: pl.Series) -> pl.Series:
        """Dates named `name`; null where the position is null."""
        wanted = positions.fill_null(0).cast(pl.Int64).to_numpy() + self.origin
        days = pl.Series(name, self.days[np.clip(wanted, 0, len(self.days) - 1)]).cast(pl.Date)
        return days.set(positions.is_null(), None)

    def position(self, day: date) -> int:
        """How many working days `day` lies after the status date (negative: before)."""
        return int(np.searchsorted(self.days, np.datetime64(day, "D"))) - self.origin
