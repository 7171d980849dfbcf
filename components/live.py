"""One broadcaster a process: watches the pointer file and pushes what is current to every open page.

Dash's own websocket callbacks ride on a SharedWorker, which phones lack and which gives up after ten
tries; a wall screen has to come back by itself after any outage. So the page's socket is our own
(assets/shell.js) and only writes the shell's stores; every figure listens to those.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from watchfiles import Change, awatch

from components.refused_notice import Notice, notice
from data import draft_store, journal, record_file, remembered, snapshots
from data.errors import GuatuError
from data.query import queries
from data.settings import Settings

log = logging.getLogger("guatu.live")

LIVE_PATH: Final = "/api/live"
# a page that hears nothing for longer than this many seconds, twice over, takes its connection for dead
HEARTBEAT_SECONDS: Final = 10.0
# how often the clock is looked at: lights change at midnight without a new file
CLOCK_SECONDS: Final = 5.0


@dataclass(frozen=True)
class State:
    """What is current. `version` null when there is no snapshot, followed by "+n" when so often more of the
    past became known, which pages draw anew; `inbox` changes with every outcome, draft, decision and
    promise; `program` changes when the program was replaced, which makes pages load themselves anew; `notice`
    tells of the last file when it was sent back, else null."""

    version: str | None
    as_of: str
    inbox: str
    program: str
    notice: Notice | None = None


class Broadcaster:
    """Holds the current state and wakes everyone who waits for the next one."""

    def __init__(self, settings: Settings, program: str = "") -> None:
        self._settings = settings
        self._program = program
        self._changed = asyncio.Condition()
        # the journal is read when it was written, not at every look
        self._notice: tuple[str, Notice | None] = ("", None)
        self.state = self._look()

    def _look(self) -> State:
        version = None
        with suppress(GuatuError):
            found = queries().version()
            rounds = queries().state()[-1]
            version = None if found is None else f"{found}+{rounds}" if rounds else str(found)
        intake = "/".join(_stamp(path) for path in self._told_of_files)
        return State(version, self._settings.as_of().isoformat(), intake, self._program, self._told())

    def _told(self) -> Notice | None:
        written = journal.Journal.of(self._settings)
        stamp = _stamp(written.path)
        if stamp != self._notice[0]:
            self._notice = stamp, notice(written.outcomes())
        return self._notice[1]

    @property
    def _told_of_files(self) -> tuple[Path, ...]:
        """What is written when a file was taken, judged, published, sent back or asked about, and when a
        meeting decided something."""
        kept = self._settings
        return (
            kept.inbox_dir / journal.FILE_NAME,
            kept.drafts_dir / draft_store.CHANGED,
            kept.data_dir / remembered.FILE_NAME,
            kept.data_dir / record_file.CHANGED,
        )

    async def refresh(self) -> None:
        """Look again; when something changed, prepare its database and tell every page."""
        seen = await asyncio.to_thread(self._look)
        if seen == self.state:
            return
        if (seen.version, seen.as_of) != (self.state.version, self.state.as_of):
            await self._warm()
        async with self._changed:
            self.state = seen
            self._changed.notify_all()

    async def _warm(self) -> None:
        # fifty pages ask within the same second; the database they ask is built once, before
        try:
            await asyncio.to_thread(queries().warm, self._settings.as_of())
        except GuatuError as fault:
            log.warning("%s", fault)

    async def run(self) -> None:
        """Watch until cancelled."""
        kept = self._settings
        folders = (kept.snapshots_dir, kept.inbox_dir, kept.drafts_dir, kept.data_dir)
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
        await self._warm()
        await self.refresh()
        async for _ in awatch(
            *folders,
            watch_filter=_tells,
            recursive=False,
            debounce=60,
            step=20,
            rust_timeout=int(CLOCK_SECONDS * 1000),
            yield_on_timeout=True,
        ):
            await self.refresh()

    async def states(self) -> AsyncIterator[State]:
        """The state now, then every new one; the same one again when nothing changed for a while."""
        while True:
            sent = self.state
            yield sent
            with suppress(TimeoutError):
                await asyncio.wait_for(self._after(sent), HEARTBEAT_SECONDS)

    async def _after(self, sent: State) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: self.state != sent)


def _tells(_change: Change, path: str) -> bool:
    return Path(path).name in (
        snapshots.POINTER,
        journal.FILE_NAME,
        draft_store.CHANGED,
        remembered.FILE_NAME,
        record_file.CHANGED,
    )


def _stamp(path: Path) -> str:
    try:
        known = path.stat()
    except OSError:
        return ""
    return f"{known.st_mtime_ns}-{known.st_size}"


def router(broadcaster: Broadcaster) -> APIRouter:
    """The websocket route of this broadcaster; sign-in and origin are checked before it is reached."""
    routes = APIRouter()

    @routes.websocket(LIVE_PATH)
    async def live(websocket: WebSocket) -> None:
        await websocket.accept()
        sender = asyncio.create_task(_send(websocket, broadcaster))
        try:
            while True:
                await websocket.receive_text()
        except WebSocketDisconnect:
            pass
        finally:
            sender.cancel()
            with suppress(asyncio.CancelledError):
                await sender

    return routes


async def _send(websocket: WebSocket, broadcaster: Broadcaster) -> None:
    with suppress(WebSocketDisconnect, RuntimeError):
        async for state in broadcaster.states():
            await websocket.send_json(asdict(state))
