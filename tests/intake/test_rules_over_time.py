"""Rules that look back: what a careful clerk would say, and what he would not."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from data.contract import ledger
from data.errors import FaultyLedger
from data.rulebook.persons import nearest
from data.rules import check
from data.values import money_words
from tests.intake.books import DAY
from tests.intake.test_rules import DONE, N, P, Past, book, frame

EVE = date(2026, 11, 20)


def told(
    last: dict[str, list[dict[str, Any]]],
    now: dict[str, list[dict[str, Any]]],
    history: Past | None = None,
    day: date = DAY,
) -> list[tuple[str, str]]:
    """Rule and sentence of every finding of today's rows after yesterday's."""
    before = {name: frame(name, rows) for name, rows in ({"projects": [P]} | last).items()}
    return [(f.rule, f.message) for f in check(book(now), before, day, history=history).findings]


def rules(*args: Any, **more: Any) -> list[str]:
    return [rule for rule, _ in told(*args, **more)]


def plan(day: date | None, precision: str | None = "day", **more: Any) -> dict[str, Any]:
    return P | {"planned_start": day, "planned_start_precision": precision} | more


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (plan(date(2026, 12, 31), "month"), plan(date(2026, 12, 15))),
        (plan(date(2026, 12, 31), "year"), plan(date(2026, 9, 30), "quarter")),
        (plan(date(2026, 12, 15)), plan(date(2026, 12, 31), "half")),
        (plan(date(2026, 3, 20), "ten-day"), plan(date(2026, 3, 11))),
        (plan(None, None), plan(date(2026, 3, 11))),
        (plan(date(2026, 3, 11)), plan(None, None)),
    ],
)
def test_a_date_said_more_exactly_has_not_moved(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert rules({"projects": [before]}, {"projects": [after]}) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (plan(date(2026, 3, 31), "month"), plan(date(2026, 4, 1))),
        (plan(date(2026, 3, 20), "ten-day"), plan(date(2026, 3, 31), "ten-day")),
        (plan(date(2025, 12, 31), "year"), plan(date(2026, 12, 31), "year")),
        (plan(date(2026, 3, 15)), plan(date(2026, 3, 1))),
    ],
)
def test_a_date_said_otherwise_has_moved(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert rules({"projects": [before]}, {"projects": [after]}) == ["project_planned_start_moved"]


def test_a_moved_date_says_how_often_and_from_where() -> None:
    days = (date(2026, 3, 15), date(2026, 3, 15), date(2026, 5, 1), date(2026, 9, 1))
    past = Past(
        {date(2026, 11, n): {"projects": frame("projects", [plan(d)])} for n, d in enumerate(days, 1)}
    )
    last, now = {"projects": [plan(days[-1])]}, {"projects": [plan(date(2026, 12, 1))]}
    ((rule, message),) = told(last, now, past)
    assert rule == "project_planned_start_moved"
    assert "由 2026-09-01 改为 2026-12-01,推迟 91 天,已是第 3 次改动,最初是 2026-03-15" in message
    assert "推迟 91 天,第 1 次改动" in told(last, now)[0][1]
    earlier = told({"projects": [plan(date(2026, 12, 10))]}, now)[0][1]
    assert "提前 9 天" in earlier


def test_a_finished_project_s_dates_no_longer_matter() -> None:
    done = {"actual_start": date(2026, 1, 1), "actual_finish": date(2026, 11, 1)}
    last = {"projects": [plan(date(2026, 3, 1), **done)]}
    assert rules(last, {"projects": [plan(date(2026, 9, 1), **done)]}) == []


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (10_000_000, 9_000_000, ["invested_this_year_fell"]),
        (10_000_000, 10_000_000, []),
        (10_000_000, None, []),
        (10_000_000, 1_000, ["invested_this_year_unit_slip"]),
        (10_000_000, 100_000_000_000, ["invested_this_year_unit_slip"]),
        (0, 100_000_000_000, []),
        (10_000_000, 900_000_000, []),
    ],
)
def test_completed_only_grows(before: int, after: int | None, found: list[str]) -> None:
    last = {"projects": [P | {"invested_this_year_yuan": before}]}
    assert rules(last, {"projects": [P | {"invested_this_year_yuan": after}]}) == found


def test_a_new_year_begins_at_nothing() -> None:
    last = {"projects": [P | {"invested_this_year_yuan": 9, "last_reported_date": date(2025, 12, 31)}]}
    now = {"projects": [P | {"invested_this_year_yuan": 1}]}
    assert rules(last, now, day=date(2026, 1, 4)) == []
    assert rules(last, now, day=date(2025, 12, 31)) == ["invested_this_year_fell"]


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({}, ["started_again"]),
        ({"stopped_from": date(2026, 6, 1)}, []),
        ({"stopped_from": date(2026, 1, 1)}, ["started_again"]),
        ({"actual_start": date(2026, 3, 1)}, []),
    ],
)
def test_a_project_starts_once(more: dict[str, Any], found: list[str]) -> None:
    last = {"projects": [P | {"actual_start": date(2026, 3, 15)}]}
    now = {"projects": [P | {"actual_start": date(2026, 9, 1)} | more]}
    assert rules(last, now) == found


def test_a_start_in_march_may_become_the_fifteenth() -> None:
    last = {"projects": [P | {"actual_start": date(2026, 3, 1), "actual_start_precision": "month"}]}
    assert rules(last, {"projects": [P | {"actual_start": date(2026, 3, 15)}]}) == []


def test_progress_is_stale_after_thirty_days_of_the_same_words() -> None:
    working = P | {"progress_text": "正在办理用地手续"}
    last, past = (
        {"projects": [working]},
        Past({date(2026, 10, 20): {"projects": frame("projects", [working])}}),
    )
    ((rule, message),) = told(last, {"projects": [working]}, past)
    assert (rule, "从 2026-10-20 起" in message) == ("progress_unchanged", True)
    assert rules(last, {"projects": [working | {"progress_text": "用地已批"}]}, past) == []
    assert rules(last, {"projects": [working | {"status": "已竣工"}]}, past) == []
    recent = Past({date(2026, 11, 1): {"projects": frame("projects", [working])}})
    assert rules(last, {"projects": [working]}, recent) == []


def test_a_number_is_missed_only_where_others_have_one() -> None:
    others = [DONE | {"project_id": str(i)} for i in range(3, 6)]
    projects = [P | {"project_id": str(i), "project_name": f"厂{i}"} for i in range(1, 6)]
    fresh = [N | {"status": "done", "actual_finish": DAY}]
    last, now = {"projects": projects, "nodes": [N, *others]}, {"projects": projects, "nodes": fresh + others}
    assert rules(last, now) == ["done_without_document_number"]
    bare = [row | {"document_number": None} for row in others]
    assert rules(last | {"nodes": [N, *bare]}, now | {"nodes": fresh + bare}) == []
    assert rules(last | {"nodes": others + fresh}, now) == []


def test_ticks_without_dates_are_one_sentence_a_sheet() -> None:
    ticks = [N | {"node": f"手续{i}", "status": "done"} for i in range(30)]
    ((rule, message),) = told({}, {"nodes": ticks})
    assert (rule, "30 项手续" in message) == ("ticks_without_dates", True)


@pytest.mark.parametrize("deferred", ["容缺后补", "承诺制"])
def test_a_start_before_the_permit_with_a_promise_is_no_fault(deferred: str) -> None:
    started = {"projects": [P | {"actual_start": date(2026, 3, 1)}]}
    permit = {"project_id": "1", "node": "施工许可"}
    late = permit | {"status": "done", "actual_finish": EVE, "document_number": "1号"}
    for node, rule in (
        (permit | {"status": "waiting"}, "start_not_before_permit"),
        (late, "started_before_permit"),
    ):
        assert rules({}, started | {"nodes": [node]}) == [rule]
        assert rules({}, started | {"nodes": [node | {"deferred": deferred}]}) == []


def test_rows_of_earlier_days_are_not_judged_again() -> None:
    now = book(
        {
            "projects": [
                P | {"total_investment_yuan": -1},
                P | {"project_id": "2", "total_investment_yuan": -1},
            ]
        }
    )
    reported = {"projects": pl.Series([True, False])}
    assert len(check(now, None, DAY, reported=reported).findings) == 1


def leaders(*names: str, **more: Any) -> dict[str, Any]:
    return P | {"leaders": list(names), "accountable_leader": names[0]} | more


def test_an_unknown_leader_comes_with_the_nearest_name() -> None:
    last = {"projects": [leaders("李晓明", "王建国"), leaders("赵六") | {"project_id": "2"}]}
    now = {"projects": [leaders("李小明", "王建国"), leaders("赵六") | {"project_id": "2"}]}
    ((rule, message),) = told(last, now)
    assert (rule, "“李小明”不在上次的名单里" in message) == ("unknown_person", True)
    assert "最接近的是“李晓明”" in message


def test_a_leader_known_in_another_role_is_known() -> None:
    last = {"projects": [leaders("李晓明", chief_officer="王五")]}
    assert rules(last, {"projects": [leaders("王五", chief_officer="李晓明")]}) == []


def test_another_way_of_writing_all_names_is_one_sentence() -> None:
    last = {"projects": [leaders(*[f"领导{i}" for i in range(9)])]}
    now = {"projects": [leaders(*[f"副市长{i}" for i in range(9)])]}
    assert rules(last, now) == ["unknown_persons"]


def test_no_leaders_yesterday_no_words_today() -> None:
    assert rules({"projects": [P]}, {"projects": [leaders("李晓明")]}) == []


@pytest.mark.parametrize(
    ("name", "known", "here", "near"),
    [
        ("张伟", {"章炜", "李四"}, {"张伟"}, "章炜"),
        ("王建军", {"王建国"}, {"王建军"}, "王建国"),
        ("王建军", {"王建国"}, {"王建军", "王建国"}, None),
        ("欧阳修", {"李四"}, {"欧阳修"}, None),
    ],
)
def test_nearest_name(name: str, known: set[str], here: set[str], near: str | None) -> None:
    assert nearest(name, known, here) == near


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        (4_250_000_000, "42.5亿元"),
        (100_000_000, "1亿元"),
        (123_456_789, "12345.6789万元"),
        (30_000, "3万元"),
        (-30_000, "-3万元"),
        (9_999, "9999元"),
        (0, "0元"),
    ],
)
def test_money_in_words_is_exact(yuan: int, words: str) -> None:
    assert money_words(yuan) == words


def faulty(count: int, of: int) -> dict[str, list[dict[str, Any]]]:
    rows = [P | {"project_id": str(i), "project_name": f"厂{i}" if i >= count else None} for i in range(of)]
    return {"projects": rows, "nodes": [N | {"project_id": str(i)} for i in range(of)]}


def test_good_rows_are_published_knowingly() -> None:
    with pytest.raises(FaultyLedger):
        check(book(faulty(2, 10)), None, DAY)
    checked = check(book(faulty(2, 10)), None, DAY, publish_good_rows=True)
    assert checked.ledgers["projects"]["project_id"].to_list() == [str(i) for i in range(2, 10)]
    assert checked.ledgers["nodes"].height == 8
    assert {name: rows.height for name, rows in checked.held_back.items()} == {"projects": 2, "nodes": 2}
    assert checked.held_back["projects"].schema == ledger("projects").schema


def test_a_project_held_back_stays_as_it_was_reported() -> None:
    before = {
        "projects": frame(
            "projects", [P | {"project_id": "0", "project_name": "厂0", "last_reported_date": EVE}]
        ),
        "nodes": frame("nodes", [N | {"project_id": "0", "note": "旧"}]),
    }
    checked = check(book(faulty(1, 10)), before, DAY, publish_good_rows=True)
    assert checked.ledgers["projects"].filter(project_id="0").select(
        "project_name", "last_reported_date"
    ).rows() == [("厂0", EVE)]
    assert checked.ledgers["nodes"].filter(project_id="0")["note"].to_list() == [None]
    assert set(checked.held_back) == {"projects"}


def test_too_many_faulty_rows_are_refused_all_the_same() -> None:
    with pytest.raises(FaultyLedger, match="10 行中有 3 行有错误,超过 20%"):
        check(book(faulty(3, 10)), None, DAY, publish_good_rows=True)
    assert check(book(faulty(3, 10)), None, DAY, publish_good_rows=True, error_share_limit=0.3).held_back


def test_repeats_become_one_with_what_each_of_them_says() -> None:
    rows = [P | {"owner": "甲公司"}, P | {"total_investment_yuan": 5}, P | {"project_id": "2"}]
    checked = check(book({"projects": rows}), None, DAY)
    assert checked.ledgers["projects"].select("project_id", "owner", "total_investment_yuan").rows() == [
        ("1", "甲公司", 5),
        ("2", None, None),
    ]
