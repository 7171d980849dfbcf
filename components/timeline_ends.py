"""What the ends of bars say: actual, promised and latest finish, float and lost days, an earlier plan.

Each kind of mark is one path for the whole board, as in components/timeline_marks.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from components.timeline_bars import Bar
from components.timeline_board import Board
from components.timeline_lanes import MEASURES

Segment = tuple[date, float, date, float]  # from a day at y to a day at y

_TICK_PX: Final = 5  # how far a tick reaches below its bar


def segments(board: Board, lines: Iterable[Segment]) -> str:
    """The path of straight lines."""
    px = board.px
    return "".join([f"M{px(a):.1f},{y:.1f}L{px(b):.1f},{z:.1f}" for a, y, b, z in lines])


def late_done(board: Board, bars: Iterable[Bar]) -> tuple[str, str]:
    """A corner at the end of nodes that were done after their due day."""
    height = MEASURES[board.density].bar
    return "late-done", "".join(
        f"M{x:.1f},{y:.1f}L{x - 8:.1f},{y:.1f}L{x:.1f},{y - 8:.1f}Z"
        for bar in bars
        if bar.record["state"] == "done" and (bar.record["done_late_days"] or 0) > 0
        for x, y in [(board.px(bar.finish), bar.top + height)]
    )


def ghosts(board: Board, bars: Iterable[Bar]) -> tuple[str, str]:
    """The plan of the day compared with: a pale bar behind today's, a little higher, where days moved."""
    height, x = MEASURES[board.density].bar, board.px
    return "ghost", "".join(
        f"M{x(bar.ghost[0]):.1f},{bar.top - 2:.1f}H{x(bar.ghost[1]):.1f}V{bar.top + height + 2:.1f}"
        f"H{x(bar.ghost[0]):.1f}Z"
        for bar in bars
        if bar.ghost is not None
    )


def tails(board: Board, bars: Iterable[Bar]) -> tuple[str, str]:
    """Float: a thin tail along the lower edge, from the forecast to the latest finish."""
    height = MEASURES[board.density].bar
    days = ((bar, _last_day(board, bar)) for bar in bars if bar.record["state"] != "done")
    return "tail", segments(
        board,
        (
            (bar.finish, bar.top + height - 1.5, last, bar.top + height - 1.5)
            for bar, last in days
            if last is not None and bar.finish < last
        ),
    )


def _last_day(board: Board, bar: Bar) -> date | None:
    """The latest finish, at the window's edge when it lies outside; null when there is none."""
    day = bar.record["latest_finish"]
    return None if day is None else board.shown.clamp(day)


def lost(board: Board, bars: Iterable[Bar]) -> tuple[str, str]:
    """Negative float: a red tail below a bar that isn't done, back from its forecast to its latest finish."""
    height = MEASURES[board.density].bar
    days = ((bar, _last_day(board, bar)) for bar in bars if bar.record["state"] != "done")
    return "lost", segments(
        board,
        (
            (max(last, bar.start), bar.top + height + 2, bar.finish, bar.top + height + 2)
            for bar, last in days
            if last is not None and last < bar.finish
        ),
    )


def actual(board: Board, bars: Iterable[Bar]) -> tuple[str, str]:
    """A cap at the end of what is done: that day is a fact, every other end is a forecast."""
    height, shown = MEASURES[board.density].bar, board.shown
    return "actual", segments(
        board,
        (
            (bar.finish, bar.top, bar.finish, bar.top + height)
            for bar in bars
            if bar.record["state"] == "done" and bar.record["finish_date"] < shown.last
        ),
    )


def due(board: Board, bars: Iterable[Bar]) -> tuple[str, str]:
    """A diamond below an open bar on its promised or planned day; the network's own day is the tick."""
    height, shown = MEASURES[board.density].bar, board.shown
    return "due", "".join(
        f"M{x:.1f},{y - 4:.1f}l4,4l-4,4l-4,-4Z"
        for bar in bars
        if bar.record["state"] != "done" and bar.record["due_basis"] not in (None, "倒排")
        if bar.record["due_date"] is not None and shown.first <= bar.record["due_date"] < shown.last
        for x, y in [(board.px(bar.record["due_date"]), bar.top + height + 1)]
    )


def ticks(board: Board, bars: Iterable[Bar]) -> list[tuple[str, str]]:
    """Latest finishes: below the bar, over the full height only where neither bar nor label lies."""
    height = MEASURES[board.density].bar
    late: list[Segment] = []
    ahead: list[Segment] = []
    for bar in bars:
        if bar.tick is not None:
            top = bar.top if bar.tick_free else bar.top + height
            lines = late if (bar.record["float_workdays"] or 0) < 0 else ahead
            lines.append((bar.tick, top, bar.tick, bar.top + height + _TICK_PX))
    return [("tick", segments(board, ahead)), ("tick late", segments(board, late))]
