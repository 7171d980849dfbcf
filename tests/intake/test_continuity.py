"""Today's rows find yesterday's projects again; nothing is lost, merged or taken away silently."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.changes import changes_of
from data.conform import conform
from data.continuity import Followed, answer, follow
from data.contract import empty, ledger
from data.remembered import Remembered
from tests.intake.books import DAY, in_memory, rules_of

EVE = date(2026, 11, 20)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def rows(name: str, *given: dict[str, Any], sheet: str | None = None) -> pl.DataFrame:
    item = ledger(name)
    placed = [
        {"source_sheet": sheet or item.sheet, "source_row": i} | row for i, row in enumerate(given, start=2)
    ]
    return pl.DataFrame(placed, schema=item.schema) if placed else empty(item)


def project(number: str, name: str, **more: Any) -> dict[str, Any]:
    return {"project_id": number, "project_name": name, "region": "连山区"} | more


def before(*given: dict[str, Any], **others: pl.DataFrame) -> dict[str, pl.DataFrame]:
    projects = rows("projects", *[{"last_reported_date": EVE} | row for row in given])
    return {"projects": projects, **others}


def today(
    *given: dict[str, Any],
    previous: dict[str, pl.DataFrame],
    remembered: Remembered | None = None,
    **others: pl.DataFrame,
) -> Followed:
    return follow({"projects": rows("projects", *given), **others}, previous, remembered, DAY)


def numbers(followed: Followed) -> list[str]:
    return followed.ledgers["projects"]["project_id"].to_list()


def one(followed: Followed, number: str, name: str = "projects") -> dict[str, Any]:
    return followed.ledgers[name].row(by_predicate=pl.col("project_id") == number, named=True)


def book(*sheets: tuple[str, list[list[Any]]], previous: dict[str, pl.DataFrame], **more: Any) -> Followed:
    workbook, changes = changes_of(in_memory(*sheets, **more))
    conformed = conform(workbook, DAY, previous)
    assert not [f for f in conformed.findings if f.weight == "error"]
    return follow(conformed.ledgers, previous, None, DAY, changes=changes, columns=conformed.columns)


def test_the_first_file_is_reported_today() -> None:
    followed = follow({"projects": rows("projects", project("1", "甲厂"))}, None, None, DAY)
    assert one(followed, "1")["last_reported_date"] == DAY
    assert (followed.findings, followed.questions) == ((), ())
    assert followed.reported["projects"].to_list() == [True]


def test_the_same_numbers_make_no_words() -> None:
    followed = today(project("1", "甲厂"), previous=before(project("1", "甲厂")))
    assert (followed.findings, followed.questions) == ((), ())


def test_a_rename_under_one_number_keeps_it() -> None:
    followed = today(project("1", "甲厂二期"), previous=before(project("1", "甲厂扩建")))
    assert numbers(followed) == ["1"]
    assert [(f.rule, f.weight, f.expected) for f in followed.findings] == [
        ("project_renamed", "note", "甲厂扩建")
    ]


@pytest.mark.parametrize(
    ("given", "known"),
    [
        (project("P0123456789", "甲厂建设项目"), project("A1", "甲 厂")),
        (project("P0123456789", "甲厂", region=None), project("A1", "甲厂", owner="甲公司")),
        (project("A1", "甲厂", owner="甲公司"), project("Pabcdef0123", "甲厂", owner="甲公司")),
        (project("2107-01", "甲厂", project_code="2107-01"), project("A1", "新厂", project_code="2107-01")),
        (project("A1", "新厂", project_code="2107-01"), project("2107-01", "旧厂", project_code="2107-01")),
    ],
    ids=["without number", "without region", "number newly given", "by code", "code became number"],
)
def test_found_again_without_the_number(given: dict[str, Any], known: dict[str, Any]) -> None:
    nodes = rows("nodes", {"project_id": given["project_id"], "node": "立项"})
    followed = today(given, previous=before(known), nodes=nodes)
    assert numbers(followed) == [known["project_id"]]
    assert followed.ledgers["nodes"]["project_id"].to_list() == [known["project_id"]]
    assert one(followed, known["project_id"])["last_reported_date"] == DAY
    assert followed.questions == ()


def test_a_number_given_later_leads_to_the_project_after_a_rename() -> None:
    first = today(project("A1", "甲厂"), previous=before(project("Pabcdef0123", "甲厂")))
    second = today(project("A1", "乙厂"), previous=first.ledgers)
    assert numbers(second) == ["Pabcdef0123"]
    third = follow({"nodes": rows("nodes", {"project_id": "A1", "node": "立项"})}, second.ledgers, None, DAY)
    assert third.ledgers["nodes"]["project_id"].to_list() == ["Pabcdef0123"]


def test_a_changed_number_with_all_words_the_same_is_told() -> None:
    followed = today(project("B7", "甲厂"), previous=before(project("A1", "甲厂")))
    assert numbers(followed) == ["A1"]
    assert rules_of(followed) == {"project_renumbered"}


def test_two_of_one_name_are_not_guessed() -> None:
    known = before(project("A1", "甲厂", owner="甲"), project("A2", "甲厂", owner="乙"))
    followed = today(project("P0123456789", "甲厂"), previous=known)
    assert numbers(followed) == ["P0123456789", "A1", "A2"]
    assert today(project("P0123456789", "甲厂", owner="乙"), previous=known).ledgers["projects"][
        "project_id"
    ].to_list() == ["A2", "A1"]


def test_shifted_numbers_contradict_themselves() -> None:
    known = before(project("1", "甲厂"), project("2", "乙厂"), project("3", "丙厂"))
    followed = today(project("1", "新厂"), project("2", "甲厂"), project("3", "乙厂"), previous=known)
    told = [f for f in followed.findings if f.weight == "error"]
    assert [(f.rule, f.found, f.expected) for f in told] == [
        ("contradictory_identity", "2", "1"),
        ("contradictory_identity", "3", "2"),
    ]


@pytest.mark.parametrize(
    ("name", "was"),
    [
        ("葫芦岛锂电池负极材料", "葫芦岛锂电负极材料"),
        ("滨海大道改造", "滨海大道综合改造"),
    ],
)
def test_close_names_are_asked_about_never_merged(name: str, was: str) -> None:
    followed = today(project("P0123456789", name), previous=before(project("Pabcdef0123", was)))
    assert numbers(followed) == ["P0123456789", "Pabcdef0123"]
    assert rules_of(followed) >= {"perhaps_same_project"}
    assert [(q.kind, q.project_id, q.other_id) for q in followed.questions] == [
        ("same_project", "P0123456789", "Pabcdef0123")
    ]


@pytest.mark.parametrize(
    ("name", "was"),
    [
        ("上海光源二期", "上海光源一期"),
        ("3号楼改造", "4号楼改造"),
        ("年产30万吨烧碱", "年产27万吨烧碱"),
        ("航锦化工烧碱", "滨海大道改造"),
    ],
)
def test_other_phases_and_other_names_are_other_projects(name: str, was: str) -> None:
    followed = today(project("P0123456789", name), previous=before(project("Pabcdef0123", was)))
    assert not [q for q in followed.questions if q.kind == "same_project"]


def test_an_answer_is_remembered(tmp_path: Path) -> None:
    known = before(project("Pabcdef0123", "滨海大道综合改造"))
    given, remembered = project("P0123456789", "滨海大道改造"), Remembered(tmp_path)
    question = today(given, previous=known).questions[0]
    answer(question, "same", remembered, "张三", NOON)
    followed = today(given, previous=known, remembered=remembered)
    assert numbers(followed) == ["Pabcdef0123"]
    assert followed.questions == ()


def test_two_projects_by_decision_are_not_asked_about_again(tmp_path: Path) -> None:
    known = before(project("Pabcdef0123", "滨海大道综合改造"))
    given, remembered = project("P0123456789", "滨海大道改造"), Remembered(tmp_path)
    answer(today(given, previous=known).questions[0], "different", remembered, None, NOON)
    followed = today(given, previous=known, remembered=remembered)
    assert numbers(followed) == ["P0123456789", "Pabcdef0123"]
    assert [q.kind for q in followed.questions] == ["gone_project"]
    with pytest.raises(ValueError, match="same"):
        answer(followed.questions[0], "same", remembered, None, NOON)


def test_what_is_missing_today_is_kept_with_its_rows() -> None:
    nodes = rows(
        "nodes", {"project_id": "1", "node": "立项"}, {"project_id": "2", "node": "立项", "status": "done"}
    )
    problems = rows("problems", {"problem_id": "q", "project_id": "2", "problem": "x"})
    known = before(project("1", "甲厂"), project("2", "乙厂"), nodes=nodes, problems=problems)
    followed = today(
        project("1", "甲厂"),
        previous=known,
        nodes=rows("nodes", {"project_id": "1", "node": "能评"}),
        problems=rows("problems", {"problem_id": "r", "project_id": "1", "problem": "y"}),
    )
    assert numbers(followed) == ["1", "2"]
    assert one(followed, "2")["last_reported_date"] == EVE
    assert followed.ledgers["nodes"].select("project_id", "node").rows() == [("1", "能评"), ("2", "立项")]
    assert followed.ledgers["problems"]["problem_id"].to_list() == ["r", "q"]
    assert followed.reported["nodes"].to_list() == [True, False]
    assert [(f.rule, f.weight) for f in followed.findings] == [("project_not_reported", "warning")]
    assert [(q.kind, q.project_ids) for q in followed.questions] == [("gone_project", ("2",))]


def test_a_withdrawn_project_leaves_every_ledger_until_it_is_reported_again(tmp_path: Path) -> None:
    nodes = rows("nodes", {"project_id": "1", "node": "立项"}, {"project_id": "2", "node": "立项"})
    known = before(project("1", "甲厂"), project("2", "乙厂"), nodes=nodes)
    remembered = Remembered(tmp_path)
    answer(today(project("1", "甲厂"), previous=known).questions[0], "withdrawn", remembered, None, NOON)
    followed = today(project("1", "甲厂"), previous=known, remembered=remembered)
    assert numbers(followed) == ["1"]
    assert followed.ledgers["nodes"]["project_id"].to_list() == ["1"]
    assert followed.questions == ()
    assert numbers(today(project("2", "乙厂"), previous=known, remembered=remembered)) == ["2", "1"]
    back = before(project("1", "甲厂"), project("2", "乙厂", last_reported_date=date(2026, 11, 24)))
    assert numbers(today(project("1", "甲厂"), previous=back, remembered=remembered)) == ["1", "2"]


@pytest.mark.parametrize("status", ["终止", "已移出", "退出", "终止建设"])
def test_a_file_that_says_so_takes_a_project_off(status: str) -> None:
    known = before(project("1", "甲厂"), nodes=rows("nodes", {"project_id": "1", "node": "立项"}))
    given = (project("1", "甲厂", status=status), project("2", "乙厂", status="未开工"))
    followed = today(*given, previous=known)
    assert numbers(followed) == ["2"]
    assert followed.ledgers["nodes"].is_empty()
    assert rules_of(followed) == {"project_left"}


def test_a_region_that_sent_nothing_is_one_sentence() -> None:
    regions = ("兴城市", "连山区", "龙港区")
    known = [project(str(i), f"厂{i}", region=regions[i // 7]) for i in range(20)]
    known[0]["last_reported_date"] = DAY
    followed = today(*known[7:], previous=before(*known))
    assert [(f.rule, f.expected) for f in followed.findings] == [("region_not_reported", "兴城市 6 个项目")]
    assert "另 1 个今天已由别的文件报过" in followed.findings[0].message


def test_another_list_is_asked_about_at_once() -> None:
    known = [project(f"a{i}", f"旧项目{i}甲乙丙") for i in range(30)]
    followed = today(*[project(f"b{i}", f"另一名单{i}") for i in range(30)], previous=before(*known))
    assert [f.rule for f in followed.findings] == ["nothing_in_common"]
    assert [len(q.project_ids) for q in followed.questions] == [30]
    assert len(numbers(followed)) == 60


def test_many_missing_are_summed_up() -> None:
    known = [project(str(i), f"厂{i}") for i in range(60)]
    followed = today(*known[:10], previous=before(*known))
    assert len(followed.findings) == 21
    assert "还有 30 处" in followed.findings[-1].message
    assert [len(q.project_ids) for q in followed.questions] == [50]


CHANGED = [["项目编号", "项目名称", "总投资(万元)", "计划开工", "实际开工", "包保领导", "备注"]]


@pytest.mark.parametrize("sheet", ["项目(只报变化)", "项目变动", "项目-更新"])
def test_a_sheet_of_changes_leaves_what_it_does_not_name(sheet: str) -> None:
    known = before(
        project("1", "甲厂", total_investment_yuan=5, leaders=["张三"], accountable_leader="张三", note="旧"),
        project("2", "乙厂", planned_start=date(2026, 3, 31), planned_start_precision="month"),
        project("3", "丙厂", last_reported_date=date(2026, 11, 1)),
    )
    sent = [["2", None, 300, "2026-04-15", None, "李四", None], ["9", "新厂", 1, None, None, None, "清空"]]
    followed = book((sheet, [*CHANGED, *sent]), previous=known)
    assert numbers(followed) == ["1", "2", "3", "9"]
    assert one(followed, "1")["note"] == "旧"
    second = one(followed, "2")
    assert (second["project_name"], second["total_investment_yuan"]) == ("乙厂", 3_000_000)
    assert (second["planned_start"], second["planned_start_precision"]) == (date(2026, 4, 15), "day")
    assert (second["leaders"], second["accountable_leader"]) == (["李四"], "李四")
    assert second["region"] == "连山区"
    assert one(followed, "9")["note"] is None
    assert followed.reported["projects"].to_list() == [False, True, False, True]
    assert "project_not_reported" not in rules_of(followed)
    assert followed.ledgers["projects"]["last_reported_date"].to_list() == [DAY, DAY, date(2026, 11, 1), DAY]


def test_cleared_cells_are_emptied() -> None:
    known = before(
        project("1", "甲厂", total_investment_yuan=5, actual_start=EVE, note="旧", leaders=["张三"])
    )
    sent = [["1", "甲厂", "清空", None, " 清空", "清空", "清空"]]
    row = one(book(("项目(只报变化)", [*CHANGED, *sent]), previous=known), "1")
    assert [row[k] for k in ("total_investment_yuan", "actual_start", "actual_start_text", "note")] == [
        None
    ] * 4
    assert row["leaders"] is None


def test_cleared_cells_of_a_whole_list_are_emptied_too() -> None:
    known = before(project("1", "甲厂", total_investment_yuan=5, actual_start=EVE, note="旧"))
    sent = [["1", "甲厂", "清空", None, "清 空", None, "清空"]]
    followed = book(("项目", [*CHANGED, *sent]), previous=known)
    row = one(followed, "1")
    fields = ("total_investment_yuan", "actual_start", "actual_start_text", "note", "extra")
    assert [row[k] for k in fields] == [None] * 5
    assert rules_of(followed) == {"columns_carried_over"}


def test_changes_found_by_name_alone() -> None:
    known = before(project("1", "甲厂", owner="甲公司"))
    followed = book(("项目变化", [["项目名称", "备注"], ["甲厂", "新"]]), previous=known)
    assert numbers(followed) == ["1"]
    assert (one(followed, "1")["note"], one(followed, "1")["owner"]) == ("新", "甲公司")


def test_a_title_or_the_file_name_marks_changes_too() -> None:
    known = before(project("1", "甲厂", owner="甲公司"), project("2", "乙厂"))
    table = [["项目编号", "项目名称", "备注"], ["1", "甲厂", "新"]]
    titled = book(("Sheet1", [["重点项目(只报变化)", None, None], *table]), previous=known)
    named = book(("Sheet1", table), previous=known, name="今日变化.xlsx")
    named_too = book(("Sheet1", table), previous=known, name="项目变化表.xlsx")
    assert numbers(titled) == numbers(named_too) == ["1", "2"]
    assert rules_of(titled) == rules_of(named_too) == set()
    assert rules_of(named) >= {"project_not_reported"}


@pytest.mark.parametrize("sheet", ["城市更新项目", "设备更新", "城市更新", "重点项目更新情况"])
def test_renewal_is_a_kind_of_project(sheet: str) -> None:
    known = before(project("1", "甲厂"), project("2", "乙厂"))
    followed = book((sheet, [["项目编号", "项目名称"], ["1", "甲厂"]]), previous=known)
    assert "project_not_reported" in rules_of(followed)


def test_a_changed_node_keeps_what_its_row_does_not_say() -> None:
    nodes = rows(
        "nodes",
        {"project_id": "1", "node": "立项", "status": "done", "actual_finish": EVE, "applicable": True},
        {"project_id": "1", "node": "能评", "status": "not_applicable", "applicable": False},
        {"project_id": "1", "node": "环评", "status": "running", "accepted_date": EVE, "applicable": True},
    )
    known = before(project("1", "甲厂"), nodes=nodes)
    table = [
        ["项目编号", "节点", "办理状态", "实际完成", "备注"],
        ["1", "立项", None, None, "已公示"],
        ["1", "能评", None, None, "说明"],
        ["1", "环评", None, "2026-11-21", None],
        ["1", "水保", "在办", None, None],
    ]
    followed = book(("节点(只报变化)", table), previous=known)
    got = followed.ledgers["nodes"].select("node", "status", "applicable", "actual_finish", "note").rows()
    assert got == [
        ("立项", "done", True, EVE, "已公示"),
        ("能评", "not_applicable", False, None, "说明"),
        ("环评", "done", True, date(2026, 11, 21), None),
        ("水保", "running", True, None, None),
    ]


def test_columns_a_file_has_not_keep_yesterday_s_words() -> None:
    known = before(
        project("1", "甲厂", owner="甲公司", total_investment_yuan=5, note="旧", campaign_target_date=EVE)
    )
    followed = book(
        ("项目", [["项目编号", "项目名称", "县区", "备注"], ["1", "甲厂", "连山区", None]]), previous=known
    )
    row = one(followed, "1")
    assert (row["owner"], row["total_investment_yuan"], row["note"]) == ("甲公司", 5, None)
    assert row["campaign_target_date"] == EVE
    assert [(f.rule, f.weight) for f in followed.findings] == [("columns_carried_over", "note")]
    assert "“总投资”" in followed.findings[0].message


def test_procedure_columns_leave_other_nodes_and_dates() -> None:
    nodes = rows(
        "nodes",
        {"project_id": "1", "node": "立项", "status": "done", "actual_finish": EVE, "document_number": "1号"},
        {"project_id": "1", "node": "能评", "status": "done", "actual_finish": EVE},
        {"project_id": "1", "node": "主体", "status": "running"},
        sheet="节点",
    )
    known = before(project("1", "甲厂"), nodes=nodes)
    table = [["项目编号", "项目名称", "立项", "能评", "环评"], ["1", "甲厂", "√", "在办", "待办"]]
    got = book(("项目", table), previous=known).ledgers["nodes"]
    assert got.select("node", "status", "actual_finish", "document_number").rows() == [
        ("立项", "done", EVE, "1号"),
        ("能评", "running", None, None),
        ("环评", "waiting", None, None),
        ("主体", "running", None, None),
    ]


def test_a_file_without_projects_dates_those_it_names() -> None:
    known = before(project("1", "甲厂"), project("2", "乙厂", last_reported_date=date(2026, 11, 1)))
    nodes = rows("nodes", {"project_id": "2", "node": "立项"})
    followed = follow({"nodes": nodes}, known, None, DAY)
    assert followed.ledgers["projects"]["last_reported_date"].to_list() == [DAY, DAY]
    assert followed.reported["projects"].to_list() == [False, False]
    assert followed.findings == ()


def test_a_second_county_on_the_same_day_is_no_other_list() -> None:
    first = [project(str(i), f"厂{i}", last_reported_date=DAY) for i in range(9)]
    second = [project(f"b{i}", f"园{i}", region="兴城市") for i in range(9)]
    followed = today(*second, previous=before(*first))
    assert len(numbers(followed)) == 18
    assert rules_of(followed) == {"list_of_own_region"}
    assert followed.questions == ()
    assert followed.ledgers["projects"]["last_reported_date"].to_list() == [DAY] * 18


TEN = tuple(f"{name}县" for name in "甲乙丙丁戊己庚辛壬癸")


def of_county(county: str, *, without: int = 0) -> list[dict[str, Any]]:
    return [project(f"{county}{i}", f"{county}第{i}厂", region=county) for i in range(3 - without)]


def test_ten_counties_send_their_lists_on_one_day() -> None:
    known = before(*(row for county in TEN for row in of_county(county)))
    for place, county in enumerate(TEN):
        followed = today(*of_county(county, without=county == "丙县"), previous=known)
        known = dict(followed.ledgers)
        late = known["projects"].filter(pl.col("last_reported_date") != DAY)
        assert set(late["region"]) == {*TEN[place + 1 :], *(["丙县"] if place >= 2 else [])}
        own = {"list_of_own_region"} | ({"project_not_reported"} if county == "丙县" else set())
        assert rules_of(followed) == own
        assert len(followed.questions) == (county == "丙县")
    told = next(f.message for f in followed.findings if f.rule == "list_of_own_region")
    assert told.startswith("这份文件是癸县的,并入当天的挂图;其他 9 个县区的 27 个项目不动,今天已报:")
    assert told.endswith("今天还没有报、标“未更新”:丙县 1 个。")
    assert len(numbers(followed)) == 30


def test_a_county_s_sheets_without_projects_leave_those_of_others() -> None:
    known = before(
        *of_county("甲县"),
        leads=rows("leads", {"lead_id": "1", "region": "甲县"}, {"lead_id": "2", "region": "乙县"}),
        tasks=rows("tasks", {"task_id": "1", "task": "旧"}, {"task_id": "2", "task": "甲县的"}),
        problems=rows("problems", {"problem_id": "1", "problem": "对不上项目的"}),
    )
    followed = today(
        *of_county("乙县"),
        previous=known,
        leads=rows("leads", {"lead_id": "3", "region": "乙县"}),
        tasks=rows("tasks", {"task_id": "1", "task": "新"}),
        problems=rows("problems", {"problem_id": "9", "problem": "缺水", "project_id": "乙县1"}),
    )
    assert followed.ledgers["leads"]["lead_id"].to_list() == ["3", "1"]
    assert followed.ledgers["tasks"]["task"].to_list() == ["新", "甲县的"]
    assert followed.ledgers["problems"]["problem_id"].to_list() == ["9", "1"]


def test_a_row_left_out_of_the_day_s_second_file_is_kept_with_a_note() -> None:
    known = before(project("1", "甲厂"), project("2", "乙厂", last_reported_date=DAY))
    followed = today(project("1", "甲厂"), previous=known)
    assert [(f.rule, f.weight) for f in followed.findings] == [("reported_by_another_file", "note")]
    assert len(followed.questions) == 1


def test_what_is_kept_by_decision_is_not_asked_about_again(tmp_path: Path) -> None:
    known, remembered = before(project("1", "甲厂"), project("2", "乙厂")), Remembered(tmp_path)
    answer(today(project("1", "甲厂"), previous=known).questions[0], "keep", remembered, None, NOON)
    followed = today(project("1", "甲厂"), previous=known, remembered=remembered)
    assert (numbers(followed), followed.questions) == (["1", "2"], ())
    assert rules_of(followed) == {"project_not_reported"}


def test_an_empty_list_is_left_to_judging() -> None:
    followed = today(previous=before(project("1", "甲厂")))
    assert followed.ledgers["projects"].is_empty()


def test_nodes_carried_over_that_are_of_none_of_today_s_projects() -> None:
    known = before(project("1", "甲厂"), nodes=rows("nodes", {"project_id": "1", "node": "立项"}))
    followed = today(project("9", "航锦化工"), previous=known)
    assert "carried_nodes_of_others" in rules_of(followed)
    assert "carried_nodes_of_others" not in rules_of(today(project("1", "甲厂"), previous=known))


def test_a_project_without_a_node_row_keeps_the_nodes_it_had() -> None:
    nodes = rows("nodes", {"project_id": "1", "node": "立项"}, {"project_id": "2", "node": "立项"})
    both = (project("1", "甲厂"), project("2", "乙厂"))
    sent = rows("nodes", {"project_id": "1", "node": "能评"})
    followed = today(*both, previous=before(*both, nodes=nodes), nodes=sent)
    assert followed.ledgers["nodes"].select("project_id", "node").rows() == [("1", "能评"), ("2", "立项")]
    assert [(f.rule, f.found) for f in followed.findings] == [("nodes_kept", "1")]


def test_a_region_may_be_written_with_its_city() -> None:
    known = before(project("Pabcdef0123", "甲厂", region="葫芦岛市连山区"))
    assert numbers(today(project("P0123456789", "甲厂"), previous=known)) == ["Pabcdef0123"]


def test_thousands_of_rows_of_one_name_are_not_compared() -> None:
    known = before(*[project(f"P{i:010x}", "道路工程", region=None) for i in range(3_000)])
    given = [project(f"P{i + 5_000:010x}", "道路工程", region=None) for i in range(3_000)]
    assert len(numbers(today(*given, previous=known))) == 6_000


def test_rows_of_a_sheet_of_changes_may_name_projects_it_does_not_list() -> None:
    nodes = rows("nodes", {"project_id": "2", "node": "能评", "status": "running", "department": "发改"})
    known = before(project("1", "甲厂二期"), project("2", "甲厂"), nodes=nodes)
    followed = book(
        ("项目(只报变化)", [["项目编号", "项目名称", "备注"], ["1", "甲厂二期", "新"]]),
        ("节点(只报变化)", [["项目名称", "节点", "办理状态"], ["甲厂", "能评", "已办"]]),
        previous=known,
    )
    assert followed.ledgers["nodes"].select("project_id", "status", "department").rows() == [
        ("2", "done", "发改")
    ]
