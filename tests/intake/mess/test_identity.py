"""Marks, suffixes and odd names: what makes two rows one project, and what doesn't."""

from __future__ import annotations

import pytest

from tests.intake.books import conformed, rules_of

ODD_NAMES = [
    "君澜府小区",
    "汉中综合保税区",
    "未来智慧餐厅",
    "肖家村预留地项目",
    "兴安县县城东环、南环路",
    "秀峰区敦睦村3、4、5组安置房",
    "桂林市项目(含旅游）：良丰河综合治理",
    "D1-5地块项目",
    "2022年桂林市人行天桥新建工程",
    "桂林▪两江四湖提升工程",
    "驰普·桂北国际物流",
    "迷山·阳朔",
    "新昇半导体300mm集成电路硅片研发与先进制造新建项目",
    "乾县县城污水处理厂",
    "10kV输电线路",
    "3.15广场",
]
PAIRS = [
    ("上海光源二期", "上海光源二期(线站工程)"),
    ("藍星島", "藍星島旅游公路"),
    ("华兴电厂一期", "华兴电厂二期"),
]


def test_names_that_break_detectors_survive() -> None:
    rows = [[i + 1, name, "秀峰区"] for i, name in enumerate(ODD_NAMES)]
    result = conformed(("项目", [["序号", "项目名称", "县区"], *rows]))
    projects = result.ledgers["projects"]
    assert projects["project_name"].to_list() == ODD_NAMES
    assert projects["project_id"].n_unique() == len(ODD_NAMES)
    assert set(projects["region"]) == {"秀峰区"}
    assert "same_name_twice" not in rules_of(result)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_suffix_makes_another_project(one: str, other: str) -> None:
    result = conformed(("项目", [["项目名称", "县区"], [one, "甲县"], [other, "甲县"]]))
    assert result.ledgers["projects"]["project_id"].n_unique() == 2
    assert "same_name_twice" not in rules_of(result)


@pytest.mark.parametrize("mark", ["▲", "★"])
def test_a_marked_name_in_a_second_sheet_is_told(mark: str) -> None:
    header = ["项目编号", "项目名称", "县区"]
    result = conformed(
        ("续建", [header, ["A1", "宁夏美术馆", "银川市"], ["A2", "银川至西安铁路", "银川市"]]),
        ("新建", [header, ["B1", f"宁夏美术馆{mark}", "银川市"]]),
    )
    (finding,) = (f for f in result.findings if f.rule == "same_name_twice")
    assert (finding.weight, finding.sheet, finding.cell) == ("warning", "新建", "B2")
    assert finding.found == f"宁夏美术馆{mark}"
    assert "工作表“续建”第 2 行" in finding.message
    assert result.ledgers["projects"].height == 3


def test_the_same_name_in_two_counties_is_two_projects() -> None:
    rows = [["1", "污水处理厂", "甲县"], ["2", "污水处理厂", "乙县"]]
    result = conformed(("项目", [["项目编号", "项目名称", "县区"], *rows]))
    assert "same_name_twice" not in rules_of(result)


def test_numbers_do_not_depend_on_how_a_name_is_typed() -> None:
    names = [
        "蓝星岛旅游公路(一期)",
        "藍星島旅游公路（一期）",
        "蓝星岛 旅游公路(一期)",
        "蓝星岛\n旅游公路（一期)",
    ]
    tables = [conformed(("项目", [["项目名称", "县区"], [name, "甲县"]])) for name in names]
    ids = {table.ledgers["projects"]["project_id"][0] for table in tables}
    assert len(ids) == 1
