from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from data.conform import Conformed
from data.conform.places import Columns, Place
from data.contract import LEDGERS, empty, ledger
from data.errors import FaultyLedger
from data.rulebook.over_time import OVER_TIME_RULES
from data.rules import RULES, check
from tests.intake.books import DAY, conformed

P = {"project_id": "1", "project_name": "甲", "region": "连山区", "kind": "新建"}
N = {"project_id": "1", "node": "立项"}
DONE = N | {"status": "done", "actual_finish": date(2026, 2, 1), "document_number": "1号"}
Q = {"problem_id": "1", "project_id": "1", "problem": "x"}
M = {"project_id": "1", "month_end": date(2026, 4, 30), "completed_cumulative_yuan": 1}
TOMORROW = date(2026, 11, 23)
# rows that break the rule of this name: ledger → rows
BROKEN: dict[str, dict[str, list[dict[str, Any]]]] = {
    "project_without_name": {"projects": [{"project_id": "1"}]},
    "duplicate_project": {"projects": [P | {"owner": "甲公司"}, P | {"owner": "乙公司"}]},
    "repeated_project": {"projects": [P, P]},
    "negative_investment": {"projects": [P | {"total_investment_yuan": -1}]},
    "negative_completed": {"projects": [P | {"invested_this_year_yuan": -1}]},
    "negative_completed_total": {"projects": [P | {"invested_total_yuan": -1}]},
    "this_year_more_than_total": {
        "projects": [P | {"total_investment_yuan": 10, "invested_this_year_yuan": 11}]
    },
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
    "duplicate_node": {"nodes": [N | {"status": "done"}, N | {"status": "waiting"}]},
    "repeated_node": {"nodes": [N, N]},
    "done_without_date": {
        "nodes": [N | {"status": "done"}, N | {"node": "能评", "status": "done", "actual_finish": DAY}]
    },
    "started_before_permit": {
        "projects": [P | {"actual_start": date(2026, 3, 1)}],
        "nodes": [{"project_id": "1", "node": "施工许可", "status": "done", "actual_finish": DAY}],
    },
    "made_up_in_future": {"nodes": [{"project_id": "1", "node": "立项", "made_up_date": TOMORROW}]},
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
    "duplicate_problem": {"problems": [Q, Q | {"problem": "y"}]},
    "repeated_problem": {"problems": [Q, Q]},
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
    "closed_without_date": {"problems": [Q | {"resolved": True}]},
    "closed_yet_open": {"problems": [Q | {"resolved": False, "closed_date": DAY}]},
    "closed_without_confirmer": {
        "problems": [{"problem_id": "1", "project_id": "1", "problem": "x", "closed_date": DAY}]
    },
    "need_of_unknown_project": {"needs": [{"project_id": "9", "factor": "用地"}]},
    "need_without_factor": {"needs": [{"project_id": "1"}]},
    "visit_of_unknown_project": {"visits": [{"project_id": "9", "visit_date": DAY, "visitor": "领导01"}]},
    "visit_without_date": {"visits": [{"project_id": "1", "visitor": "领导01"}]},
    "visit_in_future": {"visits": [{"project_id": "1", "visit_date": TOMORROW, "visitor": "领导01"}]},
    "lead_without_number": {"leads": [{"lead_name": "x"}]},
    "duplicate_lead": {"leads": [{"lead_id": "1", "lead_name": n} for n in "甲乙"]},
    "repeated_lead": {"leads": [{"lead_id": "1"}] * 2},
    "task_without_number": {"tasks": [{"task": "x"}]},
    "duplicate_task": {"tasks": [{"task_id": "1", "task": n} for n in "甲乙"]},
    "repeated_task": {"tasks": [{"task_id": "1"}] * 2},
    "target_incomplete": {"targets": [{"indicator": "开复工率"}]},
    "month_of_unknown_project": {"monthly": [M | {"project_id": "9"}]},
    "month_missing": {"monthly": [{"project_id": "1"}]},
    "duplicate_month": {"monthly": [M, M | {"completed_cumulative_yuan": 9}]},
    "repeated_month": {"monthly": [M, M]},
    "completed_falls_by_month": {
        "monthly": [M | {"month_end": date(2026, 3, 31), "completed_cumulative_yuan": 5}, M]
    },
    "total_investment_unit_slip": {"projects": [P | {"total_investment_yuan": 50_000}]},
    "annual_plan_unit_slip": {"projects": [P | {"annual_plan_yuan": 5 * 10**12}]},
    "invested_this_year_unit_slip": {"projects": [P | {"invested_this_year_yuan": 50_000}]},
    "invested_total_unit_slip": {"projects": [P | {"invested_total_yuan": 50_000}]},
    "funds_received_unit_slip": {"projects": [P | {"funds_received_yuan": 50_000}]},
    "invested_this_year_fell": {"projects": [P | {"invested_this_year_yuan": 499_990_000}]},
    "invested_total_fell": {"projects": [P | {"invested_total_yuan": 499_990_000}]},
    "project_planned_start_moved": {"projects": [P | {"planned_start": DAY}]},
    "project_planned_finish_moved": {"projects": [P | {"planned_finish": DAY}]},
    "project_planned_production_moved": {"projects": [P | {"planned_production": DAY}]},
    "project_campaign_target_date_moved": {"projects": [P | {"campaign_target_date": DAY}]},
    "node_planned_finish_moved": {"nodes": [N | {"status": "running", "planned_finish": DAY}]},
    "node_promised_finish_moved": {"nodes": [N | {"status": "running", "promised_finish": DAY}]},
    "problem_promised_date_moved": {"problems": [Q | {"promised_date": DAY}]},
    "started_again": {"projects": [P | {"actual_start": date(2026, 11, 1)}]},
    "start_withdrawn": {"projects": [P]},
    "progress_unchanged": {"projects": [P | {"progress_text": "正在办理"}]},
    "no_longer_done": {"nodes": [N | {"status": "running"}]},
    "done_without_document_number": {
        "nodes": [N | {"project_id": "2", "status": "done", "actual_finish": DAY}, DONE]
    },
    "problem_reopened": {"problems": [Q]},
}
# what was last reported, for the rules that compare with it
LAST: dict[str, list[dict[str, Any]]] = {
    "projects": [
        P
        | dict.fromkeys(
            ("total_investment_yuan", "annual_plan_yuan", "invested_this_year_yuan", "invested_total_yuan",
             "funds_received_yuan"),
            500_000_000,
        )
        | dict.fromkeys(
            ("planned_start", "planned_finish", "planned_production", "campaign_target_date", "actual_start"),
            date(2026, 3, 1),
        )
        | {"progress_text": "正在办理", "last_reported_date": date(2026, 11, 20)},
        P | {"project_id": "2", "project_name": "乙"},
    ],
    "nodes": [
        DONE | {"planned_finish": date(2026, 3, 1), "promised_finish": date(2026, 3, 1)},
        N | {"project_id": "2", "status": "running"},
    ],
    "problems": [Q | {"closed_date": date(2026, 11, 1), "promised_date": date(2026, 3, 1)}],
}  # fmt: skip


def frame(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    item = ledger(name)
    placed = [row | {"source_sheet": item.sheet, "source_row": i} for i, row in enumerate(rows, start=2)]
    return pl.DataFrame(placed, schema=item.schema)


def book(ledgers: dict[str, list[dict[str, Any]]]) -> Conformed:
    """Conformed ledgers of these rows, standing from row 2 on in sheets of their names."""
    known = [P, P | {"project_id": "2", "project_name": "乙"}]
    frames = {name: frame(name, rows) for name, rows in ({"projects": known} | ledgers).items()}
    places = tuple(
        Place(item.sheet, item.name, range(1, 1000), {c.name: i for i, c in enumerate(item.columns)})
        for item in LEDGERS
    )
    return Conformed(frames, (), None, Columns(places))


LAST_FRAMES = {name: frame(name, rows) for name, rows in LAST.items()}


class Past:
    """Snapshots of the same ledgers on given days, as the store would tell them."""

    def __init__(self, days: dict[date, dict[str, pl.DataFrame]]) -> None:
        self.days = days

    def at(self, day: date, ledger: str, columns: Sequence[str]) -> tuple[date, pl.DataFrame] | None:
        found = max((d for d in self.days if d <= day), default=None)
        return None if found is None else (found, self.days[found][ledger].select(columns))

    def earlier(self, ledger: str, columns: Sequence[str], keys: pl.DataFrame) -> pl.DataFrame:
        frames = [
            ledgers[ledger].join(keys, on=keys.columns, how="semi").select(pl.lit(day).alias("day"), *columns)
            for day, ledgers in sorted(self.days.items())
        ]
        return pl.concat(frames)


def findings(
    conformed: Conformed, previous: dict[str, pl.DataFrame] | None = None, history: Past | None = None
) -> tuple[Any, ...]:
    try:
        return check(conformed, previous, DAY, history=history).findings
    except FaultyLedger as fault:
        return fault.findings


def test_every_rule_has_a_case() -> None:
    assert {rule.name for rule in RULES} == set(BROKEN)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_broken_row_is_told_with_its_place(rule: Any) -> None:
    compares = rule in OVER_TIME_RULES
    previous = LAST_FRAMES if compares else None
    history = Past({date(2026, 10, 20): LAST_FRAMES}) if compares else None
    told = [f for f in findings(book(BROKEN[rule.name]), previous, history) if f.rule == rule.name]
    assert told
    assert told[0].weight == rule.weight
    assert told[0].sheet == ledger(rule.ledger).sheet
    assert told[0].cell is not None
    assert re.fullmatch("[A-Z]+[23]", told[0].cell)
    assert "{" not in told[0].message
    assert told[0].message.startswith(f"工作表“{told[0].sheet}”{told[0].cell}")


def test_a_sound_book_has_no_findings() -> None:
    sound = book({"nodes": [{"project_id": "1", "node": "立项", "status": "done", "actual_finish": DAY}]})
    checked = check(sound, None, DAY)
    assert checked.findings == ()
    assert checked.ledgers["nodes"].schema == empty(ledger("nodes")).schema


def test_a_missing_column_is_told_at_what_the_row_is_about() -> None:
    nodes = conformed(
        ("项目", [["项目编号", "项目名称"], ["1", "甲"]]),
        ("节点", [["项目编号", "节点", "办理状态", "实际完成"], ["1", "立项", "已办", "2026-02-01"]]),
    )
    before = {"projects": frame("projects", [P]), "nodes": frame("nodes", [N, DONE | {"node": "能评"}])}
    more = frame("nodes", [DONE | {"project_id": "2"}])
    known = {"projects": book({}).ledgers["projects"], "nodes": pl.concat([nodes.ledgers["nodes"], more])}
    before["nodes"] = pl.concat([before["nodes"], more])
    told = check(replace(nodes, ledgers=known), before, DAY).findings
    assert [(f.rule, f.cell) for f in told] == [("done_without_document_number", "B2")]


@pytest.mark.parametrize(
    ("title", "rows", "cell"),
    [
        (
            "走访",
            [["日期", "走访人", "项目编号"], ["上周的某天", "张三", "1"], ["2026-11-02", "李四", "1"]],
            "A2",
        ),
        (
            "月度投资",
            [["项目编号", "月份", "累计完成投资(万元)"], ["1", "改天", 5], ["1", "2026年3月", 6]],
            "B2",
        ),
    ],
)
def test_a_day_that_must_be_there_and_can_not_be_read_stops_the_file(
    title: str, rows: list[list[Any]], cell: str
) -> None:
    result = conformed(("项目", [["项目编号", "项目名称"], ["1", "甲"]]), (title, rows))
    with pytest.raises(FaultyLedger, match="不能读作日期,而这一格必须填") as caught:
        check(result, None, DAY)
    errors = [(f.rule, f.cell) for f in caught.value.findings if f.weight == "error"]
    assert errors == [("unreadable_date", cell)]
    (rows_kept,) = (
        frame
        for name, frame in check(
            result, None, DAY, publish_good_rows=True, error_share_limit=0.5
        ).ledgers.items()
        if name != "projects"
    )
    assert rows_kept.height == 1


def test_a_project_without_a_name_is_told_once_whatever_columns_it_has() -> None:
    rows = [
        ["项目名称", "县区", "立项", "环评", "1-3月完成投资(万元)"],
        ["甲", "A县", "√", "在办", 5],
        [None, "A县", "√", "在办", 6],
    ]
    told = findings(conformed(("项目", rows)))
    assert [(f.rule, f.cell) for f in told if f.weight != "note"] == [("project_without_name", "A3")]


def test_a_node_without_project_is_told_once() -> None:
    nodes = ("节点", [["项目编号", "节点"], [None, "环评"], ["1", "立项"]])
    told = findings(conformed(("项目", [["项目编号", "项目名称", "县区"], ["1", "甲", "A县"]]), nodes))
    assert [(f.rule, f.cell) for f in told if f.weight != "note"] == [("node_without_project", "A2")]


def test_errors_stop_the_file_and_come_first() -> None:
    with pytest.raises(FaultyLedger) as caught:
        check(
            book({"projects": [P | {"total_investment_yuan": -1}, P | {"total_investment_yuan": 1}]}),
            None,
            DAY,
        )
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


def test_two_rows_of_one_number_point_to_each_other() -> None:
    rows = [P | {"owner": "甲公司"}, P | {"owner": "乙公司"}]
    told = [f.message for f in findings(book({"projects": rows})) if f.rule == "duplicate_project"]
    assert ["与第 3 行是同一个" in told[0], "与第 2 行是同一个" in told[1]] == [True, True]


def test_a_row_left_out_is_told_once() -> None:
    row = DONE | {"project_id": "9", "actual_finish": None}
    assert [f.rule for f in findings(book({"nodes": [row]}))] == ["node_of_unknown_project"]
