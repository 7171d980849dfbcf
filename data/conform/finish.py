"""What a ledger's columns say about one another: accountable leader, kind of region, status, numbers."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from data.conform.identity import ProjectNames, problem_id, with_project_ids
from data.conform.notices import Notices
from data.conform.people_columns import aligned
from data.conform.regions import region_kind, region_of_unit, short_regions
from data.dates import state_of
from data.ticks import tick


def finish_projects(projects: pl.DataFrame, notices: Notices) -> pl.DataFrame:
    """Projects with number, accountable leader, region with its kind, and status filled where they follow."""
    projects = _regions_of_units(projects, notices)
    short = short_regions(projects["region"].drop_nulls().unique().to_list())
    projects = projects.with_columns(region=pl.col("region").replace(short)) if short else projects
    kinds = {name: region_kind(name) for name in projects["region"].drop_nulls().unique().to_list()}
    states = {text: state_of(text) for text in projects["progress_text"].drop_nulls().unique().to_list()}
    states = {text: state for text, state in states.items() if state}
    projects = projects.with_columns(
        region_kind=pl.coalesce("region_kind", _looked_up("region", kinds)),
        status=pl.coalesce("status", _looked_up("progress_text", states)),
    )
    return with_project_ids(_with_accountable(projects))


def _with_accountable(projects: pl.DataFrame) -> pl.DataFrame:
    """The first leader answers for the project, unless the file names another; titles stand in parallel."""
    projects = projects.with_columns(
        leaders=pl.coalesce("leaders", pl.col("accountable_leader").str.split("、")),
        accountable_leader=pl.col("accountable_leader").str.split("、").list.first(),
    )
    return aligned(projects).with_columns(
        accountable_leader=pl.coalesce("accountable_leader", pl.col("leaders").list.first())
    )


def _looked_up(column: str, mapping: Mapping[str, str | None] | Mapping[str, str]) -> pl.Expr:
    if not mapping:
        return pl.lit(None, pl.String)
    return pl.col(column).replace_strict(mapping, default=None, return_dtype=pl.String)


def _regions_of_units(projects: pl.DataFrame, notices: Notices) -> pl.DataFrame:
    """Where no project has a region, the responsible units tell it (秀峰区政府 → 秀峰区), with a note."""
    if projects["region"].null_count() < projects.height:
        return projects
    units = projects["responsible_unit"].drop_nulls().unique().to_list()
    regions = {unit: region for unit in units if (region := region_of_unit(unit))}
    if not regions:
        return projects
    filled = projects.with_columns(region=_looked_up("responsible_unit", regions))
    count = filled.height - filled["region"].null_count()
    notices.add(
        "region_from_unit",
        "note",
        f"文件没有县区/园区一列,{count} 个项目的县区按责任单位判定"
        f"(如“{min(regions)}”→“{regions[min(regions)]}”)。",
        found=str(count),
    )
    return filled


def finish_nodes(nodes: pl.DataFrame) -> pl.DataFrame:
    """Nodes with applicable and status filled: a row is 应办 unless it says otherwise, and an empty status
    follows from words under the dates (办结日期: 已办, 不涉及), then from the dates themselves (办结日期 →
    done, 受理日期 → running, else waiting)."""
    said = pl.coalesce(_ticked(nodes, "actual_finish_text"), _ticked(nodes, "accepted_date_text", "running"))
    nodes = nodes.with_columns(status=pl.coalesce("status", said))
    refused = (pl.col("applicable") == False) | (pl.col("status") == "not_applicable")  # noqa: E712 - null is neither
    by_dates = (
        pl.when(pl.col("actual_finish").is_not_null())
        .then(pl.lit("done"))
        .when(pl.col("accepted_date").is_not_null())
        .then(pl.lit("running"))
        .otherwise(pl.lit("waiting"))
    )
    return nodes.with_columns(
        applicable=refused.fill_null(False).not_(),
        status=pl.when(refused.fill_null(False))
        .then(pl.lit("not_applicable"))
        .otherwise(pl.coalesce("status", by_dates)),
    )


def _ticked(nodes: pl.DataFrame, column: str, done: str = "done") -> pl.Expr:
    """The status that ticks kept as the words of a date column mean; `done` is what done means there."""
    words = {text: tick(text) for text in nodes[column].drop_nulls().unique().to_list()}
    meant = {text: done if state == "done" else state for text, state in words.items() if state}
    return _looked_up(column, meant)


def finish_problems(problems: pl.DataFrame, known: ProjectNames) -> pl.DataFrame:
    """Problems with a number, and the project's full name where it was found."""
    columns = (problems["problem_id"], problems["project_id"], problems["problem"])
    ids = [i or problem_id(p, text) for i, p, text in zip(*columns, strict=True)]
    return problems.with_columns(
        problem_id=pl.Series(values=ids, dtype=pl.String),
        project_name=pl.coalesce(_looked_up("project_id", known.full_name), "project_name"),
    )


def finish_visits(visits: pl.DataFrame, notices: Notices) -> pl.DataFrame:
    """Visits with one visitor a row: a visit of two persons counts for either of them."""
    shared = visits["visitor"].str.contains("、").fill_null(False)
    if not shared.any():
        return visits
    notices.add(
        "visit_of_several",
        "note",
        f"走访台账有 {shared.sum()} 行写了不止一人(如“{visits['visitor'].filter(shared)[0]}”),每人各计一次。",
        found=str(shared.sum()),
    )
    return visits.with_columns(pl.col("visitor").str.split("、")).explode("visitor")
