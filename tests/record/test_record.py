"""The record of meetings: promises with their lights, kills, two writers at once, and nothing ever lost."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from data.errors import RecordError
from data.promise_line import parse
from data.promises import lit
from data.record import Record
from data.settings import PROJECT_DIR, Settings

TODAY = date(2026, 11, 22)


def on(folder: Path, day: date) -> Record:
    return Record(Settings(data_dir=folder, today=day))  # type: ignore[call-arg]


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return on(tmp_path, TODAY)


def said(text: str, day: date = TODAY):
    return parse(text, day)


def test_an_empty_record_has_no_promises_and_writes_nothing(record: Record, tmp_path: Path) -> None:
    assert record.promises().is_empty()
    assert record.mark() == 0
    assert list(tmp_path.iterdir()) == []


def test_a_promise_says_who_what_by_when_and_where_it_was_given(record: Record) -> None:
    number = record.open(
        said("王市长 11月27日前 完成用地预审"), project_id="P1", rhythm="week",
        meeting_day=date(2026, 11, 23), by="小赵",
    )  # fmt: skip
    row = record.promises().row(0, named=True)
    assert row == row | {
        "promise_id": number, "project_id": "P1", "who": "王市长", "what": "完成用地预审",
        "due_date": date(2026, 11, 27), "workdays_left": 5, "light": "blue", "word": "正常",
        "opened_on": TODAY, "rhythm": "week", "meeting_day": date(2026, 11, 23), "done_date": None,
        "times_postponed": 0, "opened_by": "小赵",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("left", "light"), [(None, "grey"), (4, "blue"), (3, "yellow"), (0, "yellow"), (-1, "red"), (-9, "red")]
)
def test_the_light_follows_the_working_days_left(left: int | None, light: str) -> None:
    assert lit("open", left)[0] == light


def test_done_is_green_and_says_when_it_was_late() -> None:
    assert lit("done", None) == ("green", "办结")
    assert lit("done", 0) == ("green", "办结")
    assert lit("done", 2) == ("green", "超期办结")


def test_a_promise_stands_on_every_day_as_it_stood_then(tmp_path: Path) -> None:
    first = on(tmp_path, TODAY)
    number = first.open(said("张三 11月24日前 报方案"))
    later = on(tmp_path, date(2026, 11, 26))
    assert later.promises()["light"].to_list() == ["red"]
    assert later.promises()["workdays_left"].to_list() == [-2]
    later.finish(number, date(2026, 11, 25), "已报市政府")
    row = later.promises().row(0, named=True)
    assert (row["light"], row["word"], row["done_late_workdays"]) == ("green", "超期办结", 1)
    assert (row["done_date"], row["workdays_left"], row["note"]) == (date(2026, 11, 25), None, "已报市政府")
    assert first.promises(TODAY)["light"].to_list() == ["yellow"]
    assert first.promises(date(2026, 11, 21)).is_empty()


def test_a_later_day_counts_as_postponed_and_the_first_is_kept(record: Record) -> None:
    number = record.open(said("张三 11月24日前 报方案"))
    record.change(number, said("张三 11月30日前 报方案"))
    record.change(number, said("李四 11月27日前 报方案"))
    row = record.promises().row(0, named=True)
    assert (row["who"], row["due_date"]) == ("李四", date(2026, 11, 27))
    assert (row["times_postponed"], row["first_due_date"]) == (1, date(2026, 11, 24))
    assert [event.kind for event in record.history(number)] == [
        "promise.opened", "promise.changed", "promise.changed",
    ]  # fmt: skip


def test_the_most_urgent_stands_first_and_what_is_done_last(record: Record) -> None:
    numbers = [record.open(said(f"张三 {day} 办事")) for day in ("12月20日前", "11月24日前", "", "12月1日前")]
    record.finish(numbers[3])
    assert record.promises()["promise_id"].to_list() == [numbers[i] for i in (1, 0, 2, 3)]


def test_withdrawn_needs_a_reason_and_may_come_back(record: Record) -> None:
    number = record.open(said("张三 11月24日前 报方案"))
    with pytest.raises(RecordError, match="原因"):
        record.withdraw(number, "  ")
    record.withdraw(number, "改由市里统一报")
    assert record.promises().is_empty()
    record.reopen(number, "仍由本区报")
    assert record.promises()["light"].to_list() == ["yellow"]


def test_what_cannot_be_is_told_in_a_sentence(record: Record) -> None:
    number = record.open(said("张三 11月24日前 报方案"))
    with pytest.raises(RecordError, match="已经过去"):
        record.open(said("张三 11月20日前 报方案"))
    with pytest.raises(RecordError, match="还没有到"):
        record.finish(number, date(2026, 11, 23))
    with pytest.raises(RecordError, match="没有这件"):
        record.finish("99")
    record.finish(number)
    with pytest.raises(RecordError, match="已经办结"):
        record.finish(number)
    assert len(record.history(number)) == 2


def test_events_can_neither_be_changed_nor_removed(record: Record) -> None:
    record.open(said("张三 11月24日前 报方案"))
    with sqlite3.connect(record.file.path) as connection:
        for statement in ("update event set who = 'x'", "delete from event"):
            with pytest.raises(sqlite3.DatabaseError):
                connection.execute(statement)
    connection.close()
    assert record.promises().height == 1


def test_every_event_changes_the_mark(record: Record) -> None:
    marks = [record.mark()]
    for _ in range(3):
        record.open(said("张三 11月24日前 报方案"))
        marks.append(record.mark())
    assert len(set(marks)) == 4


def test_a_program_killed_in_the_middle_loses_nothing_it_answered(tmp_path: Path) -> None:
    for _ in range(3):
        before = on(tmp_path, TODAY).promises().height
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.record.recorder", str(tmp_path), "张三", "100000"],
            cwd=PROJECT_DIR, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert child.stdout is not None
        answered = [child.stdout.readline().strip() for _ in range(20)]
        child.kill()
        answered += [line.strip() for line in child.stdout if line.endswith("\n")]
        child.wait()
        child.stdout.close()
        kept = on(tmp_path, TODAY).promises()["promise_id"].to_list()
        assert set(answered) <= set(kept)
        # at most the one that was being answered is there as well
        assert len(kept) - before in (len(answered), len(answered) + 1)
    with sqlite3.connect(on(tmp_path, TODAY).file.path) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    connection.close()


def test_two_programs_writing_at_once_lose_nothing(tmp_path: Path) -> None:
    children = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.record.recorder", str(tmp_path), name, "40"],
            cwd=PROJECT_DIR, stdout=subprocess.PIPE, text=True,
        )
        for name in ("张三", "李四")
    ]  # fmt: skip
    answered = [number for child in children for number in child.communicate(timeout=120)[0].split()]
    assert [child.returncode for child in children] == [0, 0]
    found = on(tmp_path, TODAY).promises()
    assert sorted(answered, key=int) == [str(n) for n in range(1, 81)]
    assert sorted(found["promise_id"].to_list(), key=int) == sorted(answered, key=int)
    assert found["who"].value_counts().sort("who")["count"].to_list() == [40, 40]


def test_of_two_who_close_one_item_one_is_told(tmp_path: Path) -> None:
    number = on(tmp_path, TODAY).open(said("张三 11月24日前 报方案"))

    def close(_: int) -> str:
        try:
            on(tmp_path, TODAY).finish(number)
        except RecordError as told:
            return str(told)
        return "done"

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(close, range(8)))
    assert answers.count("done") == 1
    assert all("已经办结" in answer for answer in answers if answer != "done")


def test_a_damaged_file_is_refused_and_left_alone(record: Record) -> None:
    record.open(said("张三 11月24日前 报方案"))
    for path in record.file.path.parent.glob("meetings.sqlite*"):
        path.unlink()
    record.file.path.write_bytes(b"this is no database" * 200)
    with pytest.raises(RecordError, match="损坏"):
        record.promises()
    assert record.file.path.read_bytes().startswith(b"this is no database")
