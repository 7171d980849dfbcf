"""The inbox: a folder; what staff drop in is loaded, and put aside with what became of it.

inbox/
├── 台账.xlsx              just dropped
├── 已接收/2026-11-22/     published, by the snapshot's day
├── 已退回/2026-11-22/     refused, each with its marked copy and a text of reasons beside it
├── .loading/              the file being loaded, out of reach of a second drop
└── .journal.jsonl         the last outcomes, for the intake page

A file is first taken out of reach, then loaded, then put aside; killed at any point, it is found
again at the next start and loaded then.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

from watchfiles import awatch

from data import aside, disk, pipeline, settling
from data.aside import ACCEPTED, REFUSED
from data.awaiting import first_of, to_the_end
from data.drafts import Drafts
from data.errors import GuatuError, RejectedFile
from data.history import History
from data.journal import Journal, Outcome
from data.loads import Load, fresh_id, load_id
from data.lock import BusyError, ProgramLock
from data.settings import Settings
from data.settling import Look, Settling
from data.snapshots import SnapshotStore

__all__ = ["ACCEPTED", "REFUSED", "Inbox", "Outcome"]

LOADING: Final = ".loading"

RETRY_SECONDS: Final = 30.0
EVENT_DEBOUNCE_MS: Final = 40
EVENT_STEP_MS: Final = 10

_log = logging.getLogger("guatu.inbox")


@dataclass(frozen=True)
class _Rest:
    """Why a file is left lying: until a moment on the monotonic clock, or (null) until it is closed."""

    look: Look | None
    until_seconds: float | None = None

    def is_over(self, now_seconds: float) -> bool:
        return self.until_seconds is not None and now_seconds >= self.until_seconds


class Inbox:
    """The folder staff drop files in. One program loads from it at a time; any may read outcomes."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.dir = settings.inbox_dir
        self.journal = Journal.of(settings)
        self.history = History(settings)
        self._settling = Settling(settings.settle_seconds)
        self._lock = ProgramLock(self.dir / ".loading.lock")
        self._resting: dict[Path, _Rest] = {}

    def outcomes(self) -> list[Outcome]:
        """What became of the last files, newest first."""
        return self.journal.outcomes()

    def pending(self) -> list[str]:
        """Names of files being loaded or waiting, in that order."""
        loading = [path.name for path in sorted((self.dir / LOADING).glob("*/*"))]
        return loading + [path.name for path in settling.dropped_files(self.dir)]

    async def run(self, stop: asyncio.Event) -> None:
        """Load whatever is dropped until `stop` is set."""
        async for outcome in self.watch(stop):
            _log.info("%s %s", outcome.file_name, outcome.message)

    async def watch(self, stop: asyncio.Event) -> AsyncIterator[Outcome]:
        """Outcomes as they happen, until `stop` is set; another program's turn is waited for."""
        self.dir.mkdir(parents=True, exist_ok=True)
        while not stop.is_set():
            try:
                with self._lock.held(wait_seconds=0):
                    async for outcome in self._loaded_until(stop):
                        yield outcome
            except BusyError:
                await first_of([stop], self.settings.poll_seconds)

    async def _loaded_until(self, stop: asyncio.Event) -> AsyncIterator[Outcome]:
        await asyncio.to_thread(self.recover)
        wake = asyncio.Event()
        listener = asyncio.create_task(self._listen(wake, stop))
        tending = asyncio.create_task(asyncio.to_thread(Drafts(self.settings).tend))
        try:
            while not stop.is_set():
                wake.clear()
                for path in self._settling.ready(self.dir, time.monotonic()):
                    outcome = await to_the_end(asyncio.to_thread(self.take_in, path))
                    if outcome:
                        yield outcome
                await first_of([stop, wake], self._next_look_seconds())
        finally:
            listener.cancel()
            with suppress(asyncio.CancelledError):
                await listener
            await asyncio.wait([tending])

    async def _listen(self, wake: asyncio.Event, stop: asyncio.Event) -> None:
        changes = awatch(
            self.dir,
            watch_filter=lambda _, path: settling.is_dropped(Path(path).name) or "~$" in path,
            debounce=EVENT_DEBOUNCE_MS,
            step=EVENT_STEP_MS,
            stop_event=stop,
            recursive=False,
        )
        try:
            async for _ in changes:
                wake.set()
        except OSError as fault:  # the system's limit of watches: a timed look goes on
            _log.warning(
                "no file events for %s (%s), looking every %s s", self.dir, fault, self.settings.poll_seconds
            )

    def _next_look_seconds(self) -> float:
        idle = [path for path, rest in self._resting.items() if rest.look == settling.look_at(path)]
        soon = self._settling.next_look_seconds(idle, time.monotonic())
        longest = self.settings.poll_seconds  # file events of network drives may never come
        return longest if soon is None else min(soon + 0.005, longest)

    def recover(self) -> None:
        """Tidy up after a killed program: its half snapshot goes, the file it was loading comes back."""
        SnapshotStore(self.settings.snapshots_dir).clean_leftovers()
        for path in sorted((self.dir / LOADING).glob("*/*")):
            try:
                self._give_back(path, self.dir / path.name)
            except OSError as fault:
                _log.warning("%s stays in %s (%s)", path.name, path.parent, fault)
            _leave(path.parent)
        for folder, pattern in (
            (self.dir, ".*.new"),
            (self.dir / REFUSED, "*/.标注*"),
            (self.history.dir, ".*.new"),
            (self.settings.data_dir, ".*.new"),
        ):
            disk.remove_stale(folder.glob(pattern))

    def _give_back(self, taken: Path, path: Path) -> None:
        """Put a file that wasn't loaded back where it was dropped, unless a newer one lies there."""
        if not path.exists():
            taken.replace(path)
        elif pipeline.sha256_of(taken) == pipeline.sha256_of(path):
            taken.unlink()
        else:
            sentence = f"{path.name} 还没有处理完,又报送了同名的新文件;以新文件为准,旧文件没有发布"
            self._refuse(taken, RejectedFile(sentence))

    def take_in(self, path: Path) -> Outcome | None:
        """Load one settled file and put it aside; null when it is left lying for now."""
        if self._rests(path):
            return None
        place = self.dir / LOADING / uuid4().hex[:8]
        try:
            taken = self._take(path, place)
            return self._load(path, taken) if taken else None
        except OSError as fault:
            sentence = f"{path.name} 移不到报送文件夹的子文件夹中({fault});请检查磁盘空间和写入权限"
            return self._postpone(path, place / path.name, sentence)
        finally:
            _leave(place)

    def _rests(self, path: Path) -> bool:
        """Whether this very file is left lying: loaded while open elsewhere, or waiting for a retry."""
        rest = self._resting.get(path)
        if rest is None or rest.look != settling.look_at(path) or rest.is_over(time.monotonic()):
            self._resting.pop(path, None)
            return False
        if rest.until_seconds is None and not settling.is_open_elsewhere(path):
            with suppress(OSError):  # Windows: still held; it is tried again
                path.unlink()
                del self._resting[path]
        return True

    def _take(self, path: Path, place: Path) -> Path | None:
        """The file out of reach of a second drop: moved, or copied while it is open elsewhere."""
        place.mkdir(parents=True)
        taken = place / path.name
        before = settling.look_at(path)
        try:
            if not settling.is_open_elsewhere(path):
                with suppress(PermissionError):  # Windows: a program holds it
                    path.rename(taken)
                    return taken
            shutil.copy2(path, taken)
        except OSError:
            before = None  # gone again, or not even readable: settle anew
        if before is None or before != settling.look_at(path):
            self._settling.forget(path)
            shutil.rmtree(place, ignore_errors=True)
            return None
        self._resting[path] = _Rest(before)
        return taken

    def _load(self, path: Path, taken: Path) -> Outcome | None:
        try:
            loaded = pipeline.load(taken, self.settings, skip_unchanged=True, via="folder")
        except RejectedFile as refused:
            return self._refuse(taken, refused)
        except (GuatuError, OSError) as fault:
            return self._postpone(path, taken, str(fault))
        except Exception:
            _log.exception("loading %s failed", path.name)
            sentence = f"程序处理 {path.name} 时出现内部故障,挂图未变;请把该文件和程序日志交给维护人员"
            return self._refuse(taken, RejectedFile(sentence))
        return self._accept(taken, loaded)

    def _accept(self, taken: Path, loaded: pipeline.Loaded) -> Outcome:
        now, version = self.settings.now(), loaded.version
        target = aside.place_for(self.settings, ACCEPTED, version.day, taken.name)
        known = load_id(version)
        if loaded.unchanged:
            known = fresh_id(now)
            sha256, message = pipeline.sha256_of(taken), loaded.message
            again = Load(
                known, now, None, "folder", taken.name, sha256, True, version, message, kept_file=target
            )
            self.history.add(again, loaded.findings)
        disk.patiently(lambda: taken.replace(target))
        return self.journal.tell(
            Outcome(taken.name, now, True, version, loaded.message, loaded.findings, load_id=known)
        )

    def _refuse(self, taken: Path, refused: RejectedFile) -> Outcome:
        now, sentence, findings = self.settings.now(), str(refused), pipeline.refusal(refused)
        load = aside.send_back(
            self.settings,
            taken,
            taken.name,
            pipeline.sha256_of(taken),
            sentence,
            findings,
            lambda target: disk.patiently(lambda: taken.replace(target)),
            via="folder",
        )
        return self.journal.tell(Outcome(taken.name, now, False, None, sentence, findings, load_id=load.id))

    def _postpone(self, path: Path, taken: Path, fault: str) -> Outcome | None:
        """Leave a file that isn't at fault in the inbox and try again later; told once."""
        if taken.exists():
            self._give_back(taken, path)
        self._resting[path] = _Rest(settling.look_at(path), time.monotonic() + RETRY_SECONDS)
        message = f"{fault};文件留在报送文件夹,{RETRY_SECONDS:.0f} 秒后自动重试"
        last = next((o for o in self.outcomes() if o.file_name == path.name), None)
        if last and last.message == message:
            return None
        return self.journal.tell(Outcome(path.name, self.settings.now(), False, None, message))


def _leave(place: Path) -> None:
    """Remove an empty place of `.loading/`; a file that could be put nowhere stays for the next start."""
    with suppress(OSError):
        place.rmdir()
