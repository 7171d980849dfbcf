"""What is drawn over and under the bars: latest finishes, the critical chain, targets, today, shading.

Each kind of mark is one path for the whole board: hundreds of ticks as traces would cost more time
than all bars together. Positions are shares of the width (x) and px from the upper edge (y).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

from components import timeline_window
from components.theme import Colours
from components.timeline_board import FLAG_PX, Bar, Board, Row
from components.timeline_lanes import MEASURES
from data.closures import Closure

Shape = dict[str, Any]
Segment = tuple[date, float, date, float]

_TICK_PX: Final = 5  # how far a tick reaches below its bar


def shapes(board: Board, spans: Iterable[Closure], colours: Colours) -> list[Shape]:
    """All marks of a board, those below the bars first; kinds without any mark are left out."""
    bars = [bar for row in board.rows for bar in row.bars]
    made = [
        *_shades(board, spans, colours),
        _poles(board, colours),
        _unreported(board, bars, colours),
        _late_done(board, bars, colours),
        _lost(board, bars, colours),
        *_ticks(board, bars, colours),
        _chain(board, colours),
        _progress(board, colours),
        _flags(board, colours),
        _today(board, colours),
    ]
    return [shape for shape in made if shape.get("path") != ""]


def _path(name: str, path: str, **style: Any) -> Shape:
    return {"type": "path", "name": name, "xref": "paper", "yref": "y", "path": path} | style


def _segments(board: Board, segments: Iterable[Segment]) -> str:
    x = board.shown.share
    return "".join(f"M{x(a):.5f},{y:.1f}L{x(b):.5f},{z:.1f}" for a, y, b, z in segments)


def _shades(board: Board, spans: Iterable[Closure], colours: Colours) -> list[Shape]:
    """Holidays over the full height; the winter break only lightly, since paperwork goes on."""
    return [
        {
            "type": "rect",
            "name": span.word,
            "layer": "below",
            "line": {"width": 0},
            "xref": "x",
            "yref": "paper",
            "x0": span.first.isoformat(),
            "x1": (span.last + timedelta(1)).isoformat(),
            "y0": 0,
            "y1": 1,
            "fillcolor": colours.grey_tint,
            "opacity": 0.9 if span.kind == "holiday" else 0.4,
        }
        for span in timeline_window.visible(spans, board.shown)
    ]


def _with_target(board: Board) -> list[Row]:
    """Rows whose target day is shown."""
    shown = board.shown
    return [
        row
        for row in board.rows
        if row.record["target_date"] is not None and shown.first <= row.record["target_date"] < shown.last
    ]


def _poles(board: Board, colours: Colours) -> Shape:
    """The pole of each target's flag, behind the bars."""
    rows = _with_target(board)
    days = [(row.record["target_date"], row) for row in rows]
    path = _segments(board, ((day, row.top + 3, day, row.top + row.height - 3) for day, row in days))
    return _path("目标", path, layer="below", line={"color": colours.ink, "width": 2})


def _flags(board: Board, colours: Colours) -> Shape:
    """The flag of each target, at the upper edge of its row where no label lies."""
    step = FLAG_PX / board.width
    path = "".join(
        f"M{x:.5f},{row.top + 1}L{x + step:.5f},{row.top + 7}L{x:.5f},{row.top + 13}Z"
        for row in _with_target(board)
        for x in [board.shown.share(row.record["target_date"])]
    )
    style = {"fillcolor": colours.ink, "line": {"color": colours.paper, "width": 1}}
    return _path("目标旗", path, layer="above", **style)


def _unreported(board: Board, bars: Iterable[Bar], colours: Colours) -> Shape:
    """A dashed outline for nodes the ledger does not report."""
    height, x = MEASURES[board.density].bar, board.shown.share
    path = "".join(
        f"M{x(bar.start):.5f},{bar.top:.1f}H{x(bar.finish):.5f}V{bar.top + height:.1f}H{x(bar.start):.5f}Z"
        for bar in bars
        if not bar.record["reported"] and bar.record["state"] != "done"
    )
    return _path("台账未报", path, layer="above", line={"color": colours.grey, "width": 1, "dash": "3px,3px"})


def _late_done(board: Board, bars: Iterable[Bar], colours: Colours) -> Shape:
    """A corner at the end of nodes that were done after their due day."""
    height, step = MEASURES[board.density].bar, 8 / board.width
    path = "".join(
        f"M{x:.5f},{y:.1f}L{x - step:.5f},{y:.1f}L{x:.5f},{y - 8:.1f}Z"
        for bar in bars
        if bar.record["state"] == "done" and (bar.record["done_late_days"] or 0) > 0
        for x, y in [(board.shown.share(bar.finish), bar.top + height)]
    )
    return _path("超期办结", path, layer="above", fillcolor=colours.yellow, line={"width": 0})


def _lost(board: Board, bars: Iterable[Bar], colours: Colours) -> Shape:
    """Days already lost: from latest to forecast finish, below bars that are being worked on."""
    height = MEASURES[board.density].bar
    path = _segments(
        board,
        (
            (bar.tick, bar.top + height + 3, bar.finish, bar.top + height + 3)
            for bar in bars
            if bar.tick is not None and bar.record["state"] == "running" and bar.tick < bar.finish
        ),
    )
    return _path("已误天数", path, layer="above", line={"color": colours.red, "width": 2, "dash": "4px,3px"})


def _ticks(board: Board, bars: Iterable[Bar], colours: Colours) -> list[Shape]:
    """Latest finishes: below the bar, over the full height only where neither bar nor label lies."""
    height = MEASURES[board.density].bar
    late: list[Segment] = []
    ahead: list[Segment] = []
    for bar in bars:
        if bar.tick is not None:
            top = bar.top if bar.tick_free else bar.top + height
            segments = late if (bar.record["float_workdays"] or 0) < 0 else ahead
            segments.append((bar.tick, top, bar.tick, bar.top + height + _TICK_PX))
    return [
        _path("最迟完成", _segments(board, ahead), layer="above", line={"color": colours.ink, "width": 2.5}),
        _path(
            "最迟完成(已误)", _segments(board, late), layer="above", line={"color": colours.red, "width": 2.5}
        ),
    ]


def _chain(board: Board, colours: Colours) -> Shape:
    """The critical chain: a strong line along the upper edge of its bars, joined from bar to bar."""
    segments: list[Segment] = []
    for row in board.rows:
        chain = sorted((bar for bar in row.bars if bar.record["critical"]), key=lambda bar: bar.start)
        segments += [(bar.start, bar.top - 1.5, bar.finish, bar.top - 1.5) for bar in chain]
        segments += [
            (a.finish, a.top - 1.5, b.start, b.top - 1.5)
            for a, b in pairwise(chain)
            if b.start > a.finish and a.top == b.top
        ]
    return _path(
        "关键链", _segments(board, segments), layer="above", line={"color": colours.ink, "width": 2.5}
    )


def _progress(board: Board, colours: Colours) -> Shape:
    """The progress line: today moved by each project's float; left of today is behind."""
    points = []
    for row in board.rows:
        floated = row.record["float_workdays"]
        if floated is not None:
            day = board.shown.clamp(board.shown.as_of + timedelta(round(floated * 7 / 5)))
            points.append(f"{board.shown.share(day):.5f},{row.top + row.height / 2:.1f}")
    path = f"M{'L'.join(points)}" if len(points) > 1 else ""
    return _path("进度线", path, layer="above", opacity=0.5, line={"color": colours.red, "width": 1.5})


def _today(board: Board, colours: Colours) -> Shape:
    """The status-date line."""
    at = board.shown.as_of.isoformat()
    return {
        "type": "line", "name": "今天", "xref": "x", "yref": "paper", "x0": at, "x1": at, "y0": 0, "y1": 1,
        "line": {"color": colours.accent, "width": 2.5},
    }  # fmt: skip
