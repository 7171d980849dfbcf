"""Several tables in one sheet, lists in panels, hidden parts, sheets known by their headers."""

from __future__ import annotations

from typing import Any

import pytest

from data.conform import conform
from data.rules import check
from data.workbook import Workbook, sheet_of_rows
from tests.intake.books import DAY, conformed, in_memory, rules_of

PROJECTS = [["重点项目", None], ["单位:万元"], ["序号", "项目名称", "县区", "总投资"], [1, "甲", "A县", 100]]
PROBLEMS = [
    ["附表2 存在问题清单"],
    ["序号", "项目名称", "存在问题", "责任单位"],
    [1, "甲", "缺水", "市水利局"],
]


def hidden(rows: list[list[Any]], **parts: tuple[int, ...]) -> Workbook:
    sheet = sheet_of_rows("项目", rows)
    return Workbook(in_memory().path, (type(sheet)(sheet.name, sheet.height, sheet.columns, **parts),))


@pytest.mark.parametrize("gap", [0, 1, 3])
def test_another_ledger_below(gap: int) -> None:
    total = [None, "合计", None, 100]
    result = conformed(
        ("Sheet1", [*PROJECTS, total, *([[]] * gap), *PROBLEMS, [None, None, "缺电", "供电公司"]])
    )
    projects, problems = result.ledgers["projects"], result.ledgers["problems"]
    assert projects["total_investment_yuan"].to_list() == [1_000_000]
    assert problems.select("problem", "project_id").rows() == [
        ("缺水", projects["project_id"][0]),
        ("缺电", projects["project_id"][0]),
    ]
    assert "several_tables" in rules_of(result)
    assert result.columns.at("Sheet1", 8 + gap, "problem") == 2


def test_the_same_ledger_below_in_another_unit_and_with_other_columns() -> None:
    below = [["续建项目(单位:亿元)"], ["序号", "项目名称", "总投资", "责任单位"], [1, "乙", 2, "市交通局"]]
    frame = conformed(("Sheet1", [*PROJECTS, [], *below])).ledgers["projects"]
    assert frame.select("project_name", "total_investment_yuan", "region", "responsible_unit").rows() == [
        ("甲", 1_000_000, "A县", None),
        ("乙", 200_000_000, None, "市交通局"),
    ]
    assert frame["source_row"].to_list() == [4, 8]


def test_a_list_printed_in_two_panels() -> None:
    header = ["序号", "项目名称", "总投资(万元)"]
    rows = [
        [*header, *header],
        [1, "甲", 10, 3, "丙", 30],
        [2, "乙", 20, None, None, None],
        ["合计", None, 60],
    ]
    result = conformed(("Sheet1", rows))
    frame = result.ledgers["projects"]
    assert frame.select("project_name", "total_investment_yuan").rows() == [
        ("甲", 100_000),
        ("乙", 200_000),
        ("丙", 300_000),
    ]
    assert "total_sum_differs" not in rules_of(result)


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    rows = [["项目名称", "县区", "备注"], ["甲", "A县", "x"], ["乙", "A县", None], ["丙", "A县", None]]
    result = conform(hidden(rows, hidden_rows=(2, 3), hidden_columns=(2,)), DAY)
    assert result.ledgers["projects"]["project_name"].to_list() == ["甲", "乙", "丙"]
    told = {f.rule: f.message for f in result.findings}
    assert "第 3、4 行" in told["hidden_rows"]
    assert "第 C 列" in told["hidden_columns"]


def test_hidden_blank_parts_and_hidden_sheets() -> None:
    blank = hidden([["项目名称", "县区", None], ["甲", "A县", None], [None, None, None]], hidden_rows=(2,))
    assert rules_of(conform(blank, DAY)) == set()
    book = in_memory(("项目", [["项目名称", "县区"], ["甲", "A县"]]))
    result = conform(Workbook(book.path, book.sheets, ("旧数据",)), DAY)
    assert [(f.rule, f.sheet) for f in result.findings] == [("hidden_sheet", "旧数据")]


def test_ledgers_are_known_by_headers_not_by_the_sheets_name() -> None:
    result = conformed(
        ("节点", [["项目名称", "县区"], ["甲", "A县"]]),
        ("Sheet2", [["项目名称", "手续名称", "办理状态"], ["甲", "立项", "已办"]]),
        ("项目", [["项目名称", "存在问题", "责任单位"], ["甲", "缺水", "市水利局"]]),
    )
    assert {name: frame.height for name, frame in result.ledgers.items()} == {
        "projects": 1,
        "nodes": 1,
        "problems": 1,
    }


def test_findings_in_a_second_table_name_its_own_cells() -> None:
    below = [
        ["续建项目"],
        ["序号", "责任单位", "总投资(万元)", "累计完成投资(万元)", "项目名称"],
        [1, "市交通局", 10, 20, "乙"],
    ]
    result = conformed(("Sheet1", [*PROJECTS, [], *below]))
    told = {f.rule: f for f in check(result, None, DAY).findings}
    assert told["completed_more_than_total"].cell == "D8"


def test_findings_in_panels_name_the_row_alone() -> None:
    header = ["序号", "项目名称", "总投资(万元)", "累计完成投资(万元)"]
    result = conformed(("Sheet1", [[*header, *header], [1, "甲", 10, 5, 2, "乙", 10, 20]]))
    told = {f.rule: f for f in check(result, None, DAY).findings}
    assert told["completed_more_than_total"].cell is None
    assert "第 2 行" in told["completed_more_than_total"].message


@pytest.mark.parametrize(
    ("title", "kind", "status"),
    [
        ("一、在建项目", "续建", "已开工"),
        ("(二)新开工项目(12个)", "新建", None),
        ("续建项目清单", "续建", None),
        ("连山区2026年前期项目一览表", "前期", None),
        ("已竣工项目", None, "已竣工"),
        ("2026年重点项目计划表", None, None),
        ("新建、续建项目", None, None),
    ],
)
def test_a_title_directly_above_a_header_flows_into_its_rows(
    title: str, kind: str | None, status: str | None
) -> None:
    frame = conformed(("项目", [[title], ["项目名称", "总投资(万元)"], ["甲", 1]])).ledgers["projects"]
    assert frame.select("kind", "status").row(0) == (kind, status)


def test_each_table_has_its_own_title_and_cells_go_before_it() -> None:
    header = ["项目名称", "建设性质", "总投资(万元)"]
    rows = [
        ["一、在建项目"],
        header,
        ["甲", None, 1],
        ["乙", "新建", 1],
        ["二、新建项目"],
        header,
        ["丙", None, 1],
    ]
    frame = conformed(("项目", rows)).ledgers["projects"]
    assert frame["kind"].to_list() == ["续建", "新建", "新建"]
