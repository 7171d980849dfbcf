"""What staff knew on an earlier day: the last day's ledgers with everything that came later taken away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from data import contract
from data.demo.monthly import monthly
from data.demo.people import NEXT_STEPS, ORDER
from data.demo.spending import spent_by

# what happened on a day can't be known before it
EVENTS = {
    "projects": (
        "actual_start", "resumed_date", "actual_finish", "actual_production", "stopped_from", "stopped_until",
        "listed_date", "signed_date",
    ),
    "nodes": ("accepted_date", "actual_finish", "made_up_date"),
    "problems": ("closed_date",),
    "needs": ("solved_date",),
    "leads": ("_talks", "signed_date", "_landed", "_begun"),
    "tasks": ("done_date",),
}  # fmt: skip
# rows that did not exist before this date
APPEARS = {
    "problems": "raised_date",
    "needs": "_raised",
    "leads": "_found",
    "visits": "visit_date",
    "tasks": "_raised",
}

# words that follow from the dates known: a task not yet done, a problem still open
REWORDED = {
    "tasks": pl.when(pl.col("done_date").is_null())
    .then(pl.lit("进行中"))
    .otherwise(pl.lit("已完成"))
    .alias("status"),
    "problems": pl.when(pl.col("closed_date").is_not_null()).then("confirmed_by").alias("confirmed_by"),
}


def as_told(story: Mapping[str, pl.DataFrame], day: date, today: date) -> dict[str, pl.DataFrame]:
    """The ledgers of `day` in contract form; the story's own columns start with "_"."""
    told = {}
    projects = story["projects"].filter(_is_listed(day))
    hidden = story["projects"].filter(~_is_listed(day))["project_id"].to_list()
    for item in contract.LEDGERS:
        frame = story[item.name] if item.name in story else monthly(projects, day, today)
        if hidden and "project_id" in frame.columns:
            frame = frame.filter(~pl.col("project_id").is_in(hidden))
        if item.name in APPEARS:
            frame = frame.filter(pl.col(APPEARS[item.name]) <= day)
        frame = frame.with_columns(_until(name, day) for name in EVENTS.get(item.name, ()))
        if item.name == "projects":
            frame = _projects(frame, day, today)
        elif item.name == "nodes":
            frame = _nodes(frame, day)
        elif item.name == "leads":
            frame = _leads(frame)
        elif item.name in REWORDED:
            frame = frame.with_columns(REWORDED[item.name])
        told[item.name] = _fitted(frame, item)
    return told


def _is_listed(day: date) -> pl.Expr:
    appears, leaves = pl.col("_appears"), pl.col("_leaves")
    return (appears.is_null() | (appears <= day)) & (leaves.is_null() | (leaves > day))


def _until(name: str, day: date) -> pl.Expr:
    return pl.when(pl.col(name) <= day).then(name).alias(name)


def _projects(frame: pl.DataFrame, day: date, today: date) -> pl.DataFrame:
    """Spending grows evenly from where it began; a moved target shows its old date before the move."""
    spent = spent_by(day, today)
    moved = pl.col("_target_moved") > day
    return frame.with_columns(
        pl.col("invested_total_yuan") - pl.col("invested_this_year_yuan") + spent,
        spent.alias("invested_this_year_yuan"),
        pl.when(moved & pl.col("campaign_target_date").is_not_null()).then("_target_before")
        .otherwise("campaign_target_date").alias("campaign_target_date"),
        pl.when(moved).then("_target_before").otherwise("planned_start").alias("planned_start"),
        _status().alias("status"),
    )  # fmt: skip


def _status() -> pl.Expr:
    """项目状态 in the words of the ledger, from the dates known."""
    continued = pl.col("kind") == "续建"
    return (
        pl.when(pl.col("actual_production").is_not_null()).then(pl.lit("已投产"))
        .when(pl.col("actual_finish").is_not_null()).then(pl.lit("已竣工"))
        .when(continued & pl.col("resumed_date").is_not_null()).then(pl.lit("已复工"))
        .when(continued & pl.col("stopped_until").is_not_null()).then(pl.lit("未复工"))
        .when(continued & pl.col("stopped_from").is_not_null()).then(pl.lit("停工"))
        .when(continued | pl.col("actual_start").is_not_null()).then(pl.lit("已开工"))
        .otherwise(pl.lit("未开工"))
    )  # fmt: skip


def _nodes(frame: pl.DataFrame, day: date) -> pl.DataFrame:
    done, running = pl.col("actual_finish").is_not_null(), pl.col("accepted_date").is_not_null()
    known = pl.when(running)
    return frame.with_columns(
        pl.when(~pl.col("applicable")).then(pl.lit("not_applicable"))
        .when(done).then(pl.lit("done"))
        .when(running).then(pl.lit("running"))
        .otherwise(pl.lit("waiting")).alias("status"),
        known.then(_before_moves("promised_finish", day)).alias("promised_finish"),
        _before_moves("planned_finish", day).alias("planned_finish"),
        known.then("statutory_finish").alias("statutory_finish"),
        pl.when(running & ~done).then("paused_workdays").alias("paused_workdays"),
        pl.when(pl.col("_extended_on") <= day).then("extended_due").alias("extended_due"),
        pl.when(done).then("document_number").alias("document_number"),
        pl.when(done).then("deferred").alias("deferred"),
        pl.when(done).then("deferred_due").alias("deferred_due"),
    )  # fmt: skip


def _before_moves(name: str, day: date) -> pl.Expr:
    """The day promised or planned as it stood on `day`, before it was put off."""
    given = pl.col(name).is_not_null()
    return (
        pl.when(given & (pl.col("_moved_first") > day)).then("_before_first")
        .when(given & (pl.col("_moved") > day)).then("_before")
        .otherwise(name)
    )  # fmt: skip


def _leads(frame: pl.DataFrame) -> pl.DataFrame:
    """Each lead at the last stage whose day is known; money comes in once it has landed."""
    found, *later = ORDER
    stage = pl.lit(found)
    for name, reached in zip(("_talks", "signed_date", "_landed", "_begun"), later, strict=True):
        stage = pl.when(pl.col(name).is_not_null()).then(pl.lit(reached)).otherwise(stage)
    return frame.with_columns(
        stage.alias("stage"),
        stage.replace_strict(NEXT_STEPS, return_dtype=pl.String).alias("next_step"),
        pl.when(pl.col("_landed").is_not_null())
        .then("funds_received_yuan")
        .otherwise(0)
        .alias("funds_received_yuan"),
    )


def _fitted(frame: pl.DataFrame, item: contract.Ledger) -> pl.DataFrame:
    missing = [pl.lit(None, dtype=t).alias(n) for n, t in item.schema.items() if n not in frame.columns]
    return frame.with_columns(missing).select(pl.col(n).cast(t) for n, t in item.schema.items())
