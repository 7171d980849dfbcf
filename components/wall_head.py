"""What stands above the wall's plot and stays in view: months, free days and today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from dash.development.base_component import Component

from components import formats, timeline_window
from components import timeline_labels as labels
from components.elements import html
from components.timeline_window import Window
from data.closures import Closure

_MONTH_PX: Final = 15.0
_TODAY_PX: Final = 104.0  # the width of the status date's tag


def time_head(shown: Window, closures: Iterable[Closure], width: float) -> list[Component]:
    """Months (weeks in the month zoom), names of free days and the status date, placed in percent.

    `width` px decide how many words there is room for.
    """
    marks = [
        html.Span(word, className="wall-month", style={"left": _percent(shown.share(day))})
        for day, word in _without_collisions(_words(shown), shown, width)
    ]
    bands = [_band(closure, shown, width) for closure in timeline_window.visible(closures, shown)]
    return [*marks, *bands, *_today(shown)]


def _words(shown: Window) -> list[tuple[date, str]]:
    """Days to write above the plot and how: weeks, months, or in a long window months with bare years."""
    if shown.zoom == "month":
        return [(day, formats.short_day(day)) for day in timeline_window.weeks(shown)]
    firsts = [shown.first, *(day for day in timeline_window.months(shown) if day != shown.first)]
    if shown.days > 300:
        return [(day, f"{day.year}年" if day.month == 1 else f"{day.month}月") for day in firsts]
    return [(day, f"{day.year}年{day.month}月") for day in firsts]


def _without_collisions(
    words: Iterable[tuple[date, str]], shown: Window, width: float
) -> list[tuple[date, str]]:
    """Words that touch neither each other nor the status date; the one cut off at the left gives way."""
    today = shown.share(shown.as_of) * width
    found: list[tuple[date, str]] = []
    edge = width
    for day, word in reversed(list(words)):
        left = shown.share(day) * width
        right = left + labels.text_px(word, _MONTH_PX) + 12
        if right <= edge and (right < today - _TODAY_PX / 2 or left + 6 > today + _TODAY_PX / 2):
            found.append((day, word))
            edge = left
    return found


def _band(closure: Closure, shown: Window, width: float) -> Component:
    """A stretch of free days with its name, where there is room for it."""
    left, right = shown.share(closure.first), shown.share(closure.last) + 1 / shown.days
    fits = (right - left) * width >= labels.text_px(closure.word)
    days = f"{formats.short_day(closure.first)}–{formats.short_day(closure.last)}"
    return html.Span(
        closure.word if fits else "",
        className=f"wall-band {closure.kind}",
        title=f"{closure.word} {days}",
        style={"left": _percent(left), "width": _percent(right - left)},
    )


def _today(shown: Window) -> list[Component]:
    at = shown.share(shown.as_of)
    if not 0 <= at <= 1:
        return []
    words = f"今天 {shown.as_of.month}-{shown.as_of.day:02d}"
    return [html.Span(words, className="wall-today", style={"left": _percent(at)})]


def _percent(share: float) -> str:
    return f"{share * 100:.3f}%"
