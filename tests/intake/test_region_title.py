"""A county's own list: its region stands in the title, the sheet's or the file's name, or is asked for."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from data.conform.region_title import region_of
from data.contract import PROJECTS
from data.rules import check
from tests.intake.books import DAY, conformed, rules_of

TABLE: list[list[Any]] = [["项目名称", "总投资(万元)"], ["甲", 1], ["乙", 2]]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("连山区2026年重点项目台账", "连山区"),
        ("葫芦岛市连山区重点项目", "连山区"),
        ("绥中县在建项目", "绥中县"),
        ("建昌县发改局报送", "建昌县"),
        ("填报单位:建昌县发改局  单位:万元", "建昌县"),
        ("葫芦岛高新区重点项目", "葫芦岛高新区"),
        ("市直重点项目", "市直"),
        ("葫芦岛市2026年重点项目", None),
        ("各县区重点项目", None),
        ("全市县区、园区重点项目", None),
        ("市区重点项目", None),
        ("单位:万元", None),
        ("2026年城区改造项目", None),
        ("老旧小区项目", None),
    ],
)
def test_a_region_nobody_has_named_before(text: str, region: str | None) -> None:
    assert region_of([text], ()) == region


def test_known_regions_count_anywhere_in_a_text() -> None:
    known = ("兴城市", "高新区", "葫芦岛高新区", "连山区")
    assert region_of(["2026年11月兴城市报表"], known) == "兴城市"
    assert region_of(["重点项目(葫芦岛高新区)"], known) == "葫芦岛高新区"
    assert region_of(["连山区、兴城市重点项目"], known) is None
    assert region_of(["附件1", "重点项目", "连山区"], known) == "连山区"


@pytest.mark.parametrize(
    ("title", "sheet", "name"),
    [
        ("连山区重点项目", "Sheet1", "台账"),
        ("重点项目", "连山区", "台账"),
        ("重点项目", "Sheet1", "连山区台账1122"),
    ],
)
def test_the_title_the_sheet_or_the_file_tells_the_region(title: str, sheet: str, name: str) -> None:
    result = conformed((sheet, [[title], *TABLE]), name=f"{name}.xlsx")
    frame = result.ledgers["projects"]
    assert frame.select("region", "region_kind").rows() == [("连山区", "县区")] * 2
    assert rules_of(result) == {"region_from_title"}


def test_each_sheet_of_a_county_is_its_own() -> None:
    result = conformed(("连山区", TABLE), ("兴城市", [["项目名称", "总投资(万元)"], ["丙", 1]]))
    assert result.ledgers["projects"]["region"].to_list() == ["连山区", "连山区", None]
    known = pl.DataFrame({"region": ["兴城市"]}, schema_overrides=PROJECTS.schema)
    known = known.select(pl.lit(None, t).alias(n) if n != "region" else n for n, t in PROJECTS.schema.items())
    again = conformed(("兴城市", TABLE), previous={"projects": known})
    assert again.ledgers["projects"]["region"].to_list() == ["兴城市"] * 2


def test_regions_in_the_rows_go_before_the_title() -> None:
    rows = [["连山区重点项目"], ["项目名称", "县区"], ["甲", "兴城市"], ["乙", None]]
    assert conformed(("项目", rows)).ledgers["projects"]["region"].to_list() == ["兴城市", None]


def told(rows: list[list[Any]], previous: pl.DataFrame | None = None) -> list[tuple[str, str | None]]:
    before = None if previous is None else {"projects": previous}
    found = check(conformed(("项目", rows), previous=before), before, DAY).findings
    return [(f.rule, f.cell) for f in found if "region" in f.rule]


def listed(*regions: str | None) -> pl.DataFrame:
    rows = [["项目名称", "县区", "备注"], *([f"旧{i}", region, "x"] for i, region in enumerate(regions))]
    return conformed(("项目", rows)).ledgers["projects"]


def test_a_list_without_any_region_is_told_once() -> None:
    assert told(TABLE) == [("regions_missing", None)]
    assert told(TABLE, listed("连山区", "兴城市")) == [("regions_missing", None)]
    assert told(TABLE, listed(None, None)) == []


def test_where_units_tell_some_regions_the_rest_is_one_sentence() -> None:
    rows = [["项目名称", "责任单位"], ["甲", "秀峰区政府"], *([f"乙{i}", "某公司"] for i in range(30))]
    assert set(told(rows)) == {("region_from_unit", None), ("regions_missing", None)}


def test_a_project_without_region_among_others_is_told_with_its_cell() -> None:
    rows = [["项目名称", "县区"], ["甲", "兴城市"], ["乙", None], ["丙", "/"]]
    assert told(rows) == [("project_without_region", "B3"), ("project_without_region", "B4")]
