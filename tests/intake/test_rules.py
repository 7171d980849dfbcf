from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from data.conform import Conformed
from data.contract import LEDGERS, empty, ledger
from data.errors import FaultyLedger
from data.rules import RULES, check
from tests.intake.books import DAY, conformed

P = {"project_id": "1", "project_name": "甲", "kind": "新建"}
TOMORROW = date(2026, 11, 23)
# rows that break the rule of this name: ledger → rows
BROKEN: dict[str, dict[str, list[dict[str, Any]]]] = {
    "project_without_name": {"projects": [{"project_id": "1"}]},
    "duplicate_project": {"projects": [P, P]},
    "negative_investment": {"projects": [P | {"total_investment_yuan": -1}]},
    "negative_completed": {"projects": [P | {"invested_total_yuan": -1}]},
    "completed_more_than_total": {"projects": [P | {"total_investment_yuan": 10, "invested_total_yuan": 11}]},
    "this_year_more_than_ever": {"projects": [P | {"invested_this_year_yuan": 3, "invested_total_yuan": 2}]},
    "started_in_future": {"projects": [P | {"actual_start": TOMORROW}]},
    "finished_in_future": {"projects": [P | {"actual_finish": TOMORROW}]},
    "produced_in_future": {"projects": [P | {"actual_production": TOMORROW}]},
    "finish_not_before_start": {"projects": [P | {"actual_start": DAY, "actual_finish": date(2026, 1, 1)}]},
    "planned_finish_not_before_start": {
        "projects": [P | {"planned_start": DAY, "planned_finish": date(2026, 1, 1)}]
    },
    "stop_ends_before_it_begins": {
        "projects": [P | {"stopped_from": DAY, "stopped_until": date(2026, 1, 1)}]
    },
    "unknown_kind": {"projects": [P | {"kind": "扩建"}]},
    "node_without_project": {"nodes": [{"node": "立项"}]},
    "node_without_name": {"nodes": [{"project_id": "1"}]},
    "node_of_unknown_project": {"nodes": [{"project_id": "9", "node": "立项"}]},
    "duplicate_node": {"nodes": [{"project_id": "1", "node": "立项"}] * 2},
    "done_in_future": {"nodes": [{"project_id": "1", "node": "立项", "actual_finish": TOMORROW}]},
    "done_before_accepted": {
        "nodes": [
            {"project_id": "1", "node": "立项", "accepted_date": DAY, "actual_finish": date(2026, 1, 1)}
        ]
    },
    "done_but_not_finished": {
        "nodes": [{"project_id": "1", "node": "立项", "actual_finish": DAY, "status": "running"}]
    },
    "negative_duration": {"nodes": [{"project_id": "1", "node": "立项", "duration_workdays": -1}]},
    "start_not_before_permit": {
        "projects": [P | {"actual_start": date(2026, 3, 1)}],
        "nodes": [{"project_id": "1", "node": "施工许可", "status": "waiting"}],
    },
    "problem_without_words": {"problems": [{"problem_id": "1", "project_id": "1"}]},
    "problem_of_unknown_project": {"problems": [{"problem_id": "1", "project_name": "丁", "problem": "x"}]},
    "duplicate_problem": {"problems": [{"problem_id": "1", "project_id": "1", "problem": "x"}] * 2},
    "closed_in_future": {
        "problems": [{"problem_id": "1", "project_id": "1", "problem": "x", "closed_date": TOMORROW}]
    },
    "closed_before_raised": {
        "problems": [
            {
                "problem_id": "1",
                "project_id": "1",
                "problem": "x",
                "raised_date": DAY,
                "closed_date": date(2026, 1, 1),
            }
        ]
    },
    "closed_without_confirmer": {
        "problems": [{"problem_id": "1", "project_id": "1", "problem": "x", "closed_date": DAY}]
    },
    "need_of_unknown_project": {"needs": [{"project_id": "9", "factor": "用地"}]},
    "need_without_factor": {"needs": [{"project_id": "1"}]},
    "visit_of_unknown_project": {"visits": [{"project_id": "9", "visit_date": DAY, "visitor": "领导01"}]},
    "visit_without_date": {"visits": [{"project_id": "1", "visitor": "领导01"}]},
    "visit_in_future": {"visits": [{"project_id": "1", "visit_date": TOMORROW, "visitor": "领导01"}]},
    "lead_without_number": {"leads": [{"lead_name": "x"}]},
    "duplicate_lead": {"leads": [{"lead_id": "1"}] * 2},
    "task_without_number": {"tasks": [{"task": "x"}]},
    "duplicate_task": {"tasks": [{"task_id": "1"}] * 2},
    "target_incomplete": {"targets": [{"indicator": "开复工率"}]},
}


def book(ledgers: dict[str, list[dict[str, Any]]]) -> Conformed:
    """Conformed ledgers of these rows, standing from row 2 on in sheets of their names."""
    frames = {}
    for name, rows in ({"projects": [P]} | ledgers).items():
        item = ledger(name)
        placed = [row | {"source_sheet": item.sheet, "source_row": i} for i, row in enumerate(rows, start=2)]
        frames[name] = pl.DataFrame(placed, schema=item.schema)
    columns = {(item.sheet, c.name): i for item in LEDGERS for i, c in enumerate(item.columns)}
    return Conformed(frames, (), None, columns)


def findings(conformed: Conformed) -> tuple[Any, ...]:
    try:
        return check(conformed, None, DAY).findings
    except FaultyLedger as fault:
        return fault.findings


def test_every_rule_has_a_case() -> None:
    assert {rule.name for rule in RULES} == set(BROKEN)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_broken_row_is_told_with_its_place(rule: Any) -> None:
    told = [f for f in findings(book(BROKEN[rule.name])) if f.rule == rule.name]
    assert told
    assert told[0].weight == rule.weight
    assert told[0].sheet == ledger(rule.ledger).sheet
    assert told[0].cell is not None
    assert told[0].cell.endswith("2")
    assert "{" not in told[0].message
    assert told[0].message.startswith(f"工作表“{told[0].sheet}”{told[0].cell}")


def test_a_sound_book_has_no_findings() -> None:
    sound = book({"nodes": [{"project_id": "1", "node": "立项", "status": "done", "actual_finish": DAY}]})
    checked = check(sound, None, DAY)
    assert checked.findings == ()
    assert checked.ledgers["nodes"].schema == empty(ledger("nodes")).schema


def test_errors_stop_the_file_and_come_first() -> None:
    with pytest.raises(FaultyLedger) as caught:
        check(book({"projects": [P | {"total_investment_yuan": -1}, P]}), None, DAY)
    assert [f.weight for f in caught.value.findings] == ["error", "error", "warning"]
    assert "共 2 处错误" in str(caught.value)


def test_rows_of_unknown_projects_are_left_out() -> None:
    rows = [{"project_id": "9", "node": "立项"}, {"project_id": "1", "node": "能评"}]
    assert check(book({"nodes": rows}), None, DAY).ledgers["nodes"]["node"].to_list() == ["能评"]


def test_many_broken_rows_are_summed_up() -> None:
    rows = [{"project_id": "9", "node": f"n{i}"} for i in range(1000)]
    told = findings(book({"nodes": rows}))
    assert len(told) == 21
    assert "还有 980 处" in told[-1].message


def test_projects_are_needed_once() -> None:
    nodes = conformed(("节点", [["项目编号", "节点"], ["1", "立项"]]))
    with pytest.raises(FaultyLedger, match="没有项目台账"):
        check(nodes, None, DAY)
    previous = {"projects": book({}).ledgers["projects"]}
    assert check(nodes, previous, DAY).ledgers["nodes"].height == 1


def test_no_ledger_at_all_and_no_project_rows() -> None:
    with pytest.raises(FaultyLedger, match="找不到任何台账"):
        check(conformed(("汇总", [["a", "b"], [1, 2]])), None, DAY)
    with pytest.raises(FaultyLedger, match="一个项目也没有"):
        check(conformed(("项目", [["项目编号", "项目名称"], [None, None]])), None, DAY)
