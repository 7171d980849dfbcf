"""专班: who answers for the project, and when somebody was last on site."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from components import formats, links
from components.leader_panel import VISITS_A_MONTH
from components.wall_side import Record


def body(card: Record, visits: Sequence[Record], as_of: date, search: str) -> list[Component]:
    """The people's card and the visits' card."""
    return [html.Div([people(card, search), visited(card, visits, as_of)], className="project-two")]


def people(card: Record, search: str) -> Component:
    """Everybody by role; the first leader is the one who answers for the whole."""
    accountable = card["accountable_leader"]
    others = [name for name in card["leaders"] or [] if name != accountable]
    leader = dcc.Link(accountable, href=links.leader(accountable, search)) if accountable else None
    roles: list[tuple[str, str, Any]] = [
        ("包保领导", "负总责,一抓到底", leader),
        ("共同包保", "", "、".join(others) or None),
        ("首席服务员", "一包到底", card["chief_officer"]),
        ("推进专员", "日常跟进", card["promoter"]),
        ("责任单位", "", card["responsible_unit"]),
        ("企业/业主", "", card["owner"]),
        ("联系人", "", card["contact"]),
        ("片区", "", card["district"]),
    ]
    shown = [role for role in roles if role[2] is not None or role[0] not in ("共同包保", "片区")]
    lines = [
        html.Tr(
            [
                html.Th([name, html.Small(duty)]),
                html.Td(value if value else html.Span("台账未填", className="base")),
            ]
        )
        for name, duty, value in shown
    ]
    return html.Section(
        [html.H2("专班成员"), html.Table(html.Tbody(lines), className="table facts")], className="card"
    )


def visited(card: Record, visits: Sequence[Record], as_of: date) -> Component:
    """Visits this month against the standard, and each visit, newest first."""
    month = as_of.replace(day=1)
    here = [visit for visit in visits if visit["visit_date"] >= month]
    last = max((visit["visit_date"] for visit in visits), default=None)
    head = html.H2(
        ["走访", html.Small(f"截至 {formats.short_day(as_of)},每人每月不少于 {VISITS_A_MONTH} 次")]
    )
    if last is None:
        words = (
            "台账里还没有这个项目的走访记录。"
            if card["accountable_leader"]
            else "没有包保领导,也没有走访记录。"
        )
        return html.Section([head, html.P(words, className="empty")], className="card")
    numbers = html.Div(
        [
            html.Span([html.B(len(here)), " 次 本月"]),
            html.Span([html.B((as_of - last).days), " 天 距上次走访"]),
        ],
        className="project-numbers",
    )
    rows = [
        html.Tr(
            [
                html.Td(formats.day(visit["visit_date"])),
                html.Td(visit["visitor"]),
                html.Td(formats.text(visit["matter"])),
                html.Td(formats.text(visit["result"])),
            ]
        )
        for visit in visits
    ]
    titles = html.Tr([html.Th(word) for word in ("日期", "走访人", "事项", "结果")])
    table = html.Table([html.Thead(titles), html.Tbody(rows)], className="table")
    return html.Section([head, numbers, html.Div(table, className="scroll")], className="card")
