"""What differs between two snapshots: cells in staff's words, rows that came and went."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from data import contract
from data.compare import CHANGES, changes
from tests.store.small import city, ledger

WAN = 10_000


def told(frame: pl.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    return frame.select(columns).rows()


def test_the_same_ledgers_do_not_differ() -> None:
    assert changes(city(3), city(3)).is_empty()
    assert dict(changes({}, {}).schema) == CHANGES


def test_every_changed_cell_is_one_row_in_staffs_words() -> None:
    before = ledger(
        "projects",
        project_id=["P1"],
        project_name=["甲"],
        total_investment_yuan=[120_000_000],
        leaders=[["张三"]],
        green_channel=[False],
        planned_start=[date(2026, 3, 15)],
        planned_start_precision=["day"],
    )
    after = before.with_columns(
        project_name=pl.lit("甲(一期)"),
        total_investment_yuan=pl.lit(120_005_000, pl.Int64),
        leaders=pl.lit(["张三", "李四"], pl.List(pl.String)),
        green_channel=pl.lit(True),
        planned_start=pl.lit(date(2026, 3, 20)),
        planned_start_precision=pl.lit("ten-day"),
        planned_start_text=pl.lit("3月中旬"),
        note=pl.lit("新来的"),
    )
    found = changes({"projects": before}, {"projects": after})
    assert told(found, "column", "before", "after") == [
        ("项目名称", "甲", "甲(一期)"),
        ("总投资(万元)", "12000", "12000.5"),
        ("计划开工", "2026-03-15", "3月中旬(2026-03-20)"),
        ("包保领导", "张三", "张三、李四"),
        ("绿色通道", "否", "是"),
        ("备注", None, "新来的"),
    ]
    assert told(found, "ledger", "kind", "project_id", "project_name", "row_key").count(
        ("项目", "changed", "P1", "甲(一期)", None)
    ) == len(found)


def test_rows_that_came_and_went_are_named_by_what_they_are() -> None:
    before = city(2) | {
        "problems": ledger("problems", problem_id=["1"], project_id=["P0000"], problem=["缺地"])
    }
    after = city(3) | {"problems": contract.empty(contract.PROBLEMS)}
    found = changes(before, after)
    assert told(found.filter(pl.col("ledger") != "节点"), "ledger", "kind", "project_id", "row_key") == [
        ("项目", "added", "P0002", None),
        ("问题", "removed", "P0000", "缺地"),
    ]
    nodes = found.filter(pl.col("ledger") == "节点")
    assert told(nodes, "kind", "project_name", "row_key", "column") == [
        ("added", "项目2", "立项", None),
        ("added", "项目2", "能评", None),
    ]


def test_a_nodes_status_is_told_in_words() -> None:
    before = {"nodes": ledger("nodes", project_id=["P1"], node=["能评"], status=["running"])}
    after = {"nodes": ledger("nodes", project_id=["P1"], node=["能评"], status=["done"])}
    assert told(changes(before, after), "row_key", "column", "before", "after") == [
        ("能评", "办理状态", "在办", "已办")
    ]


def test_rows_that_share_a_key_are_paired_in_their_order() -> None:
    visit: dict[str, list[Any]] = {
        "visit_date": [date(2026, 11, 3)] * 2,
        "visitor": ["张三"] * 2,
        "project_id": ["P1"] * 2,
    }
    before = {"visits": ledger("visits", **visit, result=["一", "二"])}
    after = {"visits": ledger("visits", **visit, result=["一", "三"])}
    assert told(changes(before, after), "kind", "row_key", "before", "after") == [
        ("changed", "2026-11-03 张三", "二", "三")
    ]


@pytest.mark.parametrize(
    ("text", "precision", "differs"),
    [("三月底", "month", False), ("3月31日", "day", True)],
)
def test_other_words_for_the_same_day_are_no_change(text: str, precision: str, differs: bool) -> None:
    def tasks(words: str, exact: str) -> dict[str, pl.DataFrame]:
        day = [date(2026, 3, 31)]
        return {
            "tasks": ledger(
                "tasks", task_id=["1"], due_date=day, due_date_text=[words], due_date_precision=[exact]
            )
        }

    assert changes(tasks("3月底", "month"), tasks(text, precision)).is_empty() != differs


def test_where_a_row_stood_and_what_the_program_worked_out_are_not_compared() -> None:
    before = ledger("projects", project_id=["P1"], source_row=[5], accountable_leader=["张三"])
    after = ledger("projects", project_id=["P1"], source_row=[6], accountable_leader=["李四"])
    assert changes({"projects": before}, {"projects": after}).is_empty()


@pytest.mark.parametrize(
    ("yuan", "words"),
    [(0, "0"), (-15_000, "-1.5"), (1, "0.0001"), (10_000, "1"), (35 * 10**8, "350000")],
)
def test_money_is_told_in_wan_and_exactly(yuan: int, words: str) -> None:
    before = ledger("leads", lead_id=["1"], funds_received_yuan=[None])
    after = ledger("leads", lead_id=["1"], funds_received_yuan=[yuan])
    assert told(changes({"leads": before}, {"leads": after}), "column", "after") == [
        ("到位资金(万元)", words)
    ]


def test_a_plain_date_without_a_precision_is_the_same_day() -> None:
    before = ledger("projects", project_id=["P1"], project_name=["甲"], planned_start=[date(2026, 3, 15)])
    after = before.with_columns(planned_start_precision=pl.lit("day"))
    assert changes({"projects": before}, {"projects": after}).is_empty()
    month = before.with_columns(planned_start_precision=pl.lit("month"))
    assert changes({"projects": before}, {"projects": month}).height == 1
