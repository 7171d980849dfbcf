"""Construction nodes of started and stopped projects in the demo city, on the same clock as procedures."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from data.demo.procedures import Step

WORKS: Final = (
    Step("基础", "施工单位", 0, 40),
    Step("主体", "施工单位", 40, 120),
    Step("封顶", "施工单位", 120, 125),
    Step("设备安装", "施工单位", 125, 165),
    Step("供电", "供电公司", 165, 190),
    Step("供水", "供水公司", 165, 180),
    Step("调试", "施工单位", 190, 205),
)
COMPLETED: Final = 222
OVERDUE: Final = (6, 3, 2)
NEAR: Final = (0, 1, 2, 2, 3)


def works(cast: pl.DataFrame, projects: int, rng: np.random.Generator) -> pl.DataFrame:
    """One row a construction node, with positions; a project that did not resume stands where it stopped."""
    chosen = cast.filter(pl.col("started") | (pl.col("kind") == "续建"))
    steps = pl.DataFrame(
        [{"node": s.node, "department": s.department, "usual_start": s.accepted, "usual_finish": s.finished}
         for s in WORKS]
    )  # fmt: skip
    nodes = chosen.select("project_id", "clock", "started", "stopped_on", "still_stopped").join(
        steps, how="cross", maintain_order="left_right"
    )
    luck = pl.Series(rng.random(nodes.height))
    begun = pl.col("started") | pl.col("still_stopped")
    # before it stopped, a project had worked `clock` days
    base = pl.col("clock") - pl.when(pl.col("started")).then(0).otherwise(pl.col("stopped_on"))
    nodes = nodes.with_columns(
        (pl.col("usual_start") - base).alias("accepted"),
        (pl.col("usual_finish") - base + (luck * 4).floor() - 2).alias("finished"),
        pl.when("started").then(0).otherwise("stopped_on").alias("now"),
    ).with_columns(
        pl.when(pl.col("finished") <= pl.col("now")).then(pl.lit("done"))
        .when((pl.col("accepted") <= pl.col("now")) & begun).then(pl.lit("running"))
        .otherwise(pl.lit("waiting")).alias("state")
    )  # fmt: skip
    return _planned(nodes, projects, rng)


def _planned(nodes: pl.DataFrame, projects: int, rng: np.random.Generator) -> pl.DataFrame:
    """Planned positions: some running nodes overdue or nearly due, the others in good time."""
    due = np.full(nodes.height, np.nan)
    running = np.flatnonzero(((nodes["state"] == "running") & nodes["started"]).to_numpy())
    times = max(1, round(projects / 354))
    plan = ([-d for d in OVERDUE] + list(NEAR)) * times
    lit = rng.permutation(running)[: len(plan)]
    due[lit] = plan[: len(lit)]
    luck = pl.Series(rng.random(nodes.height))
    duration = pl.col("usual_finish") - pl.col("usual_start")
    calm = pl.max_horizontal("finished", (4 + duration / 4).ceil()) + (luck * 6).floor()
    late = (luck > 0.9).cast(pl.Int8)
    return nodes.with_columns(
        pl.when(pl.col("state") == "done").then(pl.col("finished") + 2 - late * 6)
        .when(pl.col("state") == "running").then(pl.coalesce(pl.Series(due, nan_to_null=True), calm))
        .alias("planned"),
        pl.when(pl.col("state") == "done").then("finished").alias("finished"),
        pl.when(pl.col("state").is_in(["done", "running"])).then("accepted").alias("accepted"),
        pl.lit(True).alias("applicable"),
    )  # fmt: skip
