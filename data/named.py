"""Praise and criticism by name as a proposal: what the figures suggest, and what a person confirmed of it.

Nobody is named by the program: an entry counts only after somebody confirmed it (domain.md §6).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import polars as pl

from data.record import Record
from data.rhythms import Meeting

Kind = Literal["praise", "criticism"]

# defaults: how far one must have moved, and how much one must have done, to be proposed
MOVED_PLACES: Final = 2
DONE_NODES: Final = 3
NEW_OVERDUE: Final = 2
RED_PROJECTS: Final = 3
# leaders proposed for either
MOST_LEADERS: Final = 3
# the group of `change_groups` for projects whose region or leader the ledger doesn't say
NOBODY: Final = "未填"
# with fewer of a kind a last place says nothing
RANKED_AT_LEAST: Final = 3

_Row = Mapping[str, Any]


@dataclass(frozen=True)
class Named:
    """Somebody proposed for praise or criticism: a county, park or leader, with the figures as the reason.
    `confirmed` is whether a person has confirmed it for this meeting."""

    kind: Kind
    name: str
    words: str
    confirmed: bool = False

    @property
    def key(self) -> str:
        """What the record calls it."""
        return f"{self.kind}:{self.name}"


def proposed(regions: pl.DataFrame, leaders: pl.DataFrame) -> list[Named]:
    """Praise first; from rows of `change_groups` by region and by leader."""
    found: list[Named] = []
    regions, leaders = (rows.filter(pl.col("group") != NOBODY) for rows in (regions, leaders))
    for (_kind,), own in regions.sort("region_kind", "rank", nulls_last=True).group_by(
        "region_kind", maintain_order=True
    ):
        ranked = own.filter(pl.col("rank").is_not_null())
        found += [one for row in ranked.iter_rows(named=True) for one in _region(row, ranked)]
    busiest = leaders.sort("done_nodes", descending=True, maintain_order=True).iter_rows(named=True)
    latest = leaders.sort("newly_overdue", "red", descending=True, maintain_order=True).iter_rows(named=True)
    found += [one for row in busiest for one in _praised(row)][:MOST_LEADERS]
    found += [one for row in latest for one in _criticised(row)][:MOST_LEADERS]
    return sorted(found, key=lambda one: one.kind == "criticism")


def _region(row: _Row, ranked: pl.DataFrame) -> list[Named]:
    counted = f"开复工 {row['started_numerator']}/{row['started_denominator']} 个"
    words = f"{row['region_kind'] or '同类'}第 {row['rank']} 名,{counted}{moved_words(row['moved'])}"
    enough = ranked.height >= RANKED_AT_LEAST
    moved = row["moved"] or 0
    if (row["rank"] == ranked["rank"].min() and enough) or moved >= MOVED_PLACES:
        return [Named("praise", row["group"], words)]
    if (row["rank"] == ranked["rank"].max() and enough) or moved <= -MOVED_PLACES:
        return [Named("criticism", row["group"], words)]
    return []


def moved_words(moved: int | None) -> str:
    """ ",上升 2 位"; nothing where it stayed or had no place before."""
    if not moved:
        return ""
    return f",{'上升' if moved > 0 else '下降'} {abs(moved)} 位"


def _praised(row: _Row) -> list[Named]:
    if row["done_nodes"] < DONE_NODES or row["newly_overdue"] or row["red"]:
        return []
    return [Named("praise", row["group"], f"上次会后办结 {row['done_nodes']} 项,没有逾期")]


def _criticised(row: _Row) -> list[Named]:
    fresh, red = row["newly_overdue"], row["red"]
    if fresh < NEW_OVERDUE and red < RED_PROJECTS:
        return []
    return [Named("criticism", row["group"], f"红灯项目 {red} 个,上次会后新增逾期 {fresh} 项")]


def with_confirmed(found: Sequence[Named], record: Record, meeting: Meeting) -> list[Named]:
    """The proposals with what was confirmed; confirmed ones that are no longer proposed stay as confirmed."""
    stands: dict[str, Named] = {}
    for event in record.file.events("named", meeting.subject):
        body = event.body
        one = Named(body["kind"], body["name"], body["words"], confirmed=body["confirmed"])
        stands[one.key] = one
    shown = [stands[one.key] if stands.get(one.key, one).confirmed else one for one in found]
    listed = {one.key for one in shown}
    return [*shown, *(one for one in stands.values() if one.confirmed and one.key not in listed)]


def confirm(record: Record, meeting: Meeting, one: Named, by: str | None = None) -> None:
    """Keep that a person confirmed this entry, or took the confirmation back (`confirmed` false)."""
    body = {"kind": one.kind, "name": one.name, "words": one.words, "confirmed": one.confirmed}
    record.note("named", meeting.subject, body, by)
