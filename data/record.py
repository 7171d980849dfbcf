"""What meetings decide: the one thing people write into the program besides the ledgers.

`record()` is the process's own. Promises are opened from one typed line, marked done, changed, withdrawn or
reopened; each is an event that stays. Nothing here knows of ledgers, so no new file can touch it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

import polars as pl

from data import promises
from data.errors import RecordError, SnapshotError
from data.promise_line import Line
from data.promises import Promise
from data.record_file import DEMO_NAME, Event, New, RecordFile
from data.settings import Settings, settings
from data.snapshots import SnapshotStore

Step = Callable[[list[Event]], Mapping[str, Any]]


class Record:
    """The record of one office; safe to use from any number of threads and programs.

    While a demo city is shown it is the demo city's, which gives way with it. `at` pins the moment written
    down, for what is told of an earlier day.
    """

    def __init__(self, settings: Settings, at: datetime | None = None) -> None:
        self._settings = settings
        self._at = at
        self._office = RecordFile(settings.data_dir)
        self._demo = RecordFile(settings.data_dir, DEMO_NAME)
        self._shown: tuple[int, bool] = (0, False)

    @property
    def file(self) -> RecordFile:
        """The events that count now."""
        return self._demo if self._is_demo() else self._office

    def _is_demo(self) -> bool:
        """Whether a demo city is shown; the pointer is read again when it was written anew."""
        store = SnapshotStore(self._settings.snapshots_dir)
        try:
            written = store.pointer.stat().st_mtime_ns
            if written != self._shown[0]:
                catalogue = store.catalogue()
                self._shown = (written, catalogue.current in catalogue.demo)
        except (FileNotFoundError, SnapshotError):
            return False
        return self._shown[1]

    def mark(self) -> int:
        """Changes with everything that is written into it."""
        return self.file.mark()

    def promises(self, as_of: date | None = None) -> pl.DataFrame:
        """One promise a row as it stood on a status date, with its light: columns of promises.SCHEMA.

        Open ones first, the most urgent at the top; withdrawn ones are left out.
        """
        day = as_of or self._settings.as_of()
        return promises.frame(list(promises.fold(self.file.events("promise.", None, day)).values()), day)

    def history(self, promise_id: str) -> list[Event]:
        """Everything that happened to one promise, the oldest first."""
        return self.file.events("promise.", promise_id)

    def open(
        self,
        line: Line,
        *,
        project_id: str | None = None,
        rhythm: str | None = None,
        meeting_day: date | None = None,
        scope: str = "",
        by: str | None = None,
    ) -> str:
        """Keep what a line says; its number. RecordError with the line's own fault where it can't be kept.

        `rhythm`, `meeting_day` and `scope` (Meeting.scope_text) are of the meeting it is said in, if any.
        """
        said_in = {"rhythm": rhythm, "meeting_day": meeting_day, "scope": scope}
        body = _said(line) | {"project_id": project_id, **said_in}
        return self._append(lambda _: [New("promise.opened", "", body, by)])[0].subject

    def change(self, promise_id: str, line: Line, by: str | None = None) -> None:
        """Another who, what or day for a promise that is open."""
        said = _said(line)
        self._follow(promise_id, "promise.changed", said | {"note": line.text}, by, ("open",))

    def finish(
        self, promise_id: str, done: date | None = None, note: str = "", by: str | None = None
    ) -> None:
        """Done, on a day that is today where none is given; RecordError for a day to come."""
        today = self._settings.as_of()
        if done and done > today:
            raise RecordError(f"办结日期{done.month}月{done.day}日还没有到;请写今天或以前的日期。")
        body = {"done": (done or today).isoformat(), "note": note}
        self._follow(promise_id, "promise.done", body, by, ("open",))

    def withdraw(self, promise_id: str, note: str, by: str | None = None) -> None:
        """Taken back, for a reason; RecordError without one."""
        if not note.strip():
            raise RecordError("撤销一件督办事项要写明原因;请补上再试。")
        self._follow(promise_id, "promise.withdrawn", {"note": note.strip()}, by, ("open",))

    def reopen(self, promise_id: str, note: str, by: str | None = None) -> None:
        """Open again after it was done or withdrawn."""
        self._follow(promise_id, "promise.reopened", {"note": note}, by, ("done", "withdrawn"))

    def note(self, kind: str, subject: str, body: Mapping[str, Any], by: str | None = None) -> Event:
        """Any other event of a meeting (its agenda, the time spent, who is named)."""
        return self._append(lambda _: [New(kind, subject, body, by)])[0]

    def decide(self, kind: str, subject: str, step: Step, by: str | None = None) -> Event:
        """An event made by `step` from the earlier ones of its kind and subject, which it is given; nobody
        else writes in between."""
        return self._append(lambda read: [New(kind, subject, step(read(kind, subject)), by)])[0]

    def _follow(
        self, promise_id: str, kind: str, body: Mapping[str, Any], by: str | None, states: tuple[str, ...]
    ) -> None:
        def made(read: Callable[..., list[Event]]) -> list[New]:
            _check(promises.fold(read("promise.", promise_id)).get(promise_id), states)
            return [New(kind, promise_id, body, by)]

        self._append(made)

    def _append(self, decide: Callable[[Callable[..., list[Event]]], list[New]]) -> list[Event]:
        return self.file.append(self._settings.as_of(), self._at or self._settings.now(), decide)


def _said(line: Line) -> dict[str, Any]:
    if line.faults:
        raise RecordError(line.faults[0])
    return {"who": line.who, "what": line.what, "due": line.due and line.due.isoformat(), "text": line.text}


def _check(promise: Promise | None, states: tuple[str, ...]) -> None:
    words = {"open": "还没有办结", "done": "已经办结", "withdrawn": "已经撤销"}
    if promise is None:
        raise RecordError("没有这件督办事项;请刷新页面后再试。")
    if promise.state not in states:
        raise RecordError(f"“{promise.what}”{words[promise.state]},可能刚被别人改过;请刷新页面后再看。")


@cache
def record() -> Record:
    """The process's own record; its settings are the process's."""
    return Record(settings())
