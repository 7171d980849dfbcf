"""Continuity: today's rows joined to the projects of yesterday, so that no project is lost or doubled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

import polars as pl

from data.changes import Changes
from data.errors import Finding
from data.remembered import Decision, Remembered


@dataclass(frozen=True)
class Question:
    """One thing only staff can say; until they do, nothing is merged and nothing is taken away.

    `options` are (value, label on the button). `project_ids` are the projects an answer is about (one,
    or many asked together); `other_id` is the project of yesterday it may be the same as, null for
    gone_project. `sheet` and `cell` say where today's row stands, null where it doesn't.
    """

    id: str
    kind: Literal["same_project", "gone_project"]
    text: str
    options: tuple[tuple[str, str], ...]
    project_id: str
    other_id: str | None = None
    sheet: str | None = None
    cell: str | None = None
    project_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Followed:
    """Today's ledgers with everything of yesterday that stays, what was noticed, and what to ask.

    `reported` has a Boolean series for every ledger, parallel to its rows: true where the row stands in
    today's file. Rows that don't were judged on the day they came. A ledger the file leaves out is absent,
    unless something in it changes with the projects.
    """

    ledgers: dict[str, pl.DataFrame]
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    reported: dict[str, pl.Series] = field(default_factory=dict)


def follow(
    ledgers: Mapping[str, pl.DataFrame],
    previous: Mapping[str, pl.DataFrame] | None,
    remembered: Remembered | None,
    day: date,
    *,
    changes: Changes | None = None,
    columns: Mapping[tuple[str, str], int] | None = None,
) -> Followed:
    """Today's ledgers continued from `previous`, the newest snapshot at or before `day`.

    `columns` are Conformed.columns. Without `changes` only sheet names tell "only what changed" sheets.
    """
    reported = {name: pl.repeat(True, frame.height, eager=True) for name, frame in ledgers.items()}
    return Followed(dict(ledgers), (), (), reported)


def answer(
    question: Question, value: str, remembered: Remembered, who: str | None, at: datetime
) -> tuple[Decision, ...]:
    """What is remembered of an answer to a question; nothing where the answer changes nothing."""
    raise NotImplementedError
