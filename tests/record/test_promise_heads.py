"""Which promises head which meeting: of the same rhythm, of no meeting, in the scope it is held in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from components.dispatch_link import scope_of
from data.promise_heads import decided, heading
from data.promise_line import parse
from data.record import Record
from data.rhythms import Meeting, meeting
from data.settings import Settings

TODAY = date(2026, 11, 23)
LATER = date(2026, 12, 4)
# the projects that lie in a county
PROJECTS = {"连山区": {"XM1"}, "东山县": {"XM2"}}


def held(name: str, day: date, **scope: str) -> Meeting:
    found = meeting(name, day)
    assert found is not None
    return replace(found, scope=tuple(sorted(scope.items())))


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """What two counties, the city and nobody's meeting decided on one day."""
    made = Record(Settings(data_dir=tmp_path, today=TODAY))  # type: ignore[call-arg]
    for what, name, project, scope in (
        ("城", "twice", None, {}),
        ("连山", "twice", "XM1", {"region": "连山区"}),
        ("东山", "twice", "XM2", {"region": "东山县"}),
        ("东山在城", "twice", "XM2", {}),
        ("周", "week", "XM1", {}),
        ("台账", None, "XM1", {}),
        ("无项目", None, None, {}),
    ):
        said_in = held(name, TODAY, **scope) if name else None
        made.open(
            parse(f"张三 12月25日前 办{what}", TODAY),
            project_id=project,
            rhythm=name,
            meeting_day=TODAY if name else None,
            scope=said_in.scope_text if said_in else "",
        )
    return made


def told(record: Record, of: Meeting) -> list[str]:
    region = dict(of.scope).get("region", "")
    found = heading(record.promises(of.day), of, PROJECTS.get(region, set()))
    return [what.removeprefix("办") for what in found["what"]]


@pytest.mark.parametrize(
    ("name", "scope", "expected"),
    [
        ("twice", {}, ["城", "连山", "东山", "东山在城", "台账", "无项目"]),
        ("twice", {"region": "连山区"}, ["连山", "台账"]),
        ("twice", {"region": "东山县"}, ["东山", "东山在城"]),
        # a promise is its maker's, whatever meeting it was made in
        ("twice", {"leader": "张三"}, ["城", "连山", "东山", "东山在城", "台账", "无项目"]),
        ("week", {}, ["周", "台账", "无项目"]),
        ("day", {}, ["台账", "无项目"]),
        ("month", {}, ["台账", "无项目"]),
    ],
)
def test_each_meeting_begins_with_what_is_its_own(
    record: Record, name: str, scope: dict[str, str], expected: list[str]
) -> None:
    assert told(record, held(name, LATER, **scope)) == expected


def test_nothing_that_was_promised_is_in_no_meeting(record: Record) -> None:
    heads = [told(record, held(name, LATER)) for name in ("day", "twice", "week", "month")]
    assert {what for found in heads for what in found} == {
        what.removeprefix("办") for what in record.promises(LATER)["what"]
    }


def test_what_is_done_is_told_once_more_and_then_leaves(record: Record) -> None:
    number = record.promises(TODAY).filter(pl.col("what") == "办台账")["promise_id"][0]
    record.finish(number)
    assert "台账" in told(record, held("week", date(2026, 11, 30)))
    assert "台账" not in told(record, held("week", date(2026, 12, 7)))


def test_a_meeting_tells_what_it_decided_with_the_narrower_ones_of_its_day(record: Record) -> None:
    on = record.promises(TODAY)
    assert decided(on, held("twice", TODAY)).height == 4
    assert decided(on, held("twice", TODAY, region="连山区"))["what"].to_list() == ["办连山"]
    assert decided(on, held("twice", LATER)).is_empty()


def test_the_rhythms_own_scope_is_no_scope_of_the_meeting() -> None:
    weekly = held("week", TODAY).rhythm.model_copy(update={"scope": {"level": "省重点"}})
    assert scope_of(weekly, "?level=省重点&as_of=2026-11-22") == ()
    assert scope_of(weekly, "?level=市重点&region=连山区") == (("level", "市重点"), ("region", "连山区"))
