"""The day figures are compared with: the last meeting unless the address names one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import polars as pl
import pytest

from components import snapshot_days
from data import rhythms
from data.manifest import Version

TODAY = date(2026, 11, 22)
MEETING = rhythms.last_meeting(TODAY)


class Store:
    """Answers as the door to the data does, for these days of snapshots."""

    def __init__(self, *days: date) -> None:
        self.days = sorted(days)

    def version(self, day: date) -> Version | None:
        found = [known for known in self.days if known <= day]
        return Version(found[-1], 1) if found else None

    def state(self) -> tuple[date, ...]:
        return tuple(self.days)

    def snapshot_days(self) -> pl.DataFrame:
        rows = [(day, revision) for day in reversed(self.days) for revision in (2, 1)]
        return pl.DataFrame(rows, schema={"day": pl.Date, "revision": pl.Int32}, orient="row")


@pytest.fixture
def holding(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def hold(*days: date) -> None:
        store = Store(*days)
        monkeypatch.setattr(snapshot_days, "queries", lambda: store)
        monkeypatch.setattr(snapshot_days, "settings", lambda: SimpleNamespace(as_of=lambda: TODAY))

    return hold


def test_it_is_the_newest_snapshot_at_or_before_the_last_meeting(holding: Callable[..., None]) -> None:
    assert date(2026, 11, 16) == MEETING
    holding(TODAY, MEETING + timedelta(1), MEETING - timedelta(3))
    assert snapshot_days.since("") == MEETING - timedelta(3)
    holding(TODAY, MEETING)
    assert snapshot_days.since("?region=a") == MEETING


def test_the_address_may_name_another_day(holding: Callable[..., None]) -> None:
    holding(TODAY, date(2026, 11, 20), date(2026, 11, 5))
    assert snapshot_days.since("?compare=2026-11-21") == date(2026, 11, 20)
    assert snapshot_days.since("?as_of=2026-11-21&compare=2026-11-19") == date(2026, 11, 5)


def test_nothing_is_compared_with_itself_or_with_what_is_not_there(holding: Callable[..., None]) -> None:
    holding(date(2026, 11, 13))
    assert snapshot_days.since("") is None
    holding(TODAY)
    assert snapshot_days.since("") is None
    holding()
    assert snapshot_days.since("") is None


def test_days_come_newest_first_with_their_newest_revision(holding: Callable[..., None]) -> None:
    holding(TODAY, date(2026, 11, 20))
    assert snapshot_days.days() == ((TODAY, 2), (date(2026, 11, 20), 2))


def test_a_trend_is_longer_only_when_the_day_compared_with_is_far(holding: Callable[..., None]) -> None:
    days = [TODAY - timedelta(number) for number in range(80)]
    holding(*days)
    assert snapshot_days.first_of_trend(days[59]) is None
    assert snapshot_days.first_of_trend(days[60]) == days[60]
    assert snapshot_days.first_of_trend(None) is None
    holding(*days[:30])
    assert snapshot_days.first_of_trend(days[29]) is None
