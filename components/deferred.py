"""容缺后补: nodes done on a promise, each with the light of its own make-up deadline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from components import formats, links
from components.light import light_badge

Row = Mapping[str, Any]

_HEADS: Final = ("节点", "责任部门", "办理方式", "补齐期限", "情况", "补齐")


def badge(node: Row) -> list[Component]:
    """The deadline's light beside a row of `project_nodes`; nothing for a node done in full."""
    if node["deferred_light"] is None:
        return []
    return [html.Small(light_badge(node["deferred_light"], f"容缺 {words(node)}"), className="node-deferred")]


def words(node: Row) -> str:
    """ "剩 3 天", "逾期 2 天", "补齐 11月6日", "未定期限"."""
    left = node["deferred_workdays_left"]
    if left is not None:
        return formats.workdays_left(left)
    day = node["made_up_date"]
    return f"{node['deferred_word']} {formats.short_day(day)}" if day else str(node["deferred_word"])


def table(nodes: Sequence[Row]) -> list[Component]:
    """A project's nodes of this kind as a card; nothing when it has none."""
    found = [node for node in nodes if node["deferred_light"] is not None]
    if not found:
        return []
    rows = [
        html.Tr(
            [
                html.Td(html.B(node["node"])),
                html.Td(formats.text(node["department"])),
                html.Td(formats.text(node["deferred"])),
                html.Td(formats.short_day(node["deferred_due"])),
                html.Td(light_badge(node["deferred_light"], words(node))),
                html.Td(formats.short_day(node["made_up_date"])),
            ]
        )
        for node in found
    ]
    made_up = sum(node["deferred_light"] == "green" for node in found)
    head = html.Thead(html.Tr([html.Th(word, scope="col") for word in _HEADS]))
    title = html.H2(["容缺后补", html.Small(f"已补齐 {made_up} / 共 {len(found)} 项,按补齐期限亮灯")])
    inside = html.Div(html.Table([head, html.Tbody(rows)], className="table"), className="scroll")
    return [html.Section([title, inside], className="card")]


def counted(row: Row, search: str) -> list[Component]:
    """A link with how many are due soon or overdue, from `today_counts`; nothing when none is."""
    late, soon = row["deferred_overdue"], row["deferred_due_within_3"]
    told = [f"逾期未补 {late} 项"] if late else []
    told += [f"3日内到期 {soon} 项"] if soon else []
    if not told:
        return []
    shown = light_badge("red" if late else "yellow", f"容缺后补:{'、'.join(told)}")
    return [html.A(shown, href=links.lists("deferred", search), className="deferred-count")]
