"""What the demo city's meetings decided: promises about its own steps, kept, late, overdue and still to come.

Each is about a step that was being worked on at the meeting; whether it was kept follows from the ledgers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

import polars as pl

from data.promise_line import Line
from data.record import Record
from data.record_file import DEMO_NAME
from data.rhythms import Meeting, Rhythm, rhythms
from data.settings import Settings
from data.workdays import calendar

# how many meetings of a rhythm are told of, and what each decided: (of kept steps, of steps still open)
MEETINGS: Final = {"day": (6, 1, 1), "twice": (6, 1, 2), "week": (5, 2, 2), "month": (2, 4, 3)}
OTHERS: Final = (3, 1, 1)
# working days from today to the promised day of what is still open, one after the other
OPEN_DUE: Final = (-4, 2, 6, 12, 0, 9, -1, 3, 5, 15, 8)
# working days from the day it was done to the promised day
KEPT_DUE: Final = (2, 0, 1, -2, 4)
# every so many of what is still open was put off once, by so many working days
POSTPONED_EVERY: Final = 5
POSTPONED_BY: Final = 5
SCRIBE: Final = "演示"
_HELD_AT: Final = time(9, 30)

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Said:
    """One promise of the demo city: what was said in which meeting, and the day it was done, null if open.

    `first_due` is the day promised at first, the day on which it was put off; null where it never was.
    """

    meeting: Meeting
    row: Row
    due: date
    done: date | None
    first_due: date | None

    def line(self, due: date) -> Line:
        """What was typed, for this day."""
        who = self.row["accountable_leader"] if self.meeting.rhythm.standard else self.row["department"]
        what = f"办结{self.row['node']}"
        said = f"{due.month}月{due.day}日前"
        return Line(f"{who} {said} {what}", who, what, due, said)


def hold(settings: Settings, ledgers: Mapping[str, pl.DataFrame], today: date) -> None:
    """Write down what the meetings before `today` decided; what an earlier demo city had is left behind."""
    for path in settings.data_dir.glob(f"{DEMO_NAME}*"):
        path.unlink(missing_ok=True)
    told = promised(ledgers, today)
    days = {day for one in told for day in (one.meeting.day, one.first_due, one.done) if day}
    numbers: dict[int, str] = {}
    for day in sorted(days):
        at = datetime.combine(day, _HELD_AT, settings.now().tzinfo)
        _write(Record(settings.model_copy(update={"today": day}), at), told, day, numbers)


def _write(record: Record, told: Sequence[Said], day: date, numbers: dict[int, str]) -> None:
    """What happened on one day; `numbers` are those of the promises by their place among `told`."""
    for place, one in enumerate(told):
        if one.meeting.day == day:
            numbers[place] = _open(record, one)
        if one.first_due == day:
            record.change(numbers[place], one.line(one.due), SCRIBE)
        if one.done == day:
            record.finish(numbers[place], by=SCRIBE)


def _open(record: Record, said: Said) -> str:
    return record.open(
        said.line(said.first_due or said.due),
        project_id=said.row["project_id"],
        rhythm=said.meeting.rhythm.name,
        meeting_day=said.meeting.day,
        scope=said.meeting.scope_text,
        by=SCRIBE,
    )


def promised(ledgers: Mapping[str, pl.DataFrame], today: date) -> list[Said]:
    """All promises, by the meeting they were made in; no step is promised twice."""
    steps = _steps(ledgers)
    taken: set[str] = set()
    found: list[Said] = []
    for held in _held(today):
        kept, still = MEETINGS.get(held.rhythm.name, OTHERS)[1:]
        running = steps.filter(
            (pl.col("accepted_date") <= held.day)
            & (pl.col("actual_finish").is_null() | (pl.col("actual_finish") > held.day))
            & ~pl.col("project_id").is_in(list(taken))
        )
        done = running.filter(pl.col("actual_finish") <= today).head(kept)
        opened = running.filter(pl.col("actual_finish").is_null()).head(still)
        for row in (*done.iter_rows(named=True), *opened.iter_rows(named=True)):
            taken.add(row["project_id"])
            found.append(_said(held, row, len(found), today))
    return found


def _said(held: Meeting, row: Row, number: int, today: date) -> Said:
    done: date | None = row["actual_finish"]
    base, steps = (today, OPEN_DUE) if done is None else (done, KEPT_DUE)
    soonest = calendar().add(held.day, 1)
    due = max(calendar().add(base, steps[number % len(steps)]), soonest)
    first = calendar().add(due, -POSTPONED_BY)
    put_off = done is None and number % POSTPONED_EVERY == 0 and soonest <= first < today
    own = (("region", row["region"]),) if held.rhythm.own else ()
    return Said(Meeting(held.rhythm, held.day, scope=own), row, due, done, first if put_off else None)


def _steps(ledgers: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Steps that somebody works on or has done, with their projects, in an order that mixes regions."""
    projects = ledgers["projects"].select("project_id", "region", "accountable_leader")
    nodes = ledgers["nodes"].filter(
        pl.col("accepted_date").is_not_null() & pl.col("department").is_not_null()
    )
    steps = nodes.select("project_id", "node", "department", "accepted_date", "actual_finish")
    known = steps.join(projects, on="project_id").filter(pl.col("accountable_leader").is_not_null())
    return known.sort(pl.col("project_id").str.reverse(), "accepted_date", "node")


def _held(today: date) -> list[Meeting]:
    """The meetings told of, the earliest first."""
    found = [Meeting(one, day) for one in rhythms() for day in _days(one, today)]
    return sorted(found, key=lambda held: held.day)


def _days(rhythm: Rhythm, today: date) -> list[date]:
    count, day, found = MEETINGS.get(rhythm.name, OTHERS)[0], today, list[date]()
    while len(found) < count:
        day = rhythm.before(day)
        found.append(day)
    return found
