"""Sheets as offices keep them, in small."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.conform.cutoff import cutoff
from data.conform.identity import ProjectNames, derived_id
from data.conform.regions import region_kind, region_name, region_of_unit
from tests.intake.books import DAY, conformed, load, save

HEADER = ["序号", "项目名称", "县区", "建设性质", "总投资", "计划开工"]


def projects(rows: list[list[Any]], **more: Any) -> pl.DataFrame:
    return conformed(("项目", rows), **more).ledgers["projects"]


def test_title_unit_and_group_rows(tmp_path: Path) -> None:
    rows = [
        ["2025年重点项目台账(截至10月31日)"],
        ["单位:亿元"],
        HEADER,
        ["一、新建项目"],
        [1, "甲项目", "连山区", None, 1.5, "一季度"],
        [2, "乙项目", "連山區", "续建", None, "已开工"],
        ["小计", "2个", None, None, 1.5],
        ["二、续建项目"],
        [1, "丙项目", "开发区", None, "2000万元", None],
        ["合计", "4个", None, None, 1.8],
        ["注:单位为亿元。"],
        [],
        [5],
    ]
    result = load(save(tmp_path / "x.xlsx", {"Sheet1": rows}, {"Sheet1": ["A1:F1"]}))
    frame = result.ledgers["projects"]
    assert result.as_of == date(2025, 10, 31)
    assert frame["project_name"].to_list() == ["甲项目", "乙项目", "丙项目"]
    assert frame["kind"].to_list() == ["新建", "续建", "续建"]
    assert frame["region"].to_list() == ["连山区", "连山区", "开发区"]
    assert frame["total_investment_yuan"].to_list() == [150_000_000, None, 20_000_000]
    assert frame["planned_start"].to_list() == [date(2025, 3, 31), None, None]
    assert frame["source_row"].to_list() == [5, 6, 9]
    differing = [f for f in result.findings if f.rule == "total_count_differs"]
    assert [(f.cell, f.found, f.expected) for f in differing] == [("A10", "3", "4")]
    sums = [f for f in result.findings if f.rule == "total_sum_differs"]
    assert [(f.cell, f.found, f.expected) for f in sums] == [("E10", "1.7", "1.8")]
    assert "1 行没有金额" in sums[0].message


def test_two_header_rows_without_merging() -> None:
    rows = [
        ["项目名称", "县区", "前期手续", None, None, "2025年投资(万元)", None],
        [None, None, "立项", "能评", "环评", "年度计划投资", "本年完成投资"],
        ["甲", "连山区", "√", "在办", "不涉及", 100, 50],
        ["乙", "连山区", "2025年3月5日", None, "12月20日", 100, 50],
    ]
    result = conformed(("台账", rows), name="2025-06-30.xlsx")
    frame, nodes = result.ledgers["projects"], result.ledgers["nodes"]
    assert frame["annual_plan_yuan"].to_list() == [1_000_000, 1_000_000]
    assert frame["invested_this_year_yuan"].to_list() == [500_000, 500_000]
    first, second = frame["project_id"]
    assert nodes.select("project_id", "node", "status", "applicable").rows() == [
        (first, "立项", "done", True),
        (second, "立项", "done", True),
        (first, "能评", "running", True),
        (first, "环评", "not_applicable", False),
        (second, "环评", "waiting", True),
    ]
    assert nodes["actual_finish"].to_list()[1] == date(2025, 3, 5)
    assert nodes["planned_finish"].to_list()[-1] == date(2025, 12, 20)


def test_procedures_without_a_spanning_header_are_known_by_ticks() -> None:
    rows = [
        ["项目名称", "县区", "选址", "绿色通道", "是否入库"],
        ["甲", "A县", "√", "是", "√"],
        ["乙", "A县", "待办", "否", "√"],
        ["丙", "A县", "说不清", None, None],
    ]
    result = conformed(("项目", rows))
    assert result.ledgers["nodes"]["node"].to_list() == ["选址", "选址"]
    assert result.ledgers["projects"]["green_channel"].to_list() == [True, False, None]
    assert json.loads(result.ledgers["projects"]["extra"][0]) == {"是否入库": "√"}
    assert [(f.cell, f.found) for f in result.findings if f.rule == "unreadable_status"] == [("C4", "说不清")]


def test_merged_cells_fill_down(tmp_path: Path) -> None:
    rows = [
        ["县区", "项目名称", "备注"],
        ["连山区", "甲", "x"],
        [None, "乙", "y"],
        ["兴城市", "丙", None],
        [None, None, "续"],
    ]
    path = save(tmp_path / "a.xlsx", {"项目": rows}, {"项目": ["A2:A3", "A4:A5", "B4:B5"]})
    frame = load(path).ledgers["projects"]
    assert frame.select("region", "project_name").rows() == [
        ("连山区", "甲"),
        ("连山区", "乙"),
        ("兴城市", "丙"),
    ]


def test_repeated_header_and_title_across_are_left_out(tmp_path: Path) -> None:
    rows = [HEADER, [1, "甲", "A县"], HEADER, [2, "乙", "A县"], ["B县项目"], [3, "丙"]]
    path = save(tmp_path / "a.xlsx", {"项目": rows}, {"项目": ["A5:F5"]})
    assert load(path).ledgers["projects"]["project_name"].to_list() == ["甲", "乙", "丙"]


def test_groups_of_regions_flow_down() -> None:
    rows = [HEADER, ["一、连山区"], [1, "甲"], ["(一)工业"], [1, "乙"], ["二、兴城市"], [1, "丙"]]
    frame = projects(rows)
    assert frame.select("region", "industry").rows() == [
        ("连山区", None),
        ("连山区", "工业"),
        ("兴城市", None),
    ]
    assert json.loads(frame["extra"][1])["分组"] == "连山区/工业"


def test_two_leader_columns_are_one_list() -> None:
    frame = projects(
        [
            ["项目名称", "县级领导", "市级包抓领导"],
            ["甲", "张三", "李四、张三"],
            ["乙", None, "王五"],
            ["丙", "/", "—"],
        ]
    )
    assert frame["leaders"].to_list() == [["张三", "李四"], ["王五"], None]
    assert frame["accountable_leader"].to_list() == ["张三", "王五", None]


def test_the_better_of_two_headers_for_one_field() -> None:
    frame = projects([["企业名称", "项目名称", "建设单位"], ["设计院", "甲", "街道办"]])
    assert frame["owner"].to_list() == ["街道办"]
    assert json.loads(frame["extra"][0]) == {"企业名称": "设计院"}


def test_headers_with_spaces_years_and_brackets() -> None:
    frame = projects([["项  目  名  称", "2025年计划投资(万元)", "建设\n性质"], ["甲", 5, "新建"]])
    assert frame.select("project_name", "annual_plan_yuan", "kind").rows() == [("甲", 50_000, "新建")]


def test_ids_do_not_depend_on_how_a_name_is_typed() -> None:
    assert derived_id("徐大堡核电(一期)", "葫芦島市") == derived_id(" 徐大堡核电（一期）", "葫芦岛市")
    assert derived_id("甲", "A县") != derived_id("甲", "B县")
    rows = [
        ["项目编号", "项目代码", "项目名称", "县区"],
        ["X1", "2501-1", "甲", "A县"],
        [None, "2501-2", "乙", "A县"],
        [None, None, "丙", "A县"],
    ]
    assert projects(rows)["project_id"].to_list() == ["X1", "2501-2", derived_id("丙", "A县")]


def test_names_are_found_by_number_code_name_and_short_name() -> None:
    known = ProjectNames.of(
        pl.DataFrame(
            {
                "project_id": ["1", "2", "3"],
                "project_code": ["C1", None, None],
                "project_name": ["双鸭山墨砾石墨产业园项目", "中船风电装备基地项目", "中船风电运维中心项目"],
            }
        )
    )
    found = {
        n: known.find(n)
        for n in (
            "1",
            "C1",
            "双鸭山墨砾石墨产业园",
            "墨砾石墨产业园",
            "中船装备基地",
            "中船风电",
            "不相干",
            "园",
        )
    }
    assert found == {
        "1": "1",
        "C1": "1",
        "双鸭山墨砾石墨产业园": "1",
        "墨砾石墨产业园": "1",
        "中船装备基地": "2",
        "中船风电": None,
        "不相干": None,
        "园": None,
    }


def test_nodes_may_name_their_project() -> None:
    result = conformed(
        ("项目", [["项目编号", "项目名称"], ["1", "甲工程项目"], ["2", "乙"]]),
        ("手续办理", [["项目名称", "节点", "办理状态"], ["甲工程", "立项", "已办"], ["丁", "立项", "在办"]]),
    )
    assert result.ledgers["nodes"]["project_id"].to_list() == ["1", "丁"]


def test_status_of_a_node_follows_from_its_dates() -> None:
    rows = [
        ["项目编号", "节点", "是否应办", "受理日期", "实际完成"],
        ["1", "a", "是", None, date(2026, 1, 2)],
        ["1", "b", None, date(2026, 1, 2), None],
        ["1", "c", None, None, None],
        ["1", "d", "否", None, None],
    ]
    nodes = conformed(("节点", rows)).ledgers["nodes"]
    assert nodes["status"].to_list() == ["done", "running", "waiting", "not_applicable"]
    assert nodes["applicable"].to_list() == [True, True, True, False]


@pytest.mark.parametrize(
    ("titles", "stem", "day"),
    [
        (["2023年重点项目台账(截至1月29日)"], "x", date(2023, 1, 29)),
        (["截至2023年10月"], "x", date(2023, 10, 31)),
        (["台账(截止12月31日)"], "x", date(2025, 12, 31)),
        (["台账(截至1月29日)"], "台账2024-03", date(2024, 1, 29)),
        ([], "00_2022-05", date(2022, 5, 31)),
        ([], "重点项目20260315", date(2026, 3, 15)),
        ([], "重点项目2026年3月5日", date(2026, 3, 5)),
        ([], "01_city_2022_projects", None),
        ([], "2026-13-40", None),
        (["截至2月30日"], "x", None),
    ],
)
def test_cutoff_day(titles: list[str], stem: str, day: date | None) -> None:
    assert cutoff(titles, stem, DAY) == day


def test_regions() -> None:
    assert region_name("葫芦島 经济开发区") == "葫芦岛经济开发区"
    assert [region_kind(n) for n in ("连山区", "经开区", "市直", "高新园区", "某处", None)] == [
        "县区",
        "园区",
        "市直",
        "园区",
        None,
        None,
    ]
    assert [
        region_of_unit(u)
        for u in ("秀峰区政府", "恭城瑶族自治县人民政府", "临桂新区管委会", "市水利局", "某公司", None)
    ] == ["秀峰区", "恭城瑶族自治县", "临桂新区", "市直", None, None]


def test_sheets_that_are_no_ledger() -> None:
    result = conformed(("汇总", [["指标", "数量"], ["项目", 3]]), ("节点", [["姓名", "电话"], ["张三", 1]]))
    assert result.ledgers == {}
    assert {(f.rule, f.weight, f.sheet) for f in result.findings} == {
        ("sheet_not_recognised", "note", "汇总"),
        ("header_not_found", "error", "节点"),
    }


def test_a_sheet_of_headers_only_is_carried_over() -> None:
    sheets = (("项目", [["项目编号", "项目名称"], ["1", "甲"]]), ("节点", [["项目编号", "节点"]]))
    before = conformed(("节点", [["项目编号", "节点"], ["1", "立项"]])).ledgers
    result = conformed(*sheets, previous=before)
    assert set(result.ledgers) == {"projects"}
    assert "ledger_without_rows" in {f.rule for f in result.findings}
    assert conformed(*sheets).ledgers["nodes"].is_empty()


def test_one_bad_column_does_not_drown_the_rest() -> None:
    rows = [["项目编号", "节点", "实际完成"], *[["1", f"n{i}", f"不详{i}"] for i in range(60)]]
    findings = [f for f in conformed(("节点", rows)).findings if f.rule == "unreadable_date"]
    assert len(findings) == 21
    assert "还有 40 处" in findings[-1].message
