"""What publishing a file would change on the wall: counts first, the names behind each count below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import formats
from components.light import light_badge
from data.summary import Summary

# names listed behind a count; the rest is counted
LISTED = 30


def section(summary: Summary) -> html.Section:
    """The summary against the version on the wall."""
    against = f"与挂图上的 {summary.before} 相比" if summary.before else "这是第一份台账,没有可比的上一版"
    return html.Section(
        [html.H2(["与上次相比", html.Small(against)]), html.Div(tiles(summary), className="draft-tiles")],
        className="card draft-summary",
    )


def tiles(summary: Summary) -> list[Component]:
    """One tile a kind of change, each opening to its names."""
    names = [name for _, name in summary.new]
    gone = [name for _, name in summary.gone]
    withdrawn = [name for _, name in summary.withdrawn]
    done = [
        f"{name} · {node}" + (f"({formats.short_day(day)})" if day else "")
        for name, node, day in summary.nodes_done
    ]
    # a new project had no light before; it is counted above
    lights = [_light_line(name, before, after) for _, name, before, after in summary.lights if before]
    return [
        tile("新增项目", len(names), names),
        tile("有变化的项目", summary.changed, []),
        tile("新办结节点", len(done), done),
        tile("灯色变化", len(lights), lights),
        tile("未更新", len(gone), gone, "文件里没有、昨天有;保留原数据并注明未更新"),
        tile("移出", len(withdrawn), withdrawn, "终止、移出的项目不再上墙"),
    ]


def tile(word: str, number: int, lines: Sequence[Any], hint: str = "") -> Component:
    """A count with its word; with lines it opens."""
    head = [html.B(formats.count(number)), html.Span(word), *([html.Small(hint)] if hint and number else [])]
    if not lines:
        return html.Div(head, className="draft-tile")
    left = len(lines) - LISTED
    items = [html.Li(line) for line in lines[:LISTED]]
    more = [html.Li(f"另有 {left} 个未列出", className="base")] if left > 0 else []
    return html.Details([html.Summary(head), html.Ul([*items, *more])], className="draft-tile")


def _light_line(name: str, before: str, after: str) -> list[Component | str]:
    return [f"{name} ", light_badge(before), " → ", light_badge(after)]
