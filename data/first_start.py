"""A project starts once: the first start it reported counts, whatever start is reported after it.

Repeated "starts" are a known abuse (domain.md §5). A later 开工 date without a stop in between is told at the
intake and refused here: the ledger keeps what staff wrote, `first_start` beside it is what counts.
"""

from __future__ import annotations

import polars as pl
from polars import col

from data.rulebook.over_time import STARTED_AGAIN, stopped_since

_WAS = ("actual_start", "actual_start_precision", "stopped_from")


def with_first_start(projects: pl.DataFrame, before: pl.DataFrame | None) -> pl.DataFrame:
    """Today's 项目 rows, `first_start` set where a start is reported again after that of the snapshot before.

    Null where the start told is the first one: also after a stop, and where the earlier one was withdrawn.
    """
    if before is None or before.is_empty():
        return projects.with_columns(first_start=pl.lit(None, pl.Date))
    lent = before.unique("project_id", keep="first").select(
        "project_id", col(_WAS).name.prefix("_was_"), _first="first_start"
    )
    beside = projects.join(lent, on="project_id", how="left", maintain_order="left")
    still = (col("actual_start") > col("_first")) & ~stopped_since("_first")
    first = pl.when(still).then("_first").when(STARTED_AGAIN).then("_was_actual_start")
    return beside.with_columns(first_start=first).select(projects.columns)
