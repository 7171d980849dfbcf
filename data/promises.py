"""Promises and decisions of meetings: what the record's events make of them on a day, with their lights.

The light is that of the rule "promise" of data/lights.toml by the working days left until the promised day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal

import polars as pl

from data.lights import light_rules
from data.record_file import Event
from data.workdays import calendar

State = Literal["open", "done", "withdrawn"]

SCHEMA: Final[dict[str, pl.DataType]] = {
    "promise_id": pl.String(),
    "project_id": pl.String(),
    "who": pl.String(),
    "what": pl.String(),
    "due_date": pl.Date(),
    "workdays_left": pl.Int32(),
    "light": pl.String(),
    "word": pl.String(),
    "opened_on": pl.Date(),
    "rhythm": pl.String(),
    "meeting_day": pl.Date(),
    "scope": pl.String(),
    "done_date": pl.Date(),
    "done_late_workdays": pl.Int32(),
    "times_postponed": pl.Int32(),
    "first_due_date": pl.Date(),
    "opened_by": pl.String(),
    "text": pl.String(),
    "note": pl.String(),
}


@dataclass(frozen=True)
class Promise:
    """One item of 督办. `project_id` is null for one that is about no project; `due` null without a day.

    `scope` is that of the meeting as Meeting.scope_text has it, empty for all that its rhythm looks at.
    `times_postponed` counts the later days it was given; `note` is the last thing said when it was done,
    withdrawn or changed.
    """

    id: str
    project_id: str | None
    who: str
    what: str
    due: date | None
    opened_on: date
    rhythm: str | None
    meeting_day: date | None
    opened_by: str | None
    text: str
    first_due: date | None
    scope: str = ""
    state: State = "open"
    done_date: date | None = None
    times_postponed: int = 0
    note: str | None = None


def projects_of(promises: pl.DataFrame) -> list[str]:
    """The numbers of the projects that promises are about, each once, in order."""
    return promises["project_id"].drop_nulls().unique().sort().to_list()


def fold(events: Iterable[Event]) -> dict[str, Promise]:
    """Every promise by its number as the events leave it, in the order they were opened."""
    found: dict[str, Promise] = {}
    for event in events:
        if event.kind == "promise.opened":
            found[event.subject] = _opened(event)
        elif event.subject in found:
            found[event.subject] = _after(found[event.subject], event)
    return found


def _opened(event: Event) -> Promise:
    body = event.body
    due = _day(body.get("due"))
    return Promise(
        event.subject, body.get("project_id"), body["who"], body["what"], due, event.day, body.get("rhythm"),
        _day(body.get("meeting_day")), event.who, body.get("text", ""), due, body.get("scope") or "",
    )  # fmt: skip


def _after(promise: Promise, event: Event) -> Promise:
    note = event.body.get("note") or promise.note
    if event.kind == "promise.done":
        return replace(promise, state="done", done_date=_day(event.body.get("done")) or event.day, note=note)
    if event.kind == "promise.withdrawn":
        return replace(promise, state="withdrawn", note=note)
    if event.kind == "promise.reopened":
        return replace(promise, state="open", done_date=None, note=note)
    return _changed(promise, event.body, note) if event.kind == "promise.changed" else promise


def _changed(promise: Promise, body: Mapping[str, Any], note: str | None) -> Promise:
    due = _day(body.get("due"))
    later = bool(due and promise.due and due > promise.due)
    return replace(
        promise,
        who=body["who"],
        what=body["what"],
        due=due,
        first_due=promise.first_due or due,
        times_postponed=promise.times_postponed + later,
        note=note,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def frame(promises: Sequence[Promise], as_of: date) -> pl.DataFrame:
    """One promise a row with its light on a day, the most urgent first, those done last.

    `workdays_left` is null once it is done and without a day; negative is working days overdue.
    `done_late_workdays` is null until it is done. Withdrawn ones are left out.
    """
    rows = [_row(promise, as_of) for promise in promises if promise.state != "withdrawn"]
    made = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return made.sort(
        pl.col("done_date").is_not_null(), "workdays_left", "promise_id", nulls_last=True, maintain_order=True
    )


def _row(promise: Promise, as_of: date) -> tuple[Any, ...]:
    left, late = _measures(promise, as_of)
    light, word = lit(promise.state, late if promise.state == "done" else left)
    return (
        promise.id, promise.project_id, promise.who, promise.what, promise.due, left, light, word,
        promise.opened_on, promise.rhythm, promise.meeting_day, promise.scope, promise.done_date, late,
        promise.times_postponed, promise.first_due, promise.opened_by, promise.text, promise.note,
    )  # fmt: skip


def _measures(promise: Promise, as_of: date) -> tuple[int | None, int | None]:
    """Working days left, and working days late once it is done."""
    if promise.state == "done":
        if promise.due is None or promise.done_date is None:
            return None, None
        return None, max(-calendar().workdays_left(promise.due, promise.done_date), 0)
    return (None if promise.due is None else calendar().workdays_left(promise.due, as_of)), None


def lit(state: str, measured: int | None) -> tuple[str, str]:
    """The light and its word of a promise that is open or done, by its measure."""
    for row in light_rules().filter(rule="promise", state=state).iter_rows(named=True):
        if row["when_unknown"] if measured is None else not row["when_unknown"] and _inside(row, measured):
            return row["light"], row["word"]
    raise LookupError(state)


def _inside(row: Mapping[str, Any], measured: int) -> bool:
    low, high = row["low_inclusive"], row["high_exclusive"]
    return (low is None or measured >= low) and (high is None or measured < high)
