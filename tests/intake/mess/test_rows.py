"""Rows that are no projects (MESS.md 12-19): totals, groups in every spelling, sentences, serials, pivots."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.conform import Conformed
from tests.intake.books import conformed, load, rules_of, save

HEADER = ["序号", "项目名称", "县区", "总投资(万元)"]


def read(*rows: list[Any]) -> Conformed:
    return conformed(("Sheet1", [HEADER, *rows]))


def projects(*rows: list[Any]) -> pl.DataFrame:
    return read(*rows).ledgers["projects"]


def found(result: Conformed, rule: str) -> list[tuple[str | None, str | None, str | None]]:
    return [(f.cell, f.found, f.expected) for f in result.findings if f.rule == rule]


def test_the_total_right_under_the_header_is_checked_and_left_out() -> None:
    result = read([None, "合计", "2", 300], [1, "甲", "A县", 100], [2, "乙", "A县", 150])
    assert result.ledgers["projects"]["project_name"].to_list() == ["甲", "乙"]
    assert found(result, "total_sum_differs") == [("D2", "250", "300")]


@pytest.mark.parametrize("word", ["合计", "合  计", "总计:", "小计", "共计2个", "合計", "本页小计"])
def test_totals_however_written(word: str) -> None:
    assert projects([1, "甲", "A县", 5], [2, "乙", "A县", 6], [None, word, None, 11]).height == 2


def test_three_levels_of_groups_count_no_money_twice() -> None:
    rows: list[list[Any]] = [
        ["一、基础设施", 3, None, 30],
        ["（一）交通", 2, None, 20],
        ["——铁路", 1, None, 10],
    ]
    rows += [[1, "甲", "A县", 10], ["——公路", 1, None, 10], [1, "乙", "A县", 10], ["（二）能源", 1, None, 10]]
    frame = projects(*rows, [1, "丙", "A县", 10])
    assert frame["total_investment_yuan"].sum() == 300_000
    assert frame.select("category", "industry").rows() == [
        ("基础设施", "铁路"),
        ("基础设施", "公路"),
        ("基础设施", "能源"),
    ]


@pytest.mark.parametrize(
    ("row", "field", "value"),
    [
        (["Ⅰ 机场（9项）"], "category", "机场"),
        (["① 交通项目7个"], "category", None),
        ([None, "交通项目7个"], "category", "交通项目"),
        (["【预备】(1个)"], "kind", "前期"),
        (["一、续建项目", "33个", None, 8524816], "kind", "续建"),
        (["428-442", "4.房地产开发"], "category", "房地产开发"),
        ([-1, "国铁干线项目"], "category", "国铁干线项目"),
        (["一", "农林水利", "14", 100], "category", "农林水利"),
        ([None, "计划新开工项目", 19, 300], "kind", "新建"),
        (["二、在建项目（共3个）"], "kind", "续建"),
        ([None, "南宁市人民政府", 16, 1528601.56], "region", "南宁市"),
        ([None, "市直", 97, 100], "region", "市直"),
        (["南 宁 市"], "region", "南宁市"),
        (["一、甲县"], "region", "甲县"),
        (["（二）连山区续建项目"], "region", "连山区"),
        (["第一部分 前期项目"], "kind", "前期"),
    ],
)
def test_groups_in_every_spelling_flow_down(row: list[Any], field: str, value: str | None) -> None:
    frame = projects(row, [1, "甲工程", None, 5])
    assert frame["project_name"].to_list() == ["甲工程"]
    assert frame[field].to_list() == [value]
    assert json.loads(frame["extra"][0])["分组"]


def test_a_region_and_a_stage_of_one_group_row_both_flow() -> None:
    frame = projects(["一、连山区新建项目"], [1, "甲", None, 5])
    assert frame.select("region", "kind").rows() == [("连山区", "新建")]


def test_regions_stand_inside_the_groups_above_them() -> None:
    rows = [["一、新建项目"], ["连山区"], [1, "甲", None, 5], ["兴城市"], [2, "乙", None, 5]]
    frame = projects(*rows, ["二、续建项目"], [1, "丙", None, 5])
    assert frame.select("region", "kind").rows() == [
        ("连山区", "新建"),
        ("兴城市", "新建"),
        (None, "续建"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        *("君澜府小区", "汉中综合保税区", "未来智慧餐厅", "D1-5地块项目", "2022年桂林市人行天桥新建工程"),
        *(
            "秀峰区敦睦村3、4、5组",
            "兴安县县城东环、南环路",
            "3.15广场",
            "一期、二期厂房",
            "石化区",
            "一号车城",
        ),
        *("上海光源二期(线站工程)", "十里长廊", "某项目(含旅游）：良丰河", "第一中学", "新建幼儿园3个班"),
    ],
)
def test_a_project_is_no_group_whatever_its_name(name: str) -> None:
    assert projects([1, name, None, 5])["project_name"].to_list() == [name]
    assert projects([1, name, "A县", 5], [2, "乙", "A县", 5]).height == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "重大前期项目92个,总投资494亿元。其中省级3个。",
        '备注：标"★"的为2025年重大项目。',
        "下列12个子项目",
        "注:单位为万元",
        "填表人:张三",
    ],
)
def test_sentences_are_told_and_left_out(sentence: str) -> None:
    result = read([1, "甲", "A县", 5], [sentence], [2, "乙", "A县", 5])
    assert result.ledgers["projects"].height == 2
    assert found(result, "note_rows") == [(None, "1", None)]


def test_a_declared_count_that_differs_is_a_warning() -> None:
    rows = [["某市重点项目计划(444项)"], HEADER, [1, "甲", "A县", 5]]
    assert found(conformed(("Sheet1", rows)), "declared_count_differs") == [(None, "1", "444")]
    same = [["某市重点项目计划(1项)"], HEADER, [1, "甲", "A县", 5]]
    assert "declared_count_differs" not in rules_of(conformed(("Sheet1", same)))


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("透视表", [["行标签", "求和项:总投资\n（万元）"], ["A县", 5]]),
        ("汇总", [["项目", "个数", "总投资(万元)"], ["新建", 5, 100]]),
        ("字典", [["建设性质", "行业"], ["新建", "交通"], ["续建", "能源"]]),
        ("统计", [["县区", "项目个数", "总投资(万元)"], ["A县", 5, 100]]),
    ],
)
def test_statistics_pivots_and_dictionaries_are_no_ledger(title: str, rows: list[list[Any]]) -> None:
    result = conformed(("项目", [HEADER, [1, "甲", "A县", 5]]), (title, rows))
    assert result.ledgers["projects"].height == 1
    assert [(f.rule, f.sheet) for f in result.findings] == [("sheet_not_recognised", title)]


def test_serials_that_restart_are_no_identity() -> None:
    frame = projects(["一、新建"], [1, "甲", "A县", 5], ["二、续建"], [1, "乙", "A县", 5])
    assert frame["project_id"].n_unique() == 2


def test_further_rows_of_a_project_are_kept_and_not_added() -> None:
    header = ["序号", "项目名称", "县区", "投资来源", "总投资(万元)"]
    rows = [[1, "甲", "A县", "中央", 100], [None, None, None, "地方", 60], [None, None, None, "企业", 100]]
    result = conformed(("Sheet1", [header, *rows, [2, "乙", "A县", "企业", 5]]))
    frame = result.ledgers["projects"]
    assert frame["total_investment_yuan"].to_list() == [1_000_000, 50_000]
    said = json.loads(frame["extra"][0])["续行"]
    assert said == "投资来源: 地方;总投资(万元): 60 | 投资来源: 企业;总投资(万元): 100"
    warned = [f for f in result.findings if f.rule == "further_rows"]
    assert [(f.weight, f.found) for f in warned] == [("warning", "2")]


def test_a_forgotten_name_is_no_further_row() -> None:
    assert projects([1, "甲", "A县", 5], [2, None, "A县", 5])["project_name"].to_list() == ["甲", None]


def test_parts_numbered_1_1_are_projects_and_counted_once_in_totals() -> None:
    rows: list[list[Any]] = [[1, "甲", "A县", 100], ["1-1", "甲之一", "A县", 60]]
    rows += [[date(2026, 1, 2), "甲之二", "A县", 40], [2, "乙", "A县", 5], [None, "合计", None, 105]]
    result = read(*rows)
    frame = result.ledgers["projects"]
    assert frame["project_name"].to_list() == ["甲", "甲之一", "甲之二", "乙"]
    assert [json.loads(text)["上级项目"] if text else None for text in frame["extra"]] == [
        None,
        "甲",
        "甲",
        None,
    ]
    assert [f.weight for f in result.findings if f.rule == "parts_of_projects"] == ["warning"]
    assert "total_sum_differs" not in rules_of(result)


def test_an_amount_merged_over_rows_is_counted_once(tmp_path: Path) -> None:
    rows = [HEADER, [1, "甲", "A县", 100], [2, "乙", None, None]]
    path = save(tmp_path / "a.xlsx", {"Sheet1": rows}, {"Sheet1": ["D2:D3", "C2:C3"]})
    result = load(path)
    frame = result.ledgers["projects"]
    assert frame.select("region", "total_investment_yuan").rows() == [("A县", 1_000_000), ("A县", None)]
    assert [(f.cell, f.found) for f in result.findings if f.rule == "shared_amount"] == [("D2", "合并 2 行")]


def test_a_project_named_once_for_several_nodes(tmp_path: Path) -> None:
    sheets = {
        "项目": [["项目名称"], ["甲"], ["乙"]],
        "节点": [
            ["项目名称", "节点", "办理状态"],
            ["甲", "立项", "已办"],
            [None, "环评", "在办"],
            ["乙", "立项", "待办"],
        ],
    }
    sheets["项目"] = [["项目名称", "县区"], ["甲", "A县"], ["乙", "A县"]]
    merged = load(save(tmp_path / "a.xlsx", sheets, {"节点": ["A2:A3"]}))
    blank = load(save(tmp_path / "b.xlsx", sheets))
    for result in (merged, blank):
        names = dict(result.ledgers["projects"].select("project_id", "project_name").iter_rows())
        nodes = [
            (names[i], node) for i, node in result.ledgers["nodes"].select("project_id", "node").iter_rows()
        ]
        assert nodes == [("甲", "立项"), ("甲", "环评"), ("乙", "立项")]
    assert "reference_from_above" in rules_of(blank) - rules_of(merged)


@pytest.mark.parametrize("serial", [True, False])
def test_rows_that_begin_with_which_of_are_parts_of_the_row_above(serial: bool) -> None:
    rows = [
        ["序号", "项目名称", "县区", "总投资(万元)"],
        [1, "甲产业园", "A县", 1000],
        [None, "其中:一期厂房", None, 400],
        [None, "其中:二期厂房", None, 600],
        [2, "乙", "A县", 50],
        [None, "合计", None, 1050],
        [None, "其中:A县", None, 1050],
    ]
    result = conformed(("项目", rows if serial else [row[1:] for row in rows]))
    frame = result.ledgers["projects"]
    assert frame["project_name"].to_list() == ["甲产业园", "乙"]
    assert "二期厂房" in frame["extra"][0]
    assert frame["extra"][1] is None
    told = {f.rule: f for f in result.findings}
    assert (told["included_rows"].weight, told["included_rows"].found) == ("note", "3")
    assert "第 3、4、7 行" in told["included_rows"].message
    assert "total_sum_differs" not in told


def test_what_goes_on_below_a_part_is_a_part_too() -> None:
    rows = [
        ["序号", "项目名称", "总投资(万元)"],
        [1, "甲产业园", 1000],
        [None, "其中:一期厂房", 300],
        [None, "其中:一期宿舍", 100],
        [None, "二期厂房", 600],
        [2, "乙", 50],
    ]
    result = conformed(("项目", rows))
    assert result.ledgers["projects"]["project_name"].to_list() == ["甲产业园", "乙"]
