"""The file of the meetings' record: events in SQLite, appended and never changed.

It lies beside the snapshots (`meetings.sqlite`, write-ahead log, synced at every commit), so a new ledger
never touches it, a killed program loses nothing that was answered, and two programs write one after the
other. What is true now follows from the events in their order; nothing else is stored.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from data import disk
from data.errors import RecordError

FILE_NAME: Final = "meetings.sqlite"
# a demo city's own: what is tried there is never in an office's record
DEMO_NAME: Final = "meetings.demo.sqlite"
CHANGED: Final = "meetings.changed"
BUSY_SECONDS: Final = 20.0
FORM: Final = 1

_SCHEMA: Final = """
create table if not exists event (
    id integer primary key autoincrement,
    at text not null,
    day text not null,
    kind text not null,
    subject text not null,
    who text,
    body text not null
);
create index if not exists event_subject on event (kind, subject);
create trigger if not exists event_stays before update on event
begin select raise(abort, 'events stay as they are'); end;
create trigger if not exists event_is_kept before delete on event
begin select raise(abort, 'events are kept'); end;
"""

Result = TypeVar("Result")


@dataclass(frozen=True)
class Event:
    """One thing that happened. `at` is the moment, `day` the status date it happened on; `kind` is
    "promise.opened", "agenda.dropped" …, `subject` what it is about, `who` who typed it (null: nobody gave a
    name), `body` what was said."""

    id: int
    at: datetime
    day: date
    kind: str
    subject: str
    who: str | None
    body: Mapping[str, Any]


@dataclass(frozen=True)
class New:
    """An event about to be appended; an empty subject stands for the event's own number."""

    kind: str
    subject: str
    body: Mapping[str, Any]
    who: str | None = None


class RecordFile:
    """The events of one data directory; safe to use from any number of threads and programs."""

    def __init__(self, data_dir: Path, name: str = FILE_NAME) -> None:
        self.path = data_dir / name
        self._changed = data_dir / CHANGED

    def mark(self) -> int:
        """Changes with every event anybody appends; 0 while there is none."""
        try:
            return self._changed.stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def events(self, prefix: str, subject: str | None = None, until: date | None = None) -> list[Event]:
        """The events whose kind begins so, in their order; of one subject, up to a status date."""
        if not self.path.exists():
            return []
        with self._open() as connection:
            return _read(connection, prefix, subject, until)

    def append(
        self,
        day: date,
        at: datetime,
        decide: Callable[[Callable[..., list[Event]]], Sequence[New]],
    ) -> list[Event]:
        """Append what `decide` makes of the events so far; nobody else writes in between.

        `decide` is given the function that reads events (as in `events`). An error it raises leaves
        everything as it was. RecordError where the file can't be written.
        """
        disk.make_dir(self.path.parent)
        try:
            with self._open() as connection, _transaction(connection):
                wanted = decide(lambda *what: _read(connection, *what))
                made = [_insert(connection, day, at, new) for new in wanted]
        except sqlite3.Error as fault:
            raise RecordError(f"会议记录写不进磁盘({fault});请检查磁盘空间和写入权限后再试。") from fault
        if made:
            self._changed.write_text(f"{os.getpid()} {made[-1].id}\n", encoding="utf-8")
        return made

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
        except sqlite3.Error as fault:
            raise RecordError(f"会议记录 {self.path} 打不开({fault});请检查文件和权限。") from fault
        with closing(connection):
            try:
                _prepare(connection)
            except sqlite3.DatabaseError as fault:
                raise RecordError(
                    f"会议记录 {self.path} 打不开({fault});文件可能已损坏,请从备份恢复后再试。"
                ) from fault
            yield connection


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("pragma journal_mode = wal")
    # a commit that was answered is on the disk
    connection.execute("pragma synchronous = full")
    form = connection.execute("pragma user_version").fetchone()[0]
    if form > FORM:
        raise RecordError("会议记录由更新的程序写成;请用新版程序打开。")
    if form < FORM:
        connection.executescript(f"begin immediate; {_SCHEMA} pragma user_version = {FORM}; commit;")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("begin immediate")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def _read(
    connection: sqlite3.Connection, prefix: str, subject: str | None = None, until: date | None = None
) -> list[Event]:
    rows = connection.execute(
        "select id, at, day, kind, subject, who, body from event"
        " where kind glob :kind and (:subject is null or subject = :subject)"
        " and (:until is null or day <= :until) order by id",
        {"kind": f"{prefix}*", "subject": subject, "until": until and until.isoformat()},
    )
    return [
        Event(number, datetime.fromisoformat(at), date.fromisoformat(day), kind, about, who, json.loads(body))
        for number, at, day, kind, about, who, body in rows
    ]


def _insert(connection: sqlite3.Connection, day: date, at: datetime, new: New) -> Event:
    last = connection.execute("select coalesce(max(id), 0) from event").fetchone()[0]
    number = last + 1
    subject = new.subject or str(number)
    body = json.dumps(new.body, ensure_ascii=False, default=str)
    connection.execute(
        "insert into event (id, at, day, kind, subject, who, body) values (?, ?, ?, ?, ?, ?, ?)",
        (number, at.isoformat(), day.isoformat(), new.kind, subject, new.who, body),
    )
    return Event(number, at, day, new.kind, subject, new.who, json.loads(body))
