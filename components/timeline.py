"""The wall's figure: bars of nodes by light with their names, and the marks over and under them.

A pure function from a placed board to a plotly figure dict; names of projects stand beside it as HTML
(components/wall_rows.py) on the same px grid. One bar trace per light, so that the number of traces
does not grow with the number of projects.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final

from components import theme, timeline_marks, timeline_window
from components.light import words
from components.theme import Colours
from components.timeline_board import Bar, Board
from components.timeline_labels import FONT_PX
from components.timeline_lanes import MEASURES
from data.closures import Closure

Trace = dict[str, Any]

DAY_MS: Final = 86_400_000
# the order is that of drawing: what needs attention comes last and lies on top
LIGHTS: Final = ("grey", "green", "stopped", "blue", "yellow", "red")
STATE_WORDS: Final = {
    "done": "已办", "running": "在办", "waiting": "待办", "unreported": "台账未报",
    "not_applicable": "不涉及",
}  # fmt: skip


def figure(board: Board, spans: Iterable[Closure] = (), theme_name: str | None = "light") -> dict[str, Any]:
    """The plotly figure of a placed board, as a plain dict; `spans` are shaded below the bars."""
    colours = theme.colours(theme_name)
    bars = [bar for row in board.rows for bar in row.bars]
    height = MEASURES[board.density].bar
    traces = [_light_trace(light, bars, height, colours) for light in LIGHTS]
    labels = _label_trace([bar for bar in bars if bar.label], height, board, colours)
    return {
        "data": [trace for trace in (*traces, labels) if trace["y"]],
        "layout": _layout(board, spans, colours) | {"template": theme.template(theme_name)},
    }


def hollow(bar: Bar) -> bool:
    """Whether a bar is drawn as an outline: nothing has been started, or nothing was reported."""
    return bar.record["state"] in ("waiting", "unreported")


def label_colour(bar: Bar, colours: Colours) -> str:
    """The colour of a bar's label, at least 4.5:1 against what lies behind it."""
    if hollow(bar) or (bar.label is not None and bar.label.outside):
        return colours.ink if bar.record["reported"] else colours.ink_2
    if colours is theme.DARK:
        return colours.ground
    return colours.ink if bar.record["light"] in ("yellow", "grey") else colours.paper


def _light_trace(light: str, bars: Sequence[Bar], height: int, colours: Colours) -> Trace:
    """All bars of one light in one trace; fill and outline say done or running, not started, unreported."""
    own = [bar for bar in bars if bar.record["light"] == light]
    colour = colours.light(light)
    return {
        "type": "bar",
        "orientation": "h",
        "name": words()[light],
        "base": [bar.start.isoformat() for bar in own],
        "x": [(bar.finish - bar.start).days * DAY_MS for bar in own],
        "y": [bar.top + height / 2 for bar in own],
        "width": height,
        "customdata": [hover(bar) for bar in own],
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {
            "cornerradius": 3,
            "color": [colours.paper if hollow(bar) else colour for bar in own],
            "line": {
                "color": [colour if hollow(bar) else colours.paper for bar in own],
                "width": [_outline_px(bar) for bar in own],
            },
        },
    }


def _outline_px(bar: Bar) -> float:
    """Not started is outlined in its light; unreported gets its dashes from the marks; others a hair line."""
    if not hollow(bar):
        return 1.0
    return 1.5 if bar.record["reported"] else 0.0


def _label_trace(bars: Sequence[Bar], height: int, board: Board, colours: Colours) -> Trace:
    """Names of nodes, each at the place the board gave it."""
    first = datetime.combine(board.shown.first, time())
    return {
        "type": "scatter",
        "mode": "text",
        "hoverinfo": "skip",
        "x": [
            (first + timedelta(days=bar.label.centre / board.px_per_day)).isoformat(" ", "minutes")
            for bar in bars
            if bar.label
        ],
        "y": [bar.top + height / 2 for bar in bars],
        "text": [bar.label.text for bar in bars if bar.label],
        "textfont": {"size": FONT_PX, "color": [label_colour(bar, colours) for bar in bars]},
    }


def hover(bar: Bar) -> str:
    """What the pointer shows over a bar; the side panel and the project page say the same without it."""
    r = bar.record
    lines = [
        f"<b>{r['node']}</b> {words()[r['light']]} · {STATE_WORDS.get(r['state'], '')}",
        f"{r['start_date']} → {r['finish_date']}",
    ]
    if r["due_date"] is not None:
        lines.append(f"应于 {r['due_date']} 完成({r['due_basis']})")
    if r["latest_finish"] is not None and r["float_workdays"] is not None:
        lines.append(f"最迟完成 {r['latest_finish']} · 时差 {r['float_workdays']:+d} 个工作日")
    if (r["done_late_days"] or 0) > 0:
        lines.append(f"超期办结 {r['done_late_days']} 个工作日")
    return "<br>".join(lines)


def _layout(board: Board, spans: Iterable[Closure], colours: Colours) -> dict[str, Any]:
    """A bare frame: no margins and no axis words, because names and months are HTML around it."""
    shown = board.shown
    bare = {"showticklabels": False, "ticks": "", "zeroline": False, "fixedrange": True, "showline": False}
    days = timeline_window.weeks(shown) if shown.zoom == "month" else timeline_window.months(shown)
    grid = {"showgrid": True, "gridcolor": colours.line, "gridwidth": 1}
    dates = {"type": "date", "range": [shown.first.isoformat(), shown.last.isoformat()]}
    ticks = {"tickmode": "array", "tickvals": [day.isoformat() for day in days]}
    height = max(board.height, 1)
    return {
        "height": height,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
        "barmode": "overlay",
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "xaxis": bare | dates | ticks | grid,
        "yaxis": bare | {"range": [height, 0], "showgrid": False},
        "shapes": timeline_marks.shapes(board, spans, colours),
    }
