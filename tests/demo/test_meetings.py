"""What the demo city's meetings decided: of every kind, never in an office's record, gone with the demo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from components.dispatch_link import shown
from data import demo
from data.demo.meetings import promised
from data.photos import photo
from data.promise_heads import heading
from data.promise_line import parse
from data.publish import publish
from data.record import Record, record
from data.record_file import RecordFile
from data.rhythms import meeting, rhythms
from data.settings import Settings
from tests.process_city import process_city

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A furnished demo city, that of this process while the module runs."""
    with process_city(tmp_path_factory.mktemp("city"), TODAY) as held:
        demo.build(held, days=8, furnished=True)
        yield held


@pytest.mark.parametrize("name", [one.name for one in rhythms()])
@pytest.mark.parametrize("back", [0, 1])
def test_every_meeting_begins_with_promises_in_several_lights(city: Settings, name: str, back: int) -> None:
    held = meeting(name, TODAY)
    assert held is not None
    if back:
        held = meeting(name, TODAY, held.previous)
        assert held is not None
    told = heading(record().promises(min(held.day, TODAY)), held, set())
    assert told.height >= 4
    assert told["light"].n_unique() >= 2


def test_some_are_kept_some_late_some_overdue_some_put_off(city: Settings) -> None:
    told = record().promises()
    assert set(told["light"]) >= {"red", "yellow", "blue", "green"}
    assert told.filter(pl.col("done_late_workdays") > 0).height
    assert told.filter(pl.col("times_postponed") > 0).height
    assert told.filter(pl.col("opened_on") >= pl.col("due_date")).is_empty()
    assert told.filter(pl.col("scope") != "").height


def test_a_county_finds_its_own_in_its_meeting(city: Settings) -> None:
    own = record().promises().filter(pl.col("scope") != "")["scope"][0]
    found = shown("twice", f"?{own}")
    assert found is not None
    told = heading(record().promises(), found.meeting, set())
    assert told.height and set(told["scope"]) == {own}


@pytest.mark.parametrize("today", [date(2026, 1, 2), date(2026, 2, 18), date(2026, 10, 3), date(2027, 7, 1)])
def test_any_day_has_meetings_to_tell_of(today: date) -> None:
    told = promised(demo.ledgers(120, today), today)
    assert len(told) > 30
    assert told == promised(demo.ledgers(120, today), today)
    assert all(one.meeting.day < today and one.due > one.meeting.day for one in told)
    assert all(one.done is None or one.meeting.day < one.done <= today for one in told)


def test_it_gives_way_with_the_demo_and_never_was_in_the_offices_record(tmp_path: Path) -> None:
    office = Settings(data_dir=tmp_path, today=TODAY)  # type: ignore[call-arg]
    for _ in range(2):
        # built again on the next day, it is told anew and not twice
        demo.build(office, projects=60, days=2, furnished=True)
    held = Record(office)
    seeded = held.promises().height
    held.open(parse("张三 12月5日前 试一试", TODAY))
    assert held.promises().height == seeded + 1
    assert RecordFile(tmp_path).events("") == []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(demo, "publish", lambda *told, **more: publish(*told, **(more | {"demo": False})))
        demo.build(office, projects=20, days=1)
    assert held.promises().is_empty()
    held.open(parse("李四 12月5日前 真办一件", TODAY))
    assert held.promises()["who"].to_list() == ["李四"]


def test_three_sites_under_way_show_how_they_look(city: Settings) -> None:
    told = demo.ledgers(354, TODAY)["projects"].filter(pl.col("photo").is_not_null())
    assert (told.height, told["photo"].n_unique()) == (3, 3)
    assert told["actual_start"].null_count() == 0
    assert all(photo(city.photos_dir, name, city.timezone) for name in told["photo"])
