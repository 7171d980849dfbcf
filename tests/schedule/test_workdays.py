from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import ConfigurationError
from data.workdays import FIRST_DAY, LAST_DAY, calendar

# the machine's load is no property of the calendar
UNTIMED = settings(deadline=None)
COVERED = st.dates(date(2015, 1, 1), date(2026, 12, 31))


def test_an_approval_accepted_before_spring_festival_ends_after_the_worked_weekend() -> None:
    assert calendar().add(date(2023, 1, 19), 5) == date(2023, 1, 31)


def test_chain_of_three_and_four_takes_seven() -> None:
    days = calendar()
    start = date(2023, 3, 1)
    assert days.add(days.add(start, 3), 4) == days.add(start, 7)
    assert days.between(start, days.add(start, 7)) == 7


def test_day_100_of_a_campaign_is_counted_in_calendar_days() -> None:
    assert date(2023, 1, 3) + timedelta(days=100 - 1) == date(2023, 4, 12)


@UNTIMED
@given(COVERED)
def test_every_covered_day_agrees_with_the_published_calendar(day: date) -> None:
    row = (day - FIRST_DAY).days
    assert bool(calendar().is_workday[row]) == chinese_calendar.is_workday(day)


@UNTIMED
@given(COVERED.filter(lambda day: day.year < 2026), st.integers(0, 30))
def test_adding_is_stepping_day_by_day(day: date, workdays: int) -> None:
    reached = day
    for _ in range(workdays):
        reached += timedelta(days=1)
        while not chinese_calendar.is_workday(reached):
            reached += timedelta(days=1)
    if workdays:
        assert calendar().add(day, workdays) == reached


@UNTIMED
@given(st.dates(date(2016, 1, 1), date(2044, 1, 1)), st.integers(-200, 200))
def test_adding_and_counting_are_inverse(day: date, workdays: int) -> None:
    assert calendar().between(day, calendar().add(day, workdays)) == workdays


def test_arrays_and_scalars_agree() -> None:
    days = np.arange(np.datetime64("2023-01-01"), np.datetime64("2023-03-01"))
    moved = calendar().add(days, 7)
    assert moved.dtype == np.dtype("datetime64[D]")
    assert [day.item() for day in moved] == [calendar().add(day.item(), 7) for day in days]


@pytest.mark.parametrize(
    ("due", "as_of", "left"),
    [
        (date(2023, 3, 3), date(2023, 3, 3), 0),
        (date(2023, 3, 3), date(2023, 3, 2), 1),
        (date(2023, 3, 3), date(2023, 3, 4), -1),  # the Saturday after
        (date(2023, 3, 3), date(2023, 3, 6), -1),
        (date(2023, 3, 3), date(2023, 3, 7), -2),
        (date(2023, 3, 4), date(2023, 3, 3), 0),  # due on a Saturday counts as the Friday
        (date(2023, 3, 5), date(2023, 3, 4), -1),
        (date(2023, 1, 31), date(2023, 1, 19), 5),
    ],
)
def test_workdays_left(due: date, as_of: date, left: int) -> None:
    assert calendar().workdays_left(due, as_of) == left


def test_workdays_left_of_many_rows() -> None:
    due = np.array(["2023-03-03", "2023-03-10"], dtype="datetime64[D]")
    assert calendar().workdays_left(due, date(2023, 3, 6)).tolist() == [-1, 4]


def test_frame_has_every_day_and_its_reason() -> None:
    frame = calendar().frame()
    assert frame["day"].min() == date(2015, 1, 1) and frame["day"].max() == date(2045, 12, 31)
    rows = {row["day"]: row for row in frame.iter_rows(named=True)}
    festival, worked = rows[date(2023, 1, 23)], rows[date(2023, 1, 28)]
    assert (festival["is_workday"], festival["note"]) == (False, "春节")
    assert (worked["is_workday"], worked["note"]) == (True, "春节调休上班")
    assert festival["next_index"] == festival["workday_index"] + 1
    assert worked["next_index"] == worked["workday_index"]


def test_only_weekends_are_known_beyond_the_published_years() -> None:
    days = calendar()
    assert days.known_until == date(2026, 12, 31)
    assert days.add(date(2035, 1, 26), 1) == date(2035, 1, 29)


def test_days_outside_the_calendar_count_as_its_ends() -> None:
    days = calendar()
    assert days.index(date(1990, 1, 1)) == days.index(FIRST_DAY)
    assert days.add(LAST_DAY, 50) == days.add(LAST_DAY, 0)


def test_a_holiday_file_overrides_and_extends(tmp_path: Path) -> None:
    (tmp_path / "2027.csv").write_text(
        "date,kind,note\n# 注释\n2027-02-08,holiday,春节\n"
        "2027-02-06,workday,春节调休上班\n2026-11-23,holiday,运动会\n",
        encoding="utf-8-sig",
    )
    days = calendar(tmp_path)
    assert days.known_until == date(2027, 12, 31)
    assert days.add(date(2027, 2, 5), 1) == date(2027, 2, 6)
    assert days.add(date(2027, 2, 6), 1) == date(2027, 2, 9)
    assert days.add(date(2026, 11, 20), 1) == date(2026, 11, 24)


def test_a_file_years_ahead_does_not_hide_the_unknown_years_between(tmp_path: Path) -> None:
    (tmp_path / "2030.csv").write_text("2030-01-01,holiday,元旦\n", encoding="utf-8")
    assert calendar(tmp_path).known_until == date(2026, 12, 31)


@pytest.mark.parametrize("line", ["2027/1/1,holiday,元旦", "2027-01-01,放假,元旦", "2027-01-01"])
def test_a_wrong_holiday_line_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "2027.csv").write_text(f"date,kind,note\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"2027\.csv 第2行"):
        calendar(tmp_path)
