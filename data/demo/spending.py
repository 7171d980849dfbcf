"""How the demo city's money is spent: evenly from where a project's spending began to the last day."""

from __future__ import annotations

from datetime import date

import polars as pl


def spent_by(day: date, today: date) -> pl.Expr:
    """Whole 万元 in yuan spent this year by `day`, of what is spent on the last day."""
    passed = (pl.lit(day) - pl.col("_invest_from")).dt.total_days()
    whole = (pl.lit(today) - pl.col("_invest_from")).dt.total_days()
    share = pl.when(whole > 0).then(passed / whole).otherwise(1.0).clip(0, 1).fill_null(0)
    return ((pl.col("invested_this_year_yuan") * share / 10_000).floor() * 10_000).cast(pl.Int64)
