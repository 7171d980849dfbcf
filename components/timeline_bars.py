"""The bars of one row: in which lane each lies, what is written on it, and where its marks stand.

Lanes follow from all nodes of a project, shown or not: moving or zooming the wall changes no height.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from components import timeline_labels as labels
from components import timeline_lanes as packing
from components.timeline_labels import Extent, Label
from components.timeline_lanes import MEASURES, Density
from components.timeline_window import Window

Record = Mapping[str, Any]
Past = Mapping[tuple[str, str], tuple[date, date]]  # (project id, node) → its days on an earlier day

FLAG_PX: Final = 13
_DAY: Final = timedelta(1)
_RANK: Final = {"red": 0, "yellow": 1}


class Bar(NamedTuple):
    """One node of one project, placed: days cut to the window, `top` px below the board's upper edge.

    `label` is null where there is no room for one. `tick` is the latest finish if shown, `tick_free`
    when nothing lies there, so that it may be drawn over the full height. `ghost` holds the days it
    had on the day compared with, cut to the window; null when they are the same or not known.
    """

    record: Record
    start: date
    finish: date
    top: float
    label: Label | None
    tick: date | None
    tick_free: bool
    ghost: tuple[date, date] | None = None


class Drawn(NamedTuple):
    """A record with its lane, and the part of its days that is shown."""

    record: Record
    start: date
    finish: date
    lane: int


@dataclass(frozen=True)
class Scale:
    """Days to px of one window, and the bars of an earlier day."""

    shown: Window
    width: float
    density: Density
    past: Past

    def px(self, day: date) -> float:
        """Where midnight of this day lies."""
        return self.shown.share(day) * self.width


def laid(records: Sequence[Record], density: Density) -> tuple[list[tuple[Record, int]], int]:
    """Each record that is drawn at all with its lane, and how many lanes the row has."""
    kept = _one_lane(records) if density == "compact" else records
    spans = [packing.Span(*_days(r), bool(r["critical"]), r["state"] == "done") for r in kept]
    lanes = packing.lanes(spans, MEASURES[density].lanes)
    return list(zip(kept, lanes, strict=True)), max(lanes, default=0) + 1


def cut(laid_out: Sequence[tuple[Record, int]], shown: Window) -> list[Drawn]:
    """What touches the window, cut to it."""
    days = [(record, lane, *_days(record)) for record, lane in laid_out]
    return [
        Drawn(record, shown.clamp(start), shown.clamp(finish), lane)
        for record, lane, start, finish in days
        if finish > shown.first and start < shown.last
    ]


def placed(drawn: Sequence[Drawn], top: float, target: date | None, scale: Scale) -> tuple[Bar, ...]:
    """The bars of one row; `top` px is that of its first lane."""
    by_lane: dict[int, list[Drawn]] = {}
    # where a lane is shared the longer bar goes below the shorter one
    for one in sorted(drawn, key=lambda one: (one.start, -(one.finish - one.start).days)):
        by_lane.setdefault(one.lane, []).append(one)
    pitch = MEASURES[scale.density].pitch
    worst = _worst(drawn)
    return tuple(
        bar
        for lane, members in sorted(by_lane.items())
        for bar in _lane(members, top + lane * pitch, target, scale, worst)
    )


def _days(record: Record) -> tuple[date, date]:
    """First and last day of a record; each is a day long at least."""
    return record["start_date"], max(record["finish_date"], record["start_date"] + _DAY)


def _one_lane(records: Sequence[Record]) -> list[Record]:
    """What one lane holds without overlaps: red and yellow first, then the critical chain, then the rest."""
    kept: list[tuple[date, date, Record]] = []
    for record in sorted(
        records, key=lambda r: (_RANK.get(r["light"], 2), not r["critical"], r["start_date"])
    ):
        start, finish = _days(record)
        if all(finish <= a or start >= b for a, b, _ in kept):
            kept.append((start, finish, record))
    return [record for _, _, record in kept]


def _worst(drawn: Sequence[Drawn]) -> Record | None:
    """The first open node among those that lost the most days; it carries the number for the whole chain."""
    behind = [one.record for one in drawn if one.record["state"] != "done" and _float(one.record) < 0]
    return min(behind, key=lambda r: (_float(r), r["start_date"]), default=None)


def _float(record: Record) -> int:
    return int(record["float_workdays"] or 0)


def _name(record: Record, worst: Record | None) -> str:
    """What is written on a bar where there is room."""
    node = str(record["node"])
    return labels.with_lost(node, _float(record)) if record is worst else node


def _lane(
    members: Sequence[Drawn], top: float, target: date | None, scale: Scale, worst: Record | None
) -> list[Bar]:
    """The bars of one lane, from left to right; labels keep off today's line and the target's flag."""
    today = scale.px(scale.shown.as_of)
    avoid = [(today - 2, today + 2)]
    if target is not None:
        avoid.append((scale.px(target) - 2, scale.px(target) + FLAG_PX))
    spans = [(_name(one.record, worst), scale.px(one.start), scale.px(one.finish)) for one in members]
    extents = labels.extents(spans, scale.width, avoid)
    return [
        Bar(one.record, one.start, one.finish, top, extent.label,
            *_tick(one.record, extents, scale), _ghost(one.record, scale))
        for one, extent in zip(members, extents, strict=True)
    ]  # fmt: skip


def _tick(record: Record, extents: Sequence[Extent], scale: Scale) -> tuple[date | None, bool]:
    """The latest finish of a node that is not done, if shown, and whether its place in the lane is free."""
    day = record["latest_finish"]
    if day is None or record["state"] == "done" or not scale.shown.first <= day < scale.shown.last:
        return None, False
    at = scale.px(day)
    return day, all(at < extent.left - 1 or at > extent.right + 1 for extent in extents)


def _ghost(record: Record, scale: Scale) -> tuple[date, date] | None:
    """The days of the earlier plan where they moved, cut to the window; null when none of them is shown."""
    days = scale.past.get((record["project_id"], record["node"])) if scale.past else None
    if days is None or days == (record["start_date"], record["finish_date"]):
        return None
    start, finish = days[0], max(days[1], days[0] + _DAY)
    shown = scale.shown
    return (shown.clamp(start), shown.clamp(finish)) if finish > shown.first and start < shown.last else None
