"""The wall's own switches, all of them links, and which rows of how many are shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dash.development.base_component import Component

from components import formats, wall_link
from components.attributes import data
from components.elements import dcc, html
from components.timeline_lanes import DENSITY_WORDS
from components.timeline_window import ZOOM_WORDS
from components.wall_link import ORDERS, ROWS_A_WINDOW, View


def toolbar(
    view: View, search: str | None, total: int, count: int, since: date | None = None
) -> list[Component]:
    """Zoom, time, order, density and the plan of the day compared with: `since`, null where there is none."""
    fixed = view.days is None
    zooms = [(w, wall_link.zoomed(search, z), fixed and z == view.zoom) for z, w in ZOOM_WORDS.items()]
    spaces = [(w, wall_link.spaced(search, d), d == view.density) for d, w in DENSITY_WORDS.items()]
    return [
        _choice("时间", zooms),
        _moves(view, search),
        _choice("排序", [(w, wall_link.ordered(search, o), o == view.order) for o, w in ORDERS.items()]),
        _choice("行高", spaces),
        *ghosts(view, search, since),
        pager(view, search, total, count),
    ]


def _moves(view: View, search: str | None) -> Component:
    here = view.days is None and not view.shift
    moves = [("‹ 更早", -1, ""), ("今天", 0, " wall-now on" if here else " wall-now"), ("更晚 ›", 1, "")]
    return html.Span(
        [dcc.Link(word, href=wall_link.shifted(search, by), className=f"chip{on}") for word, by, on in moves],
        className="wall-choice",
    )


def ghosts(view: View, search: str | None, since: date | None) -> list[Component]:
    """Whether the plan of the day compared with lies behind the bars; nothing without a snapshot so old."""
    if since is None:
        return [html.Span("对比日没有快照", className="chip off")] if view.compare else []
    href = wall_link.comparing(search, None if view.compare else since)
    word = f"叠加 {formats.short_day(since)} 计划"
    title = "把那天的计划画在条的后面,改过的日期划掉"
    return [
        dcc.Link(word, href=href, className=f"chip wall-ghosts{' on' if view.compare else ''}", title=title)
    ]


def _choice(word: str, options: Iterable[tuple[str, str, bool]]) -> Component:
    chips = [dcc.Link(name, href=href, className="chip on" if on else "chip") for name, href, on in options]
    return html.Span([html.Span(word, className="name"), *chips], className="wall-choice")


def pager(view: View, search: str | None, total: int, count: int) -> Component:
    """Which rows are shown, with the windows before and after; greyed out where there is none."""
    first = view.offset + 1 if count else 0
    before = wall_link.from_row(search, max(view.offset - ROWS_A_WINDOW, 0)) if view.offset else None
    after = wall_link.from_row(search, view.offset + ROWS_A_WINDOW) if view.offset + count < total else None
    shown = html.B(f"{first:,}–{view.offset + count:,}")
    words: list[Component | str] = ["第 ", shown, f" 个,共 {total:,} 个项目"] if total else ["没有项目"]
    return html.Span(
        [_page("上一页", before, "prev"), html.Span(words), _page("下一页", after, "next")],
        className="wall-pager",
        **data(total=str(total), offset=str(view.offset), count=str(count)),
    )


def _page(word: str, href: str | None, rel: str) -> Component:
    if href is None:
        return html.Span(word, className="chip off")
    # the keys [ and ] follow these links (assets/timeline.js)
    return dcc.Link(word, href=href, className=f"chip wall-{rel}", title="键盘:[ 上一页,] 下一页")
