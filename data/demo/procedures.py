"""Approval procedures of the demo city: states follow one clock a project, dates tell how it came so.

A project's clock says how many working days it has been under way. A procedure whose usual end lies
before the clock is done, one whose usual beginning does is running. Positions are working days from
the status date (negative: past), turned into dates at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from data.demo.axis import Axis


@dataclass(frozen=True)
class Step:
    """One procedure in a usual run: accepted and finished so many working days after the project began."""

    node: str
    department: str
    accepted: int
    finished: int
    legal_workdays: int | None = None


STEPS: Final = {
    "备案": (
        Step("立项", "市发改委", 0, 3),
        Step("用地", "市自然资源局", 3, 27),
        Step("用地规划", "市自然资源局", 27, 33, 20),
        Step("不动产权", "登记中心", 33, 39, 30),
        Step("环评", "市生态环境局", 26, 38, 22),
        Step("能评", "市发改委", 20, 32, 20),
        Step("水保", "市水利局", 8, 12, 10),
        Step("方案", "市自然资源局", 50, 58),
        Step("工程规划", "市自然资源局", 58, 66, 20),
        Step("图审", "审图机构", 58, 69, 15),
        Step("消防", "市住建局", 59, 70, 15),
        Step("招标", "业主", 70, 77),
        Step("施工许可", "市住建局", 77, 83, 7),
    ),
    "审批": (
        Step("建议书", "市发改委", 0, 6),
        Step("用地预审", "市自然资源局", 6, 17, 20),
        Step("稳评", "属地政府", 6, 27),
        Step("节能审查", "市发改委", 16, 27, 20),
        Step("可研", "市发改委", 27, 38),
        Step("环评", "市生态环境局", 58, 69, 22),
        Step("水保", "市水利局", 44, 48, 10),
        Step("洪评", "市水利局", 40, 51, 20),
        Step("文物", "市文旅局", 40, 61),
        Step("初设", "市住建局", 69, 80),
        Step("供地", "市自然资源局", 80, 103),
        Step("用地规划", "市自然资源局", 103, 109, 20),
        Step("不动产权", "登记中心", 109, 115, 30),
        Step("工程规划", "市自然资源局", 115, 123, 20),
        Step("图审", "审图机构", 123, 134, 15),
        Step("消防", "市住建局", 123, 134, 15),
        Step("招标", "业主", 134, 160),
        Step("施工许可", "市住建局", 160, 166, 7),
    ),
    "核准": (
        Step("用地预审", "市自然资源局", 0, 11, 20),
        Step("稳评", "属地政府", 0, 21),
        Step("核准", "市发改委", 21, 32, 20),
        Step("环评", "市生态环境局", 52, 63, 22),
        Step("节能审查", "市发改委", 47, 58, 20),
        Step("水保", "市水利局", 38, 42, 10),
        Step("供地", "市自然资源局", 63, 86),
        Step("用地规划", "市自然资源局", 86, 92, 20),
        Step("不动产权", "登记中心", 92, 98, 30),
        Step("方案", "市自然资源局", 112, 120),
        Step("工程规划", "市自然资源局", 120, 128, 20),
        Step("图审", "审图机构", 128, 139, 15),
        Step("消防", "市住建局", 128, 139, 15),
        Step("招标", "业主", 139, 145),
        Step("施工许可", "市住建局", 145, 151, 7),
    ),
}

# working days overdue, and working days left, of the nodes that show red and yellow
OVERDUE: Final = (13, 12, 11, 9, 8, 7, 6, 5, 4, 3, 2, 2, 1, 1, 1)
NEAR: Final = (0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3)
EXTENDED: Final = 4
PUBLISHED_ROWS: Final = 354
PERMITS_DONE: Final = 90


def procedures(cast: pl.DataFrame, axis: Axis, rng: np.random.Generator) -> pl.DataFrame:
    """One row a procedure of campaign and unstarted new projects, with positions instead of dates."""
    chosen = cast.filter((pl.col("kind") == "新建") & (pl.col("campaign").is_not_null() | ~pl.col("started")))
    rows = chosen.select(
        "project_id", "project_type", "clock", "pace", "started", "approval_state", "energy_state"
    )
    nodes = rows.join(_steps(), on="project_type", maintain_order="left_right")
    nodes = _placed(nodes, rng)
    nodes = _lit(nodes, cast.height, rng)
    return _promised(nodes, axis, rng)


def _steps() -> pl.DataFrame:
    rows = [
        {"project_type": kind, "node": s.node, "department": s.department, "usual_start": s.accepted,
         "usual_finish": s.finished, "legal_workdays": s.legal_workdays}
        for kind, steps in STEPS.items()
        for s in steps
    ]  # fmt: skip
    return pl.DataFrame(rows)


def _placed(nodes: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """State, accepted and finished position of each row, 立项 and 能评 as the cast says."""
    luck = pl.Series("luck", rng.random(nodes.height))
    under_way = pl.col("clock") + pl.when("started").then(PERMITS_DONE).otherwise(0)
    energy = pl.when(pl.col("node") == "能评").then("energy_state")
    approval = pl.when(pl.col("node") == "立项").then("approval_state")
    duration = 9 + (pl.col("luck") * 6).floor()
    finish_back = -(pl.col("luck") * (pl.col("clock") - 14).clip(1)).floor()
    start_back = -(1 + pl.col("luck") * (pl.col("clock") - 4).clip(1, 9)).floor()
    state = pl.col("given")
    return (
        nodes.with_columns(luck, under_way.alias("clock"))
        .with_columns(
            (pl.col("usual_start") * pl.col("pace") - pl.col("clock")).ceil().alias("accepted"),
            (pl.col("usual_finish") * pl.col("pace") - pl.col("clock")).ceil().alias("finished"),
            pl.coalesce(energy, approval).alias("given"),
        )
        .with_columns(
            pl.when((pl.col("node") != "能评") | state.is_null()).then("accepted")
            .when(state == "done").then(pl.max_horizontal(finish_back - duration, 4 - pl.col("clock")))
            .when(state == "running").then(start_back)
            .otherwise(5 + (pl.col("luck") * 20).floor()).alias("accepted"),
            pl.when((pl.col("node") != "能评") | state.is_null()).then("finished")
            .when(state == "done").then(finish_back)
            .when(state == "running").then((start_back + duration).clip(2))
            .otherwise(40).alias("finished"),
        )
        .with_columns(
            pl.when(state.is_not_null()).then(state)
            .when(pl.col("finished") <= 0).then(pl.lit("done"))
            .when(pl.col("accepted") <= 0).then(pl.lit("running"))
            .otherwise(pl.lit("waiting")).alias("state")
        )
    )  # fmt: skip


def _lit(nodes: pl.DataFrame, projects: int, rng: np.random.Generator) -> pl.DataFrame:
    """One running row of some projects made overdue, of others nearly due: `due` is its promised position."""
    due = np.full(nodes.height, np.nan)
    running = np.flatnonzero((nodes["state"] == "running").to_numpy())
    order = running[rng.permutation(len(running))]
    ids = nodes["project_id"].to_numpy()
    one_each = order[np.sort(np.unique(ids[order], return_index=True)[1])]
    plan = _repeated([-d for d in OVERDUE], projects) + _repeated(NEAR, projects)
    lit = one_each[: len(plan)]
    due[lit] = plan[: len(lit)]
    nodes = nodes.with_columns(pl.Series("due", due, nan_to_null=True))
    # an overdue project has stood still: all it did before lies that much further back
    late = (nodes["project_id"].to_numpy()[lit], 8 - due[lit])
    stall = pl.DataFrame({"project_id": late[0].astype(str), "stall": np.where(late[1] > 8, late[1], 0.0)})
    moves = (pl.col("state") == "done") | (pl.col("due") < 0)
    return nodes.join(stall, on="project_id", how="left", maintain_order="left").with_columns(
        (pl.col(c) - pl.when(moves).then(pl.col("stall").fill_null(0)).otherwise(0)).alias(c)
        for c in ("accepted", "finished")
    )


def _repeated(pattern: list[int] | tuple[int, ...], projects: int) -> list[int]:
    wanted = max(1, round(len(pattern) * projects / PUBLISHED_ROWS))
    return (list(pattern) * (wanted // len(pattern) + 1))[:wanted]


def _promised(nodes: pl.DataFrame, axis: Axis, rng: np.random.Generator) -> pl.DataFrame:
    """Promised, statutory and extended positions, pauses and papers added."""
    luck = rng.random(nodes.height)
    duration = pl.col("usual_finish") - pl.col("usual_start")
    slack = pl.Series("slack", np.where(luck < 0.87, np.floor(luck * 5), -np.ceil((luck - 0.87) * 40)))
    calm = pl.max_horizontal("finished", (4 + duration / 4).ceil()) + (pl.Series(luck) * 6).floor()
    due = (
        pl.when(pl.col("due") >= 0).then(pl.max_horizontal("due", pl.lit(int(axis.is_free)))).otherwise("due")
    )
    started = pl.col("state").is_in(["done", "running"])
    running_calm = (pl.col("state") == "running") & pl.col("due").is_null()
    extended = running_calm & (running_calm.cum_sum() <= EXTENDED * max(1, nodes.height // 2000))
    return nodes.with_columns(
        pl.when(pl.col("state") == "done").then(pl.col("finished") + slack)
        .when(pl.col("due").is_not_null()).then(due)
        .when(extended).then(-3)
        .when(pl.col("state") == "running").then(calm).alias("promised"),
        pl.when(extended).then(calm).alias("extended"),
        pl.when(extended).then(-4).alias("extended_on"),
        pl.when(started).then(pl.col("accepted") + pl.col("legal_workdays")).alias("statutory"),
        pl.when(pl.col("state") == "done").then("finished").alias("finished"),
        pl.when(started).then("accepted").alias("accepted"),
        pl.when(running_calm & (pl.Series(luck) > 0.94)).then(4).alias("paused_workdays"),
        (pl.col("state") != "not_applicable").alias("applicable"),
    )  # fmt: skip
