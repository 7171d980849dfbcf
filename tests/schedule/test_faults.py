from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from data.fault_findings import tell_faults
from tests.schedule.frames import by_node, node, one, own, run

TODAY = date(2023, 1, 19)
PLANNED = {"planned_start": date(2023, 12, 29)}
HEALTHY = {"project_id": "好", **PLANNED}


@pytest.mark.parametrize(
    ("rows", "rule", "nodes", "numbers"),
    [
        (
            [own("A", "甲", 3, "丙"), own("A", "乙", 4, "甲"), own("A", "丙", 1, "乙")],
            "cycle",
            {"甲", "乙", "丙"},
            "2、3、4",
        ),
        ([own("A", "甲", 3, "甲")], "cycle", {"甲"}, "2"),
        ([own("A", "甲", 3), own("A", "乙", 4, "壬")], "unknown_predecessor", {"乙"}, "3"),
        ([own("A", "甲", -3), own("A", "乙", 4, "甲")], "impossible_duration", {"甲"}, "2"),
        ([own("A", "甲", 20230315), own("A", "乙", 4, "甲")], "impossible_duration", {"甲"}, "2"),
        ([own("A", "甲", None), own("A", "乙", 4, "甲")], "missing_duration", {"甲"}, "2"),
        ([node("A", "怪手续")], "missing_duration", {"怪手续"}, "2"),
        ([own("A", "施工许可", 5, "开工")], "cycle", {"施工许可", "开工"}, "2"),
    ],
)
def test_a_faulty_network_is_named_and_only_its_project_is_unscheduled(
    rows: list[dict[str, object]], rule: str, nodes: set[str], numbers: str
) -> None:
    typed = {"project_type": "备案"} if rows[0]["node"] == "施工许可" else {}
    result = run([{"project_id": "A", "project_name": "甲项目", **PLANNED, **typed}, HEALTHY], rows, TODAY)
    (fault,) = result.faults
    assert (fault.rule, set(fault.nodes), fault.project) == (rule, nodes, "甲项目")
    assert [(spot.sheet, str(spot.row)) for spot in fault.spots] == [("节点", n) for n in numbers.split("、")]
    (finding,) = tell_faults(result.faults)
    assert (finding.rule, finding.weight, finding.cell) == (rule, "warning", None)
    assert "甲项目" in finding.message and all(name in finding.message for name in nodes)
    assert "“节点”" in finding.message and numbers in finding.message
    plan = one(result, "A")
    assert plan["unscheduled_reason"] and plan["forecast_finish"] is None and plan["float_workdays"] is None
    assert (plan["target_date"], plan["target_basis"]) == (date(2023, 12, 29), "计划开工")
    shown = result.nodes.filter(pl.col("project_id") == "A")
    assert (
        shown.select("earliest_start", "earliest_finish", "latest_start", "latest_finish", "float_workdays")
        .null_count()
        .row(0)
        == (len(shown),) * 5
    )
    assert not shown["critical"].any() and not shown["must_start_today"].any()
    assert one(result, "好")["unscheduled_reason"] is None
    assert one(result, "好")["float_workdays"] is not None


def test_several_faults_of_one_project_are_all_told() -> None:
    rows = [own("A", "甲", -3, "壬"), own("A", "乙", 4, "甲")]
    result = run([{"project_id": "A", **PLANNED}], rows, TODAY)
    assert {fault.rule for fault in result.faults} == {"impossible_duration", "unknown_predecessor"}
    assert "甲" in one(result, "A")["unscheduled_reason"]


def test_the_cycle_itself_is_named_not_what_hangs_on_it() -> None:
    rows = [own("A", "甲", 1, "乙"), own("A", "乙", 1, "甲"), own("A", "丙", 1, "乙")]
    (fault,) = run([{"project_id": "A", **PLANNED}], rows, TODAY).faults
    assert set(fault.nodes) == {"甲", "乙"}


@pytest.mark.parametrize("state", [{"status": "done"}, {"applicable": False}])
def test_what_is_done_or_not_applicable_needs_no_duration(state: dict[str, object]) -> None:
    result = run([{"project_id": "A", **PLANNED}], [node("A", "怪手续", **state)], TODAY)
    assert result.faults == ()


def test_usual_procedures_of_other_types_bring_their_own_duration() -> None:
    nodes = by_node(run([{"project_id": "A", **PLANNED}], [node("A", "稳评")], TODAY), "A")
    assert (nodes["稳评"]["duration_workdays"], nodes["稳评"]["department"]) == (20, "政法/属地")


def test_predecessors_in_the_other_phase_bind_nobody() -> None:
    project = {
        "project_id": "A",
        "actual_start": date(2023, 1, 3),
        "planned_finish": date(2024, 12, 31),
        "project_type": "备案",
    }
    result = run([project], [own("A", "环评", 10, "备案"), own("A", "主体", 80, "施工许可")], TODAY)
    assert result.faults == ()
