"""People and units, dates in words, empty markers and lost markup as real tables hold them."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.intake.books import conformed, rules_of


def column(header: str, *cells: Any) -> pl.DataFrame:
    rows = [["项目名称", header], *([f"项目{i}", cell] for i, cell in enumerate(cells))]
    return conformed(("项目", rows)).ledgers["projects"]


def test_two_units_in_one_cell_stay_together() -> None:
    unit = "广西壮族自治区港航管理局、市交通运输局"
    assert column("责任单位", unit)["responsible_unit"].to_list() == [unit]


@pytest.mark.parametrize(
    ("unit", "region"),
    [
        ("秀峰区政府", "秀峰区"),
        ("恭城瑶族自治县人民政府", "恭城瑶族自治县"),
        ("市交通运输局", "市直"),
        ("市经投集团", "市直"),
        ("高新区管委会", "高新区"),
        ("待定", None),
    ],
)
def test_the_region_follows_from_the_unit(unit: str, region: str | None) -> None:
    projects = column("责任单位", unit, "市发改委")
    assert projects["region"].to_list() == [region, "市直"]


def test_short_forms_of_one_region_are_one() -> None:
    cells = ("桂林市秀峰区", "秀峰区", "秀 峰 区", "秀峰区人民政府", "秀峯區", "广西壮族自治区桂林市秀峰区")
    assert set(column("县区", *cells)["region"]) == {"秀峰区"}
    # nowhere named alone: left as written
    assert column("县区", "深圳市龙岗区")["region"].to_list() == ["深圳市龙岗区"]


@pytest.mark.parametrize("name", ["乾县", "乾安县", "于洪区", "准格尔旗"])
def test_characters_of_place_names_stay(name: str) -> None:
    assert column("县区", name)["region"].to_list() == [name]


@pytest.mark.parametrize("mark", ["待定", "/", "—", "——", "--", "\\", "暂无", "#REF!", "#N/A", " "])
def test_empty_markers_are_null(mark: str) -> None:
    rows = [
        ["项目名称", "企业/业主", "计划开工", "总投资(万元)", "包保领导", "县区", "绿色通道"],
        ["甲", mark, mark, mark, mark, mark, mark],
        ["乙", "某公司", "2026-03-15", 5, "张三", "甲县", "是"],
    ]
    row = conformed(("项目", rows)).ledgers["projects"].row(0, named=True)
    assert [row[n] for n in ("owner", "planned_start", "total_investment_yuan", "green_channel")] == [
        None
    ] * 4
    if not mark.startswith("#"):
        assert (row["leaders"], row["region"], row["planned_start_text"]) == (None, None, None)


def test_a_formula_error_kept_as_words_is_told() -> None:
    result = conformed(
        ("项目", [["项目名称", "总投资(万元)", "计划开工"], ["甲", "#REF!", "#N/A"], ["乙", 5, None]])
    )
    assert {"unreadable_money", "unreadable_date"} <= rules_of(result)


@pytest.mark.parametrize(
    ("cell", "day", "precision"),
    [
        ("2024年10月", date(2024, 10, 31), "month"),
        (45597, date(2024, 11, 1), "day"),
        ("45597", date(2024, 11, 1), "day"),
        ("2023-05-04 08:48:14.0", date(2023, 5, 4), "day"),
        ("3月中旬", date(2026, 3, 20), "ten-day"),
        ("6月底前", date(2026, 6, 30), "ten-day"),
        ("年底前", date(2026, 12, 31), "month"),
        ("9月末", date(2026, 9, 30), "ten-day"),
        ("一季度", date(2026, 3, 31), "quarter"),
        ("上半年", date(2026, 6, 30), "half"),
        ("20231018日", date(2023, 10, 18), "day"),
    ],
)
def test_a_planned_day_in_words(cell: Any, day: date, precision: str) -> None:
    row = column("计划竣工", cell).row(0, named=True)
    assert (row["planned_finish"], row["planned_finish_precision"]) == (day, precision)
    assert row["planned_finish_text"] == (cell if precision != "day" else None)


@pytest.mark.parametrize(
    "cell", ["10月底,最晚11月", "待上位规划确定后", "力争开工建设", "99.01-110.12", "2023-2025"]
)
def test_words_that_are_no_day_are_kept_and_told(cell: str) -> None:
    result = conformed(("项目", [["项目名称", "计划开工"], ["甲", cell]]))
    row = result.ledgers["projects"].row(0, named=True)
    assert (row["planned_start"], row["planned_start_precision"], row["planned_start_text"]) == (
        None,
        None,
        cell,
    )
    assert row["status"] is None
    (finding,) = (f for f in result.findings if f.rule == "unreadable_date")
    assert (finding.cell, finding.found) == ("B2", cell)


def test_a_goal_is_no_status() -> None:
    text = "1.完成前期规划。\n2.取得选址、环评批复。"
    row = column("年度目标", text).row(0, named=True)
    assert (row["goal_text"], row["status"]) == (text, None)


def test_every_date_column_keeps_its_words() -> None:
    result = conformed(
        ("项目", [["项目编号", "项目名称", "入库日期", "停工起"], ["1", "甲", "2026年3月", "一季度"]]),
        ("节点", [["项目编号", "节点", "受理日期", "计划完成"], ["1", "环评", "3月中旬", "年底前"]]),
        ("任务", [["任务编号", "任务", "完成时限"], ["1", "甲", "3月底"]]),
    )
    project = result.ledgers["projects"].row(0, named=True)
    assert (project["listed_date"], project["listed_date_precision"]) == (date(2026, 3, 1), "month")
    assert (project["stopped_from"], project["stopped_from_text"]) == (date(2026, 1, 1), "一季度")
    node = result.ledgers["nodes"].row(0, named=True)
    assert (node["accepted_date"], node["accepted_date_text"]) == (date(2026, 3, 11), "3月中旬")
    assert (node["planned_finish"], node["planned_finish_text"]) == (date(2026, 12, 31), "年底前")
    task = result.ledgers["tasks"].row(0, named=True)
    assert (task["due_date"], task["due_date_precision"]) == (date(2026, 3, 31), "ten-day")


@pytest.mark.parametrize(
    ("column_name", "cell", "status", "applicable"),
    [
        ("实际完成", "已办结", "done", True),
        ("实际完成", "√", "done", True),
        ("实际完成", "不涉及", "not_applicable", False),
        ("实际完成", "在办", "running", True),
        ("受理日期", "已受理", "running", True),
        ("受理日期", "√", "running", True),
    ],
)
def test_a_word_instead_of_a_nodes_date(column_name: str, cell: str, status: str, applicable: bool) -> None:
    rows = [["项目编号", "节点", column_name], ["1", "环评", cell]]
    result = conformed(("项目", [["项目编号", "项目名称"], ["1", "甲"]]), ("节点", rows))
    node = result.ledgers["nodes"].row(0, named=True)
    assert (node["status"], node["applicable"]) == (status, applicable)
    assert "unreadable_date" not in rules_of(result)


def test_a_tick_under_a_milestone_says_that_it_happened() -> None:
    projects = column("实际开工", "√", "已开工", None)
    assert projects["status"].to_list() == ["已开工", "已开工", None]
    assert projects["actual_start"].to_list() == [None] * 3


def test_states_are_said_in_the_contracts_words() -> None:
    cells = ("已经开工", "在建", "已完工", "尚未开工", "停建", "已签约", "/")
    expected = ["已开工", "已开工", "已竣工", "未开工", "停工", "已签约", None]
    assert column("项目状态", *cells)["status"].to_list() == expected


def test_a_mirrored_pages_readings_do_not_hide_headers() -> None:
    rows = [["項(xiàng)目名稱", "計劃開(kāi)工"], ["甲", "2026年3月"]]
    assert conformed(("x", rows)).ledgers["projects"]["planned_start"].to_list() == [date(2026, 3, 31)]


def grid(*cells: Any, legend: str | None = None) -> tuple[list[tuple[str, str]], set[str]]:
    """Project and state of every 环评 node, and the rules of the findings."""
    rows: list[list[Any]] = [["项目名称", "手续办理情况", None], [None, "立项", "环评"]]
    rows += [[f"项目{i}", "√", cell] for i, cell in enumerate(cells)]
    rows += [[legend, None, None]] if legend else []
    result = conformed(("项目", rows))
    projects = dict(result.ledgers["projects"].select("project_id", "project_name").iter_rows())
    nodes = result.ledgers["nodes"].filter(node="环评").select("project_id", "status")
    return [(projects[i], status) for i, status in nodes.iter_rows()], rules_of(result)


def test_what_marks_mean_in_a_grid_of_procedures() -> None:
    states, rules = grid("√", "在办", "无需办理", "无", "/", "—", None, "完成50%")
    assert states == [
        ("项目0", "done"),
        ("项目1", "running"),
        ("项目2", "not_applicable"),
        ("项目3", "not_applicable"),
        ("项目7", "running"),
    ]
    assert "struck_procedures" in rules


def test_a_legend_gives_strokes_their_meaning() -> None:
    states, rules = grid("√", "/", "—", legend="注:“/”“—”表示不涉及")
    assert states == [("项目0", "done"), ("项目1", "not_applicable"), ("项目2", "not_applicable")]
    assert "struck_procedures" not in rules


SAID = [
    ("是", True), ("已解决", True), ("已销号。", True), ("√", True), ("已协调解决", True), ("否", False),
    ("未解决", False), ("正在协调", False), ("部分解决", False), ("尚未销号", False), ("推进中", False),
    (None, None),
]  # fmt: skip
ONE_PROJECT = ("项目", [["项目编号", "项目名称"], ["1", "甲"]])


@pytest.mark.parametrize("header", ["是否解决", "已解决", "是否销号", "销号情况"])
def test_a_problem_said_to_be_solved_is_closed(header: str) -> None:
    rows = [["1", f"问题{i}", word] for i, (word, _) in enumerate(SAID)]
    result = conformed(ONE_PROJECT, ("问题", [["项目编号", "问题", header], *rows]))
    assert result.ledgers["problems"]["resolved"].to_list() == [meant for _, meant in SAID]
    assert rules_of(result) == set()


def test_words_that_are_neither_yes_nor_no_are_told_and_sentences_kept() -> None:
    words = [["1", "缺水", "再议"], ["1", "缺电", "县政府和供电公司约定下周现场办公"]]
    result = conformed(ONE_PROJECT, ("问题", [["项目编号", "问题", "解决情况"], *words]))
    assert result.ledgers["problems"]["resolved"].to_list() == [None, None]
    assert [(f.rule, f.cell) for f in result.findings] == [("unreadable_value", "C2")]
    assert "供电公司" in result.ledgers["problems"]["extra"][1]
