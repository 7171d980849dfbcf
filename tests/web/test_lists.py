"""The lists: what a person narrows them to, the words of a window, and the workbook of what is shown."""

from __future__ import annotations

import asyncio
import json
import threading
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from fastapi import Response

from components import lists, lists_routes, lists_window
from data.errors import BadParameter
from data.lists import LISTS, ListColumn, listing
from data.narrowing import Asked, narrowed
from data.query import queries
from data.writing.listed import HEADER_ROW, write_list

COLUMNS = (
    ListColumn("light", "亮灯", "light", "", ""),
    ListColumn("project_name", "项目名称", "name", "", ""),
    ListColumn("region", "县区/园区", "text", "", ""),
    ListColumn("total_yuan", "总投资", "money", "元", ""),
    ListColumn("done_ratio", "完成率", "ratio", "", ""),
    ListColumn("planned_start", "计划开工", "date", "", ""),
    ListColumn("left", "剩余工作日", "days", "", ""),
    ListColumn("started", "已开工", "flag", "", ""),
)
ROWS = pl.DataFrame(
    [
        ("red", "单县化工园", "连山区", 50_000_000, 0.5, date(2026, 3, 15), -3, True),
        ("blue", "重庆路改造", "龙港区", 8_000_000, None, None, 4, False),
        ("yellow", "=HYPERLINK(1)", "兴城市", None, 1.2, date(2026, 6, 30), 0, None),
    ],
    schema={
        "light": pl.String, "project_name": pl.String, "region": pl.String, "total_yuan": pl.Int64,
        "done_ratio": pl.Float64, "planned_start": pl.Date, "left": pl.Int32, "started": pl.Boolean,
    },
    orient="row",
)  # fmt: skip


def names(find: str = "", where: object = None, sort: str = "") -> list[str]:
    asked = Asked.of(find, json.dumps(where) if where else None, sort)
    return [name[:2] for name in narrowed(ROWS, COLUMNS, asked)["project_name"]]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["单县", "重庆", "=H"]),
        ("sx", ["单县"]),  # 单 as a surname and a county
        ("dx", ["单县"]),
        ("cq", ["重庆"]),
        ("zq", ["重庆"]),
        ("lsq", ["单县"]),
        ("龙港 重庆", ["重庆"]),
        ("hg 连山", ["单县"]),
        ("逾期", ["单县"]),
        ("没有的", []),
    ],
)
def test_words_are_found_by_characters_and_initials_in_any_reading(typed: str, found: list[str]) -> None:
    assert names(find=typed) == found


@pytest.mark.parametrize(
    ("column", "model", "found"),
    [
        ("total_yuan", {"type": "greaterThan", "filter": 1000}, ["单县"]),
        ("total_yuan", {"type": "blank"}, ["=H"]),
        ("done_ratio", {"type": "inRange", "filter": 40, "filterTo": 60}, ["单县"]),
        ("planned_start", {"type": "lessThan", "dateFrom": "2026-05-01 00:00:00", "dateTo": None}, ["单县"]),
        ("light", {"type": "equals", "filter": "临期"}, ["=H"]),
        ("started", {"type": "equals", "filter": "否"}, ["重庆"]),
        ("region", {"type": "startsWith", "filter": "lg"}, ["重庆"]),
        ("region", {"type": "notContains", "filter": "lg"}, ["单县", "=H"]),
        (
            "left",
            {
                "operator": "OR",
                "conditions": [{"type": "lessThan", "filter": 0}, {"type": "equals", "filter": 4}],
            },
            ["单县", "重庆"],
        ),
    ],
)
def test_a_column_s_filter_speaks_in_what_people_read(column: str, model: object, found: list[str]) -> None:
    assert names(where={column: model}) == found


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("light:asc", ["单县", "=H", "重庆"]),  # by gravity
        ("region:asc", ["单县", "重庆", "=H"]),  # lianshan, longgang, xingcheng
        ("total_yuan:asc", ["重庆", "单县", "=H"]),  # empty cells last, both ways
        ("total_yuan:desc", ["单县", "重庆", "=H"]),
    ],
)
def test_order(sort: str, order: list[str]) -> None:
    assert names(sort=sort) == order


@pytest.mark.parametrize(
    ("where", "sort", "complaint"),
    [
        ("{", "", "JSON"),
        ("[]", "", "JSON"),
        ('{"nothing": {"type": "blank"}}', "", "nothing"),
        ("", "nothing:asc", "nothing"),
        ('{"left": {"type": "equals", "filter": "多"}}', "", "剩余工作日"),
        ('{"left": {"type": "unheard", "filter": 1}}', "", "剩余工作日"),
    ],
)
def test_what_can_t_be_read_is_named(where: str, sort: str, complaint: str) -> None:
    with pytest.raises(BadParameter, match=complaint):
        narrowed(ROWS, COLUMNS, Asked.of("", where, sort))


def test_the_workbook_holds_what_is_shown_with_types_and_titles(tmp_path: Path) -> None:
    made = write_list(tmp_path / "清单.xlsx", "全部项目清单", "全口径 · 共 3 行", COLUMNS, ROWS)
    sheet = openpyxl.load_workbook(made).active
    assert sheet is not None
    written = list(sheet.iter_rows(values_only=True))
    assert (written[0][0], written[1][0]) == ("全部项目清单", "全口径 · 共 3 行")
    header = ["亮灯", "项目名称", "县区/园区", "总投资\n(万元)", "完成率", "计划开工", "剩余工作日", "已开工"]
    assert list(written[HEADER_ROW]) == header
    assert written[3][:5] == ("逾期", "单县化工园", "连山区", 5000, 0.5)
    assert written[5][1] == "=HYPERLINK(1)"
    assert sheet["B6"].data_type == "s"
    assert sheet["D4"].number_format == "#,##0.00"
    assert sheet["F4"].is_date
    assert sheet.freeze_panes == "C4"
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.auto_filter.ref == "A3:H6"


def test_an_empty_list_is_a_workbook_too(tmp_path: Path) -> None:
    made = write_list(tmp_path / "清单.xlsx", "任务清单", "共 0 行", COLUMNS, ROWS.clear())
    sheet = openpyxl.load_workbook(made).active
    assert sheet is not None and sheet.max_row == HEADER_ROW + 1


def test_a_window_is_in_people_s_words_and_leaves_empty_cells_out() -> None:
    words = {column.name: lists_window.words(ROWS, column) for column in COLUMNS}
    assert words["total_yuan"] == ["5,000.00", "800.00", None]
    assert words["done_ratio"] == ["50.0%", None, "120.0%"]
    assert words["left"] == ["−3", "4", "0"]
    assert words["started"] == ["是", "否", None]
    assert words["light"] == ["red", "blue", "yellow"]


@pytest.mark.parametrize("item", LISTS, ids=lambda item: item.name)
def test_every_list_answers_a_question_and_names_its_rows(item: object) -> None:
    found = listing(item.name)  # type: ignore[attr-defined]
    assert found is item
    spec = queries().describe(found.query)
    assert {column.name for column in found.columns} == {column.name for column in spec.columns}
    assert found.hidden <= {column.name for column in found.columns}
    assert all(spec.parameter(name) for name in found.fixed)


def test_filters_that_do_not_apply_are_named() -> None:
    tasks = listing("tasks")
    assert tasks is not None
    params = {"region": "连山区", "leader": "领导01", "as_of": None}
    line = lists_window.base_line(tasks, params, (3, 5), date(2026, 11, 22))
    assert "包保领导“领导01” · 共 5 行,筛出 3 行 · 数据截至 11月22日 周日 · 本清单不分县区/园区" in line


def test_chosen_columns_keep_their_order_and_unknown_ones_are_left_out() -> None:
    visits = listing("visits")
    assert visits is not None
    chosen = lists_window.chosen_columns(visits, "visitor,visit_date,nonsense")
    assert [column.name for column in chosen] == ["visitor", "visit_date"]


def test_columns_carry_unit_filter_and_tip() -> None:
    projects = listing("projects")
    assert projects is not None
    made = {
        column.name: lists.column_definition(column, column.name in projects.hidden)
        for column in projects.columns
    }
    assert made["total_investment_yuan"]["headerName"] == "总投资(万元)"
    assert made["total_investment_yuan"]["filter"] == "agNumberColumnFilter"
    assert made["planned_start"]["filter"] == "agDateColumnFilter"
    assert made["float_workdays"]["headerTooltip"] == "负数为已损失"
    assert made["district"]["hide"]


def test_workbooks_in_the_making_keep_no_window_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    made, begun = threading.Event(), threading.Event()

    def slow(*_: object) -> Response:
        begun.set()
        made.wait(30)
        return Response("xlsx")

    monkeypatch.setattr(lists_routes, "_workbook", slow)
    monkeypatch.setattr(lists_routes, "_window", lambda *_: Response("rows"))
    workbook, window = (route.endpoint for route in lists_routes.router().routes)  # type: ignore[attr-defined]

    async def asked() -> bytes:
        # more than asyncio has threads
        waiting = [asyncio.create_task(workbook(None, "projects")) for _ in range(64)]
        await asyncio.to_thread(begun.wait, 30)
        answer = await asyncio.wait_for(window(None, "projects"), 20)
        made.set()
        await asyncio.gather(*waiting)
        return bytes(answer.body)

    assert asyncio.run(asked()) == b"rows"


def test_the_windows_of_a_sorted_list_are_ordered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    worked: list[int] = []

    def counted(frame: pl.DataFrame, *wishes: object) -> pl.DataFrame:
        worked.append(frame.height)
        return narrowed(frame, *wishes)  # type: ignore[arg-type]

    monkeypatch.setattr(lists_window, "narrowed", counted)
    many = pl.concat([ROWS] * 40)
    asked = Asked.of("", json.dumps({"light": {"type": "notEqual", "filter": "正常"}}), "left:desc")
    expected = narrowed(many, COLUMNS, asked)
    for offset in (0, 30, 60):
        places = lists_window.places_of(many, COLUMNS, Asked.of("", json.dumps(asked.where), "left:desc"))
        found = lists_window.Shown(LISTS[0], many, places, "")
        assert found.height == 80
        assert found.window(offset, 30).equals(expected.slice(offset, 30))
    assert found.rows.equals(expected)
    lists_window.places_of(pl.concat([ROWS] * 40), COLUMNS, asked)
    assert worked == [120, 120]
