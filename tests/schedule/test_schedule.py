from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from data import contract
from data.errors import ConfigurationError
from data.schedule import schedule
from data.workdays import calendar
from tests.schedule.frames import by_node, node, one, own, projects, run

TODAY = date(2023, 1, 19)
LATER = date(2023, 12, 29)


def add(day: date, workdays: int) -> date:
    found = calendar().add(day, workdays)
    assert isinstance(found, date)
    return found


def test_a_running_approval_of_five_days_ends_on_the_31st() -> None:
    result = run(
        [{"project_id": "A", "planned_start": LATER}],
        [own("A", "环评", 5, accepted_date=TODAY), own("A", "开工", 0, "环评")],
        TODAY,
    )
    assert by_node(result, "A")["环评"]["earliest_finish"] == date(2023, 1, 31)


def test_chain_of_three_and_four_takes_seven_and_a_successor_starts_the_day_its_predecessor_ends() -> None:
    rows = [own("A", "甲", 3), own("A", "乙", 4, "甲")]
    nodes = by_node(run([{"project_id": "A", "planned_start": LATER}], rows, TODAY), "A")
    assert nodes["乙"]["latest_start"] == nodes["甲"]["latest_finish"]
    assert calendar().between(nodes["甲"]["latest_start"], LATER) == 7
    assert nodes["乙"]["earliest_start"] == nodes["甲"]["earliest_finish"] == add(TODAY, 3)
    assert nodes["乙"]["earliest_finish"] == add(TODAY, 7)


def test_a_target_on_a_free_day_counts_as_the_workday_before() -> None:
    rows = [own("A", "甲", 3), own("A", "乙", 4, "甲")]
    nodes = by_node(run([{"project_id": "A", "planned_start": date(2023, 12, 31)}], rows, TODAY), "A")
    assert nodes["乙"]["latest_finish"] == LATER


def test_the_template_of_the_type_is_laid_out_in_its_order() -> None:
    result = run(
        [{"project_id": t, "project_type": t, "planned_start": LATER} for t in ("备案", "核准", "审批")],
        [],
        TODAY,
    )
    first = result.nodes.group_by("project_id", maintain_order=True).agg(
        pl.first("node"), pl.last("node").alias("end")
    )
    assert first.rows() == [
        ("备案", "备案", "开工"),
        ("核准", "用地预审", "开工"),
        ("审批", "建议书", "开工"),
    ]
    assert result.projects["template"].to_list() == ["备案", "核准", "审批"]
    assert result.nodes["reported"].sum() == 0


def test_the_usual_filing_chain_takes_83_workdays() -> None:
    # 备案1 供地22 用地规划5 方案20+7 图审10 定施工单位5 施工许可5
    result = run([{"project_id": "A", "project_type": "备案", "planned_start": LATER}], [], TODAY)
    nodes = by_node(result, "A")
    assert calendar().between(nodes["备案"]["latest_start"], LATER) == 1 + 22 + 5 + 27 + 10 + 5 + 5
    assert one(result, "A")["critical_chain"] == [
        "备案",
        "供地",
        "用地规划",
        "方案",
        "图审",
        "定施工单位",
        "施工许可",
        "开工",
    ]
    assert {name for name, row in nodes.items() if row["critical"]} >= {"图审", "消防", "开工"}
    assert not nodes["能评"]["critical"]


def test_a_row_under_an_alias_replaces_the_template_node_and_keeps_its_name() -> None:
    rows = [
        node("A", "立项", duration_workdays=3),
        node("A", "用地", status="running", accepted_date=date(2023, 1, 3)),
    ]
    nodes = by_node(run([{"project_id": "A", "planned_start": LATER}], rows, TODAY), "A")
    assert "备案" not in nodes and "供地" not in nodes
    assert (nodes["立项"]["duration_workdays"], nodes["立项"]["reported"]) == (3, True)
    assert nodes["用地"]["predecessors"] == ["立项"]
    assert nodes["用地"]["department"] == "自然资源"
    assert (
        nodes["用地规划"]["earliest_start"] == nodes["用地"]["earliest_finish"] == add(date(2023, 1, 3), 22)
    )


def test_when_a_node_is_reported_twice_its_own_name_wins() -> None:
    rows = [node("A", "立项", duration_workdays=3), node("A", "备案", duration_workdays=2)]
    nodes = by_node(run([{"project_id": "A", "planned_start": LATER}], rows, TODAY), "A")
    assert nodes["供地"]["predecessors"] == ["备案"]
    assert nodes["立项"]["latest_finish"] == LATER


def test_preparation_counts_only_until_acceptance() -> None:
    waiting = by_node(run([{"project_id": "A", "planned_start": LATER}], [node("A", "环评")], TODAY), "A")
    accepted = by_node(
        run([{"project_id": "A", "planned_start": LATER}], [node("A", "环评", accepted_date=TODAY)], TODAY),
        "A",
    )
    assert waiting["环评"]["duration_workdays"] == 30
    assert accepted["环评"]["duration_workdays"] == 10
    assert accepted["环评"]["earliest_finish"] == add(TODAY, 10)


def test_own_predecessors_replace_the_templates() -> None:
    rows = [node("A", "供地", predecessors=["能评", "林地"]), node("A", "林地", duration_workdays=8)]
    project = {"project_id": "A", "project_type": "备案", "planned_start": LATER}
    nodes = by_node(run([project], rows, TODAY), "A")
    assert sorted(nodes["供地"]["predecessors"]) == ["林地", "能评"]
    assert nodes["供地"]["earliest_start"] == nodes["能评"]["earliest_finish"]


def test_an_unknown_node_runs_in_parallel_and_must_precede_the_start() -> None:
    nodes = by_node(
        run([{"project_id": "A", "planned_start": LATER}], [node("A", "林地", duration_workdays=8)], TODAY),
        "A",
    )
    assert nodes["林地"]["earliest_start"] == TODAY
    assert nodes["林地"]["latest_finish"] == LATER
    assert "林地" in nodes["开工"]["predecessors"]


def test_a_node_after_the_last_one_is_not_forced_before_it() -> None:
    project = {"project_id": "A", "project_type": "备案", "planned_start": LATER}
    result = run([project], [own("A", "奠基", 1, "开工")], TODAY)
    assert one(result, "A")["unscheduled_reason"] is None
    nodes = by_node(result, "A")
    assert nodes["奠基"]["earliest_start"] == nodes["开工"]["earliest_finish"]
    assert nodes["奠基"]["latest_finish"] is None


def test_a_construction_node_before_the_start_is_shown_but_binds_nothing() -> None:
    nodes = by_node(
        run([{"project_id": "A", "planned_start": LATER}], [node("A", "主体", status="waiting")], TODAY), "A"
    )
    assert (nodes["主体"]["latest_finish"], nodes["主体"]["float_workdays"]) == (None, None)
    assert "主体" not in nodes["开工"]["predecessors"]


def test_optional_nodes_come_with_the_industry_or_with_a_row() -> None:
    rows = [
        {"project_id": "A", "industry": "精细化工", "planned_start": LATER},
        {"project_id": "B", "planned_start": LATER},
        {"project_id": "C", "planned_start": LATER},
    ]
    result = run(rows, [node("C", "安评")], TODAY)
    assert {p for p in "ABC" if "安评" in by_node(result, p)} == {"A", "C"}


def test_not_applicable_nodes_pass_their_links_through() -> None:
    rows = [own("A", "甲", 3), own("A", "乙", 40, "甲", applicable=False), own("A", "丙", 4, "乙")]
    nodes = by_node(run([{"project_id": "A", "planned_start": LATER}], rows, TODAY), "A")
    assert nodes["丙"]["earliest_finish"] == add(TODAY, 7)
    assert nodes["甲"]["latest_finish"] == nodes["丙"]["latest_start"]
    assert (nodes["乙"]["applicable"], nodes["乙"]["earliest_start"], nodes["乙"]["latest_finish"]) == (
        False,
        None,
        None,
    )


def test_done_running_and_waiting_nodes_forward() -> None:
    rows = [
        own("A", "甲", 3, actual_finish=date(2023, 1, 10), accepted_date=date(2023, 1, 5)),
        own("A", "乙", 5, "甲", accepted_date=date(2023, 1, 3)),
        own("A", "丙", 5, "甲", accepted_date=TODAY, paused_workdays=2),
        own("A", "丁", 2, "甲"),
        own("A", "戊", 0, "乙", "丙", "丁"),
    ]
    nodes = by_node(run([{"project_id": "A", "planned_start": LATER}], rows, TODAY), "A")
    assert (nodes["甲"]["earliest_start"], nodes["甲"]["earliest_finish"]) == (
        date(2023, 1, 5),
        date(2023, 1, 10),
    )
    assert nodes["乙"]["earliest_finish"] == add(TODAY, 1)  # should be over, so tomorrow at best
    assert nodes["丙"]["earliest_finish"] == add(TODAY, 7)
    assert nodes["丁"]["earliest_start"] == TODAY
    assert nodes["戊"]["earliest_finish"] == add(TODAY, 7)


def test_a_date_after_as_of_has_not_happened_yet() -> None:
    rows = [own("A", "甲", 3, actual_finish=date(2023, 2, 10)), own("A", "乙", 1, "甲")]
    nodes = by_node(run([{"project_id": "A", "planned_start": LATER}], rows, TODAY), "A")
    assert nodes["甲"]["earliest_finish"] == add(TODAY, 3)


def test_done_without_a_day_lets_successors_go_and_shows_no_day() -> None:
    rows = [own("A", "甲", 3, status="done"), own("A", "乙", 4, "甲")]
    nodes = by_node(run([{"project_id": "A", "planned_start": LATER}], rows, TODAY), "A")
    assert (nodes["甲"]["earliest_finish"], nodes["甲"]["float_workdays"]) == (None, None)
    assert nodes["乙"]["earliest_finish"] == add(TODAY, 4)


def test_on_a_saturday_the_next_step_begins_on_monday_and_friday_is_lost() -> None:
    rows = [own("A", "甲", 1)]
    friday, saturday = date(2023, 3, 3), date(2023, 3, 4)
    plan = [{"project_id": "A", "planned_start": date(2023, 3, 6)}]
    on_friday, on_saturday = (by_node(run(plan, rows, day), "A")["甲"] for day in (friday, saturday))
    assert (on_friday["float_workdays"], on_friday["must_start_today"]) == (0, True)
    assert (on_saturday["earliest_start"], on_saturday["float_workdays"]) == (date(2023, 3, 6), -1)


def test_must_start_today_is_what_has_not_begun_and_may_not_wait() -> None:
    rows = [own("A", "甲", 3, status="running", accepted_date=TODAY), own("A", "乙", 3), own("A", "丙", 2)]
    rows.append(own("A", "丁", 0, "甲", "乙", "丙"))
    nodes = by_node(run([{"project_id": "A", "planned_start": add(TODAY, 3)}], rows, TODAY), "A")
    assert {name for name, row in nodes.items() if row["must_start_today"]} == {"乙"}


def test_a_campaign_day_comes_before_the_planned_start() -> None:
    rows = [
        {"project_id": "A", "planned_start": LATER, "campaign_target_date": date(2023, 3, 15)},
        {"project_id": "B", "planned_start": LATER},
        {"project_id": "C"},
    ]
    result = run(rows, [], TODAY)
    shown = result.projects.select("target_date", "target_basis").rows()
    assert shown == [(date(2023, 3, 15), "专项目标"), (LATER, "计划开工"), (None, None)]
    aimless = by_node(result, "C")
    assert aimless["备案"]["latest_start"] is None and aimless["备案"]["earliest_finish"] is not None
    assert one(result, "C")["float_workdays"] is None and one(result, "C")["forecast_finish"] is not None


def test_a_started_project_follows_the_construction_chain() -> None:
    project = {
        "project_id": "A",
        "actual_start": date(2022, 10, 10),
        "planned_finish": LATER,
        "planned_production": date(2024, 6, 28),
    }
    rows = [
        node("A", "能评", status="waiting"),
        node("A", "主体", status="running", accepted_date=date(2022, 12, 1)),
    ]
    result = run([project], rows, TODAY)
    nodes, plan = by_node(result, "A"), one(result, "A")
    assert (plan["phase"], plan["template"], plan["target_basis"]) == ("construction", "施工", "计划竣工")
    assert nodes["开工"]["earliest_finish"] == date(2022, 10, 10)
    assert nodes["主体"]["earliest_finish"] == add(date(2022, 12, 1), 80)
    assert nodes["竣工"]["latest_finish"] == LATER
    assert nodes["投产"]["latest_finish"] == date(2024, 6, 28)
    assert nodes["能评"]["latest_finish"] is None and nodes["能评"]["reported"]
    assert plan["forecast_finish"] == nodes["竣工"]["earliest_finish"]


def test_construction_nobody_reports_is_taken_to_have_followed_on() -> None:
    project = {"project_id": "A", "actual_start": date(2021, 3, 1), "planned_finish": LATER}
    result = run([project], [], TODAY)
    nodes = by_node(result, "A")
    assert nodes["基础"]["earliest_finish"] == add(date(2021, 3, 1), 40)
    assert nodes["竣工"]["earliest_finish"] == add(TODAY, 1)  # not reported done, so tomorrow at best
    assert one(result, "A")["late_workdays"] is None
    assert not any(row["must_start_today"] for row in nodes.values())


def test_construction_begun_nobody_knows_when_is_not_forecast() -> None:
    project = {"project_id": "A", "status": "已复工", "kind": "续建", "planned_finish": LATER}
    silent = run([project], [], TODAY)
    nodes, plan = by_node(silent, "A"), one(silent, "A")
    assert (plan["target_date"], plan["target_basis"]) == (LATER, "计划竣工")
    assert plan["forecast_finish"] is plan["late_workdays"] is plan["float_workdays"] is None
    assert nodes["竣工"]["latest_finish"] == LATER and nodes["基础"]["earliest_finish"] is None
    assert not any(row["critical"] or row["must_start_today"] for row in nodes.values())
    told = run([project], [node("A", "主体", status="running", accepted_date=TODAY)], TODAY)
    assert one(told, "A")["forecast_finish"] is not None


def test_a_usual_step_overtaken_by_a_done_one_need_not_start_today() -> None:
    rows = [node("A", "施工许可", status="done", actual_finish=TODAY)]
    nodes = by_node(run([{"project_id": "A", "planned_start": date(2023, 2, 1)}], rows, TODAY), "A")
    assert nodes["图审"]["latest_start"] < TODAY and not nodes["图审"]["must_start_today"]
    assert nodes["环评"]["must_start_today"]


@pytest.mark.parametrize(
    ("row", "phase"),
    [
        ({"status": "已开工"}, "construction"),
        ({"status": "已复工"}, "construction"),
        ({"status": "停工"}, "construction"),
        ({"kind": "续建"}, "construction"),
        ({"actual_start": TODAY}, "construction"),
        ({"actual_start": date(2023, 1, 20)}, "start"),
        ({"status": "未开工"}, "start"),
        ({"status": "力争开工建设"}, "start"),
        ({"kind": "新建"}, "start"),
    ],
)
def test_phase(row: dict[str, object], phase: str) -> None:
    result = run([{"project_id": "A", "planned_start": LATER, **row}], [], TODAY)
    assert one(result, "A")["phase"] == phase


def test_a_continued_project_aims_at_resuming_first() -> None:
    row = {
        "project_id": "A",
        "kind": "续建",
        "campaign_target_date": date(2023, 3, 15),
        "planned_finish": LATER,
    }
    result = run([row], [], date(2023, 4, 3))
    assert (one(result, "A")["target_basis"], one(result, "A")["late_workdays"]) == ("专项目标", 13)


def test_a_finished_project_aims_at_nothing_more() -> None:
    row = {
        "project_id": "A",
        "actual_start": date(2022, 1, 4),
        "planned_finish": date(2022, 12, 1),
        "actual_finish": date(2022, 12, 20),
    }
    plan = one(run([row], [], TODAY), "A")
    assert (plan["forecast_finish"], plan["late_workdays"], plan["critical_chain"]) == (
        date(2022, 12, 20),
        None,
        [],
    )


def test_a_predecessor_overtaken_by_a_done_node_no_longer_makes_the_project_late() -> None:
    rows = [own("A", "甲", 1), own("A", "乙", 200, "甲", status="done"), own("A", "丙", 5, "乙")]
    result = run([{"project_id": "A", "planned_start": date(2023, 3, 1)}], rows, TODAY)
    assert by_node(result, "A")["甲"]["float_workdays"] < 0
    plan = one(result, "A")
    assert plan["late_workdays"] is None and plan["float_workdays"] > 0
    assert plan["critical_chain"] == ["丙"]


def test_empty_ledgers_and_rows_of_unknown_projects() -> None:
    empty = schedule(contract.empty(contract.PROJECTS), contract.empty(contract.NODES), TODAY)
    assert len(empty.nodes) == len(empty.projects) == 0
    stray = run([{"project_id": "A"}], [node("Z", "环评")], TODAY)
    assert stray.nodes["project_id"].unique().to_list() == ["A"]
    full = run([{"project_id": "A"}], [own("A", "甲", 1)], TODAY)
    assert empty.nodes.schema == full.nodes.schema
    assert empty.projects.schema == full.projects.schema


def test_an_unknown_default_type_is_a_wrong_setting() -> None:
    with pytest.raises(ConfigurationError, match="GUATU_DEFAULT_PROJECT_TYPE 是“许可”"):
        schedule(projects({"project_id": "A"}), contract.empty(contract.NODES), TODAY, "许可")
