"""方案: the reverse schedule in words: the conflict, the chain, two ways out, what must start today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from components import formats, plan
from components.light import light_badge
from components.wall_rows import float_words
from components.wall_side import Record


def body(schedule: Record | None, nodes: Sequence[Record], as_of: date) -> list[Component]:
    """The verdict with its ways out, and the chain node by node."""
    if schedule is None or schedule["unscheduled_reason"]:
        return [unscheduled(schedule)]
    side = [
        html.H2(["倒排结论", html.Small(origin(schedule))]),
        plan.verdict(schedule),
        *plan.ways_out(schedule),
        plan.countdown(schedule, as_of),
    ]
    return [
        html.Div(
            [html.Section(side, className="card"), html.Section(starts(nodes), className="card")],
            className="project-two",
        ),
        html.Section(chain_table(schedule, nodes), className="card"),
    ]


def origin(schedule: Record) -> str:
    """Which network was used and where the target comes from."""
    network = f"{schedule['template']}类流程" if schedule["template"] else "台账自带的节点和前置"
    target = f",目标日取自{schedule['target_basis']}" if schedule["target_basis"] else ",没有目标日"
    return f"按{network}{target}"


def unscheduled(schedule: Record | None) -> Component:
    """Why there is no schedule, and what to fill in."""
    reason = schedule["unscheduled_reason"] if schedule else "台账里没有可排的节点"
    return html.Section(
        [
            html.H2("这个项目没有排出工期"),
            html.P(f"{str(reason).rstrip('。')}。", className="plan-sentence"),
            html.P("改正台账后重新放入收件文件夹,工期会自动排出;其他项目不受影响。", className="base"),
        ],
        className="card project-unscheduled",
    )


def starts(nodes: Sequence[Record]) -> list[Component]:
    """What must be started today, each with whose desk it is and until when it lasts."""
    must = [node for node in nodes if node["must_start_today"]]
    head = html.H2(["今天必须启动", html.Small("最迟开始日已到、尚未启动")])
    if not must:
        return [head, html.P("没有今天必须启动的节点。", className="empty")]
    lines = [
        html.Tr(
            [
                html.Td(light_badge(node["light"], node["node"])),
                html.Td(formats.text(node["department"])),
                html.Td(f"最迟 {formats.short_day(node['latest_start'])} 启动", className="n"),
                html.Td(f"{float_words(node['float_workdays'])} 天", className="n"),
            ]
        )
        for node in must
    ]
    return [head, html.Table(html.Tbody(lines), className="table")]


def chain_table(schedule: Record, nodes: Sequence[Record]) -> list[Component]:
    """The critical chain in order: how long each node takes, latest and forecast days, days lost."""
    by_name = {node["node"]: node for node in nodes}
    chain = [by_name[name] for name in schedule["critical_chain"] or [] if name in by_name]
    shrinks = {shrink["node"]: shrink for shrink in schedule["shrinks"] or []}
    head = html.H2(["关键链", html.Small("链上任何一个节点晚一天,目标就晚一天")])
    if not chain:
        return [head, html.P("没有目标日,或者节点都已办结,没有关键链。", className="empty")]
    titles = ("节点", "责任部门", "工期", "最迟开始", "最迟完成", "预计完成", "时差")
    rows = [
        html.Tr(
            [
                html.Td(light_badge(node["light"], node["node"])),
                html.Td(formats.text(node["department"])),
                html.Td(_duration(node, shrinks.get(node["node"])), className="n"),
                html.Td(formats.short_day(node["latest_start"]), className="n"),
                html.Td(formats.short_day(node["latest_finish"]), className="n"),
                html.Td(formats.short_day(node["earliest_finish"]), className="n"),
                html.Td(float_words(node["float_workdays"]), className=_lost(node)),
            ]
        )
        for node in chain
    ]
    numbers = {"工期", "最迟开始", "最迟完成", "预计完成", "时差"}
    top = html.Thead(html.Tr([html.Th(word, className="n" if word in numbers else "") for word in titles]))
    table = html.Table([top, html.Tbody(rows)], className="table")
    return [head, html.Div(table, className="scroll")]


def _duration(node: Record, shrink: Record | None) -> str:
    """ "20 天", or "20→12 天" where the way out shortens the node."""
    if shrink is not None:
        return f"{shrink['from_workdays']}→{shrink['to_workdays']} 天"
    days = node["duration_workdays"]
    return formats.NONE if days is None else f"{days} 天"


def _lost(node: Record) -> str:
    return "n behind" if (node["float_workdays"] or 0) < 0 else "n"
