"""The demo city's node ledger: procedures and works together, positions turned into dates."""

from __future__ import annotations

import numpy as np
import polars as pl

from data.demo.axis import Axis
from data.demo.moves import with_put_off

DATES = {
    "accepted": "accepted_date",
    "finished": "actual_finish",
    "promised": "promised_finish",
    "statutory": "statutory_finish",
    "planned": "planned_finish",
    "extended": "extended_due",
    "extended_on": "_extended_on",
    "deferred_left": "deferred_due",
    "made_up": "made_up_date",
    "before": "_before",
    "moved": "_moved",
    "before_first": "_before_first",
    "moved_first": "_moved_first",
}


def node_rows(
    procedures: pl.DataFrame, works: pl.DataFrame, axis: Axis, rng: np.random.Generator
) -> pl.DataFrame:
    """One row a node as of the last day, in list order; `_stall` is how long its project stood still."""
    kept = ["project_id", "node", "department", "applicable", "paused_workdays", "deferred", "_stall", *DATES]
    procedures = _with_papers(procedures)
    nodes = with_put_off(pl.concat([procedures, works], how="diagonal_relaxed"), rng)
    absent = [pl.lit(None).alias(c) for c in kept if c not in nodes.columns]
    nodes = nodes.with_columns(absent).select(kept)
    blank = pl.col("applicable")
    nodes = nodes.with_columns(pl.when(blank).then(c).alias(c) for c in DATES)
    dated = [axis.day(name, nodes[position].cast(pl.Float64)) for position, name in DATES.items()]
    office = pl.col("department").str.strip_prefix("市")
    number = pl.int_range(1, pl.len() + 1).over("department")
    paper = pl.format("{}〔{}〕{}号", office, pl.lit(axis.today.year), number)
    return nodes.drop(DATES).with_columns(
        *dated,
        pl.lit("市").alias("approval_level"),
        # only city departments answer with a numbered paper
        pl.when(pl.col("department").str.starts_with("市")).then(paper).alias("document_number"),
    )


def _with_papers(procedures: pl.DataFrame) -> pl.DataFrame:
    """Some procedures were done on a promise to hand papers in later."""
    recent = (
        (pl.col("state") == "done")
        & pl.col("node").is_in(["环评", "水保", "工程规划"])
        & (pl.col("finished") > -15)
    )
    chosen = recent & (pl.col("luck") < 0.5)
    # most whose day has come handed them in, some long before it
    kept = chosen & (pl.col("luck").is_between(0.01, 0.04) | (pl.col("luck") > 0.4))
    return procedures.with_columns(
        pl.when(chosen).then(pl.lit("容缺后补")).alias("deferred"),
        pl.when(chosen).then((pl.col("luck") * 40).floor() - 2).alias("deferred_left"),
        pl.when(kept).then(pl.max_horizontal("finished", pl.lit(-3))).alias("made_up"),
        pl.col("stall").fill_null(0).alias("_stall"),
    )
