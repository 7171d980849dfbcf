"""The wall before it is drawn: every row and bar with its place in px and its label.

Rows become HTML beside the picture and bars become the picture, so both are placed here once: a name
always stands level with its bars.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

import polars as pl

from components import timeline_labels as labels
from components import timeline_lanes as packing
from components.timeline_labels import Extent, Label
from components.timeline_lanes import MEASURES, Density
from components.timeline_window import Window

Record = Mapping[str, Any]

Drawn = tuple[Record, date, date]  # a record with the part of its days that is shown

NAME_PX: Final = 16.0  # the type size of names, as in assets/timeline.css
NAME_LINE_PX: Final = 22
CAPTION_LINE_PX: Final = 18
FLAG_PX: Final = 13
_DAY: Final = timedelta(1)
_RANK: Final = {"red": 0, "yellow": 1}


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

    @cached_property
    def _px_per_day(self) -> float:
        return self.width / self.shown.days

    def px(self, day: date) -> float:
        """Where midnight of this day lies, from the left edge; outside 0…width when not shown."""
        return (day - self.shown.first).days * self._px_per_day


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
    rows: pl.DataFrame,
    bars: pl.DataFrame,
    shown: Window,
    room: Room,
    density: Density = "normal",
    caption: Callable[[Record], str] = lambda record: "",
) -> Board:
    """The placed wall from query frames `timeline` and `timeline_bars`; rows keep the frame's order.

    `caption` is what stands below a project's name; rows are high enough for both.
    """
    by_project: dict[str, list[Record]] = {}
    for record in _shown(bars, shown).iter_rows(named=True):
        by_project.setdefault(record["project_id"], []).append(record)
    scale = _Scale(shown, room.plot)
    placed: list[Row] = []
    top = 0
    for record in rows.iter_rows(named=True):
        drawn = _drawn(by_project.get(record["project_id"], []), shown)
        drawn = _one_lane(drawn) if density == "compact" else drawn
        spans = [packing.Span(s, f, bool(r["critical"]), r["state"] == "done") for r, s, f in drawn]
        lanes = packing.lanes(spans, MEASURES[density].lanes)
        words = _words_px(record["project_name"], "" if density == "compact" else caption(record), room)
        height = max(packing.row_height(max(lanes, default=0) + 1, density), words)
        placed.append(
            Row(
                record, top, height, _bars(drawn, lanes, (top, height), record["target_date"], scale, density)
            )
        )
        top += height
    return Board(tuple(placed), shown, density, room.plot, top)


def _words_px(name: str, caption: str, room: Room) -> int:
    """The height a name and its caption take."""
    name_lines = labels.lines(name, NAME_PX, room.name)
    caption_lines = labels.lines(caption, labels.FONT_PX, room.name)
    return NAME_LINE_PX * name_lines + CAPTION_LINE_PX * caption_lines + 8


def _shown(bars: pl.DataFrame, shown: Window) -> pl.DataFrame:
    """The bars with both dates that touch the window."""
    start, finish = pl.col("start_date"), pl.col("finish_date")
    least = pl.max_horizontal(finish, start.dt.offset_by("1d"))
    touches = finish.is_not_null() & (least > shown.first) & (start < shown.last)
    return bars.filter(touches & (pl.col("state") != "not_applicable"))


def _drawn(records: Sequence[Record], shown: Window) -> list[Drawn]:
    """Records with their days cut to the window; each is a day long at least."""
    days = [(r, r["start_date"], max(r["finish_date"], r["start_date"] + _DAY)) for r in records]
    return [(record, shown.clamp(start), shown.clamp(finish)) for record, start, finish in days]


def _one_lane(drawn: Sequence[Drawn]) -> list[Drawn]:
    """What one lane holds without overlaps: red and yellow first, then the critical chain, then the rest."""
    kept: list[Drawn] = []
    for item in sorted(
        drawn, key=lambda item: (_RANK.get(item[0]["light"], 2), not item[0]["critical"], item[1])
    ):
        if all(item[2] <= start or item[1] >= finish for _, start, finish in kept):
            kept.append(item)
    return kept


def _bars(
    drawn: Sequence[Drawn],
    lanes: Sequence[int],
    place: tuple[int, int],
    target: date | None,
    scale: _Scale,
    density: Density,
) -> tuple[Bar, ...]:
    """The bars of one row at (top, height); its lanes are centred in it."""
    m = MEASURES[density]
    row_top, row_height = place
    inset = (row_height - m.pitch * (max(lanes, default=0) + 1)) / 2 + 2
    by_lane: dict[int, list[Drawn]] = {}
    # where a lane is shared the longer bar goes below the shorter one
    for i in sorted(range(len(drawn)), key=lambda i: (drawn[i][1], -(drawn[i][2] - drawn[i][1]).days)):
        by_lane.setdefault(lanes[i], []).append(drawn[i])
    bars: list[Bar] = []
    for lane, members in sorted(by_lane.items()):
        bars += _lane(members, row_top + inset + lane * m.pitch, target, scale)
    return tuple(bars)


def _lane(members: Sequence[Drawn], top: float, target: date | None, scale: _Scale) -> list[Bar]:
    """The bars of one lane, from left to right; labels keep off today's line and the target's flag."""
    today = scale.px(scale.shown.as_of)
    avoid = [(today - 2, today + 2)]
    if target is not None:
        avoid.append((scale.px(target) - 2, scale.px(target) + FLAG_PX))
    spans = [(str(r["node"]), scale.px(s), scale.px(f)) for r, s, f in members]
    extents = labels.extents(spans, scale.width, avoid)
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
