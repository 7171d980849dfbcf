"""A line no higher than two rows of text: how one number went over many snapshots."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from components.markup import Drawing

WIDTH: Final = 100.0
HEIGHT: Final = 30.0
# the line keeps this far from the edges, so that its thickness isn't cut
MARGIN: Final = 3.0


def drawn(values: Sequence[float | None], label: str) -> Drawing:
    """The line, its last value a dot; nulls are gaps. Nothing for fewer than two values."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return Drawing("")
    points = list(_points(values, min(known), max(known)))
    lines = "".join(f'<polyline points="{" ".join(run)}"/>' for run in _runs(points))
    last = next(point for point in reversed(points) if point)
    dot = f'<path class="dot" d="M{last.replace(",", " ")}h0"/>'
    view = f'viewBox="0 0 {WIDTH:g} {HEIGHT:g}" preserveAspectRatio="none"'
    return Drawing(
        f'<svg class="sparkline" {view} role="img" aria-label="{escape(label)}">{lines}{dot}</svg>'
    )


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
