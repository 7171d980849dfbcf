"""What stands above the wall and stays in view: months, today, holidays, and the wall's own switches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dash import dcc, html
from dash.development.base_component import Component

from components import formats, timeline_window, wall_link
from components.timeline_lanes import DENSITY_WORDS
from components.timeline_window import ZOOM_WORDS, Window
from components.wall_link import ORDERS, ROWS_A_WINDOW, View
from data.closures import Closure


def time_head(shown: Window, closures: Iterable[Closure]) -> list[Component]:
    """Months (weeks in the month zoom), names of free days and the status date, placed in percent."""
    marks = [
        html.Span(word, className="wall-month", style={"left": _percent(shown.share(day))})
        for day, word in _words(shown)
    ]
    bands = [
        html.Span(
            closure.word if shown.share(closure.last) - shown.share(closure.first) > _least(closure) else "",
            className=f"wall-band {closure.kind}",
            title=f"{closure.word} {formats.short_day(closure.first)}–{formats.short_day(closure.last)}",
            style={
                "left": _percent(shown.share(closure.first)),
                "width": _percent(shown.share(closure.last) - shown.share(closure.first) + 1 / shown.days),
            },
        )
        for closure in timeline_window.visible(closures, shown)
    ]
    return [*marks, *bands, *_today(shown)]


def _words(shown: Window) -> list[tuple[date, str]]:
    """Days to write above the plot and how; the month cut off at the left edge is named when wide enough."""
    if shown.zoom == "month":
        return [(day, formats.short_day(day)) for day in timeline_window.weeks(shown)]
    firsts = timeline_window.months(shown)
    if not firsts or shown.share(firsts[0]) > 0.09:
        firsts = [shown.first, *firsts]
    if shown.zoom == "year":
        return [(day, f"{day.year}年{day.month}月" if i == 0 or day.month == 1 else f"{day.month}月")
                for i, day in enumerate(firsts)]  # fmt: skip
    return [(day, f"{day.year}年{day.month}月") for day in firsts]


def _least(closure: Closure) -> float:
    """The share of the width below which a name does not fit."""
    return 0.012 * len(closure.word) if closure.kind == "winter" else 0.006


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
    words = ["第 ", html.B(f"{first:,}–{view.offset + count:,}"), f" 个,共 {total:,} 个项目"]
    return html.Span(
        [_page("上一页", before, "prev"), html.Span(words), _page("下一页", after, "next")],
        className="wall-pager",
    )


def _page(word: str, href: str | None, rel: str) -> Component:
    if href is None:
        return html.Span(word, className="chip off")
    # the keys [ and ] follow these links (assets/timeline.js)
    return dcc.Link(word, href=href, className=f"chip wall-{rel}", title="键盘:[ 上一页,] 下一页")
