"""Rhythms: on which days they meet, shifted around holidays, and what a wrong file is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.errors import ConfigurationError
from data.rhythms import last_meeting, meeting, rhythm, rhythms, standard

GOOD = """
[[rhythm]]
name = "week"
word = "周调度"
weekdays = [1]
standard = true
sections = ["promises"]
pages = ["overview"]
"""


def known(name: str):
    found = rhythm(name)
    assert found is not None
    return found


def test_the_four_rhythms_of_the_office_are_there() -> None:
    assert [one.word for one in rhythms()] == ["日调度", "周两调", "周调度", "月调度"]
    assert standard().name == "week"


@pytest.mark.parametrize(
    ("name", "day", "at", "before", "after"),
    [
        ("day", date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 20), date(2026, 11, 23)),
        ("twice", date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 19), date(2026, 11, 26)),
        ("week", date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 16), date(2026, 11, 23)),
        ("month", date(2026, 11, 22), date(2026, 12, 7), date(2026, 11, 5), date(2026, 12, 7)),
    ],
)
def test_the_meeting_now_before_and_after(name: str, day: date, at: date, before: date, after: date) -> None:
    found = known(name)
    assert (found.at_or_after(day), found.before(day), found.after(day)) == (at, before, after)


def test_a_free_day_is_shifted_to_a_working_day_and_two_on_one_day_are_one() -> None:
    # National Day 2026: free 1 to 7 October; the 20 September and 10 October are worked
    october = date(2026, 10, 1), date(2026, 10, 15)
    assert known("week").meetings(*october) == [date(2026, 10, 8), date(2026, 10, 12)]
    assert known("twice").meetings(*october) == [date(2026, 10, 8), date(2026, 10, 12), date(2026, 10, 15)]
    assert date(2026, 10, 10) in known("day").meetings(*october)
    assert known("month").meetings(*october) == [date(2026, 10, 8)]


def test_a_free_day_may_be_held_earlier_or_not_at_all() -> None:
    earlier, skipped = (known("week").model_copy(update={"when_free": how}) for how in ("previous", "skip"))
    assert earlier.meetings(date(2026, 9, 29), date(2026, 10, 9)) == [date(2026, 9, 30)]
    assert skipped.meetings(date(2026, 9, 29), date(2026, 10, 11)) == []


def test_the_last_day_of_a_month() -> None:
    ends = known("month").model_copy(update={"month_days": (-1,), "when_free": "previous"})
    assert ends.meetings(date(2026, 1, 20), date(2026, 4, 5)) == [
        date(2026, 1, 30), date(2026, 2, 28), date(2026, 3, 31),
    ]  # fmt: skip


def test_a_meeting_knows_its_neighbours() -> None:
    held = meeting("week", date(2026, 11, 22))
    assert held is not None
    assert (held.previous, held.day, held.next) == (
        date(2026, 11, 16),
        date(2026, 11, 23),
        date(2026, 11, 30),
    )
    assert meeting("week", date(2026, 11, 22), date(2026, 11, 10)).day == date(2026, 11, 16)  # type: ignore[union-attr]
    assert meeting("yearly", date(2026, 11, 22)) is None
    assert last_meeting(date(2026, 11, 23)) == date(2026, 11, 16)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("weekdays = [1]", "weekdays = [8]"), "weekdays.0"),
        (("weekdays = [1]", ""), "“周调度”的 时间"),
        (("weekdays = [1]", 'weekdays = [1]\nevery = "workday"'), "“周调度”的 时间"),
        (('sections = ["promises"]', 'sections = ["promise"]'), "sections.0"),
        (("standard = true", ""), "standard = true"),
        (('word = "周调度"', 'word = "周调度'), "读不出"),
        (('word = "周调度"', 'word = "周调度"\nday = 3'), "day"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    path = tmp_path / "rhythms.toml"
    path.write_text(GOOD.replace(*change), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=said):
        rhythms(path)


def test_two_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "rhythms.toml"
    path.write_text(GOOD + GOOD.replace("standard = true", ""), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="同名"):
        rhythms(path)
