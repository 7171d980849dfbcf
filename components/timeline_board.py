"""The wall before it is drawn: every row and bar with its place in px and its label, nothing of plotly.

Rows become HTML beside the figure and bars become the figure, so both are placed here once: a name
always stands level with its bars.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from components import timeline_labels as labels
from components import timeline_lanes as packing
from components.timeline_labels import Extent, Label
from components.timeline_lanes import MEASURES, Density
from components.timeline_window import Window

Record = Mapping[str, Any]

NAME_PX: Final = 16.0  # the type size of names, as in assets/timeline.css


@dataclass(frozen=True)
class Bar:
    """One node of one project, placed: days cut to the window, `top` px below the board's upper edge.

    `label` is null where there is no room for one. `tick` is the latest finish if shown, `tick_free`
    when nothing lies there, so that it may be drawn over the full height.
    """

    record: Record
    start: date
    finish: date
    top: float
    label: Label | None
    tick: date | None
    tick_free: bool


@dataclass(frozen=True)
class Row:
    """One project, placed: `top` and `height` in px; `bars` may be empty (not scheduled, or not shown)."""

    record: Record
    top: int
    height: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Board:
    """The rows of one window of the wall, drawn `width` px wide and `height` px high."""

    rows: tuple[Row, ...]
    shown: Window
    density: Density
    width: float
    height: int

    @property
    def px_per_day(self) -> float:
        """Width of a day."""
        return self.width / self.shown.days


@dataclass(frozen=True)
class Room:
    """How wide the screen leaves things, in px: the plot, and a project's name on its left."""

    plot: float = 1060.0
    name: float = 230.0


@dataclass(frozen=True)
class _Scale:
    """Days to px of one window."""

    shown: Window
    width: float

    def px(self, day: date) -> float:
        return self.shown.share(day) * self.width


def board(
    rows: pl.DataFrame, bars: pl.DataFrame, shown: Window, room: Room, density: Density = "normal"
) -> Board:
    """The placed wall from query frames `timeline` and `timeline_bars`; rows keep the frame's order."""
    by_project: dict[str, list[Record]] = {}
    for record in bars.iter_rows(named=True):
        by_project.setdefault(record["project_id"], []).append(record)
    scale = _Scale(shown, room.plot)
    placed: list[Row] = []
    top = 0
    for record in rows.iter_rows(named=True):
        drawn = _drawn(by_project.get(record["project_id"], []), shown, density)
        spans = [packing.Span(s, f, bool(r["critical"]), r["state"] == "done") for r, s, f in drawn]
        lanes = packing.lanes(spans, MEASURES[density].lanes)
        name_lines = 1 if labels.text_px(record["project_name"], NAME_PX) <= room.name else 2
        height = packing.row_height(max(lanes, default=0) + 1, name_lines, density)
        placed.append(Row(record, top, height, _bars(drawn, lanes, (top, height), scale, density)))
        top += height
    return Board(tuple(placed), shown, density, room.plot, top)


def _drawn(records: Sequence[Record], shown: Window, density: Density) -> list[tuple[Record, date, date]]:
    """Records with both dates that touch the window, cut to it; compact rows keep what fits one lane."""
    drawn = []
    for record in records:
        start, finish = record["start_date"], record["finish_date"]
        if start is None or finish is None or record["state"] == "not_applicable":
            continue
        if density == "compact" and not (record["critical"] or record["state"] in ("running", "done")):
            continue
        finish = max(finish, start + timedelta(1))
        if finish > shown.first and start < shown.last:
            drawn.append((record, shown.clamp(start), shown.clamp(finish)))
    return drawn


def _bars(
    drawn: Sequence[tuple[Record, date, date]],
    lanes: Sequence[int],
    place: tuple[int, int],
    scale: _Scale,
    density: Density,
) -> tuple[Bar, ...]:
    """The bars of one row at (top, height); its lanes are centred in it."""
    m = MEASURES[density]
    row_top, row_height = place
    inset = (row_height - m.pitch * (max(lanes, default=0) + 1)) / 2 + 2
    by_lane: dict[int, list[tuple[Record, date, date]]] = {}
    # where a lane is shared the longer bar goes below the shorter one
    for i in sorted(range(len(drawn)), key=lambda i: (drawn[i][1], -(drawn[i][2] - drawn[i][1]).days)):
        by_lane.setdefault(lanes[i], []).append(drawn[i])
    bars: list[Bar] = []
    for lane, members in sorted(by_lane.items()):
        bars += _lane(members, row_top + inset + lane * m.pitch, scale)
    return tuple(bars)


def _lane(members: Sequence[tuple[Record, date, date]], top: float, scale: _Scale) -> list[Bar]:
    """The bars of one lane, from left to right."""
    spans = [(str(r["node"]), scale.px(s), scale.px(f)) for r, s, f in members]
    extents = labels.extents(spans, scale.width, scale.px(scale.shown.as_of))
    return [
        Bar(record, start, finish, top, extent.label, *_tick(record, extents, scale))
        for (record, start, finish), extent in zip(members, extents, strict=True)
    ]


def _tick(record: Record, extents: Sequence[Extent], scale: _Scale) -> tuple[date | None, bool]:
    """The latest finish of a node that is not done, if shown, and whether its place in the lane is free."""
    day = record["latest_finish"]
    if day is None or record["state"] == "done" or not scale.shown.first <= day < scale.shown.last:
        return None, False
    at = scale.px(day)
    return day, all(at < extent.left - 1 or at > extent.right + 1 for extent in extents)
