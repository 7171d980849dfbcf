"""Beside the wall: the chosen project, the conflict sentence first, then ways out, countdown, whose desk."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from dash.development.base_component import Component

from components import formats, links, plan, wall_link, wall_moved
from components.attributes import data
from components.elements import dcc, html
from components.leader_panel import VISITS_A_MONTH
from components.light import ORDER, light_badge

Record = Mapping[str, Any]

_SIGNS: Final = {
    "chain": "关键链",
    "actual": "实际完成",
    "due": "承诺、计划完成",
    "tick": "最迟完成",
    "tail": "时差",
    "lost": "时差为负:已误天数",
    "flag": "目标",
    "progress": "进度线:在今天左侧为落后",
    "hollow": "未启动",
    "dashed": "台账未报",
    "late": "超期办结",
    "ghost": "对比日的计划",
    "link": "前置节点",
}


@dataclass(frozen=True)
class Chosen:
    """Everything the panel shows about one project.

    `card` and `schedule` are its row of `project_side`, the latter null for a project without a network;
    `nodes` are rows of `project_nodes`; `then` is node → its row on the day compared with, null where
    nothing is compared.
    """

    card: Record
    schedule: Record | None
    nodes: Sequence[Record]
    as_of: date
    then: Mapping[str, Record] | None = None

    @property
    def links(self) -> list[tuple[str, str, bool]]:
        """(predecessor, node, critical) in drawing order; critical where both ends are."""
        critical = {node["node"] for node in self.nodes if node["critical"]}
        return [
            (before, node["node"], {before, node["node"]} <= critical)
            for node in self.nodes
            for before in node["predecessors"] or ()
        ]


def panel(chosen: Chosen, search: str | None) -> list[Component]:
    """The panel of a project; its name leads to the project's page, with the filters kept."""
    card = chosen.card
    page = links.project(card["project_id"], wall_link.ordered_filters(search))
    planned = chosen.schedule
    return [
        html.H2(
            [light_badge(card["light"], ""), dcc.Link(card["project_name"], href=page)],
            className="side-title",
        ),
        html.Div(subtitle(card), className="base"),
        *([plan.verdict(planned), *plan.ways_out(planned)] if planned else []),
        (plan.countdown(planned, chosen.as_of) if planned else None) or html.Div(),
        *wall_moved.moved(chosen.nodes, chosen.then),
        html.Dl(
            [part for name, value in facts(chosen) for part in (html.Dt(name), html.Dd(value))],
            className="side-facts",
        ),
        dcc.Link("打开项目页 ›", href=page, className="chip side-open"),
        html.Div(hidden=True, **data(links=json.dumps(chosen.links, ensure_ascii=False))),
        dcc.Link("×", href=wall_link.choosing(search, None), className="side-close", title="关闭"),
    ]


def subtitle(card: Record) -> str:
    """ "经济开发区 · 新建 · 总投资 100.00 亿元 · 市重点"."""
    money = card["total_investment_yuan"]
    parts = [
        card["region"],
        card["kind"],
        f"总投资 {formats.money(money)}" if money is not None else None,
        card["level"],
    ]
    return " · ".join(part for part in parts if part)


def facts(chosen: Chosen) -> list[tuple[str, Any]]:
    """Name and value of each line, in the order a leader asks; lines without a value are left out."""
    card = chosen.card
    must = plan.must_start(chosen.nodes)
    lines: list[tuple[str, Any]] = [
        ("今天必须启动", html.B(" · ".join(must)) if must else None),
        ("卡在", _stuck(card)),
        ("应办结", _due(card)),
        ("承诺 / 法定", _promises(chosen)),
        ("包保领导", html.B(card["accountable_leader"]) if card["accountable_leader"] else None),
        ("首席服务员", _officer(chosen)),
        ("责任单位", card["responsible_unit"]),
        ("未销号问题", open_problems(card)),
    ]
    return [(name, value) for name, value in lines if value is not None]


def stuck_words(card: Record) -> str | None:
    """ "环评 逾期 12 天": the node that gives the light, else the current one; null when there is neither."""
    node = card["light_node"] or card["current_node"]
    left = card["workdays_left"]
    if node is None or left is None or card["light_node"] is None:
        return None if node is None else str(node)
    return f"{node} {formats.workdays_left(left)}"


def _stuck(card: Record) -> Any:
    """The node that gives the light, and on whose desk it lies."""
    words = stuck_words(card)
    if words is None:
        return None
    desk = card["current_department"] or "责任部门未填"
    return [light_badge(card["light"], words), html.Div(desk, className="base")]


def _due(card: Record) -> str | None:
    day = card["light_due_date"]
    return None if day is None else f"{formats.day(day, with_year=True)}({card['light_due_basis']})"


def _promises(chosen: Chosen) -> str | None:
    """The promised and the statutory day of the node that gives the light; null when neither is known."""
    node = next((n for n in chosen.nodes if n["node"] == chosen.card["light_node"]), None)
    if node is None or (node["promised_finish"] is None and node["statutory_finish"] is None):
        return None
    return f"{formats.short_day(node['promised_finish'])} / {formats.short_day(node['statutory_finish'])}"


def _officer(chosen: Chosen) -> str | None:
    officer, made = chosen.card["chief_officer"], chosen.card["officer_visits"]
    return f"{officer} · 本月走访本项目 {made} 次(月标准 {VISITS_A_MONTH} 次)" if officer else None


def open_problems(card: Record) -> str | None:
    """ "2 个(用地 1,资金 1)"; null when no problem was ever raised."""
    if not card["problems_raised"]:
        return None
    kinds = card["open_problems"] or []
    if not kinds:
        return "0 个,已全部销号"
    counted = ",".join(f"{kind} {kinds.count(kind)}" for kind in dict.fromkeys(kinds))
    return f"{len(kinds)} 个({counted})"


def nothing_chosen() -> list[Component]:
    """The panel when the filters leave no project."""
    return [html.P("这个范围内没有项目;请在上方去掉一个筛选。", className="empty")]


def unknown(project_id: str) -> list[Component]:
    """The panel of a project the snapshot does not have."""
    return [
        html.P(
            f"当天的快照里没有编号为“{project_id}”的项目;它可能已移出清单,请在左侧另选。", className="empty"
        )
    ]


def legend() -> list[Component]:
    """What shapes and colours on the wall mean."""
    return [*(light_badge(code) for code in reversed(ORDER)), *signs()]


def signs() -> list[Component]:
    """What shapes on the wall mean."""
    return [
        html.Span([html.I(className=f"sign sign-{name}"), word], className="light")
        for name, word in _SIGNS.items()
    ]
