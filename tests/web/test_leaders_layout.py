"""The panels and the own page of a leader, from frames alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from dash.development.base_component import Component

from components import leader_change, leader_page, leader_panel, leaders
from components.leader_change import Besides
from tests.web.reading import words as text

PANEL: dict[str, Any] = {
    "leader": "领导01", "role": "包保领导", "projects": 11, "leads": 1, "red": 4, "yellow": 2, "blue": 3,
    "green": 2, "start_ratio": 5 / 11, "next_due_date": date(2026, 11, 23), "must_start_today": 4,
    "visits_this_month": 0, "grey": 0, "stopped": 0, "started": 5, "problems_open": 2, "needs_open": 1,
    "cutoff": date(2026, 11, 22),
}  # fmt: skip
DEADLINE: dict[str, Any] = {
    "leader": "领导01", "role": "包保领导", "project_id": "P 1/2", "project_name": "扬农化工", "node": "环评",
    "due_date": date(2026, 11, 23), "due_basis": "承诺", "light": "yellow", "workdays_left": 1,
}  # fmt: skip
PROJECT: dict[str, Any] = {
    "project_id": "P1", "project_name": "扬农化工", "region": "连山区", "kind": "新建", "level": None,
    "light": "red", "light_node": "环评", "light_due_date": date(2026, 11, 6), "workdays_left": -12,
    "current_node": "环评", "current_department": "市生态环境局", "target_date": date(2027, 3, 15),
    "target_basis": "专项目标", "float_workdays": -3, "unscheduled_reason": None,
}  # fmt: skip


def panels(*changes: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([{**PANEL, **change} for change in changes], infer_schema_length=None)


def walk(component: Any) -> list[Component]:
    """A component and everything in it, in reading order."""
    if isinstance(component, (list, tuple)):
        return [part for child in component for part in walk(child)]
    if not isinstance(component, Component):
        return []
    return [component, *walk(getattr(component, "children", None))]


def links_of(component: Any) -> list[str]:
    return [part.href for part in walk(component) if getattr(part, "href", None)]


def classes(component: Any) -> list[str]:
    return [part.className for part in walk(component) if getattr(part, "className", None)]


class TestOrder:
    def test_who_has_most_red_comes_first_then_starts_yellow_and_missing_visits(self) -> None:
        frame = panels(
            {"leader": "走访少", "red": 0, "must_start_today": 0, "yellow": 0, "visits_this_month": 1},
            {"leader": "达标", "red": 0, "must_start_today": 0, "yellow": 0, "visits_this_month": 2},
            {"leader": "临期", "red": 0, "must_start_today": 0, "yellow": 1, "visits_this_month": 5},
            {"leader": "启动", "red": 0, "must_start_today": 1, "yellow": 0, "visits_this_month": 5},
            {"leader": "逾期", "red": 1, "must_start_today": 0, "yellow": 0, "visits_this_month": 5},
        )
        assert leader_panel.by_need(frame)["leader"].to_list() == ["逾期", "启动", "临期", "走访少", "达标"]

    def test_more_visits_than_two_are_no_merit(self) -> None:
        frame = panels({"leader": "乙", "visits_this_month": 2}, {"leader": "甲", "visits_this_month": 9})
        frame = frame.with_columns(red=0, must_start_today=0, yellow=0, start_ratio=0.5)
        assert leader_panel.by_need(frame)["leader"].to_list() == ["乙", "甲"]

    def test_lower_start_ratio_breaks_the_tie(self) -> None:
        frame = panels({"leader": "甲", "start_ratio": 0.9}, {"leader": "乙", "start_ratio": 0.4})
        assert leader_panel.by_need(frame)["leader"].to_list() == ["乙", "甲"]


class TestCard:
    def test_every_number_stands_with_its_base(self) -> None:
        shown = text(leader_panel.card(PANEL, [DEADLINE]))
        assert "包 11 个项目 · 1 条线索" in shown
        assert "开复工率45.5%5/11 个" in shown
        assert "今天必须启动4个节点" in shown
        assert "本月走访0/2还差 2 次" in shown
        assert "未销号问题 2 个 · 未解决需求 1 项" in shown

    def test_two_visits_reach_the_mark(self) -> None:
        assert "2/2达标" in text(leader_panel.numbers({**PANEL, "visits_this_month": 2}))

    def test_a_leader_without_projects_has_no_rate(self) -> None:
        none = dict.fromkeys(("projects", "started", "red", "yellow", "blue", "green"), 0)
        shown = text(leader_panel.card({**PANEL, **none}, []))
        assert "开复工率—0/0 个" in shown
        assert "没有项目" in shown
        assert "没有未办结的期限" in shown

    def test_nulls_never_reach_the_screen(self) -> None:
        row = {**PANEL, "visits_this_month": None, "must_start_today": None, "start_ratio": None}
        shown = text(
            leader_panel.card(row, [{**DEADLINE, "due_date": None, "due_basis": None, "workdays_left": None}])
        )
        assert "None" not in shown
        assert "nan" not in shown

    @pytest.mark.parametrize(
        ("lights", "edge"),
        [
            ({"red": 1}, "leader-red"),
            ({"red": 0}, "leader-yellow"),
            ({"red": 0, "yellow": 0, "blue": 0}, "leader-green"),
            (dict.fromkeys(("red", "yellow", "blue", "green"), 0), "leader-grey"),
        ],
    )
    def test_the_edge_is_the_worst_light(self, lights: dict[str, int], edge: str) -> None:
        assert edge in leader_panel.card({**PANEL, **lights}, []).className.split()

    def test_bar_names_each_light_with_its_count_and_grows_by_it(self) -> None:
        bar = leader_panel.light_bar({**PANEL, "blue": 0, "grey": 7})
        assert [text(part) for part in bar.children] == ["逾期 4", "临期 2", "办结 2", "未启动 7"]
        assert [part.style["flexGrow"] for part in bar.children] == [4, 2, 2, 7]
        assert all("light-shape" in classes(part) for part in bar.children)

    def test_links_keep_the_filters_and_survive_odd_names(self) -> None:
        card = leader_panel.card({**PANEL, "leader": "领导/01"}, [DEADLINE], "?region=%E8%BF%9E")
        own, *lights, project = links_of(card)
        assert own == "/leaders/%E9%A2%86%E5%AF%BC%2F01?region=%E8%BF%9E"
        assert project == "/project/P%201%2F2?region=%E8%BF%9E"
        leader = "leader=%E9%A2%86%E5%AF%BC%2F01"
        assert lights == [
            f"/timeline?region=%E8%BF%9E&{leader}&light={code}" for code in ("red", "yellow", "blue", "green")
        ]

    def test_the_bar_of_a_role_no_filter_knows_leads_nowhere(self) -> None:
        assert links_of(leader_panel.light_bar({**PANEL, "role": "首席服务员"})) == []


class TestDeadline:
    def test_says_day_basis_what_and_light_with_days(self) -> None:
        assert text(leader_panel.deadline_line(DEADLINE)) == "11月23日承诺扬农化工 · 环评临期 剩 1 天"

    @pytest.mark.parametrize(
        ("light", "left", "words"),
        [
            ("red", -12, "逾期 12 天"),
            ("yellow", 0, "临期 今天到期"),
            ("blue", 8, "正常 剩 8 天"),
            ("grey", 20, "未启动 剩 20 天"),
            ("grey", None, "未启动"),
            ("stopped", -4, "停"),
        ],
    )
    def test_words(self, light: str, left: int | None, words: str) -> None:
        assert leader_panel.light_words(light, left) == words


class TestBoard:
    def test_each_leader_gets_only_their_own_deadlines(self) -> None:
        frame = panels({}, {"leader": "领导02", "red": 0})
        due = pl.DataFrame([DEADLINE, {**DEADLINE, "leader": "领导02", "project_name": "复合肥"}])
        first, second = leader_panel.grid(frame, due)
        assert "扬农化工" in text(first)
        assert "复合肥" not in text(first)
        assert "复合肥" in text(second)

    def test_caption_names_base_units_and_cut_off(self) -> None:
        words = leaders.meaning(panels({}, {"leader": "领导02"}), "包保领导")
        assert words.startswith("2 位包保领导 · 22 个项目")
        for part in ("年度清单", "工作日", "数据截至 11月22日 周日"):
            assert part in words

    def test_nobody_is_a_sentence_that_says_what_to_do(self) -> None:
        shown = text(leaders.board(panels({}).clear(), pl.DataFrame([DEADLINE]).clear(), "推进专员"))
        assert "当前范围没有推进专员" in shown
        assert "项目台账“推进专员”一列" in shown


class TestRole:
    @pytest.mark.parametrize(
        ("search", "role"),
        [
            (None, "包保领导"),
            ("", "包保领导"),
            ("?role=%E9%A6%96%E5%B8%AD%E6%9C%8D%E5%8A%A1%E5%91%98", "首席服务员"),
            ("?role=nobody", "包保领导"),
        ],
    )
    def test_comes_from_the_address(self, search: str | None, role: str) -> None:
        assert leaders.role_of(search) == role

    def test_switch_keeps_filters_and_marks_the_chosen_one(self) -> None:
        switch = leaders.role_switch(
            "首席服务员", "?region=A&role=%E9%A6%96%E5%B8%AD%E6%9C%8D%E5%8A%A1%E5%91%98"
        )
        hrefs = links_of(switch)
        assert hrefs[0] == "/leaders?region=A"
        assert leaders.role_of("?" + hrefs[2].partition("?")[2]) == "推进专员"
        assert [link.className for link in switch.children] == ["chip", "chip on", "chip"]


def frame(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), infer_schema_length=None)


def leader(**changes: Any) -> leader_page.Leader:
    none = pl.DataFrame()
    facts: dict[str, Any] = {
        "name": "领导01", "role": "包保领导", "panel": PANEL, "must_start": none, "leads": none,
        "deadlines": frame(DEADLINE), "projects": frame(PROJECT), "problems": none, "visits": none,
    }  # fmt: skip
    return leader_page.Leader(**{**facts, **changes})


class TestOwnPage:
    def test_unknown_leader_is_told_what_to_check(self) -> None:
        shown = text(leader_page.page(leader(name="张三", panel=None)))
        assert "没有包保领导“张三”" in shown
        assert "清除筛选" in shown

    def test_empty_lists_say_so(self) -> None:
        shown = text(leader_page.page(leader()))
        for sentence in ("没有今天必须启动的节点", "没有未销号问题", "本月还没有走访记录", "没有招商线索"):
            assert sentence in shown

    def test_project_row_says_where_it_is_stuck_and_how_many_days_are_lost(self) -> None:
        shown = text(leader_page.project_row(PROJECT))
        assert shown == "逾期 12 天扬农化工连山区 · 新建环评市生态环境局11月6日环评3月15日专项目标误 3 天"

    def test_an_unscheduled_project_says_why(self) -> None:
        row = {**PROJECT, "float_workdays": None, "unscheduled_reason": "前置节点成环"}
        assert "前置节点成环" in text(leader_page.float_cell(row))

    def test_a_must_start_with_lost_days_is_red(self) -> None:
        row = {
            **PROJECT, "node": "环评", "department": None, "float_workdays": -2,
            "latest_start": date(2026, 11, 20), "latest_finish": date(2026, 12, 4),
        }  # fmt: skip
        line = leader_page.must_line(row)
        assert "已误 2 天" in text(line)
        assert "责任部门未填 · 最迟 11月20日启动、12月4日办结" in text(line)
        assert any("behind" in name.split() for name in classes(line))

    def test_long_lists_say_how_many_are_left_out(self) -> None:
        visit = {**PROJECT, "visit_date": date(2026, 11, 20), "matter": "能评", "result": None}
        shown = text(leader_page.page(leader(visits=frame(*[visit] * 15))))
        assert "另有 3 条" in shown

    def test_problem_and_lead_lines(self) -> None:
        problem = {
            **PROJECT, "problem": "缺用地指标", "promised_date": date(2026, 11, 10), "overdue_workdays": 8,
            "responsible_unit": "自然资源局",
        }  # fmt: skip
        assert (
            text(leader_page.problem_line(problem))
            == "缺用地指标逾期 8 天扬农化工 · 自然资源局 · 承诺 11月10日"
        )
        lead = {
            "lead_id": "X1", "lead_name": "风电整机", "investor": None, "stage": "签约",
            "agreed_investment_yuan": 1_230_000_000, "next_step": "注册公司",
        }  # fmt: skip
        assert (
            text(leader_page.lead_line(lead))
            == "风电整机签约客商未填 · 协议投资 12.30 亿元 · 下一步:注册公司"
        )


CHANGE: dict[str, Any] = {
    "since": date(2026, 11, 16), "leader": "领导01", "role": "包保领导", "projects": 11,
    "projects_before": 11, "red_before": 2, "red": 4, "started_before": 4, "started": 5,
}  # fmt: skip


def moved(**changes: Any) -> str:
    besides = Besides(date(2026, 11, 16), {"领导01": {**CHANGE, **changes}})
    return text(leader_change.movement(PANEL, besides))


class TestBesides:
    def test_a_panel_says_what_moved_since_last_time(self) -> None:
        assert moved() == "较上次 红灯 +2、开复工 +1"
        assert moved(red_before=5, started_before=5) == "较上次 红灯 −1"
        assert moved(red_before=4, started_before=5) == "较上次持平"
        assert moved(projects_before=0) == "上次不在清单"
        assert "较上次 红灯 +2" in text(
            leader_panel.card(PANEL, [], "", Besides(date(2026, 11, 16), {"领导01": CHANGE}))
        )

    def test_nothing_is_said_where_nothing_is_compared(self) -> None:
        assert leader_change.movement(PANEL, Besides()) == []
        assert "较上次" not in text(leader_panel.card(PANEL, []))

    def test_more_red_is_marked_as_worse_and_fewer_as_better(self) -> None:
        besides = Besides(date(2026, 11, 16), {"领导01": CHANGE})
        assert classes(leader_change.movement(PANEL, besides)) == ["behind", "ahead"]

    def test_a_promise_is_that_of_who_gave_it_else_of_who_holds_its_project(self) -> None:
        promises = pl.DataFrame(
            {
                "who": ["领导02", "王局长", "王局长", "领导01"], "project_id": ["P1", "P1", None, None],
                "light": ["red", "blue", "red", "red"], "done_date": [None, None, None, date(2026, 11, 20)],
            }
        )  # fmt: skip
        found = leader_change.promised(promises, ["领导01", "领导02"], {"P1": "领导01"})
        assert {person: [row["who"] for row in rows] for person, rows in found.items()} == {
            "领导02": ["领导02"], "领导01": ["王局长"],
        }  # fmt: skip
        told = leader_change.open_promises({**PANEL, "leader": "领导02"}, Besides(promises=found))
        assert text(told) == "未办承诺 1 件(逾期 1)"
        assert text(leader_change.open_promises(PANEL, Besides(promises=found))) == "未办承诺 1 件"
        assert leader_change.open_promises({**PANEL, "leader": "领导03"}, Besides(promises=found)) == []

    def test_the_own_page_lists_promises_with_who_gave_them(self) -> None:
        promise = {
            "what": "完成用地预审", "who": "王局长", "due_date": date(2026, 11, 20), "light": "red",
            "workdays_left": -1, "opened_on": date(2026, 11, 16),
        }  # fmt: skip
        shown = text(leader_page.promise_line(promise))
        assert shown == "完成用地预审逾期 1 天王局长 · 承诺 11月20日 · 11月16日会上记下"
