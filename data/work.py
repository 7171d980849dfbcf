"""A file on its way to the wall, as the steps of the pipeline hand it on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import polars as pl

from data.changes import Changes
from data.conform import Conformed
from data.continuity import Followed
from data.database import Database
from data.errors import Finding
from data.manifest import Version, Via
from data.remembered import Remembered
from data.schedule import Schedule
from data.settings import Settings
from data.snapshots import SnapshotStore
from data.workbook import Workbook


@dataclass(frozen=True)
class Asked:
    """A file and what is wanted of it; see data.pipeline.load."""

    path: Path
    settings: Settings
    store: SnapshotStore
    day: date | None
    skip_unchanged: bool
    good_rows_only: bool
    who: str | None
    via: Via


@dataclass(frozen=True)
class Work:
    """A file on its way; what a later step fills in is empty until then.

    `before` is the version it continues, `previous` that version's ledgers. `version` is what it was
    published as; with `unchanged` it was so already.
    """

    asked: Asked
    sha256: str
    day: date
    decisions: str
    before: Version | None = None
    previous: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    workbook: Workbook | None = None
    changes: Changes = field(default_factory=Changes)
    conformed: Conformed | None = None
    followed: Followed | None = None
    findings: tuple[Finding, ...] = ()
    ledgers: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    held_back: Mapping[str, int] = field(default_factory=dict)
    carried_over: tuple[str, ...] = ()
    schedule: Schedule | None = None
    database: Database | None = None
    version: Version | None = None
    unchanged: bool = False

    @classmethod
    def of(cls, asked: Asked, sha256: str) -> Work:
        """The work at its beginning."""
        day = asked.day or asked.settings.as_of()
        return cls(asked, sha256, day, decisions_mark(asked.settings))

    @property
    def remembered(self) -> Remembered:
        """What staff decided once."""
        return Remembered(self.asked.settings.data_dir)

    def noting(self, *findings: Finding) -> Work:
        """This work with findings it didn't have yet."""
        return replace(self, findings=tuple(dict.fromkeys((*self.findings, *findings))))

    def on(self, day: date) -> Work:
        """This work continuing the newest real snapshot at or before `day`."""
        store = self.asked.store
        before = store.at(day, real_only=True)
        if before != self.before:
            self = replace(self, before=before, previous=store.ledgers(before) if before else {})
        return replace(self, day=day)


def decisions_mark(settings: Settings) -> str:
    """A mark that changes with what staff decided: the same file may then mean something else."""
    told = sorted(repr((d.kind, d.key, d.value)) for d in Remembered(settings.data_dir).decisions())
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16] if told else ""
