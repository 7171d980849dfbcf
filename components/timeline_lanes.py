"""Where each bar of a row lies: parallel nodes get lanes of their own, so that no label covers another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

_DONE_LANES: Final = 2

Density = Literal["normal", "compact", "table"]
DENSITY_WORDS: Final[dict[Density, str]] = {"normal": "标准", "compact": "紧凑"}


@dataclass(frozen=True)
class Measures:
    """Heights in px of a density: a bar, from lane to lane, padding, the least row; and lanes at most."""

    bar: int
    pitch: int
    pad: int
    row: int
    lanes: int


MEASURES: Final[dict[Density, Measures]] = {
    "normal": Measures(bar=18, pitch=23, pad=4, row=50, lanes=8),
    # one node a row, on a project's own page
    "table": Measures(bar=22, pitch=28, pad=8, row=48, lanes=1),
    "compact": Measures(bar=17, pitch=22, pad=3, row=28, lanes=1),
}


@dataclass(frozen=True)
class Span:
    """Days one bar takes, half-open [start, finish)."""

    start: date
    finish: date
    critical: bool
    done: bool


def lanes(spans: Sequence[Span], limit: int) -> list[int]:
    """The lane of each span, 0 on top: the critical chain first, then what is open, then what is done.

    At most `limit` lanes; when none is free the last is shared. What is done opens none beyond the
    second as long as it covers only other done bars: the row's height is for the work ahead.
    """
    taken: list[list[Span]] = [[]]
    placed = [0] * len(spans)
    order = sorted(range(len(spans)), key=lambda i: (not spans[i].critical, spans[i].done, spans[i].start))
    for i in order:
        lane = min(_lane(spans[i], taken), limit - 1)
        if lane == len(taken):
            taken.append([])
        taken[lane].append(spans[i])
        placed[i] = lane
    return placed


def _lane(span: Span, taken: Sequence[Sequence[Span]]) -> int:
    """The first lane where a span covers nothing, else one it may share, else a new one."""
    shared = None
    for lane, members in enumerate(taken):
        covered = [other.done for other in members if span.start < other.finish and other.start < span.finish]
        if not covered:
            return lane
        if all(covered):
            shared = lane
    return shared if span.done and shared is not None and len(taken) >= _DONE_LANES else len(taken)


def row_height(lane_count: int, density: Density) -> int:
    """Height in px of a row with so many lanes."""
    m = MEASURES[density]
    return max(m.row, 2 * m.pad + m.pitch * lane_count)
