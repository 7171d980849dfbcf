"""Nodes done without a date, where a whole sheet keeps ticks and no dates: one sentence, not one a row."""

from __future__ import annotations

import polars as pl

from data.conform.notices import Notices

_FEW_RATIO = 0.5


def tell_ticks(nodes: pl.DataFrame, notices: Notices) -> None:
    """Tell each sheet of today whose done nodes mostly have no date; rows are lent `_dated_ratio`."""
    undated = nodes.filter(
        (pl.col("status") == "done")
        & pl.col("actual_finish").is_null()
        & (pl.col("_dated_ratio") < _FEW_RATIO)
    )
    for sheet, count in undated.group_by("source_sheet", maintain_order=True).len().iter_rows():
        notices.add(
            "ticks_without_dates",
            "note",
            f"工作表“{sheet}”有 {count} 项手续写了已办,没有写办结日期,计入办结率,不计入按期办结率。",
            sheet=sheet,
            found=str(count),
            expected="办结日期",
        )
