"""试算: the address says what is tried; the screen and the workbook tell both sides of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from components import project_proposal, project_try, project_try_chart
from components.markup import html_of
from components.project_try import Trial
from components.timeline_board import Room
from data.what_if import Tried, Wish

DAY = date(2026, 11, 22)


def node(name: str, **changes: Any) -> dict[str, Any]:
    made = {
        "node": name, "state": "waiting", "light": "grey", "department": "住建局", "duration_workdays": 10,
        "accepted_date": None, "actual_finish": None, "earliest_start": DAY,
        "earliest_finish": DAY + timedelta(14),
        "latest_start": DAY, "latest_finish": DAY + timedelta(10), "float_workdays": -3, "critical": True,
        "due_date": DAY + timedelta(10), "due_basis": "倒排", "workdays_left": 7,
        "reported": True, "done_late_days": None,
    }  # fmt: skip
    return made | changes


def project(**changes: Any) -> dict[str, Any]:
    made = {
        "phase": "start", "target_basis": "计划开工", "target_date": date(2027, 1, 8), "late_workdays": 3,
        "forecast_finish": date(2027, 1, 13), "float_workdays": -3, "critical_chain": ["招标", "开工"],
        "shrinks": [{"node": "招标", "from_workdays": 10, "to_workdays": 7}],
        "reachable_date": date(2027, 1, 13), "unscheduled_reason": None,
    }  # fmt: skip
    return made | changes


def trial(wish: Wish, then: dict[str, Any] | None = None) -> Trial:
    nodes = [node("立项", state="done"), node("招标"), node("开工", duration_workdays=0)]
    found = None
    if then is not None:
        after = node("招标", duration_workdays=7, earliest_finish=DAY + timedelta(11), float_workdays=0)
        found = Tried(then, {one["node"]: one for one in nodes} | {"招标": after})
    return Trial("XM1", project(), nodes, wish, found, project_try.wishing("?region=连山区", wish))


def test_a_wish_stands_in_the_address_and_comes_back_from_it() -> None:
    wished = Wish(date(2027, 1, 20), {"招标": 7, "环评:报告书": 12})
    search = project_try.wishing("?region=连山区&tab=plan", wished)
    assert project_try.wish(search) == wished
    assert project_try.wishing(search, Wish()) == f"?region={quote('连山区')}&tab=plan"


@pytest.mark.parametrize(
    "search",
    [
        "",
        None,
        "?target=昨天",
        "?try=招标",
        "?try=:3;招标:x;招标:-4",
        "?try=招标:٣",
        "?try=;;:",
        "?target=0001-01-01",
    ],
)
def test_what_cannot_be_read_is_not_tried(search: str | None) -> None:
    assert not project_try.wish(search)


def test_a_duration_has_an_upper_end() -> None:
    assert project_try.wish("?try=招标:99999999999").workdays == {"招标": 999}


def test_a_number_of_thousands_of_digits_is_the_upper_end() -> None:
    assert project_try.wish(f"?try=环评:{'9' * 5000}") == Wish(None, {"环评": 999})


def test_before_anything_is_tried_there_is_nothing_to_take_along() -> None:
    shown = html_of(project_try.section(trial(Wish()), Room(900), DAY))
    assert "在下面改目标日或工期" in shown and "导出" not in shown and "还原" not in shown
    assert f"try={quote('招标:7')}" in shown and "改到 1月13日" in shown
    assert 'value="2027-01-08"' in shown
    assert "立项" not in shown


def test_both_sides_and_the_difference_are_told() -> None:
    then = project(late_workdays=None, forecast_finish=date(2027, 1, 8), float_workdays=0)
    shown = html_of(project_try.section(trial(Wish(None, {"招标": 7}), then), Room(900), DAY))
    assert "按现状 <b>2027年1月13日</b> 才能开工" in shown
    assert "这样做 <b>2027年1月8日</b> 可以开工,刚好赶上目标" in shown
    assert "预计完成 1月13日 → 1月8日;时差 −3 天 → 0 天" in shown
    assert "/api/projects/XM1/proposal.xlsx?region=" in shown
    assert 'data-node="招标" data-now="10" value="7"' in shown
    assert shown.count("try-days") == 1 and "里程碑" in shown


def test_a_node_off_the_chain_changes_nothing_and_that_is_said() -> None:
    assert project_try.difference(project(), project()) == "没有变化:改的节点不在决定工期的线上"


def test_the_ghost_is_the_plan_as_it_stands() -> None:
    before = project_try_chart.past([node("招标"), node("未知", earliest_finish=None)])
    assert before == {("招标", "招标"): (DAY, DAY + timedelta(14))}


def test_the_proposal_names_what_is_tried() -> None:
    card = {"project_name": "石墨负极", "project_id": "XM1", "region": "连山区", "accountable_leader": None}
    told = project_proposal.proposal(trial(Wish(date(2027, 1, 20), {"招标": 7}), project()), card)
    lines = told.base.split("\n")
    assert lines[0] == "石墨负极 · XM1 · 连山区"
    assert lines[1] == "试算:目标日 1月8日 → 1月20日;招标 10→7 天"
    assert lines[2].startswith("现状:按现状 2027年1月13日 才能开工,比目标晚 3 个工作日。关键链:招标 → 开工")
    assert told.rows.select("node", "workdays_now", "workdays_then", "float_then").rows() == [
        ("招标", 10, 7, 0),
        ("开工", 0, 0, -3),
    ]
