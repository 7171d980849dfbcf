"""What a question of change or of the past is asked with: frames in the place of the views of these names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from data.catalog import QuerySpec, catalog, views
from data.database import Database, Pool, Tables
from data.manifest import Version
from data.settings import Settings
from data.snapshots import SnapshotStore
from data.standing import Standing, Standings
from data.standing_history import History
from data.standing_past import Histories
from data.workdays import FRAME_FIRST

COMPARISONS_KEPT: Final = 6
_PAST: Final = re.compile(r"\b(slip|past_(?:day|scope|part|mark))\b")
_BEFORE: Final = re.compile(r"\b(before_(?:day|project|node)|changed_node)\b")
_KEY = tuple[Version, date, Version]

Frames = Mapping[str, pl.DataFrame]


def compared_with(database: Database, standing: Standing, day: date) -> dict[str, pl.DataFrame]:
    """The frames that compare a database with an earlier standing, which was that of `day`."""
    before = {
        "before_project": standing.projects,
        "before_node": standing.nodes,
        "before_day": pl.DataFrame({"since": [day]}, schema={"since": pl.Date()}),
    }
    return before | {"changed_node": database.ask(views()["changed_node"], {}, beside=before)}


def looks_back(spec: QuerySpec) -> bool:
    """Whether a question needs an earlier snapshot or the past beside the database of its day."""
    return bool(_PAST.search(spec.sql) or _BEFORE.search(spec.sql))


def asked(database: Database, name: str, beside: Tables) -> pl.DataFrame:
    """One question of change over the whole city, of a database that isn't on the wall."""
    spec = catalog()[name]
    return database.ask(spec.sql, dict.fromkeys(spec.bound), beside=beside)


class LookingBack:
    """The frames of any question over one store; safe to use from any number of threads."""

    def __init__(self, store: SnapshotStore, settings: Settings, patient: bool) -> None:
        self._store = store
        self._standings = Standings(store, settings)
        self._histories = Histories(store, self._standings, patient)
        self._comparisons: Pool[_KEY, dict[str, pl.DataFrame]] = Pool(COMPARISONS_KEPT)

    def mark(self, spec: QuerySpec) -> str:
        """The snapshots an answer depends on besides its version; "" where it looks at none."""
        looked_at: Sequence[Version] = ()
        if _PAST.search(spec.sql):
            looked_at = self.past().versions
        elif _BEFORE.search(spec.sql):
            looked_at = self._store.versions()
        return " ".join(map(str, looked_at))

    def past(self) -> History:
        """The history of the store's snapshots."""
        return self._histories.now()

    @property
    def rounds(self) -> int:
        """How often more of the past became known than when it was asked for first."""
        return self._histories.rounds

    def frames(
        self, spec: QuerySpec, values: Mapping[str, Any], version: Version, database: Database
    ) -> dict[str, pl.DataFrame]:
        """The frames this question is asked with; none for a question of the present alone."""
        found: dict[str, pl.DataFrame] = {}
        since = _since(spec, values)
        earlier = self._store.at(since) if since else None
        if earlier:
            key = (version, values["as_of"], earlier)
            build = lambda: compared_with(database, self._standings.of(earlier), earlier.day)  # noqa: E731
            found |= self._comparisons.get(key, build)
        past = set(_PAST.findall(spec.sql))
        if past:
            told = self.past().tables(values.get("light"))
            found |= {name: frame for name, frame in told.items() if name in past}
        return found


def _since(spec: QuerySpec, values: Mapping[str, Any]) -> date | None:
    """The day a question compares with: told, or so many days ago; null where it compares with none."""
    found: date | None = None
    if spec.parameter("since"):
        found = values["since"]
    elif _BEFORE.search(spec.sql) and spec.parameter("days"):
        # nothing is older than the calendar
        found = values["as_of"] - timedelta(days=min(values["days"], (values["as_of"] - FRAME_FIRST).days))
    return found
