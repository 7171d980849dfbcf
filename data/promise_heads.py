"""Which promises head a meeting: all that isn't done, each where its project is spoken about.

Nothing promised is lost: what a rhythm's meetings decided heads the next meeting of that rhythm, what was
written down in no meeting heads the next one of every rhythm; a meeting of a narrower scope (周两调 of one
county) leaves out what is not its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

import polars as pl

from data.rhythms import Meeting

_Row = Mapping[str, Any]


def heading(promises: pl.DataFrame, held: Meeting, covered: Collection[str]) -> pl.DataFrame:
    """The promises before a meeting that are still open, or were done since the one before.

    `promises` are rows as Record.promises gives them, `covered` the numbers of the projects in the meeting's
    scope that they are about.
    """
    return _only(promises, lambda row: _is_before(row, held) and in_scope(row, held, covered))


def decided(promises: pl.DataFrame, held: Meeting) -> pl.DataFrame:
    """What a meeting of this scope, or of a narrower one on the same day, decided."""
    return _only(
        promises,
        lambda row: _is_of(row, held) and row["meeting_day"] == held.day and _scope(row) >= set(_pairs(held)),
    )


def in_scope(row: _Row, held: Meeting, covered: Collection[str]) -> bool:
    """Whether a promise belongs to a meeting's scope: decided within it, about a project of it, or made by
    whom it names (its leader, department or county)."""
    narrowed = dict(held.rhythm.scope) | dict(held.scope)
    if not narrowed or (_is_of(row, held) and _scope(row) >= set(_pairs(held))):
        return True
    return row["project_id"] in covered or row["who"] in narrowed.values()


def _is_before(row: _Row, held: Meeting) -> bool:
    done: date | None = row["done_date"]
    if done is not None and done < held.previous:
        return False
    if row["rhythm"] is None:
        return bool(row["opened_on"] <= held.day)
    return _is_of(row, held) and row["meeting_day"] < held.day


def _is_of(row: _Row, held: Meeting) -> bool:
    return bool(row["rhythm"] == held.rhythm.name and row["meeting_day"])


def _scope(row: _Row) -> set[str]:
    return set(row["scope"].split("&")) if row["scope"] else set()


def _pairs(held: Meeting) -> list[str]:
    return held.scope_text.split("&") if held.scope else []


def _only(promises: pl.DataFrame, holds: Callable[[_Row], bool]) -> pl.DataFrame:
    held = [holds(row) for row in promises.iter_rows(named=True)]
    return promises.filter(pl.Series(held, dtype=pl.Boolean))
