"""The wall before it is drawn: every row and bar with its place in px and its label.

Rows become HTML beside the picture and bars become the picture, so both are placed here once: a name
always stands level with its bars.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

import polars as pl

from components import timeline_bars
from components import timeline_labels as labels
from components import timeline_lanes as packing
from components.timeline_bars import Bar, Past, Record
from components.timeline_lanes import MEASURES, Density
from components.timeline_window import Window

NAME_PX: Final = 16.0  # the type size of names, as in assets/timeline.css
NAME_LINE_PX: Final = 22
CAPTION_LINE_PX: Final = 18
GROUP_PX: Final = 40  # the height of a group's own row


@dataclass(frozen=True)
class Row:
    """One project, placed: `top` and `height` in px; `bars` may be empty (not scheduled, or not shown).

    `heads_group` when the row of its group stands above it, `GROUP_PX` high.
    """

    record: Record
    top: int
    height: int
    bars: tuple[Bar, ...]
    heads_group: bool = False


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
class Extra:
    """What a wall may show besides: an earlier day's plan, and the rows above which a group's row stands."""

    past: Past = field(default_factory=dict)
    heads: Collection[str] = ()


def board(
    rows: pl.DataFrame,
    bars: pl.DataFrame,
    shown: Window,
    room: Room,
    density: Density = "normal",
    caption: Callable[[Record], str] = lambda record: "",
    extra: Extra | None = None,
) -> Board:
    """The placed wall from query frames `timeline` and `timeline_bars`; rows keep the frame's order.

    `caption` is what stands below a project's name; rows are high enough for both.
    """
    extra = extra or Extra()
    by_project = _by_project(bars)
    scale = timeline_bars.Scale(shown, room.plot, density, extra.past)
    placed: list[Row] = []
    top = 0
    for record in rows.iter_rows(named=True):
        laid_out, lane_count = timeline_bars.laid(by_project.get(record["project_id"], []), density)
        words = _words_px(record["project_name"], "" if density == "compact" else caption(record), room)
        height = max(packing.row_height(lane_count, density), words)
        heads_group = record["project_id"] in extra.heads
        top += GROUP_PX if heads_group else 0
        # the lanes stand in the middle of the row
        first_lane = top + (height - MEASURES[density].pitch * lane_count) / 2 + 2
        drawn = timeline_bars.cut(laid_out, shown)
        found = timeline_bars.placed(drawn, first_lane, record["target_date"], scale)
        placed.append(Row(record, top, height, found, heads_group))
        top += height
    return Board(tuple(placed), shown, density, room.plot, top)


def _by_project(bars: pl.DataFrame) -> Mapping[str, list[Record]]:
    """The nodes of each project that apply and have both dates."""
    found: dict[str, list[Record]] = {}
    for record in bars.iter_rows(named=True):
        dated = record["start_date"] is not None and record["finish_date"] is not None
        if dated and record["state"] != "not_applicable":
            found.setdefault(record["project_id"], []).append(record)
    return found


def _words_px(name: str, caption: str, room: Room) -> int:
    """The height a name and its caption take."""
    name_lines = labels.lines(name, NAME_PX, room.name)
    caption_lines = labels.lines(caption, labels.FONT_PX, room.name)
    return NAME_LINE_PX * name_lines + CAPTION_LINE_PX * caption_lines + 8
