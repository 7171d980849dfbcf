"""Approved stops: days on which nothing of the project moves, backwards and forwards."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from data.schedule import Schedule
from tests.schedule.frames import by_node, node, one, own, run

TODAY = date(2023, 6, 14)  # a Wednesday
BEGUN = date(2023, 5, 31)


def planned(**stop: date | None) -> Schedule:
    """Fifteen workdays of 甲 running since BEGUN, then four of 乙, due on 2023-07-28."""
    project = {"project_id": "A", "planned_start": date(2023, 7, 28), **stop}
    rows: list[dict[str, Any]] = [
        own("A", "甲", 15, status="running", accepted_date=BEGUN),
        own("A", "乙", 4, "甲"),
    ]
    return run([project], rows, TODAY)


@pytest.mark.parametrize(
    ("stop", "finish"),
    [
        ({}, date(2023, 6, 21)),
        # Monday to Friday of the week before: five workdays
        ({"stopped_from": date(2023, 6, 5), "stopped_until": date(2023, 6, 9)}, date(2023, 6, 29)),
        # resumed on Wednesday: two workdays
        (
            {
                "stopped_from": date(2023, 6, 5),
                "stopped_until": date(2023, 6, 9),
                "resumed_date": date(2023, 6, 7),
            },
            date(2023, 6, 26),
        ),
        # still standing, nobody knows until when: up to today, eight workdays
        ({"stopped_from": date(2023, 6, 5)}, date(2023, 7, 4)),
        # begun after the stop was over
        ({"stopped_from": date(2023, 5, 22), "stopped_until": date(2023, 5, 31)}, date(2023, 6, 21)),
        # only the days after acceptance are lost
        ({"stopped_from": date(2023, 5, 22), "stopped_until": date(2023, 6, 1)}, date(2023, 6, 25)),
        # announced for the week in which it would have been finished
        ({"stopped_from": date(2023, 6, 19), "stopped_until": date(2023, 6, 21)}, date(2023, 6, 27)),
        # after it is finished
        ({"stopped_from": date(2023, 6, 26), "stopped_until": date(2023, 6, 30)}, date(2023, 6, 21)),
        # the other way round: no stop
        ({"stopped_from": date(2023, 6, 9), "stopped_until": date(2023, 6, 5)}, date(2023, 6, 21)),
    ],
)
def test_a_running_node_ends_later_by_the_workdays_it_stood_still(
    stop: dict[str, date], finish: date
) -> None:
    assert by_node(planned(**stop), "A")["甲"]["earliest_finish"] == finish


def test_what_has_not_begun_waits_for_the_end_of_the_stop() -> None:
    stop = {"stopped_from": date(2023, 6, 12), "stopped_until": date(2023, 6, 30)}
    project = {"project_id": "A", "planned_start": date(2023, 7, 28), **stop}
    plan = run([project], [own("A", "甲", 3), own("A", "乙", 4, "甲")], TODAY)
    first = by_node(plan, "A")["甲"]
    assert (first["earliest_start"], first["earliest_finish"]) == (date(2023, 6, 30), date(2023, 7, 5))
    assert one(plan, "A")["forecast_finish"] == date(2023, 7, 11)


def test_latest_days_leave_the_stop_out() -> None:
    stop = {"stopped_from": date(2023, 7, 24), "stopped_until": date(2023, 7, 26)}
    nodes = by_node(planned(**stop), "A")
    # two workdays after the stop and two before it
    assert nodes["乙"]["latest_start"] == date(2023, 7, 19)
    assert nodes["甲"]["latest_finish"] == date(2023, 7, 19)


def test_days_of_the_winter_break_are_not_lost_twice() -> None:
    begun = {"status": "running", "accepted_date": date(2023, 10, 9), "duration_workdays": 20}
    project = {
        "project_id": "A",
        "region": "连山区",
        "kind": "续建",
        "actual_start": date(2023, 5, 4),
        "planned_finish": date(2024, 12, 31),
    }
    rows = [node("A", "主体", **begun)]

    def finish(**stop: date) -> date | None:
        plan = run([project | stop], rows, date(2023, 10, 16), winter_break="辽宁")
        found: date | None = by_node(plan, "A")["主体"]["earliest_finish"]
        return found

    assert finish() == date(2023, 11, 6)
    # the stop takes the last workday, the break from 11-15 the rest: one is left for the day after the break
    assert finish(stopped_from=date(2023, 11, 6), stopped_until=date(2024, 3, 1)) == date(2024, 3, 21)
