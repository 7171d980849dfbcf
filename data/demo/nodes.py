"""The demo city's node ledger: procedures and works together, positions turned into dates."""

from __future__ import annotations

import polars as pl

from data.demo.axis import Axis

DATES = {
    "accepted": "accepted_date",
    "finished": "actual_finish",
    "promised": "promised_finish",
    "statutory": "statutory_finish",
    "planned": "planned_finish",
    "extended": "extended_due",
    "extended_on": "_extended_on",
    "deferred_left": "deferred_due",
}


def node_rows(procedures: pl.DataFrame, works: pl.DataFrame, axis: Axis) -> pl.DataFrame:
    """One row a node as of the last day, in list order; `_stall` is how long its project stood still."""
    kept = ["project_id", "node", "department", "applicable", "paused_workdays", "deferred", "_stall", *DATES]
    procedures = _with_papers(procedures)
    nodes = pl.concat([procedures, works], how="diagonal_relaxed")
    absent = [pl.lit(None).alias(c) for c in kept if c not in nodes.columns]
    nodes = nodes.with_columns(absent).select(kept)
    blank = pl.col("applicable")
    nodes = nodes.with_columns(pl.when(blank).then(c).alias(c) for c in DATES)
    dated = [axis.day(name, nodes[position].cast(pl.Float64)) for position, name in DATES.items()]
    order = pl.int_range(pl.len()).over("department")
    return nodes.drop(DATES).with_columns(dated).with_columns(
        pl.lit("市").alias("approval_level"),
        pl.when(pl.col("department") == "业主").then(None).otherwise(
            pl.col("department").str.strip_prefix("市") + f"〔{axis.today.year}〕" + (order + 1).cast(pl.String) + "号"
        ).alias("document_number"),
    )  # fmt: skip


def _with_papers(procedures: pl.DataFrame) -> pl.DataFrame:
    """Some procedures were done on a promise to hand papers in later."""
    recent = (
        (pl.col("state") == "done")
        & pl.col("node").is_in(["环评", "水保", "工程规划"])
        & (pl.col("finished") > -15)
    )
    chosen = recent & (pl.col("luck") < 0.5)
    return procedures.with_columns(
        pl.when(chosen).then(pl.lit("容缺后补")).alias("deferred"),
        pl.when(chosen).then((pl.col("luck") * 40).floor() - 2).alias("deferred_left"),
        pl.col("stall").fill_null(0).alias("_stall"),
    )
