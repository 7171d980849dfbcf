"""From a file to a snapshot: read, conform, check, schedule, prove, publish.

Each step takes the work so far and returns it one step further. Two loads never mix: the right to
publish is held from the first step to the last, so what was carried over is still the newest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.errors import Finding, RejectedFile
from data.loads import sentence
from data.manifest import Version, Via
from data.query import queries
from data.settings import Settings
from data.settings import settings as process_settings
from data.snapshots import SnapshotStore
from data.steps import JUDGING, STEPS, Step
from data.work import Asked, Work

__all__ = ["STEPS", "Loaded", "check_file", "judge", "load", "refusal", "sha256_of"]

# told before each step: its word, its number from 1, and how many there are
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Loaded:
    """One accepted file: the version it became, rows a ledger, what staff should know.

    `unchanged` is true when the file was already published as this version, and nothing was written.
    `carried_over` names the ledgers the file left out; `held_back` counts the rows left out for their
    errors; `message` says all of it in a sentence.
    """

    version: Version
    findings: tuple[Finding, ...]
    counts: dict[str, int]
    carried_over: tuple[str, ...] = ()
    held_back: int = 0
    unchanged: bool = False
    message: str = ""


def load(
    path: Path,
    settings: Settings,
    day: date | None = None,
    progress: Progress | None = None,
    skip_unchanged: bool = False,
    *,
    who: str | None = None,
    via: Via = "command",
    good_rows_only: bool = False,
) -> Loaded:
    """The version a file was published as.

    `day` defaults to the cut-off date written in the file, else to the status date. With
    `skip_unchanged` a file that is already published under its day makes no new revision. With
    `good_rows_only` rows with errors are held back, as long as they are few.
    RejectedFile: the file's fault. SnapshotError or ConfigurationError: ours. Either way the wall
    is as it was.
    """
    store = SnapshotStore(settings.snapshots_dir)
    asked = Asked(path, settings, store, day, skip_unchanged, good_rows_only, who, via)
    with store.publishing():
        done, refused = _through(STEPS, Work.of(asked, sha256_of(path)), progress)
        if refused:
            raise refused
        assert done.version is not None
        manifest = store.manifest(done.version)
        _hand_over(done, done.version)
    return Loaded(
        done.version,
        done.findings,
        manifest.counts,
        tuple(manifest.carried_over),
        sum(manifest.held_back.values()),
        done.unchanged,
        _sentence(done),
    )


def judge(
    path: Path, settings: Settings, day: date | None = None, progress: Progress | None = None
) -> tuple[Work, RejectedFile | None]:
    """How far a file gets short of being published, and what refuses it, null for nothing.

    Rows with errors are held back where they are few: whether to publish without them is for a person
    to say. A file that is on the wall already comes with the version it is.
    """
    asked = Asked(path, settings, SnapshotStore(settings.snapshots_dir), day, True, True, None, "page")
    return _through(JUDGING, Work.of(asked, sha256_of(path)), progress)


def check_file(path: Path, settings: Settings, day: date | None = None) -> tuple[Finding, ...]:
    """Everything loading this file would find; nothing is published.

    An error means that the file would be refused.
    """
    asked = Asked(path, settings, SnapshotStore(settings.snapshots_dir), day, False, False, None, "command")
    done, refused = _through(JUDGING, Work.of(asked, sha256_of(path)), None)
    return refusal(refused) if refused else done.findings


def refusal(refused: RejectedFile) -> tuple[Finding, ...]:
    """What a refused file was refused for; at least one finding of weight error."""
    if any(f.weight == "error" for f in refused.findings):
        return refused.findings
    return (Finding("file_refused", "error", str(refused)), *refused.findings)


def sha256_of(path: Path) -> str:
    """A file's sha256 in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _through(
    steps: tuple[Step, ...], begun: Work, progress: Progress | None
) -> tuple[Work, RejectedFile | None]:
    """The work after the last step that was taken, and the refusal that ended it."""
    done = begun
    for number, (word, step) in enumerate(steps, 1):
        if progress:
            progress(word, number, len(steps))
        try:
            done = step(done)
        except RejectedFile as refused:
            refused.findings = tuple(dict.fromkeys((*done.findings, *refused.findings)))
            return done, refused
        if done.version:
            break
    return done, None


def _hand_over(done: Work, version: Version) -> None:
    """Let this process answer from the database that the wall was proved in: pages wait for no second one."""
    if done.database and done.asked.settings == process_settings():
        queries().adopt(version, done.database)


def _sentence(done: Work) -> str:
    assert done.version is not None
    store = done.asked.store
    if done.unchanged:
        return f"{done.asked.path.name} 与已发布的 {done.version} 内容相同,未产生新版本"
    told = sentence(store.manifest(done.version))
    current = store.current()
    if current and current.day > done.day:
        told += f";早于挂图当前的 {current.day.isoformat()},已存入该日,挂图仍显示较新的一天"
    return told
