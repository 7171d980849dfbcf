"""One box for everything: projects, leaders, firms and regions by name, number or pinyin initials.

What can be found is made ready once a snapshot and status date; a key press only asks it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

import numpy as np
import polars as pl

from data.database import Pool
from data.initials import AT_START, INSIDE, WHOLE, Ranks, Texts
from data.query import Queries, queries

KEPT: Final = 2
# what is looked through for each kind of thing; the rest of a row is only shown
_FIELDS: Final = {
    "project": ("name", "project_id", "project_code"),
    "leader": ("name",),
    "firm": ("name",),
    "region": ("name",),
}


@dataclass(frozen=True)
class Found:
    """Things of one kind: `rows` of `search_entries`, the best first, and how many there are in all."""

    kind: str
    rows: pl.DataFrame
    total: int


class Entries:
    """What can be found in one snapshot on one day."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._kinds = {
            kind: (rows, [Texts(rows[field]) for field in fields])
            for kind, fields in _FIELDS.items()
            if not (rows := frame.filter(pl.col("found") == kind)).is_empty()
        }

    def find(self, typed: str, limit: int) -> list[Found]:
        """The kinds in which something was found, at most `limit` rows of each."""
        return [
            Found(kind, rows[chosen], total)
            for kind, (rows, texts) in self._kinds.items()
            for chosen, total in (_best(texts, typed, limit),)
            if total
        ]


def _best(texts: list[Texts], typed: str, limit: int) -> tuple[list[int], int]:
    """Row numbers: whole names first, then beginnings, then what is inside; equal ones in their order."""
    ranks: Ranks = np.maximum.reduce([text.find(typed) for text in texts])
    chosen: list[int] = []
    for rank in (WHOLE, AT_START, INSIDE):
        if len(chosen) < limit:
            chosen += np.flatnonzero(ranks == rank)[: limit - len(chosen)].tolist()
    return chosen, int(np.count_nonzero(ranks))


class Search:
    """Finds things of the snapshot that answers for a day; safe to ask from any thread."""

    def __init__(self, asked: Queries) -> None:
        self._queries = asked
        self._entries: Pool[tuple[object, ...], Entries] = Pool(KEPT)

    def find(self, typed: str, limit: int, as_of: date | str | None = None) -> list[Found]:
        """What was found; [] for nothing typed. SnapshotError and BadParameter as of `Queries.run`."""
        if not typed.strip():
            return []
        return self.entries(as_of).find(typed, limit)

    def entries(self, as_of: date | str | None = None) -> Entries:
        """What can be found, made ready at the first time."""
        key = (self._queries.state(), str(as_of))
        return self._entries.get(key, lambda: Entries(self._queries.run("search_entries", as_of=as_of)))


@cache
def search() -> Search:
    """The process's search box over the process's questions."""
    return Search(queries())
