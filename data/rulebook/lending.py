"""Columns lent to a ledger while it is judged: the day, its project, what was last reported, its doubles.

All start with "_" and are gone afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

import polars as pl

from data.contract import COUNT, DATE, MONEY, empty, ledger
from data.rulebook.history import History

UNCHANGED_DAYS: Final = 30
# yesterday's columns that rules compare with
WAS: Final[Mapping[str, tuple[str, ...]]] = {
    "projects": (
        "project_name", "status", "total_investment_yuan", "annual_plan_yuan", "invested_this_year_yuan",
        "invested_total_yuan", "funds_received_yuan", "planned_start", "planned_start_precision",
        "planned_finish", "planned_finish_precision", "planned_production", "planned_production_precision",
        "campaign_target_date", "campaign_target_date_precision", "actual_start", "actual_start_precision",
        "resumed_date", "stopped_from", "stopped_until", "progress_text",
    ),
    "nodes": (
        "status", "actual_finish", "planned_finish", "planned_finish_precision", "promised_finish",
        "promised_finish_precision",
    ),
    "problems": ("closed_date", "resolved", "promised_date", "promised_date_precision"),
}  # fmt: skip
# two rows of one key contradict each other where these differ; free text may
_TELLING: Final = ("project_name", "region", "owner", "status", "problem", "lead_name", "task", "indicator")


@dataclass(frozen=True)
class Context:
    """What a ledger is judged against: `projects` of today, `previous` the last snapshot's ledgers."""

    status_date: date
    projects: pl.DataFrame | None
    previous: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    history: History | None = None


def lend(name: str, frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """The frame with every column the rules of this ledger may ask for, rows and order unchanged."""
    frame = frame.with_columns(
        _status_date=pl.lit(context.status_date), _last_day=pl.lit(_last_day(context), DATE)
    )
    frame = _with_doubles(name, frame)
    frame = _with_last(name, frame, context.previous.get(name))
    if name == "projects":
        return _with_old_text(frame, context)
    if "project_id" in frame.columns:
        frame = _with_project(frame, context.projects)
    return _with_usage(frame) if name == "nodes" else frame


def _last_day(context: Context) -> date | None:
    """The newest day anything was reported before, null where unknown."""
    projects = context.previous.get("projects")
    found = None if projects is None else projects["last_reported_date"].max()
    return found if isinstance(found, date) else None


def _with_project(frame: pl.DataFrame, projects: pl.DataFrame | None) -> pl.DataFrame:
    if projects is None:
        return frame.with_columns(
            _known=pl.lit(True),
            _project=pl.lit(None, pl.String),
            _started=pl.lit(None, DATE),
            _started_precision=pl.lit(None, pl.String),
        )
    lent = projects.select(
        "project_id",
        _project="project_name",
        _started="actual_start",
        _started_precision="actual_start_precision",
        _known=pl.lit(True),
    ).unique("project_id", keep="first", maintain_order=True)
    joined = frame.join(lent, on="project_id", how="left", maintain_order="left")
    return joined.with_columns(pl.col("_known").fill_null(False))


def _with_last(name: str, frame: pl.DataFrame, last: pl.DataFrame | None) -> pl.DataFrame:
    item, wanted = ledger(name), WAS.get(name, ())
    if not wanted:
        return frame
    last = empty(item) if last is None else last
    lent = last.unique(item.key, keep="first", maintain_order=True).select(
        *item.key, pl.col(wanted).name.prefix("_was_"), _was_here=pl.lit(True)
    )
    joined = frame.join(lent, on=item.key, how="left", maintain_order="left")
    return joined.with_columns(pl.col("_was_here").fill_null(False))


def _with_doubles(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """`_contradicts`: another row of the same key says otherwise. `_repeat`: a later row that says the same.

    `_first_place` is where the first row of the key stands, for that row itself where the second does; null
    for a row without double.
    """
    key = list(ledger(name).key)
    double = frame.select(
        pl.struct(key).is_duplicated() & pl.all_horizontal(pl.col(key).is_not_null())
    ).to_series()
    if not double.any():
        return frame.with_columns(
            _contradicts=pl.lit(False), _repeat=pl.lit(False), _first_place=pl.lit(None, pl.String)
        )
    compared = [
        c.name
        for c in ledger(name).columns
        if c.name not in key and c.filled_in and (c.dtype in (MONEY, DATE, COUNT) or c.name in _TELLING)
    ]
    differ = [pl.col(c).drop_nulls().n_unique().over(key) > 1 for c in compared]
    later = pl.int_range(pl.len()).over(key) > 0
    # the first row of a key points to the second, all others to the first
    sheet, row = (
        pl.when(later).then(pl.col(c).first().over(key)).otherwise(pl.col(c).get(1).over(key))
        for c in ("source_sheet", "source_row")
    )
    place = (
        pl.when(sheet == pl.col("source_sheet"))
        .then(pl.format("第 {} 行", row))
        .otherwise(pl.format("工作表“{}”第 {} 行", sheet, row))
    )
    marked = frame.with_row_index("_at").filter(double)
    marked = marked.with_columns(
        _contradicts=pl.any_horizontal(differ) if differ else pl.lit(False),
        _later=later,
        _first_place=place,
    )
    marked = marked.with_columns(_repeat=~pl.col("_contradicts") & pl.col("_later"))
    lent = marked.select("_at", "_contradicts", "_repeat", "_first_place")
    joined = frame.with_row_index("_at").join(lent, on="_at", how="left", maintain_order="left")
    return joined.drop("_at").with_columns(pl.col("_contradicts", "_repeat").fill_null(False))


def _with_old_text(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """`_same_since`: the day, 30 days back or more, on which 进展情况 said what it still says."""
    day = context.status_date - timedelta(days=UNCHANGED_DAYS)
    told = context.history and context.history.at(day, "projects", ("project_id", "progress_text"))
    if not told:
        return frame.with_columns(_same_since=pl.lit(None, DATE))
    since, then = told
    old = then.unique("project_id").select("project_id", _then="progress_text")
    joined = frame.join(old, on="project_id", how="left", maintain_order="left")
    still = (pl.col("progress_text") == pl.col("_then")) & (
        pl.col("progress_text") == pl.col("_was_progress_text")
    )
    return joined.with_columns(_same_since=pl.when(still).then(pl.lit(since, DATE))).drop("_then")


def _with_usage(nodes: pl.DataFrame) -> pl.DataFrame:
    """How this very file writes its done nodes: `_numbered_ratio` of the same node with a 文号,
    `_dated_ratio` of the same sheet with a date."""
    done = pl.col("status") == "done"
    before = done & (pl.col("_was_status") == "done")
    return nodes.with_columns(
        _numbered_ratio=_ratio(before & pl.col("document_number").is_not_null(), before, "node"),
        _dated_ratio=_ratio(done & pl.col("actual_finish").is_not_null(), done, "source_sheet"),
    )


def _ratio(part: pl.Expr, whole: pl.Expr, group: str) -> pl.Expr:
    """Null-safe share in a group; 0 where the whole is empty."""
    counted = whole.fill_null(False).sum().over(group)
    return pl.when(counted > 0).then(part.fill_null(False).sum().over(group) / counted).otherwise(0.0)
