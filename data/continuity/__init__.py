"""Continuity: today's rows joined to the projects of yesterday, so that no project is lost or doubled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from data.changes import Changes, marked
from data.conform import Conformed
from data.conform.notices import MAX_PER_RULE, Notices
from data.continuity import gone as missing
from data.continuity.merging import carried_columns, merged
from data.continuity.questions import Question, about_pair, answer
from data.continuity.same_project import FILE_NUMBER, Again, file_numbers, found_again
from data.continuity.telling import Columns, cell_of, tell_again, tell_carried
from data.contract import LEDGERS, PROJECTS, empty, ledger
from data.errors import Finding
from data.remembered import Remembered

__all__ = ["Followed", "Question", "answer", "follow"]


@dataclass(frozen=True)
class Followed:
    """Today's ledgers with everything of yesterday that stays, what was noticed, and what to ask.

    `reported` has a Boolean series for every ledger, parallel to its rows: true where the row stands in
    today's file. Rows that don't were judged on the day they came. A ledger the file leaves out is absent,
    unless something in it changes with the projects. `error_rows` as in Conformed.
    """

    ledgers: dict[str, pl.DataFrame]
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    reported: dict[str, pl.Series] = field(default_factory=dict)
    error_rows: frozenset[tuple[str, int]] = frozenset()

    def onto(self, conformed: Conformed) -> Conformed:
        """What was conformed, continued: the form in which it is judged."""
        return replace(
            conformed,
            ledgers=self.ledgers,
            findings=(*conformed.findings, *self.findings),
            error_rows=conformed.error_rows | self.error_rows,
        )


@dataclass
class _Day:
    """Today's ledgers on their way, beside what stays the same meanwhile."""

    day: date
    before: Mapping[str, pl.DataFrame]
    columns: Columns
    changes: Changes
    ledgers: dict[str, pl.DataFrame]
    reported: dict[str, pl.Series]
    notices: Notices
    questions: list[Question] = field(default_factory=list)

    def put(self, name: str, rows: pl.DataFrame, reported: pl.Series) -> None:
        self.ledgers[name], self.reported[name] = rows, reported

    def is_partial(self, sheet: str) -> bool:
        return sheet in self.changes.sheets or marked(sheet)

    def yesterday(self, name: str) -> pl.DataFrame:
        return self.before.get(name, empty(ledger(name)))


def follow(
    ledgers: Mapping[str, pl.DataFrame],
    previous: Mapping[str, pl.DataFrame] | None,
    remembered: Remembered | None,
    day: date,
    *,
    changes: Changes | None = None,
    columns: Columns | None = None,
) -> Followed:
    """Today's ledgers continued from `previous`, the newest snapshot at or before `day`.

    `columns` are Conformed.columns: without them no column is carried over. Without `changes` only the
    sheets' names tell which hold only what changed.
    """
    reported = {name: pl.repeat(True, rows.height, eager=True) for name, rows in ledgers.items()}
    now = _Day(day, previous or {}, columns or {}, changes or Changes(), dict(ledgers), reported, Notices())
    whole_list = _whole_list(now)
    again = _renumber(now, remembered)
    for name in tuple(now.ledgers):
        _lay(now, name)
    _keep(now, again, whole_list, remembered)
    return Followed(
        now.ledgers,
        now.notices.all(),
        tuple(now.questions),
        now.reported,
        frozenset(now.notices.error_rows),
    )


def _whole_list(now: _Day) -> bool:
    """Whether the file means to name every project: it has a 项目 sheet that isn't one of changes only."""
    projects = now.ledgers.get("projects")
    return projects is not None and not all(
        now.is_partial(sheet) for sheet in projects["source_sheet"].drop_nulls().unique()
    )


def _renumber(now: _Day, remembered: Remembered | None) -> Again:
    """Give today's projects the numbers they had, in every ledger; tell and ask about it."""
    before = now.yesterday("projects")
    same = remembered.same_projects() if remembered else {}
    different = remembered.different_projects() if remembered else frozenset()
    again = Again()
    if "projects" in now.ledgers and before.height:
        again = found_again(now.ledgers["projects"], before, same, different)
    elif before.height:
        again.numbers |= file_numbers(before)
    if again.numbers:
        for name, rows in now.ledgers.items():
            if "project_id" in rows.columns:
                now.ledgers[name] = _with_numbers(name, rows, again.numbers)
    tell_again(again, now.columns, now.notices)
    now.questions += [
        about_pair(pair, cell_of(pair.today, "project_name", now.columns))
        for pair in again.close[:MAX_PER_RULE]
    ]
    return again


def _with_numbers(name: str, rows: pl.DataFrame, numbers: Mapping[str, str]) -> pl.DataFrame:
    """Rows under yesterday's numbers; a project keeps the file's own number in extra."""
    if name == "projects":
        own = pl.concat_str(
            pl.lit(f'"{FILE_NUMBER}": "'), pl.col("project_id").str.replace_all(r'["\\]', ""), pl.lit('"')
        )
        kept = pl.col("extra").str.strip_suffix("}")
        moved = pl.col("project_id").is_in(list(numbers)) & ~pl.col("project_id").str.contains(
            r"^P[0-9a-f]{10}$"
        )
        rows = rows.with_columns(
            extra=pl.when(~moved).then("extra")
            .when(pl.col("extra").is_null()).then(pl.concat_str(pl.lit("{"), own, pl.lit("}")))
            .otherwise(pl.concat_str(kept, pl.lit(", "), own, pl.lit("}")))
        )  # fmt: skip
    return rows.with_columns(project_id=pl.col("project_id").replace(numbers))


def _lay(now: _Day, name: str) -> None:
    """One ledger laid over yesterday's: sheets of changes by row, left-out columns by cell."""
    item, rows = ledger(name), now.ledgers[name]
    partial = [sheet for sheet in rows["source_sheet"].drop_nulls().unique() if now.is_partial(sheet)]
    changed = rows.filter(pl.col("source_sheet").is_in(partial))
    full = rows.filter(~pl.col("source_sheet").is_in(partial).fill_null(False))
    reported = pl.repeat(True, full.height, eager=True)
    if full.height:
        full, carried, count = carried_columns(item, full, now.yesterday(name), now.columns)
        tell_carried(item, carried, count, now.notices)
    if changed.height:
        base = full if full.height else now.yesterday(name)
        came_before = reported if full.height else pl.repeat(False, base.height, eager=True)
        full, came = merged(item, base, changed, now.changes, now.columns)
        padded = pl.concat([came_before, pl.repeat(True, full.height - base.height, eager=True)])
        reported = came | padded
    now.put(name, full, reported)


def _keep(now: _Day, again: Again, whole_list: bool, remembered: Remembered | None) -> None:
    """Keep the projects today's file doesn't name, with their rows; take off those that left the list."""
    listed = now.ledgers.get("projects", now.yesterday("projects"))
    before = now.yesterday("projects")
    left = missing.left_by_status(listed)
    not_named = before.filter(~pl.col("project_id").is_in(listed["project_id"].implode()))
    withdrawn = missing.withdrawn(not_named, remembered)
    kept = not_named.filter(~pl.col("project_id").is_in(list(withdrawn)))
    named = now.reported.get("projects")
    if named is not None and whole_list:
        now.questions += missing.tell(
            kept,
            before,
            listed.filter(named),
            now.day,
            now.notices,
            asked={pair.before.number for pair in again.close},
        )
    _stamp(now, kept, again, whole_list)
    _keep_rows(now, kept)
    _take_off(now, left, withdrawn)


def _stamp(now: _Day, kept: pl.DataFrame, again: Again, whole_list: bool) -> None:
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


def _named_elsewhere(now: _Day) -> set[str]:
    """Projects that rows of today's other ledgers speak of."""
    named: set[str] = set()
    for name, rows in now.ledgers.items():
        if name != "projects" and "project_id" in rows.columns:
            named |= set(rows.filter(now.reported[name])["project_id"].drop_nulls().unique())
    return named


def _keep_rows(now: _Day, kept: pl.DataFrame) -> None:
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


def _rest_of_nodes(now: _Day, rows: pl.DataFrame, old: pl.DataFrame) -> pl.DataFrame:
    """Yesterday's nodes that stay: of projects without any node today; and where the file keeps procedures
    as columns of its project sheet, all nodes that have no column."""
    projects = now.ledgers.get("projects", empty(PROJECTS))
    named = pl.col("project_id").is_in(rows["project_id"].implode())
    if set(rows["source_sheet"].unique()) <= set(projects["source_sheet"].unique()):
        named = named & pl.col("node").is_in(rows["node"].implode())
    return old.filter(~named)


def _take_off(now: _Day, left: pl.DataFrame, withdrawn: frozenset[str]) -> None:
    """Take projects that left the list out of every ledger, those the file leaves out among them."""
    off = [*left["project_id"].to_list(), *withdrawn]
    if not off:
        return
    missing.tell_left(left, withdrawn, now.notices)
    gone = pl.col("project_id").is_in(off).fill_null(False)
    for item in LEDGERS:
        if "project_id" not in item.schema:
            continue
        rows = now.ledgers.get(item.name, now.yesterday(item.name))
        reported = now.reported.get(item.name, pl.repeat(False, rows.height, eager=True))
        stays = rows.select(~gone).to_series()
        if item.name in now.ledgers or not stays.all():
            now.put(item.name, rows.filter(stays), reported.filter(stays))
