"""The demo city's project ledger: dates on the axis, money in whole 万元, words staff would write.

Columns whose name starts with "_" belong to the story and are dropped when a day is told:
`_target_before` was the target until `_target_moved`, `_invest_from` is where spending begins, `_stall`
is how many working days a project stood still before an overdue node, `_appears` and `_leaves` are when it
came on the list and was taken off it.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import polars as pl

from data.demo.axis import Axis, Numbers
from data.demo.city import list_year
from data.demo.works import COMPLETED

PLAN_YUAN: Final = {"新建": 23_700_000_000, "续建": 37_100_000_000}
SPENT_SHARE: Final = {"新建": 0.46, "续建": 0.63}
WAN: Final = 10_000
PUBLISHED: Final = 354


def with_stops(cast: pl.DataFrame, axis: Axis, rng: np.random.Generator) -> pl.DataFrame:
    """The cast with the positions at which continued projects stopped and resumed."""
    year = list_year(axis.today)
    winter = axis.position(date(year - 1, 11, 15))
    spring = axis.position(date(year, 2, 24))
    luck = pl.Series(rng.random(cast.height))
    again = pl.Series(rng.random(cast.height))
    # most resumed in spring, some only within the last two months
    resumed = pl.when(again > 0.85).then(-(luck * 40).floor() - 1).otherwise(
        spring + ((-20 - spring) * luck * again).clip(0).floor()
    )  # fmt: skip
    continued = pl.col("kind") == "续建"
    paused = continued & (~pl.col("started") | (again > 0.45))
    return cast.with_columns(
        pl.when(paused).then(winter + (luck * 12).floor()).alias("stopped_on"),
        pl.when(paused & pl.col("started")).then(resumed.clip(winter + 15, 0)).alias("resumed_on"),
        (continued & ~pl.col("started") & (again > 0.87)).alias("still_stopped"),
    )


def project_rows(
    cast: pl.DataFrame, nodes: pl.DataFrame, axis: Axis, rng: np.random.Generator
) -> pl.DataFrame:
    """One row a project as of the last day, without the dates the schedule decides."""
    height = cast.height
    continued, started = pl.col("kind") == "续建", pl.col("started")
    luck = pl.Series(rng.random(height))
    winter = axis.position(date(list_year(axis.today) - 1, 11, 15))
    begun = (
        pl.when(continued).then(winter - 40 - pl.col("clock") * 0.8 - (luck * 100).floor())
        .when(started).then(-pl.col("clock"))
    )  # fmt: skip
    ended = pl.when(continued & started & (pl.col("clock") >= COMPLETED)).then(COMPLETED - pl.col("clock"))
    working_from = pl.coalesce("resumed_on", begun)
    new_year = axis.position(date(list_year(axis.today), 1, 1))
    positions = cast.select(
        begun.alias("actual_start"),
        (begun + (luck * 20).floor() - 8).alias("planned_start"),
        pl.col("resumed_on").alias("resumed_date"),
        pl.col("stopped_on").alias("stopped_from"),
        pl.when(started).then(pl.col("resumed_on") - 1)
        .when(continued & ~pl.col("still_stopped")).then(-100 + (luck * 40).floor()).alias("stopped_until"),
        ended.alias("actual_finish"),
        pl.when(ended <= -4).then(ended + 3).alias("actual_production"),
        pl.when(started & (luck < 0.86)).then((working_from + 12).clip(None, 0)).alias("listed_date"),
        (-pl.max_horizontal(pl.col("clock"), 0) - 40 - (luck * 60).floor()).alias("signed_date"),
        pl.when(started).then(working_from.clip(new_year)).alias("_invest_from"),
    )  # fmt: skip
    dated = pl.DataFrame([axis.day(c.name, c) for c in positions.get_columns()])
    stalls = nodes.group_by("project_id").agg(pl.col("_stall").max())
    rows = pl.concat([cast, dated, _money(cast, axis, rng), _words(cast, rng)], how="horizontal")
    undecided = ("planned_production", "_target_before", "_target_moved", "_appears", "_leaves")
    return rows.join(stalls, on="project_id", how="left", maintain_order="left").with_columns(
        pl.col("_stall").fill_null(0), *(pl.lit(None, pl.Date).alias(name) for name in undecided)
    )


def _money(cast: pl.DataFrame, axis: Axis, rng: np.random.Generator) -> pl.DataFrame:
    """Plans that add up to the year's published 608 亿 and spending in step with the date, in yuan."""
    kind, started = cast["kind"].to_numpy(), cast["started"].to_numpy()
    elapsed = min((axis.today - date(list_year(axis.today), 1, 1)).days / 365, 1.0)
    provincial = np.where(cast["level"].to_numpy() == "省百大", 2.0, 1.0)
    weight = rng.lognormal(0, 0.9, cast.height) * np.where(started, 3.0, 1.0) * provincial
    pace = np.clip(rng.normal(0.9, 0.22, cast.height), 0.25, 1.25) * started
    plan = np.zeros(cast.height, dtype=np.int64)
    spent = np.zeros(cast.height, dtype=np.int64)
    for name, total in PLAN_YUAN.items():
        rows = np.flatnonzero(kind == name)
        whole = round(total * cast.height / PUBLISHED / WAN)
        plan[rows] = _apportion(weight[rows], whole)
        spent[rows] = _apportion(weight[rows] * pace[rows], round(whole * SPENT_SHARE[name] * elapsed))
    years = np.where(kind == "续建", rng.uniform(1.6, 3.2, cast.height), rng.uniform(1.1, 2.6, cast.height))
    whole_cost = np.maximum(np.round(plan * years, -2), plan).astype(np.int64)
    earlier = np.where(kind == "续建", ((whole_cost - plan) * 0.7).astype(np.int64), 0)
    funds = ((spent + earlier) * rng.uniform(0.85, 1.3, cast.height)).astype(np.int64) + plan // 10
    return pl.DataFrame(
        {
            "total_investment_yuan": whole_cost * WAN,
            "annual_plan_yuan": plan * WAN,
            "invested_this_year_yuan": spent * WAN,
            "invested_total_yuan": (spent + earlier) * WAN,
            "funds_received_yuan": np.minimum(funds, whole_cost) * WAN,
        }
    )


def _apportion(weights: Numbers, total: int) -> Numbers:
    """Whole numbers in proportion to `weights` adding up to `total`; the largest takes the rest."""
    if not len(weights) or not weights.sum():
        return np.zeros(len(weights), dtype=np.int64)
    parts: Numbers = np.floor(weights * (total / weights.sum())).astype(np.int64)
    parts[np.argmax(weights)] += total - parts.sum()
    return parts


def _words(cast: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    # ten times the area: a float would write 10.7 as 10.700000000000001
    area = pl.Series(rng.integers(8, 120, cast.height))
    area_words = (area // 10).cast(pl.String) + "." + (area % 10).cast(pl.String)
    number = pl.int_range(1, cast.height + 1, eager=True).cast(pl.String)
    return cast.select(
        (pl.col("content_start") + ",总建筑面积约" + area_words + "万平方米").alias("content"),
        (pl.lit("联系人") + number.str.zfill(3)).alias("contact"),
        pl.when(pl.col("category") == "产业").then(pl.lit("市工信局"))
        .when(pl.col("category") == "基础设施").then(pl.lit("市住建局"))
        .otherwise(pl.lit("市发改委")).alias("responsible_unit"),
        pl.Series("green_channel", rng.random(cast.height) < 0.3),
        pl.concat_list("accountable_leader").alias("leaders"),
    )  # fmt: skip
