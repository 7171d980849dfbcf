"""The stretch of time the wall shows, and what is written above it: months, today, holidays, winter.

Positions are shares of the plot's width (0 left … 1 right), so that the header, which is HTML and
stays in view while rows scroll, lines up with the figure at every width.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from data.closures import Closure

Zoom = Literal["month", "quarter", "year"]
ZOOM_WORDS: Final[dict[Zoom, str]] = {"month": "月", "quarter": "季", "year": "年"}

# days shown before and after the status date
_REACH: Final[dict[Zoom, tuple[int, int]]] = {"month": (17, 44), "quarter": (62, 122), "year": (125, 365)}
# a window of no longer than this is written and ruled like that zoom
_MONTH_DAYS: Final = 90
_QUARTER_DAYS: Final = 300


@dataclass(frozen=True)
class Window:
    """A half-open stretch of days [first, last) around the status date `as_of`."""

    as_of: date
    first: date
    last: date
    zoom: Zoom

    @property
    def days(self) -> int:
        """Calendar days shown."""
        return (self.last - self.first).days

    def share(self, day: date) -> float:
        """Where midnight of this day lies, as a share of the width; outside 0…1 when not shown."""
        return (day - self.first).days / self.days

    def clamp(self, day: date) -> date:
        """The nearest day that is still drawn."""
        return min(max(day, self.first), self.last)


def window(as_of: date, zoom: Zoom = "quarter", shift: int = 0) -> Window:
    """The window of a zoom, moved by `shift` steps of half its length (negative = earlier)."""
    before, after = _REACH[zoom]
    step = (before + after) // 2 * shift
    return Window(as_of, as_of + timedelta(step - before), as_of + timedelta(step + after), zoom)


def stretch(as_of: date, start: int, days: int) -> Window:
    """A window of any length, `start` days after the status date (negative = before it)."""
    first = as_of + timedelta(start)
    zoom: Zoom = "month" if days <= _MONTH_DAYS else "quarter" if days <= _QUARTER_DAYS else "year"
    return Window(as_of, first, first + timedelta(days), zoom)


def months(shown: Window) -> list[date]:
    """First days of the months that begin inside the window."""
    firsts: list[date] = []
    day = shown.first.replace(day=1)
    while day < shown.last:
        if day >= shown.first:
            firsts.append(day)
        day = (day + timedelta(32)).replace(day=1)
    return firsts


def weeks(shown: Window) -> list[date]:
    """Mondays inside the window; the month zoom draws them."""
    first = shown.first + timedelta(-shown.first.weekday() % 7)
    return [first + timedelta(7 * i) for i in range((shown.last - first).days // 7 + 1)]


def visible(spans: Iterable[Closure], shown: Window) -> list[Closure]:
    """Spans that touch the window, cut to it."""
    return [
        Closure(max(s.first, shown.first), min(s.last, shown.last), s.kind, s.word)
        for s in spans
        if s.last >= shown.first and s.first < shown.last
    ]
