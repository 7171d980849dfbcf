"""The real ledgers give what expected.json beside them says; header layouts are known column by column."""

from __future__ import annotations

import csv
import json
from calendar import monthrange
from datetime import date
from functools import cache
from typing import Any

import polars as pl
import pytest

from data.conform import Conformed, conform
from data.errors import FaultyLedger
from data.read import read
from data.rules import check
from data.text import plain
from tests.intake.books import DAY, REAL, SETTINGS, conformed, rules_of

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="real ledgers are not beside this repository")

HULUDAO = "00_huludao_2023-01-29.xlsx"
SHUANGYASHAN = "00_shuangyashan_2022-05.xlsx"
GUILIN = "01_guilin_2022_preliminary_projects.xlsx"
GUILIN_GROUPS = "01_guilin_group_check.csv"
NINGXIA = "02_ningxia_2020_key_projects_names.csv"
COMPANY = "03_jzsc_company_projects.csv"
SHANGHAI = "05_shanghai_2021.xlsx"
JIANGLING = "08_jiangling_may_status_traditional.csv"
HEADERS = "13_header_rows_real.csv"
# each is read by a test below
FILES = {HULUDAO, SHUANGYASHAN, GUILIN, GUILIN_GROUPS, NINGXIA, COMPANY, SHANGHAI, JIANGLING, HEADERS}
DUMPS = {name.replace(".xlsx", ".csv") for name in (GUILIN, SHANGHAI)}


@cache
def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((REAL / "expected.json").read_text("utf-8"))[name]
    return found


@cache
def result(name: str) -> Conformed:
    return conform(read(REAL / name, SETTINGS), DAY)


def found(name: str, rule: str) -> list[tuple[str | None, str | None]]:
    return [(f.cell, f.found) for f in result(name).findings if f.rule == rule]


def project(name: str, title: str) -> dict[str, Any]:
    return result(name).ledgers["projects"].row(by_predicate=pl.col("project_name") == title, named=True)


def test_no_real_ledger_is_forgotten() -> None:
    assert {path.name for path in REAL.iterdir()} - {"expected.json"} == FILES | DUMPS


@pytest.mark.parametrize("name", [HULUDAO, SHUANGYASHAN, GUILIN, COMPANY, SHANGHAI, JIANGLING])
def test_nothing_stops_the_file(name: str) -> None:
    checked = check(result(name), None, result(name).as_of or DAY)
    assert {f.weight for f in checked.findings} <= {"warning", "note"}
    assert checked.ledgers["projects"].height == expected(name)["projects"]


@pytest.mark.parametrize("name", [HULUDAO, SHUANGYASHAN])
def test_the_day_it_speaks_of(name: str) -> None:
    assert str(result(name).as_of) == expected(name)["as_of"]


def test_huludao_projects() -> None:
    projects, want = result(HULUDAO).ledgers["projects"], expected(HULUDAO)
    assert projects["kind"].value_counts().sort("kind").rows() == [
        ("新建", want["new"]),
        ("续建", want["continued"]),
    ]
    assert sorted(projects["region"].unique()) == sorted(want["regions_after_normalising"])
    money = projects.drop_nulls("total_investment_yuan")
    assert (
        dict(money.select("project_name", "total_investment_yuan").iter_rows())
        == want["total_investment_yuan"]
    )
    starts = projects.drop_nulls("planned_start").select(
        "project_name", "planned_start", "planned_start_precision"
    )
    assert {n: [str(d), p] for n, d, p in starts.iter_rows()} == want["planned_start"]
    assert project(HULUDAO, "航锦化工27万吨离子膜烧碱")["leaders"] == ["市政府分管领导", "市委分管领导"]
    assert project(HULUDAO, "航锦化工27万吨离子膜烧碱")["accountable_leader"] == "市政府分管领导"
    assert project(HULUDAO, "扬农化工项目")["leaders"] is None
    started = project(HULUDAO, "凌绥高速")
    assert (started["status"], started["planned_start"], started["planned_start_text"]) == (
        "已开工",
        None,
        "已开工",
    )
    assert dict(projects.select("region", "region_kind").unique().iter_rows()) == {
        "葫芦岛经济开发区": "园区",
        "葫芦岛高新区": "园区",
        "连山区": "县区",
        "兴城市": "县区",
        "市直": "市直",
    }


@pytest.mark.parametrize("procedure", ["立项", "能评", "环评", "安评", "用地", "施工许可"])
def test_huludao_procedures(procedure: str) -> None:
    nodes = result(HULUDAO).ledgers["nodes"]
    assert nodes.height == 9 * expected(HULUDAO)["node_rows_per_project"]
    rows = nodes.filter(node=procedure)
    counts = dict(rows["status"].value_counts().iter_rows())
    assert {"due": rows.filter("applicable").height, **counts} == expected(HULUDAO)[procedure]


def test_huludao_findings() -> None:
    assert found(HULUDAO, "partial_money") == [("E12", "约42.5亿(新增)")]
    assert found(HULUDAO, "total_count") == [("A16", "9")]
    assert json.loads(project(HULUDAO, "徐大堡核电3、4号机组")["extra"])["总投资"] == "约42.5亿(新增)"


def test_shuangyashan_dates() -> None:
    names = {"signed": "signed_date"}
    for title, dates in expected(SHUANGYASHAN)["dates"].items():
        row = project(SHUANGYASHAN, title)
        for key, want in dates.items():
            column = names.get(key, key)
            assert [str(row[column]), row[f"{column}_precision"]] == want
    ship = project(SHUANGYASHAN, "中船风电双鸭山新能源装备基地项目")
    assert (ship["planned_finish"], ship["actual_finish"]) == (date(2022, 12, 31), None)
    assert (ship["planned_finish_text"], ship["chief_officer"]) == ("年底", "首席服务员4")
    assert project(SHUANGYASHAN, "恒康营养配餐项目")["actual_production"] == date(2022, 3, 1)
    fibre = project(SHUANGYASHAN, "航天玄武岩纤维制品生产基地项目")
    assert (fibre["status"], fibre["actual_start"], fibre["actual_start_text"]) == ("已复工", None, "已复工")
    assert (fibre["planned_production"], fibre["actual_production"]) == (date(2022, 8, 31), None)


def test_shuangyashan_problems() -> None:
    problems, want = result(SHUANGYASHAN).ledgers["problems"], expected(SHUANGYASHAN)
    assert problems.height == want["problems"]
    assert problems["project_id"].count() == want["problems_matched_to_projects_by_short_name"]
    assert problems["project_id"].to_list() == [
        project(SHUANGYASHAN, "双鸭山墨砾石墨产业园项目")["project_id"],
        project(SHUANGYASHAN, "中船风电双鸭山新能源装备基地项目")["project_id"],
    ]
    assert problems["promised_date"].to_list() == [date(2022, 4, 10), None]
    assert problems["promised_date_text"].to_list() == ["4月初正式供电", "3小时解决"]
    assert len(found(SHUANGYASHAN, "matched_by_short_name")) == 2
    assert found(SHUANGYASHAN, "unreadable_date") == [("F3", "3小时解决")]


def test_guilin_projects() -> None:
    projects, want = result(GUILIN).ledgers["projects"], expected(GUILIN)
    assert projects["project_name"][0] == want["first"]
    assert projects["project_name"][-1] == want["last"]
    amounts = projects["total_investment_yuan"]
    assert (amounts.count(), amounts.sum()) == (
        want["projects_with_total_investment"],
        want["total_investment_yuan"],
    )
    assert (
        projects.filter(pl.col("project_name").is_duplicated())["project_name"].to_list()
        == want["duplicate_names"]
    )
    assert projects["project_id"].n_unique() == want["projects"]
    first = project(GUILIN, want["first"])
    assert (first["category"], first["industry"], first["kind"], first["region"]) == (
        "基础设施",
        "铁路",
        "前期",
        "秀峰区",
    )
    # upper group rows are missing below row 90: better no category than that of another group
    assert project(GUILIN, "桂林三花酒厂技改及生产基地项目")["industry"] == "制糖及食品"
    assert project(GUILIN, "桂林三花酒厂技改及生产基地项目")["category"] is None
    assert project(GUILIN, "恭城县通用机场")["owner"] is None


def test_guilin_findings() -> None:
    want = expected(GUILIN)
    assert found(GUILIN, "group_rows") == [(None, str(want["group_rows_dropped"]))]
    assert found(GUILIN, "total_rows") == [(None, str(want["total_rows_dropped"]))]
    assert found(GUILIN, "formula_error") == [("J5", "#REF!")]
    assert found(GUILIN, "total_sum_differs") == [("D5", "6979732.1")]
    assert "group_count_differs" not in rules_of(result(GUILIN))


def test_guilin_groups_are_those_printed() -> None:
    with (REAL / GUILIN_GROUPS).open(encoding="utf-8-sig") as file:
        printed = list(csv.DictReader(file))
    placed = (
        result(GUILIN)
        .ledgers["projects"]
        .with_columns(group=pl.col("extra").str.json_path_match("$.分组").str.split("/").list.last())
    )
    for row in printed:
        members = placed.filter(group=row["group"].strip("—"))
        total = members["total_investment_yuan"].sum() / 10_000
        # amounts are known as far as row 75 of the sheet
        count = members["total_investment_yuan"].count() if row["note"] != "equal" else members.height
        assert (count, total) == (int(row["computed_count"]), float(row["computed_total_万元"])), row
        assert row["note"] != "equal" or members.height == int(row["printed_count"])
        assert members["source_row"].min() == int(row["group_row"]) + 1


def test_a_table_of_groups_alone_is_no_ledger() -> None:
    with pytest.raises(FaultyLedger, match="找不到任何台账"):
        check(result(GUILIN_GROUPS), None, DAY)


def test_guilin_as_a_dump_with_its_own_row_of_column_names() -> None:
    dump = GUILIN.replace(".xlsx", ".csv")
    projects, want = result(dump).ledgers["projects"], expected(GUILIN)
    assert projects["project_name"].to_list() == result(GUILIN).ledgers["projects"]["project_name"].to_list()
    assert projects["total_investment_yuan"].sum() == want["total_investment_yuan"]
    assert found(dump, "group_rows") == [(None, str(want["group_rows_dropped"]))]


def test_ningxia_names_in_two_blocks() -> None:
    projects, want = result(NINGXIA).ledgers["projects"], expected(NINGXIA)
    assert projects.height == want["rows"]
    bare = projects["project_name"].str.strip_chars("▲★")
    assert bare.n_unique() == want["distinct_names_without_marks"]
    truncated = json.loads(projects["extra"][0])
    assert truncated["名称被源截断"] == "1"


def test_company_projects() -> None:
    projects, want = result(COMPANY).ledgers["projects"], expected(COMPANY)
    assert projects.height == want["projects"]
    assert projects["owner"].null_count() == want["empty_owner"]
    assert projects["region"].n_unique() == want["regions"]
    assert "企业名称" not in projects["project_name"].to_list()
    assert [c.header for c in result(COMPANY).unknown_columns] == ["企业名称", "项目链接"]


@pytest.mark.parametrize("name", [SHANGHAI, SHANGHAI.replace(".xlsx", ".csv")])
def test_shanghai_plan(name: str) -> None:
    projects, want = result(name).ledgers["projects"], expected(SHANGHAI)
    assert (projects.height, projects["project_name"][0], projects["project_name"][-1]) == (
        want["projects"],
        want["first"],
        want["last"],
    )
    states = projects.select("note", "kind", "status").unique().sort("note").rows()
    assert states == [("在建", "续建", "已开工"), ("建成", "续建", "已开工"), ("新开工", "新建", None)]
    assert {p for p, _ in projects.select("category", "industry").iter_rows()} == {"科技产业类"}
    assert projects["industry"].unique(maintain_order=True).to_list() == ["科创中心", "先进制造业"]
    assert found(name, "group_count_differs") == [("A5", "30"), ("A17", "20")]
    assert found(name, "total_count_differs") == [("A4", "30")]


def test_jiangling_classes_in_traditional_characters() -> None:
    projects, want = result(JIANGLING).ledgers["projects"], expected(JIANGLING)
    assert projects.height == want["projects"]
    assert dict(projects["progress_text"].value_counts().iter_rows()) == want["classes"]
    assert {"藍星島", "藍星島旅游公路", "楚才路"} <= set(projects["project_name"])


# what each of the twelve published header layouts must give: header → field
LAYOUTS = {
    "H01": {"建设规模及内容": "content", "总投资": "total_investment_yuan", "项目业主": "owner"}
    | {"责任单位": "responsible_unit", "2022年前期工作或工程形象进度目标": "goal_text"},
    "H02": {"建设内容和规模": "content", "总投资(万元)": "total_investment_yuan", "所属区域": "region"}
    | {"年度计划投资(万元)": "annual_plan_yuan", "县级领导": "leaders", "项目进展情况": "progress_text"}
    | {"项目类型": "project_type", "是否开复工": "status", "责任单位": "responsible_unit"},
    "H03": {"项目编号": "project_id", "今年计划投资": "annual_plan_yuan", "包联领导": "leaders"}
    | {
        "今年累计完成投资": "invested_this_year_yuan",
        "计划开工时间": "planned_start",
        "本月进展": "progress_text",
    },
    "H04": {"项目代码": "project_code", "建设单位": "owner", "总投资(亿元)": "total_investment_yuan"}
    | {"年度计划投资(万元)": "annual_plan_yuan", "年度累计完成投资(万元)": "invested_this_year_yuan"},
    "H05": {"建设地点": "region", "项目业主": "owner", "2026年计划投资(亿元)": "annual_plan_yuan"},
    "H06": {"建设阶段": "kind", "2009年计划投资": "annual_plan_yuan", "牵头协调部门": "responsible_unit"}
    | {"牵头区领导": "leaders"},
    "H07": {"建设地点": "region", "投资规模": "total_investment_yuan", "责任单位": "responsible_unit"},
    "H08": {"备注": "note"},
    "H09": {
        "编号": "project_id",
        "地区": "region",
        "项目详细描述": "content",
        "项目进展信息": "progress_text",
    },
    "H10": {"实际开工日期": "actual_start", "竣工验收备案日期": "actual_finish", "实际建设规模": "content"},
    "H11": {"实施单位": "owner", "建设地点": "region", "总投资(亿元)": "total_investment_yuan"},
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_published_header_layouts(layout: str) -> None:
    with (REAL / HEADERS).open(encoding="utf-8-sig") as file:
        printed = next(row["表头_以竖线分隔_按原列序"] for row in csv.DictReader(file) if row["id"] == layout)
    headers = printed.replace("\\n", "\n").split("|")
    cells = ["甲项目" if "称" in plain(h)[:4] else None for h in headers]
    read = conformed(("Sheet1", [headers, cells]))
    placed = {plain(headers[column]): field for field, column in read.columns.places[0].fields.items()}
    assert {header: placed.get(header) for header in LAYOUTS[layout]} == LAYOUTS[layout]
    assert read.ledgers["projects"]["project_name"].to_list() == ["甲项目"]


def test_the_published_layout_of_months_by_column() -> None:
    with (REAL / HEADERS).open(encoding="utf-8-sig") as file:
        printed = next(row["表头_以竖线分隔_按原列序"] for row in csv.DictReader(file) if row["id"] == "H02")
    headers = [h.replace("投资", "投资(万元)") if "月" in h else h for h in printed.split("|")]
    cells = ["甲" if h == "项目名称" else i if "月" in h else None for i, h in enumerate(headers)]
    monthly = conformed(("2026", [["2026年项目"], headers, cells])).ledgers["monthly"]
    assert monthly["month_end"].to_list() == [date(2026, m, monthrange(2026, m)[1]) for m in range(1, 13)]
    assert monthly["completed_cumulative_yuan"].to_list() == [(9 + 2 * i) * 10_000 for i in range(12)]
