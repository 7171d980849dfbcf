"""Sheets as county offices keep them, several habits at once; every number, date and sentence checked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.changes import marked
from data.conform import Conformed
from tests.intake.books import DAY, conformed, load, rules_of, save

HEADER: list[Any] = ["项目名称", "县区", "总投资(万元)"]


def projects_of(*rows: list[Any]) -> pl.DataFrame:
    return conformed(("台账", list(rows))).ledgers["projects"]


def messages(result: Conformed, rule: str) -> list[str]:
    return [finding.message for finding in result.findings if finding.rule == rule]


def test_a_group_row_with_its_sum_in_words_is_no_project() -> None:
    rows: list[list[Any]] = [
        ["序号", "项目名称", "总投资(万元)", "年度计划投资(万元)"],
        ["一", "续建项目(1个)", 45000, 20000],
        [1, "电池厂", 45000, 20000],
        ["二", "新建项目(1个)", "5.2亿", 9000],
        [2, "门诊楼", "5.2亿", 9000],
    ]
    projects = projects_of(*rows)
    assert projects.select("project_name", "kind", "total_investment_yuan").rows() == [
        ("电池厂", "续建", 450_000_000),
        ("门诊楼", "新建", 520_000_000),
    ]


def test_a_region_cell_may_count_its_projects_or_be_an_address() -> None:
    cells = ["连山区\n(3个)", "高新区（1项）", "市直1个", "连山区沙河营乡", "兴城市曹庄镇", "绥中县"]
    projects = projects_of(HEADER, *([f"工程{i}", cell, 1] for i, cell in enumerate(cells)))
    assert projects["region"].to_list() == ["连山区", "高新区", "市直", "连山区", "兴城市", "绥中县"]


def test_kinds_in_other_words_count_in_the_rates() -> None:
    words = ["續建", "新开工项目", "结转", "改扩建", "新建/续建", None]
    rows: list[list[Any]] = [["项目名称", "建设性质"], *([f"工程{i}", word] for i, word in enumerate(words))]
    assert projects_of(*rows)["kind"].to_list() == ["续建", "新建", "续建", "改扩建", "新建/续建", None]


@pytest.mark.parametrize("header", ["是否开工", "开复工", "状态"])
def test_a_tick_under_whether_it_started(header: str) -> None:
    rows: list[list[Any]] = [
        ["项目名称", header],
        *([f"工程{i}", v] for i, v in enumerate(["√", "×", "是", "否", "停工"])),
    ]
    assert projects_of(*rows)["status"].to_list() == ["已开工", "未开工", "已开工", "未开工", "停工"]


def test_a_list_of_leaders_with_posts_and_officers_with_telephones() -> None:
    rows: list[list[Any]] = [
        [
            "包联领导",
            "职务",
            "项目序号",
            "项目名称",
            "所在\n县市区",
            "首席服务员\n及联系电话",
            "目前形象进度",
        ],
        ["张三", "市委书记", 1, "甲工程", "绥中县", "刘一 0429-1234567", "主体封顶"],
        ["李四", "市委副书记、市长", 2, "乙工程", "兴城市", "刘二13812345678", None],
    ]
    result = conformed(("包联", rows))
    columns = ("leaders", "leader_titles", "region", "chief_officer", "progress_text")
    assert result.ledgers["projects"].select(columns).rows() == [
        (["张三"], ["市委书记"], "绥中县", "刘一", "主体封顶"),
        (["李四"], ["市委副书记、市长"], "兴城市", "刘二", None),
    ]
    assert not rules_of(result)


def nodes_of(*cells: Any, legend: str | None = None) -> dict[str, tuple[Any, ...]]:
    rows: list[list[Any]] = [["项目名称", "手续办理", None], [None, "立项", "环评"]]
    rows += [[f"工程{i}", "√", cell] for i, cell in enumerate(cells)]
    rows += [["末工程", "√", "已办"], [legend, None, None]]
    nodes = conformed(("手续", rows)).ledgers["nodes"].filter(node="环评")
    told = nodes.select("source_row", "status", "planned_finish", "actual_finish").rows()
    return {str(cells[row - 3]): tuple(rest) for row, *rest in told if row - 3 < len(cells)}


def test_a_deadline_under_a_procedure_is_not_its_end() -> None:
    assert nodes_of("计划11月底前完成", "11月", "10月底前", "2026年3月", "专家评审中") == {
        "计划11月底前完成": ("waiting", date(2026, 11, 30), None),
        "11月": ("waiting", date(2026, 11, 30), None),
        "10月底前": ("waiting", date(2026, 10, 31), None),
        "2026年3月": ("done", None, date(2026, 3, 1)),
        "专家评审中": ("running", None, None),
    }


def test_marks_mean_what_the_legend_says() -> None:
    assert nodes_of("○", "▲", "×", legend="说明:√为已完成,○为在办,▲表示待办,×为未办") == {
        "○": ("running", None, None),
        "▲": ("waiting", None, None),
        "×": ("waiting", None, None),
    }
    assert nodes_of("○") == {}


def test_a_reference_by_a_name_nobody_has_is_told_by_that_name() -> None:
    result = conformed(
        ("项目", [["项目名称", "县区"], ["甲工程", "甲县"]]),
        ("节点", [["项目名称", "节点", "办理状态"], ["丁工程", "立项", "已办"]]),
        ("走访", [["日期", "走访人", "项目名称"], ["2026-11-03", "张三", "丁工程"]]),
    )
    assert result.ledgers["nodes"]["project_id"].to_list() == ["丁工程"]
    assert result.ledgers["visits"]["project_id"].to_list() == ["丁工程"]


def test_a_formula_without_its_result_is_told(tmp_path: Path) -> None:
    rows: list[list[Any]] = [HEADER, ["甲工程", "甲县", "=1000*2"], ["乙工程", "甲县", 5]]
    result = load(save(tmp_path / "导出.xlsx", {"项目": rows}))
    assert messages(result, "formula_error") == [
        "工作表“项目”C2 的公式没有存下计算结果,按空处理。请用 Excel 或 WPS 打开原表,保存一次再报。"
    ]
    assert result.ledgers["projects"]["total_investment_yuan"].to_list() == [None, 50_000]


def test_a_column_of_formulas_without_results_is_no_flood(tmp_path: Path) -> None:
    rows: list[list[Any]] = [HEADER, *([f"工程{i}", "甲县", f"=A{i}*2"] for i in range(300))]
    result = load(save(tmp_path / "导出.xlsx", {"项目": rows}))
    assert len([f for f in result.findings if f.rule == "formula_error"]) == 21


def test_amounts_in_figures_and_deadlines_before_festivals_come_through() -> None:
    rows: list[list[Any]] = [
        ["项目名称", "总投资(万元)", "计划开工", "实际开工"],
        ["甲工程", "三千万", "国庆节前", "3/15/2026"],
        ["乙工程", "五百八十", "2026年春节前", "6.28"],
    ]
    columns = ("total_investment_yuan", "planned_start", "actual_start")
    assert projects_of(*rows).select(columns).rows() == [
        (30_000_000, date(2026, 9, 30), date(2026, 3, 15)),
        (5_800_000, date(2026, 2, 14), date(2026, 6, 28)),
    ]
    assert DAY.year == 2026


@pytest.mark.parametrize(
    ("name", "changes_only"),
    [("变更", True), ("项目变更", True), ("项目(变更)", True), ("设计变更情况汇总", False)],
)
def test_a_sheet_called_changes_holds_only_what_changed(name: str, changes_only: bool) -> None:
    assert marked(name) is changes_only
