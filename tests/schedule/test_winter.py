from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from data.errors import ConfigurationError
from data.settings import settings
from data.winter import Breaks, breaks
from data.workdays import Calendar, calendar
from tests.schedule.frames import by_node, node, run


def index(day: date) -> np.ndarray:
    return np.array([calendar().index(day)])


def days_of(found: np.ndarray, days: Calendar) -> date:
    return days.day(found).astype("datetime64[D]")[0].item()


def row(stops: Breaks, name: str) -> np.ndarray:
    return np.array([stops.names.index(name)])


def test_no_region_has_a_break_unless_it_is_set() -> None:
    stops = breaks(calendar())
    assert not stops.active
    assert stops.of_regions(pl.Series(["连山区", None], dtype=pl.String)).tolist() == [0, 0]
    assert settings().winter_break is None


@pytest.mark.parametrize(
    ("name", "last", "first"),
    [
        ("黑龙江", date(2023, 10, 19), date(2024, 4, 11)),
        ("辽宁", date(2023, 11, 14), date(2024, 3, 21)),
    ],
)
def test_work_resumes_on_the_first_workday_after_the_break(name: str, last: date, first: date) -> None:
    stops = breaks(calendar(), name)
    moved = stops.advance(index(last), np.array([1]), row(stops, name))
    assert days_of(moved, calendar()) == first
    back = stops.advance(index(first), np.array([-1]), row(stops, name))
    assert days_of(back, calendar()) == last
    assert stops.span(index(last), index(first), row(stops, name)).tolist() == [1]


def test_a_latest_finish_inside_the_break_is_the_last_open_day() -> None:
    stops = breaks(calendar(), "辽宁")
    settled = stops.settle(index(date(2024, 1, 10)), np.array([5]), row(stops, "辽宁"))
    assert days_of(settled, calendar()) == date(2023, 11, 14)


def test_regions_are_set_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "winter.toml"
    path.write_text(
        '[[break]]\nname = "北"\nfrom = "11-01"\nuntil = "03-31"\n'
        '[regions]\n"连山区" = "北"\n"龙港区" = "无"\n',
        "utf-8",
    )
    stops = breaks(calendar(), None, path)
    assert stops.of_regions(pl.Series(["连山区", "龙港区", "兴城市", None])).tolist() == [1, 0, 0, 0]
    everywhere = breaks(calendar(), "北", path)
    assert everywhere.of_regions(pl.Series(["连山区", "龙港区", "兴城市", None])).tolist() == [1, 0, 1, 1]


def test_a_break_nobody_declared_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="GUATU_WINTER_BREAK是“吉林”"):
        breaks(calendar(), "吉林")


def test_a_month_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "winter.toml"
    path.write_text('[[break]]\nname = "北"\nfrom = "13-01"\nuntil = "03-31"\n', "utf-8")
    with pytest.raises(ConfigurationError, match="“北”的 from 是“13-01”"):
        breaks(calendar(), "北", path)


def test_outdoor_nodes_stand_still_and_indoor_nodes_do_not() -> None:
    project = {"project_id": "A", "actual_start": date(2023, 9, 1), "planned_finish": date(2024, 12, 31)}
    rows = [
        node("A", "基础", status="done", actual_finish=date(2023, 11, 10)),
        node("A", "主体", duration_workdays=10, status="running", accepted_date=date(2023, 11, 10)),
        node("A", "设备安装", duration_workdays=10, predecessors=["基础"]),
    ]
    frozen = by_node(run([project], rows, date(2023, 11, 10), winter_break="辽宁"), "A")
    open_all_year = by_node(run([project], rows, date(2023, 11, 10)), "A")
    assert open_all_year["主体"]["earliest_finish"] == date(2023, 11, 24)
    assert frozen["主体"]["earliest_finish"] == date(
        2024, 4, 1
    )  # 13 and 14 November, then eight from 21 March
    assert frozen["设备安装"]["earliest_finish"] == date(2023, 11, 24)


def test_outdoor_work_must_end_before_the_break_that_precedes_the_deadline() -> None:
    project = {"project_id": "A", "actual_start": date(2023, 3, 1), "planned_finish": date(2024, 4, 10)}
    chain = by_node(run([project], [], date(2023, 9, 1), winter_break="辽宁"), "A")
    usual = by_node(run([project], [], date(2023, 9, 1)), "A")
    assert usual["封顶"]["latest_finish"] == calendar().add(date(2024, 4, 10), -(40 + 25 + 15 + 15))
    assert chain["封顶"]["latest_finish"] == date(2023, 11, 14)
    assert chain["设备安装"]["latest_finish"] == usual["设备安装"]["latest_finish"] > date(2023, 11, 14)
