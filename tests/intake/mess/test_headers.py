"""Headers as real tables hold them (MESS.md 1-11): synonyms, spaces, remarks, levels, shifted, missing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.conform import Conformed
from data.conform.match import match_field
from tests.intake.books import conformed, load, rules_of, save

SYNONYMS = {
    "project_name": "项目名称 项目名 工程名称 项目单位及名称",
    "owner": "建设单位 实施单位 项目单位 项目法人 项目（法人）单位 建设主体 项目业主 业主单位",
    "region": "建设地点 项目地点 所在市县 所在盟市 隶属区县 所在省辖市、县区 所属区域",
    "total_investment_yuan": "总投资 项目总投资 投资额 总投资额(亿元)",
    "annual_plan_yuan": (
        "年度计划投资 今年计划投资 年度投资 本年度计划投资 年计划投资 投资计划 计划完成投资 预计投资 "
        "2022年计划投资"
    ),
    "goal_text": "年度目标 年工作目标 工程形象进度 进度目标或新增效益 前期工作或工程形象进度目标",
    "actual_start": "开工年份 开工时间",
    "planned_start": "计划开工 计划开工时间",
    "content": "建设内容 建设规模 建设内容及规模 建设内容和规模 项目简介",
    "responsible_unit": "责任单位 牵头单位 主管部门 主责单位 牵头协调部门",
    "kind": "建设性质 建设阶段 项目性质 建设批次",
    "leaders": (
        "包联领导 包保领导 包抓领导 市级包抓领导 县级领导 联系领导 责任领导 牵头区领导 分包领导 挂包领导"
    ),
}


def one(headers: list[Any], *rows: list[Any], **more: Any) -> dict[str, Any]:
    return conformed(("Sheet1", [headers, *rows]), **more).ledgers["projects"].row(0, named=True)


def unknown(result: Conformed) -> list[tuple[str, str | None]]:
    return [(column.header, column.suggestion_field) for column in result.unknown_columns]


@pytest.mark.parametrize(
    ("header", "field"), [(header, field) for field, text in SYNONYMS.items() for header in text.split()]
)
def test_every_synonym_is_known(header: str, field: str) -> None:
    assert match_field("projects", header)[0] == field


@pytest.mark.parametrize(
    "header", ["项    目  名  称", "项 目 名 称", "項目名稱", "*项目名称", "1.项目名称", "项目名称(全称)"]
)
def test_a_header_is_known_however_it_is_typed(header: str) -> None:
    assert one([header, "县区"], ["甲", "A县"])["project_name"] == "甲"


def test_line_breaks_and_mixed_brackets() -> None:
    row = one(
        [
            "项目名称",
            "投资\n规模(万元)",
            "责任\n单位",
            "年度计划投资（万元)",
            "2022年前期工作或工程\n形象进度目标",
        ],
        ["甲", 100, "市水利局", 50, "完成选址"],
    )
    assert (row["total_investment_yuan"], row["annual_plan_yuan"]) == (1_000_000, 500_000)
    assert (row["responsible_unit"], row["goal_text"]) == ("市水利局", "完成选址")


def test_the_unit_of_a_row_above_and_a_unit_without_money() -> None:
    rows = [["附件1"], ["编制单位:某办", None, "单位：万元"], ["序号", "项目名称", "总投资"], [1, "甲", 5]]
    assert conformed(("Sheet1", rows)).ledgers["projects"]["total_investment_yuan"].to_list() == [50_000]
    without = [["单位:万元"], ["序号", "项 目 名 称", "备注"], [1, "甲", "说明文字"]]
    assert conformed(("Sheet1", without)).ledgers["projects"]["note"].to_list() == ["说明文字"]


def test_a_title_block_of_twenty_rows_and_a_row_of_widths() -> None:
    rows = [["附件1"], *[[f"说明第{i}行"] for i in range(18)], [5, 25, 20, 20]]
    rows += [["序号", "项目名称", "县区", "建设内容"], [1, "甲", "A县", "路"]]
    assert one(*rows)["project_name"] == "甲"
    below = [["序号", "项目名称", "县区", "建设内容"], [1, 2, 3, 4], [1, "甲", "A县", "路"]]
    assert conformed(("Sheet1", below)).ledgers["projects"]["project_name"].to_list() == ["甲"]


@pytest.mark.parametrize(
    ("above", "below", "fields"),
    [
        ("2026年计划(万元)", ["计划投资", "进度目标"], {"annual_plan_yuan": 100_000, "goal_text": "8"}),
        ("2026年投资计划(万元)", ["小计", "新增生产能力"], {"annual_plan_yuan": 100_000}),
        ("2026年计划投资(万元)", ["计划总投资", "市财政"], {"annual_plan_yuan": 100_000}),
        ("2026年完成投资(万元)", ["小计", "其中财政"], {"invested_this_year_yuan": 100_000}),
    ],
)
def test_headers_of_two_levels(above: str, below: list[str], fields: dict[str, Any]) -> None:
    rows = [["项目名称", above, None], [None, *below], ["甲", 10, 8]]
    result = conformed(("Sheet1", rows), name="2026-06-30.xlsx").ledgers["projects"].row(0, named=True)
    assert {name: result[name] for name in fields} == fields
    assert result["total_investment_yuan"] is None


def test_words_of_one_header_over_two_rows() -> None:
    rows = [["项目名称", "建设起"], [None, "止年限"], ["甲", "2023-2025"], ["乙", "24个月"]]
    projects = conformed(("Sheet1", rows)).ledgers["projects"]
    assert projects.select("planned_start", "planned_start_precision", "planned_finish").rows() == [
        (date(2023, 12, 31), "year", date(2025, 12, 31)),
        (None, None, None),
    ]
    assert [json.loads(text)["建设起/止年限"] for text in projects["extra"]] == ["2023-2025", "24个月"]


@pytest.mark.parametrize(
    "text", ["2023-2025", "2023年至2025年", "2023—2025", "2023~2025年", "2023年1月-2025年12月"]
)
def test_start_and_finish_in_one_cell(text: str) -> None:
    row = one(["项目名称", "起止年限"], ["甲", text])
    assert (row["planned_start"].year, row["planned_finish"]) == (2023, date(2025, 12, 31))


def test_three_header_rows_merged(tmp_path: Path) -> None:
    rows = [
        ["项目名称", "2026年投资(万元)", None, None, "前期手续", None],
        [None, "计划", "完成", None, "立项", "环评"],
        [None, None, "本月", "累计", None, None],
        ["甲", 100, 10, 60, "√", "在办"],
    ]
    areas = ["A1:A3", "B1:D1", "B2:B3", "C2:D2", "E1:F1", "E2:E3", "F2:F3"]
    result = load(save(tmp_path / "2026-06-30.xlsx", {"Sheet1": rows}, {"Sheet1": areas}))
    row = result.ledgers["projects"].row(0, named=True)
    assert (row["annual_plan_yuan"], row["invested_this_year_yuan"]) == (1_000_000, 600_000)
    assert json.loads(row["extra"]) == {"2026年投资(万元)/完成/本月": "10"}
    assert result.ledgers["nodes"].select("node", "status").rows() == [("立项", "done"), ("环评", "running")]


def test_three_header_rows_without_merging() -> None:
    rows = [
        ["项目名称", "县区", "投资(万元)", None, None, None],
        [None, None, "2025年", None, "2026年", None],
        [None, None, "计划", "完成", "计划", "完成"],
        ["甲", "A县", 10, 9, 20, 5],
    ]
    projects = conformed(("Sheet1", [["2026年重点项目"], *rows])).ledgers["projects"]
    assert projects.height == 1
    row = projects.row(0, named=True)
    assert (row["annual_plan_yuan"], row["invested_this_year_yuan"]) == (200_000, 50_000)
    assert json.loads(row["extra"]) == {"投资(万元)/2025年/计划": "10", "投资(万元)/2025年/完成": "9"}


def test_a_header_merged_over_two_columns_stands_over_the_names(tmp_path: Path) -> None:
    rows = [["序号", "项目名称", None, "县区"], [1, "(1)", "甲项目", "A县"], [2, "(2)", "乙项目", "A县"]]
    path = save(tmp_path / "a.xlsx", {"Sheet1": rows}, {"Sheet1": ["B1:C1"]})
    assert load(path).ledgers["projects"]["project_name"].to_list() == ["甲项目", "乙项目"]


def test_a_header_shifted_by_one_column_is_read_and_told() -> None:
    rows = [["项目名称", "县区", None], [None, "甲项目", "A县"], [None, "乙项目", "B县"]]
    result = conformed(("Sheet1", rows))
    assert result.ledgers["projects"].select("project_name", "region").rows() == [
        ("甲项目", "A县"),
        ("乙项目", "B县"),
    ]
    assert [(f.cell, f.found) for f in result.findings if f.rule == "header_shifted"] == [("A1", "B2")]


def test_a_list_without_header_is_asked_about_and_read_once_mapped() -> None:
    rows = [["某市重点项目"], *[[i, f"某某大道{i}号工程", "A县", 100 * i] for i in range(1, 8)]]
    asked = conformed(("Sheet1", rows))
    assert "projects" not in asked.ledgers
    assert [(f.weight, f.cell) for f in asked.findings] == [("warning", "A2")]
    assert [(c.header, c.examples[0]) for c in asked.unknown_columns][1] == ("列B", "某某大道1号工程")
    mapping = {("*", "列B"): "project_name", ("Sheet1", "列C"): "region"}
    read = conformed(("Sheet1", rows), mapping=mapping).ledgers["projects"]
    assert read.height == 7
    assert read["region"].unique().to_list() == ["A县"]
    assert json.loads(read["extra"][0]) == {"列D": "100"}


def test_helper_columns_without_header_stay_as_extra() -> None:
    result = conformed(("Sheet1", [["项目名称", "县区", None, None], ["甲", "A县", "前期", "铁路"]]))
    row = result.ledgers["projects"].row(0, named=True)
    assert row["kind"] == "前期"
    assert json.loads(row["extra"]) == {"列D": "铁路"}


def test_a_header_in_the_middle_is_left_out_even_with_a_remark() -> None:
    header = ["序号", "项目名称", "总投资(万元)"]
    rows = [header, [1, "甲", 5], ["序号", "项目名称(续)", "总投资"], [2, "乙", 6]]
    assert conformed(("Sheet1", rows)).ledgers["projects"]["project_name"].to_list() == ["甲", "乙"]


def test_two_columns_of_different_years() -> None:
    rows = [["项目名称", "2025年完成投资(万元)", "2026年计划投资(万元)"], ["甲", 9, 20]]
    row = conformed(("Sheet1", rows)).ledgers["projects"].row(0, named=True)
    assert (row["annual_plan_yuan"], row["invested_this_year_yuan"]) == (200_000, None)
    assert json.loads(row["extra"]) == {"2025年完成投资(万元)": "9"}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("总头资(万元)", "total_investment_yuan"),
        ("包宝领导", "leaders"),
        ("责任单位单", "responsible_unit"),
        ("计划开工时问", "planned_start"),
        ("全市性质", None),
        ("投资完成率", None),
        ("本月完成投资(万元)", None),
        ("类别号", None),
        ("纳入情况", None),
    ],
)
def test_a_likely_slip_is_suggested_and_nothing_else(header: str, field: str | None) -> None:
    result = conformed(("Sheet1", [["项目名称", header], ["甲", "某某"]]))
    assert unknown(result) == [(header, field)]
    assert ("likely_misspelled_header" in rules_of(result)) == (field is not None)
    assert json.loads(result.ledgers["projects"]["extra"][0]) == {header: "某某"}


def test_a_column_mapped_by_hand_goes_before_the_accepted_header() -> None:
    rows = [["项目名称", "建设单位", "承办方", "内部编码"], ["甲", "一公司", "二公司", "77"]]
    mapping = {("Sheet1", "承办方"): "owner", ("*", "内部编码"): "", ("别的表", "建设单位"): "contact"}
    result = conformed(("Sheet1", rows), mapping=mapping)
    row = result.ledgers["projects"].row(0, named=True)
    assert row["owner"] == "二公司"
    assert json.loads(row["extra"]) == {"建设单位": "一公司", "内部编码": "77"}
    assert unknown(result) == [("建设单位", None)]


def test_a_sheet_whose_name_column_was_mapped_is_a_ledger() -> None:
    rows = [["序号", "工程", "县区"], *[[i, f"第{i}期工程", "A县"] for i in range(1, 7)]]
    asked = conformed(("Sheet1", rows))
    assert [c.header for c in asked.unknown_columns] == ["序号", "工程", "县区"]
    mapped = conformed(("Sheet1", rows), mapping={("Sheet1", "工程"): "project_name"})
    assert mapped.ledgers["projects"].height == 6


def test_columns_whose_header_is_ambiguous_are_told_by_their_cells() -> None:
    rows = [
        ["项目名称", "项目类型", "是否开复工", "备注"],
        ["甲", "产业", "是", "在建"],
        ["乙", "民生", "否", "建成"],
    ]
    projects = conformed(("Sheet1", rows)).ledgers["projects"]
    assert projects.select("category", "project_type", "status").rows() == [
        ("产业", None, "已开工"),
        ("民生", None, "未开工"),
    ]
    approvals = [["项目名称", "项目类型"], ["甲", "备案类"], ["乙", "审批"]]
    assert conformed(("Sheet1", approvals)).ledgers["projects"]["project_type"].to_list() == [
        "备案类",
        "审批",
    ]


@pytest.mark.parametrize(
    ("title", "status"), [("2021年重大项目计划", ["已开工", None]), ("进展情况表", ["已竣工", "已开工"])]
)
def test_a_note_that_is_the_state_is_a_plan_or_a_fact_by_the_title(title: str, status: list[Any]) -> None:
    rows = [[title], ["序号", "项目名称", "备注"], [1, "甲", "建成"], [2, "乙", "新开工"]]
    projects = conformed(("Sheet1", rows)).ledgers["projects"]
    assert (projects["kind"].to_list(), projects["status"].to_list()) == (["续建", "新建"], status)


@pytest.mark.parametrize(
    ("above", "below", "field"),
    [
        ("投资情况", "年计划", "annual_plan_yuan"),
        ("投资情况(万元)", "年度计划", "annual_plan_yuan"),
        ("投资情况", "2026年计划", "annual_plan_yuan"),
        ("投资情况", "总投资", "total_investment_yuan"),
        ("投资完成情况", "年度完成", "invested_this_year_yuan"),
        ("投资情况", "本年完成", "invested_this_year_yuan"),
        ("投资情况", "累计完成", "invested_total_yuan"),
        ("资金情况", "到位", "funds_received_yuan"),
    ],
)
def test_a_heading_of_two_levels_about_how_things_stand(above: str, below: str, field: str) -> None:
    rows = [["项目名称", above, None], [None, below, "备注"], ["甲", "5万元", "x"]]
    assert conformed(("项目", rows)).ledgers["projects"][field].to_list() == [50_000]


def test_an_unknown_column_kept_before_is_not_told_again() -> None:
    rows = [["项目名称", "县区", "土地性质"], ["甲", "甲县", "工业"]]
    first = conformed(("项目", rows))
    assert "unknown_column" in rules_of(first)
    longer = [[*row, more] for row, more in zip(rows, ("管线权属", "城投集团"), strict=True)]
    again = conformed(("项目", longer), previous=first.ledgers)
    told = [f.message for f in again.findings if f.rule == "unknown_column"]
    assert len(told) == 1
    assert "管线权属" in told[0]
    assert "土地性质" not in told[0]
    assert [c.header for c in again.unknown_columns] == ["土地性质", "管线权属"]
    assert "工业" in again.ledgers["projects"]["extra"][0]
    assert "unknown_column" not in rules_of(conformed(("项目", rows), previous=first.ledgers))
