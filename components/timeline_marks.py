"""What is drawn over and under the bars: latest finishes, the critical chain, targets, today, shading.

Each kind of mark is one path for the whole board: hundreds of ticks as elements of their own would
cost more time than all bars together. Positions are px from the upper left corner.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from html import escape
from itertools import pairwise

from components import timeline_ends, timeline_window
from components.timeline_bars import FLAG_PX, Bar
from components.timeline_board import Board, Row
from components.timeline_ends import Segment, segments
from components.timeline_lanes import MEASURES
from data.closures import Closure


def below(board: Board, bars: Sequence[Bar], spans: Iterable[Closure]) -> list[str]:
    """Marks behind the bars; kinds without any are left out."""
    marks = [_grid(board), _poles(board), timeline_ends.ghosts(board, bars), timeline_ends.tails(board, bars)]
    return [*_shades(board, spans), *_drawn(marks)]


def above(board: Board, bars: Sequence[Bar]) -> list[str]:
    """Marks over the bars; kinds without any are left out."""
    return _drawn(
        [
            _unreported(board, bars),
            timeline_ends.late_done(board, bars),
            timeline_ends.actual(board, bars),
            timeline_ends.lost(board, bars),
            timeline_ends.due(board, bars),
            *timeline_ends.ticks(board, bars),
            _chain(board),
            _progress(board),
            _flags(board),
            _today(board),
        ]
    )


def _drawn(marks: Iterable[tuple[str, str]]) -> list[str]:
    """The paths of (class, path) pairs."""
    return [f'<path class="mark {name}" d="{path}"/>' for name, path in marks if path]


def _upright(board: Board, days: Iterable[date]) -> str:
    return segments(board, ((day, 0, day, board.height) for day in days))


def _shades(board: Board, spans: Iterable[Closure]) -> list[str]:
    """Holidays over the full height; the winter break only lightly, since paperwork goes on."""
    found = []
    for span in timeline_window.visible(spans, board.shown):
        left, right = board.px(span.first), board.px(span.last + timedelta(1))
        place = f'x="{left:.1f}" y="0" width="{right - left:.1f}" height="{board.height}"'
        title = f"<title>{escape(span.word)}</title>"
        found.append(f'<rect class="shade {span.kind}" {place}>{title}</rect>')
    return found


def _grid(board: Board) -> tuple[str, str]:
    """A hair line at every month, in the month zoom at every week."""
    shown = board.shown
    days = timeline_window.weeks(shown) if shown.zoom == "month" else timeline_window.months(shown)
    return "grid", _upright(board, days)


def _with_target(board: Board) -> list[Row]:
    """Rows whose target day is shown."""
    shown = board.shown
    return [
        row
        for row in board.rows
        if row.record["target_date"] is not None and shown.first <= row.record["target_date"] < shown.last
    ]


def _poles(board: Board) -> tuple[str, str]:
    """The pole of each target's flag, behind the bars."""
    days = [(row.record["target_date"], row) for row in _with_target(board)]
    return "pole", segments(board, ((day, row.top + 3, day, row.top + row.height - 3) for day, row in days))


def _flags(board: Board) -> tuple[str, str]:
    """The flag of each target, at the upper edge of its row where no label lies."""
    return "flag", "".join(
        f"M{x:.1f},{row.top + 1}L{x + FLAG_PX:.1f},{row.top + 7}L{x:.1f},{row.top + 13}Z"
        for row in _with_target(board)
        for x in [board.px(row.record["target_date"])]
    )


def _unreported(board: Board, bars: Iterable[Bar]) -> tuple[str, str]:
    """A dashed outline for nodes the ledger does not report."""
    height, x = MEASURES[board.density].bar, board.px
    return "unreported", "".join(
        f"M{x(bar.start):.1f},{bar.top:.1f}H{x(bar.finish):.1f}V{bar.top + height:.1f}H{x(bar.start):.1f}Z"
        for bar in bars
        if not bar.record["reported"] and bar.record["state"] != "done"
    )


def _chain(board: Board) -> tuple[str, str]:
    """The critical chain: a strong line along the upper edge of its bars, joined from bar to bar."""
    lines: list[Segment] = []
    for row in board.rows:
        chain = sorted((bar for bar in row.bars if bar.record["critical"]), key=lambda bar: bar.start)
        lines += [(bar.start, bar.top - 1.5, bar.finish, bar.top - 1.5) for bar in chain]
        lines += [
            (a.finish, a.top - 1.5, b.start, b.top - 1.5)
            for a, b in pairwise(chain)
            if b.start > a.finish and a.top == b.top
        ]
    return "chain", segments(board, lines)


def _progress(board: Board) -> tuple[str, str]:
    """The progress line: today moved by each project's float; left of today is behind."""
    points = []
    for row in board.rows:
        floated = row.record["float_workdays"]
        if floated is not None:
            day = board.shown.clamp(board.shown.as_of + timedelta(round(floated * 7 / 5)))
            points.append(f"{board.px(day):.1f},{row.top + row.height / 2:.1f}")
    return "progress", f"M{'L'.join(points)}" if len(points) > 1 else ""


def _today(board: Board) -> tuple[str, str]:
    """The status-date line; nothing where the window leaves today out."""
    shown = board.shown
    return "today", _upright(board, [shown.as_of] if shown.first <= shown.as_of < shown.last else [])
