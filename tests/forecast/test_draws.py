"""Draws respect links, what has begun, what doesn't apply, winter and stops; a seed decides them."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest

from data.forecast_answer import Goal
from data.forecast_draws import drawn
from data.forecast_network import Ahead, ahead
from data.forecast_pace import Pace, pace_of
from data.workdays import calendar
from tests.schedule.frames import node, nodes, own, projects

DAY = date(2026, 3, 2)
DRAWS = 200


def seen(project: dict[str, Any], *rows: dict[str, Any], winter: str | None = "无") -> Ahead:
    return ahead(projects({"project_id": "P1", **project}), nodes(*rows), DAY, "备案", winter)


def steady(left: Ahead) -> Pace:
    """A pace at which everything takes about as long as planned."""
    return Pace(
        4.0, 1.0, tuple(np.ones(size) for size in left.sizes), np.zeros(1), np.zeros(1), 0.02, 0.02, 100
    )


def by_node(left: Ahead, seed: int = 1) -> dict[str, np.ndarray]:
    found, finish = drawn(left, steady(left), DRAWS, seed)
    names = left.reported["node"].to_list()
    rows = left.layout.network.row
    return {names[rows[n]]: finish[at] for at, n in enumerate(found) if rows[n] >= 0}


def test_nobody_is_done_before_what_it_waits_for() -> None:
    finish = by_node(
        seen(
            {},
            own("P1", "甲", 5),
            own("P1", "乙", 3, "甲"),
            own("P1", "丙", 8, "甲"),
            own("P1", "丁", 2, "乙", "丙"),
        )
    )
    assert (finish["乙"] > finish["甲"]).all()
    assert (finish["丁"] > np.maximum(finish["乙"], finish["丙"])).all()
    assert (finish["甲"] > calendar().index(DAY)).all()


def test_what_does_not_apply_passes_its_links_on_and_takes_no_time() -> None:
    finish = by_node(
        seen({}, own("P1", "甲", 5), own("P1", "乙", 90, "甲", applicable=False), own("P1", "丙", 3, "乙"))
    )
    assert "乙" not in finish
    assert (finish["丙"] > finish["甲"]).all()
    assert np.median(finish["丙"] - finish["甲"]) <= 4


def test_what_is_well_under_way_is_done_sooner() -> None:
    fresh = by_node(seen({}, own("P1", "甲", 40, accepted_date=DAY)))["甲"]
    old = by_node(seen({}, own("P1", "甲", 40, accepted_date=date(2026, 1, 12))))["甲"]
    assert np.median(old) < np.median(fresh)


def test_winter_and_an_approved_stop_hold_what_they_hold() -> None:
    building = {"kind": "续建", "actual_start": date(2025, 6, 2), "region": "绥中县"}
    done = node("P1", "基础", actual_finish=date(2026, 2, 27))
    left = seen(building, done, node("P1", "主体"), winter="辽宁")
    # 20 March is the last day of the break of Liaoning
    assert (by_node(left)["主体"] > calendar().index(date(2026, 3, 20))).all()
    stopped = building | {"stopped_from": date(2026, 2, 2), "stopped_until": date(2026, 6, 30)}
    held = by_node(seen(stopped, done, node("P1", "主体")))["主体"]
    assert (held > calendar().index(date(2026, 6, 30))).all()


def test_the_same_seed_draws_the_same() -> None:
    left = seen({}, own("P1", "甲", 5), own("P1", "乙", 3, "甲"))
    first, again, other = by_node(left), by_node(left), by_node(left, seed=2)
    assert all((first[name] == again[name]).all() for name in first)
    assert any((first[name] != other[name]).any() for name in first)


def test_a_day_nobody_wrote_is_the_day_it_was_first_seen_done() -> None:
    rows = (own("P1", "甲", 5, status="done"), own("P1", "乙", 3, "甲"))
    unknown = seen({}, *rows)
    first = pl.DataFrame({"project_id": ["P1"], "node": ["甲"], "day": [date(2026, 2, 23)]})
    told = ahead(projects({"project_id": "P1"}), nodes(*rows), DAY, "备案", "无", first)
    assert not unknown.begun.any()
    assert told.taken[told.begun].tolist() == [calendar().between(date(2026, 2, 23), DAY)]


def test_the_wait_between_the_last_procedure_and_the_start_is_learned_from_begun_projects() -> None:
    begun = {"kind": "新建", "project_type": "备案", "actual_start": date(2026, 2, 27)}
    permit = node("P1", "施工许可", actual_finish=date(2026, 2, 24))
    left = seen(begun, permit)
    pace = pace_of(left.experience, left.sizes, 1)
    assert left.experience.taken[left.experience.over].tolist() == [3.0]
    assert pace.events == 1


@pytest.mark.parametrize(
    ("goal", "count"), [(Goal(0.9), 9), (Goal(0.91), 10), (Goal(200, is_count=True), 200)]
)
def test_a_goal_is_a_share_of_the_base_or_a_number_whatever_the_base(goal: Goal, count: int) -> None:
    assert goal.count(10) == count
