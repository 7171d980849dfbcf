"""From a file to a snapshot: read, conform, check, schedule, publish.

Each step takes the load so far and returns it one step further. Two loads never mix: the right to
publish is held from the first step to the last, so what was carried over is still the newest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from data import contract, rules
from data import read as reading
from data import schedule as scheduling
from data.conform import Conformed, conform
from data.errors import FaultyLedger, Finding, RejectedFile
from data.health import health
from data.manifest import Manifest, Version
from data.publish import Source, carry_over, publish, software_version
from data.settings import Settings
from data.snapshots import SnapshotStore

# told before each step: its word, its number from 1, and how many there are
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Loaded:
    """One accepted file: the version it became, rows a ledger, what staff should know.

    `unchanged` is true when the file was already published as this version, and nothing was written.
    `carried_over` names the ledgers the file left out; `message` says all of it in a sentence.
    """

    version: Version
    findings: tuple[Finding, ...]
    counts: dict[str, int]
    carried_over: tuple[str, ...] = ()
    unchanged: bool = False
    message: str = ""


@dataclass(frozen=True)
class _Load:
    """A file on its way; what a later step fills in is empty until then."""

    path: Path
    settings: Settings
    store: SnapshotStore
    asked_day: date | None
    skip_unchanged: bool
    day: date
    sha256: str = ""
    workbook: reading.Workbook | None = None
    conformed: Conformed | None = None
    findings: tuple[Finding, ...] = ()
    previous: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    ledgers: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    carried_over: tuple[str, ...] = ()
    schedule: scheduling.Schedule | None = None
    version: Version | None = None
    unchanged: bool = False


def load(
    path: Path,
    settings: Settings,
    day: date | None = None,
    progress: Progress | None = None,
    skip_unchanged: bool = False,
) -> Loaded:
    """The version a file was published as.

    `day` defaults to the cut-off date written in the file, else to the status date. With
    `skip_unchanged` a file that is already published under its day makes no new revision.
    RejectedFile: the file's fault. SnapshotError or ConfigurationError: ours. Either way the wall
    is as it was.
    """
    store = SnapshotStore(settings.snapshots_dir)
    with store.publishing():
        begun = _Load(path, settings, store, day, skip_unchanged, day or settings.as_of())
        done = _through(STEPS, begun, progress)
    assert done.version is not None
    manifest = store.manifest(done.version)
    return Loaded(
        done.version,
        done.findings,
        manifest.counts,
        tuple(manifest.carried_over),
        done.unchanged,
        _sentence(done, manifest),
    )


def check_file(path: Path, settings: Settings, day: date | None = None) -> tuple[Finding, ...]:
    """Everything loading this file would find, and what the health checks say of it; nothing is published.

    An error means that the file should not be published as it is.
    """
    store = SnapshotStore(settings.snapshots_dir)
    begun = _Load(path, settings, store, day, False, day or settings.as_of())
    try:
        return _through(CHECK_STEPS, begun, None).findings
    except RejectedFile as refused:
        return refusal(refused)


def refusal(refused: RejectedFile) -> tuple[Finding, ...]:
    """What a refused file was refused for; at least one finding of weight error."""
    if any(f.weight == "error" for f in refused.findings):
        return refused.findings
    return (Finding("file_refused", "error", str(refused)), *refused.findings)


def _through(steps: tuple[Step, ...], begun: _Load, progress: Progress | None) -> _Load:
    done = begun
    for number, (word, step) in enumerate(steps, 1):
        if progress:
            progress(word, number, len(steps))
        done = step(done)
        if done.version:
            break
    return done


def _read(so_far: _Load) -> _Load:
    sha256 = sha256_of(so_far.path)
    return replace(so_far, sha256=sha256, workbook=reading.read(so_far.path, so_far.settings))


def _conform(so_far: _Load) -> _Load:
    assert so_far.workbook is not None
    conformed = conform(so_far.workbook, so_far.day, _ledgers_at(so_far.store, so_far.day))
    day, warnings = _day_of(conformed.as_of, so_far)
    known = _already_published(so_far.store, day, so_far.sha256) if so_far.skip_unchanged else None
    return replace(
        so_far,
        day=day,
        conformed=conformed,
        findings=(*warnings, *conformed.findings),
        version=known,
        unchanged=known is not None,
    )


def _check(so_far: _Load) -> _Load:
    assert so_far.conformed is not None
    previous = _ledgers_at(so_far.store, so_far.day)
    checked = rules.check(so_far.conformed, previous, so_far.day)
    if "projects" not in checked.ledgers:
        raise FaultyLedger(
            f"{so_far.path.name} 中没有“项目”台账;请加上名为“项目”的工作表,至少有项目名称一列",
            checked.findings,
        )
    return replace(
        so_far,
        findings=_once((*so_far.findings, *checked.findings)),
        previous=previous,
        ledgers=checked.ledgers,
    )


def _schedule(so_far: _Load) -> _Load:
    ledgers, carried = carry_over(so_far.ledgers, so_far.previous)
    settings = so_far.settings
    found = scheduling.schedule(
        ledgers["projects"],
        ledgers["nodes"],
        so_far.day,
        settings.default_project_type,
        settings.winter_break,
    )
    return replace(
        so_far,
        ledgers=ledgers,
        carried_over=carried,
        schedule=found,
        findings=_once((*so_far.findings, *found.findings)),
    )


def _prove(so_far: _Load) -> _Load:
    assert so_far.schedule is not None
    found = health(so_far.ledgers, so_far.schedule, so_far.day, so_far.settings.winter_break)
    return replace(so_far, findings=_once((*so_far.findings, *found)))


def _publish(so_far: _Load) -> _Load:
    assert so_far.schedule is not None
    version = publish(
        so_far.store,
        so_far.ledgers,
        so_far.schedule,
        so_far.day,
        Source(so_far.path.name, so_far.sha256),
        published_at=so_far.settings.now(),
        findings=so_far.findings,
        carried_over=so_far.carried_over,
    )
    return replace(so_far, version=version)


Step = tuple[str, Callable[[_Load], _Load]]

STEPS: Final[tuple[Step, ...]] = (
    ("读取", _read),
    ("识别", _conform),
    ("校验", _check),
    ("排期", _schedule),
    ("发布", _publish),
)


# the health checks build a whole wall in memory: worth it when asked, too slow for a live one
CHECK_STEPS: Final = (*STEPS[:-1], ("核对", _prove))


def sha256_of(path: Path) -> str:
    """A file's sha256 in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _day_of(cut_off: date | None, so_far: _Load) -> tuple[date, tuple[Finding, ...]]:
    """The day the snapshot describes. A cut-off still to come is a slip of the pen: filed under today."""
    if so_far.asked_day or cut_off is None:
        return so_far.day, ()
    if cut_off <= so_far.day:
        return cut_off, ()
    message = (
        f"{so_far.path.name} 写明截至 {cut_off.isoformat()},晚于状态日期 {so_far.day.isoformat()},"
        f"已按 {so_far.day.isoformat()} 收存;如日期有误请改正后重新报送"
    )
    late = Finding("cutoff_in_future", "warning", message, None, None, str(cut_off), f"≤ {so_far.day}")
    return so_far.day, (late,)


def _ledgers_at(store: SnapshotStore, day: date) -> dict[str, pl.DataFrame]:
    version = store.at(day, real_only=True)
    return store.ledgers(version) if version else {}


def _already_published(store: SnapshotStore, day: date, sha256: str) -> Version | None:
    """The day's newest version if this very file made it, read by this very program."""
    version = store.at(day, real_only=True)
    if version is None or version.day != day:
        return None
    manifest = store.manifest(version)
    same = manifest.source_sha256 == sha256 and manifest.software_version == software_version()
    return version if same and manifest.contract_version == contract.CONTRACT_VERSION else None


def _once(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(findings))


def _sentence(done: _Load, manifest: Manifest) -> str:
    current = done.store.current()
    if done.unchanged:
        return f"{done.path.name} 与已发布的 {done.version} 内容相同,未产生新版本"
    counts = "、".join(
        f"{item.sheet} {manifest.counts[item.name]:,} 行"
        for item in contract.LEDGERS
        if manifest.counts[item.name] and item.name not in manifest.carried_over
    )
    parts = [f"已发布 {done.version}:{counts}"]
    if manifest.carried_over:
        parts.append("沿用上一版:" + "、".join(contract.ledger(n).sheet for n in manifest.carried_over))
    if manifest.findings["warning"]:
        parts.append(f"提醒 {manifest.findings['warning']} 条")
    if current and current.day > done.day:
        parts.append(f"早于挂图当前的 {current.day.isoformat()},已存入该日,挂图仍显示较新的一天")
    return ";".join(parts)
