"""Rows and picture of one window of the wall, and of the windows that follow it when one scrolls on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Final

from components import timeline, timeline_board, wall_groups, wall_link, wall_rows
from components.markup import Drawing
from components.timeline_board import Extra, Room
from components.timeline_window import Window
from components.wall_data import Found
from data.closures import Closure, closures
from data.settings import settings

NARROW_NAME_PX: Final = 120


@dataclass(frozen=True)
class Picture:
    """The rows' HTML, the SVG beside them on the same px grid, and the stretch of time they show."""

    rows: Drawing
    plot: Drawing
    shown: Window
    closed: Sequence[Closure]


def drawn(found: Found, search: str, room: Room, chunk: bool = False) -> Picture:
    """The picture of what was found, with at least one row; pure but for today's date.

    A `chunk` follows another window, which has already named the group it begins in.
    """
    view, shown = wall_link.view(search), wall_link.window(search)
    closed = _closed(shown.first, shown.last, settings().winter_break)
    heads = wall_groups.heads(found.rows, found.groups, view, chunk)
    caption = partial(wall_rows.caption, narrow=narrow(room), before=found.before)
    extra = Extra(found.past, heads)
    board = timeline_board.board(found.rows, found.bars, shown, room, view.density, caption, extra)
    told = wall_rows.Told(heads, found.before)
    rows = wall_rows.rows(board, search, narrow(room), told)
    return Picture(rows, timeline.picture(board, closed, wall_rows.PLACE), shown, closed)


@lru_cache(64)
def _closed(first: date, last: date, winter_break: str | None) -> tuple[Closure, ...]:
    return tuple(closures(first, last, winter_break))


def narrow(room: Room) -> bool:
    """Whether only the most important words fit beside the bars (a phone)."""
    return room.name < NARROW_NAME_PX
