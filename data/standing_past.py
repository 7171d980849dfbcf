"""The history of a store's snapshots, continued with each publication.

Where many snapshots are still to be folded in (a demo city, an older program's snapshots without their
standings) it is done aside, and the past is told as it was known before: a page never waits for it.
"""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Sequence
from typing import Final

from data.errors import SnapshotError
from data.manifest import Version
from data.snapshots import SnapshotStore
from data.standing import Standing, Standings
from data.standing_history import History
from data.standing_kept import keep, kept

# so many are folded in while somebody waits
WAITED_FOR: Final = 2

_log = logging.getLogger(__name__)
_ending: Final = threading.Event()
_aside: Final[set[threading.Thread]] = set()


@atexit.register
def _end() -> None:
    """Let go before the interpreter does: a thread it cuts off inside DuckDB takes the whole program down."""
    _ending.set()
    for thread in tuple(_aside):
        thread.join()


class Histories:
    """One store's history; safe to use from any number of threads. `patient` waits for all of it."""

    def __init__(self, store: SnapshotStore, standings: Standings, patient: bool) -> None:
        self._store = store
        self._standings = standings
        self._patient = patient
        self._place = standings.derived / "past"
        self._lock = threading.Lock()
        self._history: History | None = None
        self._damaged: set[Version] = set()
        self._working = False
        self.rounds = 0

    def now(self) -> History:
        """The history of all snapshots shown, of each day the newest revision.

        While it is continued aside it stays as it was before; `rounds` grows by one when that is done.
        """
        with self._lock:
            known = self._history or kept(self._place, self._standings)
            self._history = known
            wanted = self._wanted()
            if known.versions == wanted or self._working:
                return known
            if self._patient or len(wanted) - len(_shared(known, wanted)) <= WAITED_FOR:
                self._history = self._continued(known, wanted)
                return self._history
            self._working = True
        thread = threading.Thread(target=self._catch_up, args=(known, wanted), daemon=True, name="past")
        _aside.add(thread)
        thread.start()
        return known

    def _wanted(self) -> tuple[Version, ...]:
        shown = {version.day: version for version in self._store.versions()}.values()
        return tuple(version for version in shown if version not in self._damaged)

    def _continued(self, known: History, wanted: Sequence[Version]) -> History:
        history = known if _shared(known, wanted) == known.versions else History()
        for version in wanted[len(history.versions) :]:
            if _ending.is_set():
                break
            if standing := self._standing(version):
                history = history.followed_by(version, standing)
        keep(history, self._place)
        return history

    def _standing(self, version: Version) -> Standing | None:
        """The standing, worked out if need be; null of a damaged snapshot, which stays out of the past."""
        try:
            return self._standings.of(version)
        except SnapshotError as fault:
            _log.warning("%s", fault)
            self._damaged.add(version)
            return None

    def _catch_up(self, known: History, wanted: Sequence[Version]) -> None:
        found = known
        try:
            found = self._continued(known, wanted)
        finally:
            with self._lock:
                self._history = found
                self._working = False
                self.rounds += 1
            _aside.discard(threading.current_thread())


def _shared(history: History, wanted: Sequence[Version]) -> tuple[Version, ...]:
    """The snapshots a history can be continued from: all of its own, or none."""
    known = history.versions
    return known if tuple(wanted[: len(known)]) == known else ()
