"""Projects today's file doesn't name, kept with their rows; and those that leave the list, with theirs."""

from __future__ import annotations

import polars as pl

from data.continuity.gone import kept_by_decision, left_by_status, questions, tell, tell_left, withdrawn
from data.continuity.own_list import keep_others, own_regions
from data.continuity.same_project import Again
from data.continuity.telling import tell_kept_nodes
from data.continuity.today import Today
from data.contract import LEDGERS, PROJECTS, empty
from data.remembered import Remembered


def keep(now: Today, again: Again, whole_list: bool, remembered: Remembered | None) -> None:
    """Keep the projects today's file doesn't name, with their rows; take off those that left the list."""
    listed = now.ledgers.get("projects", now.yesterday("projects"))
    before = now.yesterday("projects")
    left = left_by_status(listed)
    not_named = before.filter(~pl.col("project_id").is_in(listed["project_id"].implode()))
    taken_off = withdrawn(not_named, remembered)
    kept = not_named.filter(~pl.col("project_id").is_in(list(taken_off)))
    if whole_list:
        _ask_about(now, kept, again, remembered)
    own = own_regions(_named(now), before) if whole_list else frozenset()
    _stamp(now, kept, again, whole_list)
    _keep_rows(now, kept)
    if own:
        keep_others(now, own)
    _take_off(now, left, taken_off)


def _ask_about(now: Today, kept: pl.DataFrame, again: Again, remembered: Remembered | None) -> None:
    """Tell and ask about projects a whole list doesn't name; a likely pair is asked about already."""
    if kept.is_empty():
        return
    asked = {pair.before.number for pair in again.close}
    silent = kept.filter(~pl.col("project_id").is_in(list(asked)))
    told = tell(silent, now.yesterday("projects"), _named(now), now.day, now.notices)
    settled = kept_by_decision(kept, remembered)
    now.questions += questions(told.filter(~pl.col("project_id").is_in(list(settled))), now.day)


def _named(now: Today) -> pl.DataFrame:
    """The projects that stand in today's file."""
    return now.ledgers["projects"].filter(now.reported["projects"])


def _stamp(now: Today, kept: pl.DataFrame, again: Again, whole_list: bool) -> None:
    """Join the kept projects to today's, and date every project's last report."""
    projects = now.ledgers.get("projects")
    reported = now.reported.get("projects")
    if projects is None or reported is None:
        projects = now.yesterday("projects")
        if projects.is_empty():
            return
        reported, kept = pl.repeat(False, projects.height, eager=True), projects.clear()
    whole = pl.concat([projects, kept.select(projects.columns)])
    reported = pl.concat([reported, pl.repeat(False, kept.height, eager=True)])
    named = reported | whole["project_id"].is_in(list(_named_elsewhere(now)))
    if not whole_list:
        # a file of changes says that the rest is as it was: what was up to date stays so
        newest = now.yesterday("projects")["last_reported_date"].max()
        named = named | (whole["last_reported_date"] == newest).fill_null(False)
    day = pl.lit(now.day, pl.Date)
    now.put(
        "projects",
        whole.with_columns(last_reported_date=pl.when(named).then(day).otherwise("last_reported_date")),
        reported,
    )


def _named_elsewhere(now: Today) -> set[str]:
    """Projects that rows of today's other ledgers speak of."""
    named: set[str] = set()
    for name, rows in now.ledgers.items():
        if name != "projects" and "project_id" in rows.columns:
            named |= set(rows.filter(now.reported[name])["project_id"].drop_nulls().unique())
    return named


def _keep_rows(now: Today, kept: pl.DataFrame) -> None:
    """Yesterday's rows of projects that today's ledgers don't speak of."""
    numbers = kept["project_id"].implode()
    for name, rows in tuple(now.ledgers.items()):
        old = now.yesterday(name)
        if name == "projects" or "project_id" not in rows.columns or old.is_empty():
            continue
        silent = old.filter(~pl.col("project_id").is_in(rows["project_id"].implode()))
        if name in ("nodes", "monthly"):
            stay = _rest_of_nodes(now, rows, old) if name == "nodes" else silent
        else:
            stay = silent.filter(pl.col("project_id").is_in(numbers))
        if stay.height:
            reported = pl.concat([now.reported[name], pl.repeat(False, stay.height, eager=True)])
            now.put(name, pl.concat([rows, stay.select(rows.columns)]), reported)


def _rest_of_nodes(now: Today, rows: pl.DataFrame, old: pl.DataFrame) -> pl.DataFrame:
    """Yesterday's nodes that stay: of projects without any node today; and where the file keeps procedures
    as columns of its project sheet, all nodes that have no column."""
    projects = now.ledgers.get("projects", empty(PROJECTS))
    named = pl.col("project_id").is_in(rows["project_id"].implode())
    if set(rows["source_sheet"].unique()) <= set(projects["source_sheet"].unique()):
        return old.filter(~(named & pl.col("node").is_in(rows["node"].implode())))
    stay = old.filter(~named)
    if "projects" in now.reported:
        here = projects.filter(now.reported["projects"])["project_id"]
        without = stay.filter(pl.col("project_id").is_in(here.implode()))["project_id"].n_unique()
        tell_kept_nodes(without, now.notices)
    return stay


def _take_off(now: Today, left: pl.DataFrame, taken_off: frozenset[str]) -> None:
    """Take projects that left the list out of every ledger, those the file leaves out among them."""
    off = [*left["project_id"].to_list(), *taken_off]
    if not off:
        return
    tell_left(left, taken_off, now.notices)
    gone = pl.col("project_id").is_in(off).fill_null(False)
    for item in LEDGERS:
        if "project_id" not in item.schema:
            continue
        rows = now.ledgers.get(item.name, now.yesterday(item.name))
        reported = now.reported.get(item.name, pl.repeat(False, rows.height, eager=True))
        stays = rows.select(~gone).to_series()
        if item.name in now.ledgers or not stays.all():
            now.put(item.name, rows.filter(stays), reported.filter(stays))
