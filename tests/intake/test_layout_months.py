"""Months kept as columns become rows of the 月度投资 ledger, cumulative throughout."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import polars as pl
import pytest

from data.conform import Conformed
from data.conform.month_header import MonthSpan, month_span
from data.contract import ledger
from tests.intake.books import conformed, rules_of

TITLE = [["2025年重点项目(单位:万元)"]]


def read(*rows: list[Any], name: str = "2025-06-30.xlsx") -> Conformed:
    return conformed(("Sheet1", [*TITLE, *rows]), name=name)


def months(result: Conformed, project: str = "甲") -> list[tuple[Any, ...]]:
    names = result.ledgers["projects"].filter(project_name=project).select("project_id")
    rows = result.ledgers["monthly"].join(names, on="project_id", how="semi")
    return rows.select(
        pl.col("month_end").dt.month(),
        pl.col("planned_cumulative_yuan") // 10_000,
        pl.col("completed_cumulative_yuan") // 10_000,
    ).rows()


@pytest.mark.parametrize(
    ("path", "span"),
    [
        (("1月计划投资",), MonthSpan("planned", 1, 1)),
        (("1-3月完成投资(万元)",), MonthSpan("completed", 1, 3)),
        (("1—12月计划",), MonthSpan("planned", 1, 12)),
        (("2025年1至10月完成",), MonthSpan("completed", 1, 10, 2025)),
        (("1-3月", "计划"), MonthSpan("planned", 1, 3)),
        (("2025年完成投资(万元)", "4月"), MonthSpan("completed", 4, 4, 2025)),
        (("一季度计划投资",), MonthSpan("planned", 1, 3)),
        (("上半年完成投资",), MonthSpan("completed", 1, 6)),
        (("5月累计完成",), MonthSpan("completed", 1, 5)),
        (("本月完成投资",), None),
        (("计划投资",), None),
        (("3月底",), None),
        (("截至10月底累计完成投资",), None),
        (("13月计划投资",), None),
    ],
)
def test_headers_of_months(path: tuple[str, ...], span: MonthSpan | None) -> None:
    assert month_span(path) == span


def test_cumulative_months_become_rows_and_fill_the_year() -> None:
    header = ["项目名称", "总投资", "1-3月计划", "1-3月完成", "1-6月计划", "1-6月完成", "1-12月计划"]
    result = read(header, ["甲", 500, 10, 9, 20, 15, 100], ["乙", 500, 10, None, 20, None, None])
    assert months(result) == [(3, 10, 9), (6, 20, 15), (12, 100, None)]
    assert months(result, "乙") == [(3, 10, None), (6, 20, None)]
    assert result.ledgers["monthly"]["month_end"][0] == date(2025, 3, 31)
    assert dict(result.ledgers["monthly"].schema) == ledger("monthly").schema
    projects = result.ledgers["projects"]
    assert projects["annual_plan_yuan"].to_list() == [1_000_000, None]
    assert projects["invested_this_year_yuan"].to_list() == [150_000, None]
    assert [f.found for f in result.findings if f.rule == "filled_from_months"] == ["1", "1"]


def test_the_sheets_own_columns_are_not_overruled() -> None:
    header = ["项目名称", "年度计划投资", "本年完成投资", "1-6月完成", "1-12月计划"]
    row = read(header, ["甲", 90, None, 15, 100]).ledgers["projects"].row(0, named=True)
    assert (row["annual_plan_yuan"], row["invested_this_year_yuan"]) == (900_000, None)


def test_single_months_add_up_and_blanks_between_are_nothing() -> None:
    header = [["项目名称", "2025年完成投资(万元)", None, None], [None, "1月", "2月", "3月"]]
    result = read(*header, ["甲", 10, None, 20], ["乙", None, 5, None], ["丙", None, None, None])
    assert months(result) == [(1, None, 10), (2, None, 10), (3, None, 30)]
    assert months(result, "乙") == [(1, None, 0), (2, None, 5)]
    assert months(result, "丙") == []


def test_what_can_not_be_summed_from_january_stays_as_it_is() -> None:
    result = read(["项目名称", "5月完成投资(万元)"], ["甲", 10])
    assert "monthly" not in result.ledgers
    assert json.loads(result.ledgers["projects"]["extra"][0]) == {"5月完成投资(万元)": "10"}
    assert [c.header for c in result.unknown_columns] == ["5月完成投资(万元)"]


def test_reports_in_words_are_no_amounts() -> None:
    result = read(["项目名称", "1-3月完成情况"], ["甲", "完成征地"], ["乙", "完成选址"])
    assert "monthly" not in result.ledgers
    assert json.loads(result.ledgers["projects"]["extra"][0]) == {"1-3月完成情况": "完成征地"}


def test_spending_after_the_cut_off_is_not_yet_spent() -> None:
    header = ["项目名称", "1-3月完成", "1-6月完成", "1-9月完成"]
    row = read(header, ["甲", 9, 15, 30], name="2025-06-30.xlsx").ledgers["projects"].row(0, named=True)
    assert row["invested_this_year_yuan"] == 150_000


def test_months_without_a_unit_are_asked_about_once() -> None:
    header = ["项目名称", "总投资(万元)", *(f"1-{m}月完成投资" for m in range(1, 13))]
    result = conformed(("Sheet1", [header, ["甲", 5, *range(1, 13)]]))
    asked = [f for f in result.findings if f.rule == "money_without_unit"]
    assert [(f.weight, f.cell) for f in asked] == [("error", "C2")]
    assert "等 12 个月份列没有写单位" in asked[0].message


def test_an_amount_that_can_not_be_read_is_told_and_kept() -> None:
    result = read(["项目名称", "1-3月完成", "1-6月完成"], ["甲", "若干", 15], ["乙", 3, 4])
    assert months(result) == [(6, None, 15)]
    assert json.loads(result.ledgers["projects"]["extra"][0]) == {"1-3月完成": "若干"}
    assert [f.cell for f in result.findings if f.rule == "unreadable_money"] == ["B3"]


def test_the_ledgers_own_sheet_goes_before_the_columns() -> None:
    own = ("月度投资", [["项目名称", "月份", "累计完成投资(万元)"], ["甲", date(2025, 3, 31), 8]])
    sheet = ("项目", [*TITLE, ["项目名称", "县区", "1-3月完成", "1-6月完成"], ["甲", "A县", 9, 15]])
    result = conformed(own, sheet, name="2025-06-30.xlsx")
    assert months(result) == [(3, None, 8), (6, None, 15)]


def test_a_header_of_another_kind_is_no_rule_breaker() -> None:
    assert rules_of(read(["项目名称", "县区"], ["甲", "A县"])) == set()
