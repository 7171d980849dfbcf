"""A line no higher than two rows of text: how one number went over many snapshots."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from components import formats
from components.markup import Drawing, html_of
from components.twin import Twin, some

# the day of a snapshot, and the ratio then
Point = tuple[date, float | None]

WIDTH: Final = 100.0
HEIGHT: Final = 30.0
# the line keeps this far from the edges, so that its thickness isn't cut
MARGIN: Final = 3.0


def drawn(points: Sequence[Point], name: str) -> Drawing:
    """The line of a ratio and its table, the last value a dot, nulls gaps; nothing for fewer than two."""
    values = [value for _, value in points]
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return Drawing("")
    words = twin(points, name)
    return Drawing(_svg(values, known, words) + html_of(words.table()))


def twin(points: Sequence[Point], name: str) -> Twin:
    """What the line says in words: where it began, where it is, and some of the days between."""
    known = [value for _, value in points if value is not None]
    told = f"{name}走势:最近 {len(points)} 次快照由 {formats.ratio(known[0])} 到 {formats.ratio(known[-1])}"
    rows = [(formats.short_day(day), formats.ratio(value)) for day, value in some(points)]
    return Twin(told, ("快照日", name), rows)


def _svg(values: Sequence[float | None], known: Sequence[float], words: Twin) -> str:
    points = list(_points(values, min(known), max(known)))
    lines = "".join(f'<polyline points="{" ".join(run)}"/>' for run in _runs(points))
    last = next(point for point in reversed(points) if point)
    dot = f'<path class="dot" d="M{last.replace(",", " ")}h0"/>'
    view = f'viewBox="0 0 {WIDTH:g} {HEIGHT:g}" preserveAspectRatio="none"'
    return f'<svg class="sparkline" {view} {words.name}>{lines}{dot}</svg>'


def _points(values: Sequence[float | None], low: float, high: float) -> list[str | None]:
    """Where each value lies, "x,y"; a line that never moved lies in the middle."""
    room, step = HEIGHT - 2 * MARGIN, (WIDTH - 2 * MARGIN) / (len(values) - 1)
    share = [None if v is None else (v - low) / (high - low) if high > low else 0.5 for v in values]
    return [
        None if s is None else f"{MARGIN + n * step:.2f},{HEIGHT - MARGIN - s * room:.2f}"
        for n, s in enumerate(share)
    ]


def _runs(points: Sequence[str | None]) -> list[list[str]]:
    """The points between gaps."""
    runs: list[list[str]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]
