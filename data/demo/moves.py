"""What moved in the demo city while it was reported: days put off, projects put on the list and taken off it.

All of it lies before the last day: its ledgers are the same with or without. Positions are working days
from the status date.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from data.demo.axis import Axis

PUT_OFF_SHARE: Final = 0.35
TWICE_SHARE: Final = 0.35
LEAST_WORKDAYS, MOST_WORKDAYS = 3, 15
# a promise may be broken for this long before a new one is made
BROKEN_WORKDAYS: Final = 2
PUBLISHED: Final = 354
ADDED: Final = 6
ADDED_WITHIN: Final = 26
# projects taken off the list before the last day, and when
WITHDRAWN: Final = (("滨海新材料检测中心", -19), ("临港跨境电商孵化园", -8))


def with_put_off(nodes: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Nodes with what was promised `before` the move at `moved`, and `before_first` that at `moved_first`.

    A node moves while it is open, after it was accepted, and not on the day it is done.
    """
    luck = rng.random((5, nodes.height))
    span = MOST_WORKDAYS - LEAST_WORKDAYS + 1
    late, more = (pl.Series(LEAST_WORKDAYS + np.floor(luck[k] * span)) for k in (0, 1))
    committed = pl.coalesce("promised", "planned")
    began = pl.col("accepted") + 2
    until = pl.when(pl.col("state") == "done").then(pl.col("finished") - 1).otherwise(0)
    eligible = pl.col("state").is_in(["done", "running"]) & pl.col("extended").is_null()
    before = committed - late
    moved = _between(began, until, luck[2]).clip(upper_bound=before + BROKEN_WORKDAYS)
    once = eligible & pl.Series(luck[4] < PUT_OFF_SHARE) & (before >= began) & (moved >= began)
    first = pl.col("before") - more
    moved_first = _between(began, pl.col("moved") - 1, luck[3]).clip(upper_bound=first + BROKEN_WORKDAYS)
    twice = pl.Series(luck[4] < PUT_OFF_SHARE * TWICE_SHARE) & (first >= began) & (moved_first >= began)
    return nodes.with_columns(
        pl.when(once).then(before).alias("before"), pl.when(once).then(moved).alias("moved")
    ).with_columns(
        pl.when(twice).then(first).alias("before_first"),
        pl.when(twice).then(moved_first).alias("moved_first"),
    )


def _between(low: pl.Expr, high: pl.Expr, luck: np.ndarray[tuple[int], np.dtype[np.float64]]) -> pl.Expr:
    return low + ((high - low).clip(0) * pl.Series(luck)).floor()


def with_listing(
    told: Mapping[str, pl.DataFrame], axis: Axis, rng: np.random.Generator
) -> dict[str, pl.DataFrame]:
    """The story with `_appears` and `_leaves` of projects, and the projects that left added to it."""
    projects = _listed(told["projects"], told["nodes"], axis, rng)
    left = _left(projects, axis)
    if left.is_empty():
        return {**told, "projects": projects}
    became = dict(left.select("_of", "project_id").iter_rows())
    nodes = told["nodes"].filter(pl.col("project_id").is_in(list(became)))
    nodes = nodes.with_columns(
        pl.col("project_id").replace(became), pl.lit(None, pl.String).alias("document_number")
    )
    return {
        **told,
        "projects": pl.concat([projects, left.drop("_of")]),
        "nodes": pl.concat([told["nodes"], nodes]),
    }


def _listed(
    projects: pl.DataFrame, nodes: pl.DataFrame, axis: Axis, rng: np.random.Generator
) -> pl.DataFrame:
    """Some young projects were first listed within the weeks, shortly before their first paper."""
    wanted = round(projects.height * ADDED / PUBLISHED)
    first = nodes.group_by("project_id").agg(pl.col("accepted_date").min().alias("_first"))
    rows = projects.join(first, on="project_id", how="left", maintain_order="left")
    young = _waiting() & (pl.col("_first").is_null() | (pl.col("_first") > _day(axis, -ADDED_WITHIN)))
    names = (
        rows.with_columns(luck=pl.Series(rng.random(rows.height))).filter(young).sort("luck")["project_id"]
    )
    free = axis.day("_free", pl.Series(-rng.integers(3, ADDED_WITHIN, rows.height)).cast(pl.Float64))
    ahead = pl.duration(days=pl.lit(pl.Series(rng.integers(1, 5, rows.height))))
    appears = pl.coalesce(pl.col("_first") - ahead, free)
    return rows.with_columns(
        pl.when(pl.col("project_id").is_in(names.head(wanted).to_list())).then(appears).alias("_appears")
    ).drop("_first")


def _left(projects: pl.DataFrame, axis: Axis) -> pl.DataFrame:
    """Projects on the list until they left it: like a waiting one outside the campaign, `_of`."""
    like = projects.filter(_waiting() & pl.col("campaign").is_null() & pl.col("_appears").is_null())
    gone = WITHDRAWN[: round(projects.height * len(WITHDRAWN) / PUBLISHED)]
    like = like.head(len(gone))
    number = pl.int_range(1, pl.len() + 1) + projects.height
    width = len(projects["project_id"][0]) - 2
    return like.with_columns(
        pl.col("project_id").alias("_of"),
        ("XM" + number.cast(pl.String).str.zfill(width)).alias("project_id"),
        pl.format("{}-{}", pl.col("project_code").str.head(-7), number + 100_000).alias("project_code"),
        pl.Series("project_name", [name for name, _ in gone[: like.height]], dtype=pl.String),
        pl.Series("_leaves", [_day(axis, at) for _, at in gone[: like.height]], dtype=pl.Date),
    )


def _waiting() -> pl.Expr:
    return (pl.col("kind") == "新建") & ~pl.col("started") & (pl.col("_stall") == 0)


def _day(axis: Axis, position: int) -> date:
    day: date = axis.day("day", pl.Series([float(position)])).item()
    return day
