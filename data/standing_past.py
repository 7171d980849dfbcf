"""The history of a store's snapshots, continued with each publication.

Standings that have to be worked out first (a demo city, or snapshots of an older program) are worked out
aside, and the past is told as far as it was known before: a page never waits for it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from typing import Final

from data.errors import SnapshotError
from data.manifest import Version
from data.snapshots import SnapshotStore
from data.standing import Standing, Standings
from data.standing_history import History

# so many are worked out while somebody waits
WAITED_FOR: Final = 2

_log = logging.getLogger(__name__)


class Histories:
    """One store's history; safe to use from any number of threads. `patient` waits for all of it."""

    def __init__(self, store: SnapshotStore, standings: Standings, patient: bool) -> None:
        self._store = store
        self._standings = standings
        self._patient = patient
        self._lock = threading.Lock()
        self._known: set[Version] = set()
        self._damaged: set[Version] = set()
        self._worker: threading.Thread | None = None
        self._history = History()
        self.rounds = 0

    def now(self) -> History:
        """The history of all snapshots shown, of each day the newest revision.

        While standings are worked out aside it stays as it was before; `rounds` then grows by one.
        """
        with self._lock:
            if self._worker is None:
                self._history = self._continued(self._wanted())
            return self._history

    def _wanted(self) -> tuple[Version, ...]:
        shown = {version.day: version for version in self._store.versions()}.values()
        wanted = tuple(version for version in shown if version not in self._damaged)
        missing = [version for version in wanted if not self._at_hand(version)]
        if self._patient or len(missing) <= WAITED_FOR:
            return wanted
        self._worker = threading.Thread(target=self._work_out, args=(missing,), daemon=True, name="standings")
        self._worker.start()
        return tuple(version for version in wanted if version in self._known)

    def _at_hand(self, version: Version) -> bool:
        if version not in self._known and self._standings.at_hand(version):
            self._known.add(version)
        return version in self._known

    def _continued(self, wanted: Sequence[Version]) -> History:
        known = self._history.versions
        history = self._history if tuple(wanted[: len(known)]) == known else History()
        for version in wanted[len(history.versions) :]:
            if standing := self._standing(version):
                history = history.followed_by(version, standing)
        return history

    def _standing(self, version: Version) -> Standing | None:
        """The standing, worked out if need be; null of a damaged snapshot, which stays out of the past."""
        try:
            standing = self._standings.of(version)
        except SnapshotError as fault:
            _log.warning("%s", fault)
            self._damaged.add(version)
            return None
        self._known.add(version)
        return standing

    def _work_out(self, missing: Sequence[Version]) -> None:
        for version in missing:
            self._standing(version)
        with self._lock:
            self._worker = None
            self.rounds += 1
