"""The demo city's monthly investment: what each project had planned and spent by every month's end."""

from __future__ import annotations

import calendar
from datetime import date

import polars as pl

from data.demo.city import list_year
from data.demo.spending import spent_by


def monthly(projects: pl.DataFrame, day: date, today: date) -> pl.DataFrame:
    """One row a project and month of the list year that had ended by `day`; money spent grows evenly."""
    ends = [end for end in _month_ends(list_year(today)) if end <= day]
    rows = [
        projects.select(
            "project_id",
            pl.lit(end).alias("month_end"),
            (pl.col("annual_plan_yuan") * end.month // 12).alias("planned_cumulative_yuan"),
            spent_by(end, today).alias("completed_cumulative_yuan"),
        )
        for end in ends
    ]
    return pl.concat(rows) if rows else pl.DataFrame()


def _month_ends(year: int) -> list[date]:
    return [date(year, month, calendar.monthrange(year, month)[1]) for month in range(1, 13)]
