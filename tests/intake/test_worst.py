"""The worst workbook (worst.py) comes out as a careful clerk would have it, through the real reader."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest

from data.conform import Conformed, conform
from data.read import read
from data.rules import check
from tests.intake.books import DAY, SETTINGS, load
from tests.intake.worst import MAIN, write

YI = 100_000_000


@cache
def result() -> Conformed:
    with TemporaryDirectory() as folder:
        return load(write(Path(folder) / "最差.xlsx"))


def project(name: str) -> dict[str, Any]:
    return result().ledgers["projects"].row(by_predicate=pl.col("project_name") == name, named=True)


def nodes(name: str) -> dict[str, str]:
    rows = result().ledgers["nodes"].filter(project_id=project(name)["project_id"])
    return dict(rows.select("node", "status").iter_rows())


def found(rule: str) -> list[tuple[str | None, str | None, str | None]]:
    return [(f.cell, f.found, f.expected) for f in result().findings if f.rule == rule]


def test_it_may_be_published() -> None:
    assert {name: frame.height for name, frame in result().ledgers.items()} == {
        "projects": 7,
        "nodes": 17,
        "problems": 2,
        "targets": 2,
        "monthly": 6,
    }
    assert result().as_of == date(2026, 10, 31)
    assert check(result(), None, DAY).ledgers["projects"].height == 7


@pytest.mark.parametrize(
    ("name", "region", "kind", "total"),
    [
        ("D1-5地块项目", "甲县", "新建", 3.5),
        ("君澜府小区", "甲县", "新建", 1.2),
        ("2022年桂林市人行天桥新建工程", "乙县", "新建", 2.8),
        ("人行天桥之西段", "乙县", "新建", 0.8),
        ("秀峰区敦睦村3、4、5组", "乙县", "续建", 0.01),
        ("合计工程师培训中心", "市直", "续建", 0.02),
    ],
)
def test_every_project_with_what_groups_say(name: str, region: str, kind: str, total: float) -> None:
    row = project(name)
    assert (row["region"], row["kind"], row["total_investment_yuan"]) == (region, kind, round(total * YI))


@pytest.mark.parametrize(
    ("name", "column", "value", "precision"),
    [
        ("D1-5地块项目", "planned_start", date(2026, 3, 20), "ten-day"),
        ("D1-5地块项目", "planned_finish", date(2027, 12, 31), "year"),
        ("君澜府小区", "planned_start", date(2026, 3, 31), "ten-day"),
        ("君澜府小区", "actual_start", date(2025, 10, 1), "day"),
        ("2022年桂林市人行天桥新建工程", "planned_start", date(2026, 6, 30), "half"),
        ("2022年桂林市人行天桥新建工程", "actual_start", date(2026, 3, 15), "day"),
        ("人行天桥之东段", "planned_start", date(2026, 3, 31), "quarter"),
        ("人行天桥之西段", "planned_start", date(2026, 12, 31), "month"),
        ("秀峰区敦睦村3、4、5组", "planned_start", date(2025, 3, 31), "month"),
    ],
)
def test_every_way_to_write_a_date(name: str, column: str, value: date, precision: str) -> None:
    assert (project(name)[column], project(name)[f"{column}_precision"]) == (value, precision)


def test_money_of_every_spelling_and_two_units() -> None:
    first, second = project("D1-5地块项目"), project("君澜府小区")
    assert (first["annual_plan_yuan"], second["annual_plan_yuan"]) == (120_000_000, 50_000_000)
    assert (first["invested_this_year_yuan"], second["invested_this_year_yuan"]) == (90_000_000, 900_000)
    months = result().ledgers["monthly"].filter(project_id=first["project_id"])
    assert months.select("month_end", "planned_cumulative_yuan", "completed_cumulative_yuan").rows() == [
        (date(2026, 9, 30), 90_000_000, 80_000_000),
        (date(2026, 10, 31), 100_000_000, 90_000_000),
    ]


def test_people_with_titles_and_units() -> None:
    assert project("D1-5地块项目")["leaders"] == ["张三", "李四"]
    assert (project("君澜府小区")["leaders"], project("君澜府小区")["leader_titles"]) == (
        ["张三"],
        ["市委书记"],
    )
    assert project("2022年桂林市人行天桥新建工程")["leader_titles"] == ["副市长"]
    assert project("人行天桥之东段")["leaders"] == ["王五", "赵六"]
    assert project("2022年桂林市人行天桥新建工程")["owner"] is None


def test_procedures_of_columns_and_of_a_sheet() -> None:
    assert nodes("D1-5地块项目") == {"立项": "done", "能评": "running", "环评": "not_applicable"}
    assert nodes("君澜府小区") == {
        "立项": "done",
        "能评": "waiting",
        "环评": "done",
        "施工许可": "running",
        "消防": "waiting",
    }
    assert nodes("2022年桂林市人行天桥新建工程") == {
        "立项": "done",
        "能评": "not_applicable",
        "环评": "waiting",
    }


def test_the_second_table_and_the_other_sheets() -> None:
    problems = result().ledgers["problems"]
    assert problems["project_id"].unique().to_list() == [project("D1-5地块项目")["project_id"]]
    assert problems["promised_date"].to_list() == [date(2026, 12, 31), None]
    assert result().ledgers["targets"]["target_value"].to_list() == [0.95, 1.05]


def test_nothing_is_lost() -> None:
    extra = json.loads(project("D1-5地块项目")["extra"])
    assert extra["纳入情况"] == "已纳入"
    assert extra["首席服务圆"] == "王服务"
    assert json.loads(project("人行天桥之东段")["extra"])["上级项目"] == "2022年桂林市人行天桥新建工程"
    assert "新增配套道路" in json.loads(project("秀峰区敦睦村3、4、5组")["extra"])["续行"]


def test_everything_odd_is_told() -> None:
    assert found("total_sum_differs") == [("E15", "56000", "10000"), ("E20", "103300", "99999")]
    assert found("total_count") == [("A20", "7", "7")]
    assert found("likely_misspelled_header") == [("U4", "首席服务圆", "首席服务员")]
    assert found("hidden_rows") == [(None, "1", None)]
    assert found("hidden_columns") == [(None, "1", None)]
    assert found("group_rows") == [(None, "4", None)]
    assert found("several_tables") == [(None, "2", None)]
    assert [f.sheet for f in result().findings if f.rule == "hidden_sheet"] == ["去年"]
    assert {f.sheet for f in result().findings if f.rule == "sheet_not_recognised"} == {"透视"}
    assert [(c.header, c.suggestion_field) for c in result().unknown_columns] == [
        ("纳入情况", None),
        ("首席服务圆", "chief_officer"),
    ]


def test_a_column_is_mapped_once_by_hand(tmp_path: Path) -> None:
    workbook = read(write(tmp_path / "最差.xlsx"), SETTINGS)
    mapped = conform(workbook, DAY, None, {(MAIN, "首席服务圆"): "chief_officer", ("*", "纳入情况"): ""})
    assert mapped.ledgers["projects"]["chief_officer"][0] == "王服务"
    assert mapped.unknown_columns == ()
    assert "unknown_column" not in {f.rule for f in mapped.findings}
