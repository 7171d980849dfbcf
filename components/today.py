"""今日要事: what fell overdue, what is about to, what must start, what was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash.development.base_component import Component

from components import formats, links
from components.attributes import data
from components.elements import dcc, html
from components.light import light_badge

Row = Mapping[str, Any]


def tiles(row: Row, search: str) -> list[Component]:
    """Four counts from `today_counts`, each with what it is part of and a link to its list."""
    overdue = formats.count(row["overdue"])
    problems = formats.count(row["problems_open"])
    shown = (
        ("red", "新增逾期", row["newly_overdue"], f"共 {overdue} 项逾期", links.lists("overdue", search)),
        ("yellow", "3日内到期", row["due_within_3"], _due(row), links.lists("due", search)),
        ("blue", "今天必须启动", row["must_start_today"], "晚一天即误期", links.lists("must-start", search)),
        (
            "green", "昨日以来办结", row["done_since_yesterday"], f"未销号问题 {problems} 个",
            links.lists("problems", search),
        ),
    )  # fmt: skip
    return [_tile(*one) for one in shown]


def _due(row: Row) -> str:
    """What falls due today, and the make-up deadlines of 容缺 beside it where there are any."""
    promised = row["deferred_due_within_3"] + row["deferred_overdue"]
    today = formats.count(row["due_today"])
    return f"今日 {today} · 容缺 {formats.count(promised)} 项" if promised else f"今日到期 {today} 项"


def _tile(code: str, title: str, number: int | None, note: str, href: str) -> Component:
    return dcc.Link(
        [
            html.Div(light_badge(code, title), className="tile-title"),
            html.Div(formats.count(number), className="big", **data(live=title)),
            html.Div(note, className="base"),
        ],
        href=href,
        className=f"tile tint-{code}",
    )
