"""What stands above the wall and stays in view: months, today, holidays, and the wall's own switches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from dash import dcc, html
from dash.development.base_component import Component

from components import formats, timeline_window, wall_link
from components import timeline_labels as labels
from components.timeline_lanes import DENSITY_WORDS
from components.timeline_window import ZOOM_WORDS, Window
from components.wall_link import ORDERS, ROWS_A_WINDOW, View
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


def toolbar(view: View, search: str | None, total: int, count: int) -> list[Component]:
    """Zoom, time, order and density as links, and which rows of how many are shown."""
    return [
        _choice("时间", [(w, wall_link.zoomed(search, z), z == view.zoom) for z, w in ZOOM_WORDS.items()]),
        html.Span(
            [
                dcc.Link("‹ 更早", href=wall_link.shifted(search, view.shift - 1), className="chip"),
                dcc.Link(
                    "今天",
                    href=wall_link.shifted(search, 0),
                    className="chip" + (" on" if not view.shift else ""),
                ),
                dcc.Link("更晚 ›", href=wall_link.shifted(search, view.shift + 1), className="chip"),
            ],
            className="wall-choice",
        ),
        _choice("排序", [(w, wall_link.ordered(search, o), o == view.order) for o, w in ORDERS.items()]),
        _choice(
            "行高", [(w, wall_link.spaced(search, d), d == view.density) for d, w in DENSITY_WORDS.items()]
        ),
        pager(view, search, total, count),
    ]


def _choice(word: str, options: Iterable[tuple[str, str, bool]]) -> Component:
    chips = [dcc.Link(name, href=href, className="chip on" if on else "chip") for name, href, on in options]
    return html.Span([html.Span(word, className="name"), *chips], className="wall-choice")


def pager(view: View, search: str | None, total: int, count: int) -> Component:
    """Which rows are shown, with the windows before and after; greyed out where there is none."""
    first = view.offset + 1 if count else 0
    before = wall_link.from_row(search, max(view.offset - ROWS_A_WINDOW, 0)) if view.offset else None
    after = wall_link.from_row(search, view.offset + ROWS_A_WINDOW) if view.offset + count < total else None
    words: list[Component | str] = [
        "第 ",
        html.B(f"{first:,}–{view.offset + count:,}"),
        f" 个,共 {total:,} 个项目",
    ]
    return html.Span(
        [_page("上一页", before, "prev"), html.Span(words), _page("下一页", after, "next")],
        className="wall-pager",
    )


def _page(word: str, href: str | None, rel: str) -> Component:
    if href is None:
        return html.Span(word, className="chip off")
    # the keys [ and ] follow these links (assets/timeline.js)
    return dcc.Link(word, href=href, className=f"chip wall-{rel}", title="键盘:[ 上一页,] 下一页")
