"""Beside the wall when an earlier day is compared with: nodes whose end moved, the old day struck through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from dash.development.base_component import Component

from components import formats
from components.elements import html

Record = Mapping[str, Any]

_SHOWN: Final = 8


def moved(nodes: Sequence[Record], then: Mapping[str, Record] | None) -> list[Component]:
    """The nodes that end on another day than they did then, in drawing order; nothing if none is compared."""
    if then is None:
        return []
    if not then:
        return [html.P("对比日的快照里没有这个项目。", className="base")]
    changes = [
        (str(node["node"]), _finish(then[node["node"]]), _finish(node))
        for node in nodes
        if node["node"] in then and node["state"] != "not_applicable"
    ]
    changes = [change for change in changes if change[1] != change[2]]
    if not changes:
        return [html.P("与对比日相比,各节点日期没有变。", className="base")]
    lines = [html.Li([name, " ", html.S(formats.short_day(old)), " ", html.B(formats.short_day(new))])
             for name, old, new in changes[:_SHOWN]]  # fmt: skip
    more = (
        [html.Li(f"另有 {len(changes) - _SHOWN} 个节点", className="base")] if len(changes) > _SHOWN else []
    )
    return [
        html.Div("比对比日变动的完成日期", className="plan-head"),
        html.Ul([*lines, *more], className="side-moved"),
    ]


def _finish(node: Record) -> date | None:
    """The day a node was or will be done."""
    found: date | None = node["actual_finish"] or node["earliest_finish"]
    return found
