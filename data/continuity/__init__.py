"""Continuity: today's rows joined to the projects of yesterday, so that no project is lost or doubled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from data.changes import Changes
from data.conform import Conformed
from data.conform.notices import MAX_PER_RULE, Notices
from data.conform.places import NOWHERE, Columns
from data.continuity.keeping import keep
from data.continuity.merging import carried_columns, merged
from data.continuity.questions import Question, about_pair, answer
from data.continuity.same_project import FILE_NUMBER, Again, file_numbers, found_again
from data.continuity.telling import cell_of, tell_again, tell_carried, tell_nodes_of_others
from data.continuity.today import Today
from data.contract import ledger
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


def follow(
    ledgers: Mapping[str, pl.DataFrame],
    previous: Mapping[str, pl.DataFrame] | None,
    remembered: Remembered | None,
    day: date,
    *,
    changes: Changes | None = None,
    columns: Columns = NOWHERE,
) -> Followed:
    """Today's ledgers continued from `previous`, the newest snapshot at or before `day`.

    `columns` are Conformed.columns: without them no column is carried over. Without `changes` only the
    sheets' names tell which hold only what changed.
    """
    reported = {name: pl.repeat(True, rows.height, eager=True) for name, rows in ledgers.items()}
    now = Today(day, previous or {}, columns, changes or Changes(), dict(ledgers), reported, Notices())
    if "projects" in ledgers and ledgers["projects"].is_empty():
        # nobody's list is empty: judging says so, and keeping yesterday's would hide it
        return Followed(now.ledgers, (), (), now.reported)
    whole_list = _whole_list(now)
    again = _renumber(now, remembered)
    for name in tuple(now.ledgers):
        _lay(now, name)
    keep(now, again, whole_list, remembered)
    tell_nodes_of_others(now.ledgers, now.reported, now.yesterday("nodes"), now.notices)
    return Followed(
        now.ledgers,
        now.notices.all(),
        tuple(now.questions),
        now.reported,
        frozenset(now.notices.error_rows),
    )


def _whole_list(now: Today) -> bool:
    """Whether the file means to name every project: it has a 项目 sheet that isn't one of changes only."""
    projects = now.ledgers.get("projects")
    return projects is not None and not all(
        now.is_partial(sheet) for sheet in projects["source_sheet"].drop_nulls().unique()
    )


def _renumber(now: Today, remembered: Remembered | None) -> Again:
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


def _lay(now: Today, name: str) -> None:
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
