from __future__ import annotations

from datetime import date

from data.workdays import calendar
from tests.schedule.frames import by_node, node, one, own, run

TODAY = date(2023, 1, 19)


def ahead(workdays: int) -> date:
    found = calendar().add(TODAY, workdays)
    assert isinstance(found, date)
    return found


def test_a_target_that_cannot_be_met_says_how_late_along_which_chain_and_both_ways_out() -> None:
    rows = [
        own("A", "甲", 11),
        own("A", "乙", 6),
        own("A", "丙", 21, "甲"),
        own("A", "丁", 5, "甲", "乙"),
        own("A", "戊", 0, "丙", "丁"),
    ]
    plan = one(run([{"project_id": "A", "planned_start": ahead(26)}], rows, TODAY), "A")
    assert plan["late_workdays"] == 6
    assert plan["float_workdays"] == -6
    assert plan["critical_chain"] == ["甲", "丙", "戊"]
    assert plan["reachable_date"] == ahead(32)
    assert plan["shrinks"] == [
        {"node": "甲", "from_workdays": 11, "to_workdays": 9},
        {"node": "丙", "from_workdays": 21, "to_workdays": 17},
    ]


def test_one_day_late_shortens_one_node_by_one_day() -> None:
    rows = [own("A", "甲", 5), own("A", "乙", 5, "甲"), own("A", "丙", 5, "乙")]
    plan = one(run([{"project_id": "A", "planned_start": ahead(14)}], rows, TODAY), "A")
    assert plan["shrinks"] == [{"node": "丙", "from_workdays": 5, "to_workdays": 4}]


def test_parallel_chains_are_shortened_together() -> None:
    rows = [own("A", "甲", 10), own("A", "乙", 10), own("A", "丙", 0, "甲", "乙")]
    plan = one(run([{"project_id": "A", "planned_start": ahead(7)}], rows, TODAY), "A")
    assert [(s["node"], s["to_workdays"]) for s in plan["shrinks"]] == [("甲", 7), ("乙", 7)]


def test_when_one_workday_a_node_is_still_too_long_there_is_only_the_later_date() -> None:
    rows = [own("A", "甲", 5), own("A", "乙", 5, "甲"), own("A", "丙", 5, "乙")]
    plan = one(run([{"project_id": "A", "planned_start": ahead(2)}], rows, TODAY), "A")
    assert (plan["late_workdays"], plan["shrinks"], plan["reachable_date"]) == (13, [], ahead(15))


def test_a_running_node_gives_up_what_is_left_of_it_at_most() -> None:
    rows = [own("A", "甲", 20, status="running", accepted_date=date(2023, 1, 12)), own("A", "乙", 5, "甲")]
    plan = one(run([{"project_id": "A", "planned_start": ahead(4)}], rows, TODAY), "A")
    # five workdays are gone, so at least six are used; 乙 has three left
    cut = {s["node"]: s["to_workdays"] for s in plan["shrinks"]}
    rows = [row | {"duration_workdays": cut.get(row["node"], row["duration_workdays"])} for row in rows]
    assert 6 <= cut["甲"] < 20
    assert (
        one(run([{"project_id": "A", "planned_start": ahead(4)}], rows, TODAY), "A")["late_workdays"] is None
    )


def test_outdoor_work_is_shortened_in_days_that_count() -> None:
    project = {"project_id": "A", "actual_start": date(2023, 9, 1), "planned_finish": date(2024, 6, 28)}
    first = [node("A", "主体", duration_workdays=60, status="running", accepted_date=date(2023, 11, 1))]
    result = run([project], first, date(2023, 11, 1), winter_break="辽宁")
    plan = one(result, "A")
    assert plan["late_workdays"] > 0
    cut = {s["node"]: s["to_workdays"] for s in plan["shrinks"]}
    again = [
        node(
            "A",
            name,
            duration_workdays=cut.get(name, row["duration_workdays"]),
            predecessors=row["predecessors"],
            **({"status": "running", "accepted_date": date(2023, 11, 1)} if name == "主体" else {}),
        )
        for name, row in by_node(result, "A").items()
        if name not in ("开工",)
    ]
    typed = project | {"project_type": "备案"}
    assert one(run([typed], again, date(2023, 11, 1), winter_break="辽宁"), "A")["late_workdays"] is None


def test_the_second_target_is_reported_when_only_it_is_missed() -> None:
    project = {
        "project_id": "A",
        "actual_start": date(2022, 3, 1),
        "planned_finish": date(2023, 12, 29),
        "planned_production": date(2024, 1, 10),
    }
    plan = one(run([project], [], TODAY), "A")
    assert plan["target_basis"] == "计划竣工" and plan["late_workdays"] is None
    tight = one(run([project], [node("A", "试生产", duration_workdays=300)], TODAY), "A")
    assert tight["target_basis"] == "计划投产" and tight["late_workdays"] > 0
    assert tight["critical_chain"][-1] == "投产"
