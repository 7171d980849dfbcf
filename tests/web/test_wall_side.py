"""The panel beside the wall: the conflict first, whose desk, and arrows for the chosen row."""

from __future__ import annotations

import json
from datetime import date, timedelta
from html import unescape
from typing import Any

from components import wall_side
from components.markup import html_of
from components.wall_side import Chosen

DAY = date(2026, 11, 22)


def node(name: str, *before: str, critical: bool = False, **changes: Any) -> dict[str, Any]:
    made = {
        "node": name, "critical": critical, "predecessors": list(before), "must_start_today": False,
        "promised_finish": None, "statutory_finish": None, "state": "waiting", "actual_finish": None,
        "earliest_finish": DAY,
    }  # fmt: skip
    return made | changes


def project(**changes: Any) -> dict[str, Any]:
    made = {
        "project_id": "XM1", "project_name": "石墨负极材料", "region": "连山区", "kind": "新建",
        "level": None,
        "total_investment_yuan": 123_000_000, "light": "red", "light_node": "环评", "workdays_left": -12,
        "light_due_date": DAY - timedelta(16), "light_due_basis": "承诺", "current_node": "环评",
        "current_department": "生态环境局", "accountable_leader": "领导03", "chief_officer": "服务员01",
        "officer_visits": 1, "responsible_unit": None,
        "problems_raised": 3, "open_problems": ["用地", "用地"],
        "phase": "start", "target_date": date(2027, 3, 15), "target_basis": "计划开工", "late_workdays": 13,
        "forecast_finish": date(2027, 4, 1), "float_workdays": -13, "critical_chain": ["环评", "开工"],
        "shrinks": [], "reachable_date": date(2027, 4, 1), "unscheduled_reason": None,
    }  # fmt: skip
    return made | changes


def chosen(*nodes: dict[str, Any], **changes: Any) -> Chosen:
    told = project(**changes)
    return Chosen(told, told, nodes, DAY)


def test_links_are_critical_where_both_ends_are() -> None:
    found = chosen(
        node("备案", critical=True), node("环评", "备案", critical=True), node("水保", "备案"),
        node("开工", "环评", "水保", critical=True), node("自拟", predecessors=None),
    ).links  # fmt: skip
    assert found == [
        ("备案", "环评", True), ("备案", "水保", False), ("环评", "开工", True), ("水保", "开工", False),
    ]  # fmt: skip


def test_the_panel_says_the_conflict_first_and_carries_the_arrows() -> None:
    shown = html_of(wall_side.panel(chosen(node("环评"), node("开工", "环评")), "?region=a&order=float"))
    assert shown.index("比目标晚") < shown.index("两条出路") < shown.index("卡在") < shown.index("未销号问题")
    assert 'href="/project/XM1?region=a&amp;order=float"' in shown
    arrows = shown.split('data-links="')[1].split('"')[0]
    assert json.loads(unescape(arrows)) == [["环评", "开工", False]]


def test_facts_are_told_in_the_order_a_leader_asks_and_empty_ones_left_out() -> None:
    nodes = (node("环评", promised_finish=DAY - timedelta(16)), node("方案", must_start_today=True))
    facts = wall_side.facts(chosen(*nodes))
    assert [name for name, _ in facts] == [
        "今天必须启动", "卡在", "应办结", "承诺 / 法定", "包保领导", "首席服务员", "未销号问题",
    ]  # fmt: skip
    told = {name: html_of(value) for name, value in facts}
    assert "环评 逾期 12 天" in told["卡在"] and "生态环境局" in told["卡在"]
    assert told["承诺 / 法定"] == "11月6日 / —"
    assert told["首席服务员"] == "服务员01 · 本月走访本项目 1 次(月标准 2 次)"
    assert told["未销号问题"] == "2 个(用地 2)"


def test_problems_that_were_all_closed_are_told_and_none_raised_are_not() -> None:
    assert wall_side.open_problems(project(open_problems=None)) == "0 个,已全部销号"
    assert wall_side.open_problems(project(problems_raised=0, open_problems=None)) is None
