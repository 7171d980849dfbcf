"""调度 over HTTP and as HTML: meetings, decisions, agendas, files, and what is refused in sentences."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from fastapi import FastAPI
from openpyxl import load_workbook

from components import (
    dispatch,
    dispatch_daily,
    dispatch_ledger,
    dispatch_projection,
    dispatch_routes,
    projection,
)
from components.dispatch_link import shown
from components.dispatch_sections import CARDS, TOLD, section
from components.dispatch_table import leader
from components.markup import html_of
from components.projection_deck import Place, item_of, left_to, part_of, place_of, shown_in
from components.projection_stage import stage
from data import demo
from data.errors import ConfigurationError
from data.query import queries
from data.record import record
from data.record_file import Event, RecordFile
from data.rhythms import Section, rhythms
from tests.process_city import process_city
from tests.web.support import Answer, Visitor

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def whole_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("city")
    with process_city(folder, TODAY) as held:
        demo.build(held, projects=60, days=21)
    return folder


@pytest.fixture
def city(whole_city: Path) -> Iterator[Path]:
    """The demo city with nothing decided yet; it is this process's while the test runs."""
    with process_city(whole_city, TODAY):
        yield whole_city
    for left in whole_city.glob("meetings.*"):
        left.unlink()


@pytest.fixture
def asking(city: Path) -> Visitor:
    app = FastAPI()
    app.include_router(dispatch_routes.router())
    return Visitor(app)


def post(asking: Visitor, path: str, **body: Any) -> Answer:
    return asking.post(path, json.dumps(body).encode(), content_type="application/json")


def decide(asking: Visitor, line: str, **more: Any) -> str:
    answer = post(asking, "/api/promises", line=line, rhythm="week", day="2026-11-23", who="小赵", **more)
    assert answer.status == 200, answer.text
    return str(record().promises().filter(text=line)["promise_id"][0])


@pytest.mark.parametrize("rhythm", [one.name for one in rhythms()])
def test_every_rhythm_draws_every_part(city: Path, rhythm: str) -> None:
    parts = asyncio.run(dispatch.drawn(rhythm, ""))
    assert all(
        parts[place] for place in (dispatch.HEAD, dispatch.AGENDA, dispatch.COMPOSER, dispatch.SECTIONS)
    )
    found = shown(rhythm, "")
    assert found is not None
    assert found.meeting.rhythm.word in parts[dispatch.HEAD]
    assert "与 11月" in parts[dispatch.HEAD]
    assert "None" not in "".join(parts.values())
    assert "nan" not in "".join(parts.values())


def test_every_section_that_may_be_configured_can_be_drawn(city: Path) -> None:
    found = shown("week", "")
    assert found is not None
    for name in get_args(Section):
        assert name in CARDS or name in TOLD
        assert "None" not in html_of(asyncio.run(section(name, found)))


def test_the_day_of_a_meeting_stands_in_the_address(city: Path) -> None:
    coming, past, ahead = (shown("week", search) for search in ("", "?date=2026-11-10", "?date=2026-12-01"))
    assert coming and past and ahead
    assert (coming.meeting.day, coming.as_of) == (date(2026, 11, 23), TODAY)
    assert (ahead.meeting.day, ahead.as_of) == (date(2026, 12, 7), TODAY)
    assert (past.meeting.day, past.as_of) == (date(2026, 11, 16), date(2026, 11, 16))
    assert shown("yearly", "") is None


def test_a_meeting_two_ahead_compares_with_today_and_says_so(city: Path) -> None:
    found = shown("week", "?date=2026-11-30")
    assert found is not None
    assert (found.as_of, found.meeting.since, found.before) == (TODAY, TODAY, None)
    assert "没有可比的快照" in asyncio.run(dispatch.drawn("week", "?date=2026-11-30"))[dispatch.HEAD]


def test_the_first_file_of_an_office_has_its_meetings_too(city: Path, tmp_path: Path) -> None:
    with process_city(tmp_path, TODAY) as held:
        demo.build(held, projects=20, days=1)
        for rhythm in rhythms():
            parts = asyncio.run(dispatch.drawn(rhythm.name, ""))
            assert "agenda-item" in parts[dispatch.AGENDA]
            assert "没有可比的快照" in parts[dispatch.HEAD]


def test_a_meeting_before_the_first_snapshot_is_told_in_a_sentence(city: Path) -> None:
    parts = asyncio.run(dispatch.drawn("week", "?date=2026-03-02"))
    assert "早于第一份快照" in parts[dispatch.SECTIONS]


def test_what_is_understood_is_shown_before_it_is_kept(asking: Visitor) -> None:
    good = post(asking, "/api/promises/parse", line="王市长 12月5日前 完成用地预审").json()
    assert good["good"]
    assert "2026年12月5日" in good["html"]
    bad = post(asking, "/api/promises/parse", line="11月1日前 完成").json()
    assert not bad["good"]
    assert "没有写由谁办" in bad["html"]
    assert record().promises().is_empty()


def test_nobody_named_is_the_projects_leader(asking: Visitor) -> None:
    number, leader = queries().run("list_projects").select("project_id", "accountable_leader").row(0)
    answer = post(asking, "/api/promises/parse", line="12月5日前 开工", project=number).json()
    assert answer["good"]
    assert leader in answer["html"]


def test_a_decision_is_kept_shown_and_first_in_the_next_meeting(asking: Visitor) -> None:
    number, name = queries().run("list_projects").select("project_id", "project_name").row(0)
    decide(asking, "王市长 11月23日前 完成用地预审", project=number)
    now = asyncio.run(dispatch.drawn("week", ""))
    assert "本次会议定的事" in now[dispatch.SECTIONS]
    assert "完成用地预审" not in now[dispatch.FIRST]
    then = asyncio.run(dispatch.drawn("week", "?date=2026-11-30"))
    assert "完成用地预审" in then[dispatch.FIRST]
    assert name in then[dispatch.FIRST]
    assert "light-yellow" in then[dispatch.FIRST]
    # another rhythm has its own
    assert "完成用地预审" not in asyncio.run(dispatch.drawn("month", ""))[dispatch.FIRST]


def test_a_decision_is_finished_changed_withdrawn_and_opened_again(asking: Visitor) -> None:
    one, two = (decide(asking, f"张三 12月{day}日前 办事{day}") for day in (5, 6))
    assert post(asking, f"/api/promises/{one}/change", line="李四 12月9日前 办事").status == 200
    assert post(asking, f"/api/promises/{one}/finish").status == 200
    again = post(asking, f"/api/promises/{one}/finish")
    assert (again.status, "已经办结" in again.json()["message"]) == (409, True)
    assert post(asking, f"/api/promises/{two}/withdraw").status == 409
    assert post(asking, f"/api/promises/{two}/withdraw", reason="重复了").status == 200
    assert record().promises()["who"].to_list() == ["李四"]
    assert post(asking, f"/api/promises/{one}/reopen", reason="没有验收").status == 200
    assert record().promises()["light"].to_list() == ["blue"]
    assert post(asking, "/api/promises/77/finish").status == 409


def test_a_change_is_kept_as_it_was_understood(asking: Visitor) -> None:
    number = decide(asking, "张三 12月5日前 办事")
    said = {"line": "张三 下次调度前 办事", "rhythm": "week", "day": "2026-11-23"}
    assert "2026年11月30日" in post(asking, "/api/promises/parse", **said).json()["html"]
    assert post(asking, f"/api/promises/{number}/change", **said).status == 200
    assert record().promises()["due_date"].to_list() == [date(2026, 11, 30)]


@pytest.mark.parametrize("day", ["0001-01-01", "2500-01-01", "9999-12-31"])
def test_a_meeting_on_no_day_of_the_calendar_is_refused(asking: Visitor, day: str) -> None:
    for path in ("/api/promises/parse", "/api/promises"):
        assert post(asking, path, line="张三 12月5日前 办事", rhythm="week", day=day).status == 422
    assert record().promises().is_empty()


@pytest.mark.parametrize("day", ["0001-01-01", "0001-05-01", "9999-12-31"])
def test_a_status_date_beyond_the_calendar_is_as_if_it_were_not_there(city: Path, day: str) -> None:
    assert shown("week", f"?as_of={day}") == shown("week", "")


def test_what_meetings_decided_is_not_read_where_pages_wait(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[bool] = []
    whole = RecordFile.events

    def events(self: RecordFile, *what: Any) -> list[Event]:
        read.append(threading.current_thread() is threading.main_thread())
        return whole(self, *what)

    monkeypatch.setattr(RecordFile, "events", events)
    asyncio.run(dispatch.drawn("week", ""))
    assert read and not any(read)


def test_newly_overdue_are_counted_alike_everywhere(city: Path) -> None:
    found = shown("day", "")
    assert found is not None
    whole = queries().run("change_groups", since=found.meeting.since, as_of=found.as_of, by="all")
    count = whole["newly_overdue"][0]
    assert asyncio.run(dispatch_daily.newly_overdue(found)).note.startswith(f"{count} 项")


def test_nobody_has_no_page_of_their_own() -> None:
    assert leader("未填", "") == "未填"
    assert leader(None, "") == "—"
    assert "/leaders/" in html_of(leader("领导01", ""))


def test_a_bad_line_is_refused_with_its_sentence(asking: Visitor) -> None:
    answer = post(asking, "/api/promises", line="12月5日前")
    assert (answer.status, answer.json()["message"][:7]) == (409, "没有写办什么事"[:7])
    assert post(asking, "/api/promises", line="字" * 900).status == 422


def test_the_agenda_is_ordered_over_http(asking: Visitor) -> None:
    place = "/api/meetings/week/2026-11-23/agenda"
    numbers = queries().run("list_projects")["project_id"]
    assert post(asking, place, act="fix", who="小赵").status == 200
    told = post(asking, place, act="drop", project=numbers[0])
    assert (told.status, told.json()["message"]) == (409, "议程已经确定;要改动请先点“解除确定”。")
    assert "小赵已确定" in asyncio.run(dispatch.drawn("week", ""))[dispatch.AGENDA]
    assert post(asking, place, act="unfix").status == 200
    assert "没有找到" in post(asking, place, act="add", project="没有这个").json()["message"]
    assert "不止一个" in post(asking, place, act="add", project="XM").json()["message"]
    assert post(asking, "/api/meetings/week/2026-11-24/agenda", act="fix").status == 409
    assert post(asking, "/api/meetings/never/2026-11-23/agenda", act="fix").status == 409
    assert post(asking, place, act="burn").status == 422


def test_time_spent_and_names_are_kept_with_the_meeting(asking: Visitor) -> None:
    found = shown("week", "")
    assert found is not None
    for seconds in (30, 45):
        assert post(asking, "/api/meetings/week/2026-11-23/time", project="P1", seconds=seconds).status == 200
    assert post(asking, "/api/meetings/week/2026-11-23/time", project="P1", seconds=0).status == 422
    assert dispatch.spent(found) == {"P1": 75}
    given = {"kind": "praise", "name": "甲区", "words": "第 1 名", "confirmed": True}
    assert post(asking, "/api/meetings/month/2026-12-07/named", **given).status == 200
    assert "已确认 1 个" in asyncio.run(dispatch.drawn("month", ""))[dispatch.SECTIONS]


def test_all_promises_stand_in_one_list_by_state_and_filter(asking: Visitor) -> None:
    number, region = queries().run("list_projects").select("project_id", "region").row(0)
    decide(asking, "张三 12月5日前 办甲", project=number)
    record().finish(decide(asking, "领导01 12月6日前 办乙"))
    drawn = {state: asyncio.run(dispatch_ledger.drawn(f"?state={state}")) for state in dispatch_ledger.STATES}
    told = {state: parts[dispatch_ledger.BODY] for state, parts in drawn.items()}
    assert [("办甲" in told[s], "办乙" in told[s]) for s in ("open", "late", "done", "all")] == [
        (True, False), (False, False), (False, True), (True, True),
    ]  # fmt: skip
    narrowed = asyncio.run(dispatch_ledger.drawn(f"?state=all&region={region}"))[dispatch_ledger.BODY]
    assert ("办甲" in narrowed, "办乙" in narrowed) == (True, False)


def test_promises_are_taken_along_as_files(asking: Visitor, tmp_path: Path) -> None:
    number, name = queries().run("list_projects").select("project_id", "project_name").row(0)
    decide(asking, "=张三 12月5日前 办事", project=number)
    book = tmp_path / "a.xlsx"
    book.write_bytes(asking.get("/api/promises.xlsx").body)
    cells = [cell.value for row in load_workbook(book).active.iter_rows() for cell in row]
    assert {"由谁", "办什么", "=张三", "办事", name, "周调度"} <= set(cells)
    text = asking.get("/api/promises.csv").body.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert (rows[0]["由谁"], rows[0]["项目名称"], rows[0]["期限"]) == ("'=张三", name, "2026-12-05")


def deck(search: str, aspect: float = 16 / 9) -> list[dict[str, str]]:
    items: list[dict[str, str]] = asyncio.run(projection.deck(search, aspect))["items"]
    return items


def projected(asking: Visitor, address: str) -> str:
    answer = asking.get(f"/projection/meeting/{address}")
    assert answer.status == 307
    return "?" + answer.headers["location"].partition("?")[2]


def test_a_meeting_is_projected_by_its_own_address(asking: Visitor) -> None:
    decide(asking, "张三 12月5日前 办事")
    search = projected(asking, "week?date=2026-11-30")
    assert {item.kind for item in shown_in(search)} == {"project"}
    assert left_to(search, "") == "/dispatch/week?date=2026-11-30"
    pages = deck(search)
    kinds = [page["id"].partition(":")[0] for page in pages]
    assert kinds[:2] == ["promises", "overview"]
    assert kinds[-1] == "project"
    # what is called by its number is a page nobody knows the name of
    assert not [page["title"] for page in pages if page["title"].startswith("项目 ")]
    item = item_of(pages[0]["id"])
    assert item is not None
    title, _, base = asyncio.run(dispatch_projection.page(item.key, ""))
    assert (title, base[:3]) == ("上次会议定的事", "共 1")


@pytest.mark.parametrize("rhythm", [one.name for one in rhythms()])
@pytest.mark.parametrize("aspect", [4 / 3, 16 / 9])
def test_a_projection_opens_with_all_that_the_meetings_page_has(
    asking: Visitor, rhythm: str, aspect: float
) -> None:
    found = shown(rhythm, "")
    assert found is not None
    rows: dict[str, int] = {}
    for page in deck(projected(asking, rhythm), aspect):
        kind, _, key = page["id"].partition(":")
        place = place_of(key)
        if kind != "section" or place is None:
            continue
        assert place.skipped == rows.get(place.section, 0)
        title, body, base = asyncio.run(dispatch_projection.section_page(key, found.away, stage(aspect)))
        html = html_of(body)
        assert (title, bool(base), "None" in html) == (page["title"], True, False)
        rows[place.section] = place.skipped + html.count("<tr>") - 1
    told = {name: asyncio.run(TOLD[name](found)) for name in found.meeting.rhythm.sections if name in TOLD}
    assert set(rows) == {name for name, one in told.items() if one.pages_rows}
    limited = {name for name, one in told.items() if rows.get(name, 0) < len(one.pages_rows)}
    assert limited <= {
        "newly_overdue",
        "due",
        "changed",
        "must_start",
        "done",
        "leaders",
        "stalled",
        "decisions",
    }


def test_only_confirmed_names_are_projected(asking: Visitor) -> None:
    found = shown("month", "")
    assert found is not None
    before = asyncio.run(TOLD["named"](found))
    assert before.pages_rows == []
    given = {"kind": "criticism", "name": "甲区", "words": "末位", "confirmed": True}
    assert post(asking, found.route("named"), **given).status == 200
    key = Place("month", found.meeting.day, "named").key
    _, body, _ = asyncio.run(dispatch_projection.section_page(key, "", stage(None)))
    assert "甲区" in html_of(body) and "撤回" not in html_of(body)


def test_the_ranking_is_projected_with_its_movement(asking: Visitor) -> None:
    search = projected(asking, "week")
    page = next(page for page in deck(search) if page["id"] == "regions")
    assert "升降" in asking_picture(page["address"])["html"]


def asking_picture(address: str) -> dict[str, str]:
    app = FastAPI()
    app.include_router(projection.router())
    answer = Visitor(app).get(address)
    assert answer.status == 200, answer.text
    told: dict[str, str] = answer.json()
    return told


def test_without_promises_their_page_is_left_out(asking: Visitor) -> None:
    assert deck(projected(asking, "week"))[0]["id"] == "overview"
    assert asking.get("/projection/meeting/never").headers["location"] == "/dispatch"


def test_a_rhythms_own_scope_is_named_on_every_projected_page(
    asking: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = tuple(
        one.model_copy(update={"scope": {"level": "省百大"}}) if one.name == "week" else one
        for one in rhythms()
    )
    monkeypatch.setattr("data.rhythms.rhythms", lambda: narrow)
    search = projected(asking, "week")
    told = asyncio.run(projection.deck(search, 16 / 9))
    assert told["scope"] == "省百大"
    assert all("level=" in page["address"] for page in told["items"])
    # left again, the scope is the rhythm's and no filter that goes along to the next one
    assert "level" not in told["leave"]
    assert "层级“省百大”" in asyncio.run(dispatch.drawn("week", ""))[dispatch.HEAD]


def test_pages_of_a_meeting_are_read_from_their_key() -> None:
    place = Place("week", date(2026, 11, 23), "promises", 7)
    item = item_of(f"promises:{place.key}")
    assert item is not None
    assert place_of(item.key) == place
    assert place_of("week") is None
    assert place_of("week.soon.due.0") is None


def test_a_kind_of_page_there_is_not_is_refused_by_name() -> None:
    with pytest.raises(ConfigurationError, match=r"周调度.*map"):
        part_of("map:3", "周调度")
