"""Cities whose future is known: the 80 % band holds it about as often as it says, and beats the plan."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import polars as pl

from data.forecast_draws import drawn
from data.forecast_network import ahead
from data.forecast_pace import pace_of
from data.workdays import calendar
from tests.schedule.frames import nodes, own, projects

DAY = date(2026, 6, 1)
PROJECTS = 100
HORIZON_WORKDAYS = 25
CITIES = 20
PLAN = (10, 15, 8, 12)
# everything takes this many times as long as planned, projects differ by a factor of their own
STRETCH = 2.6


def city(seed: int) -> tuple[pl.DataFrame, pl.DataFrame, int, int]:
    """Ledgers as known on DAY, how many finish within the horizon, and how many the plan says."""
    rng = np.random.default_rng(seed)
    days, now = calendar(), int(calendar().index(DAY))
    rows, came, planned = [], 0, 0
    for number in range(PROJECTS):
        at = now - int(rng.integers(0, 110))
        own_pace = rng.gamma(8, 1 / 8)
        ahead_of = now
        for place, length in enumerate(PLAN):
            began = at
            at += max(1, round(length * STRETCH / own_pace**0.5 * rng.weibull(2.0)))
            facts: dict[str, object] = {"accepted_date": _day(days, began)} if began <= now else {}
            if at <= now:
                facts["actual_finish"] = _day(days, at)
            else:
                ahead_of = max(ahead_of, began) + length
            before = [f"步{place - 1}"] if place else []
            rows.append(own(f"P{number}", f"步{place}", length, *before, **facts))
        came += now < at <= now + HORIZON_WORKDAYS
        planned += now < ahead_of <= now + HORIZON_WORKDAYS
    return projects(*({"project_id": f"P{n}"} for n in range(PROJECTS))), nodes(*rows), came, planned


def _day(days: object, index: int) -> date:
    return calendar().day(np.array([index]))[0].astype("datetime64[D]").item()


@cache
def forecasts() -> tuple[tuple[float, float, float, int, int], ...]:
    """Low, median, high of finishes within the horizon, what came, what was planned; one a city."""
    found = []
    for seed in range(CITIES):
        project_rows, node_rows, came, planned = city(seed)
        left = ahead(project_rows, node_rows, DAY, "备案", "无")
        pace = pace_of(left.experience, left.sizes, PROJECTS)
        at, finish = drawn(left, pace, 200, seed)
        last = finish[np.isin(at, left.start)]
        count = (last <= left.now + HORIZON_WORKDAYS).sum(axis=0)
        low, median, high = np.quantile(count, [0.1, 0.5, 0.9])
        found.append((low, median, high, came, planned))
    return tuple(found)


def test_the_band_holds_what_came_about_as_often_as_it_says() -> None:
    inside = np.mean([low <= came <= high for low, _, high, came, _ in forecasts()])
    assert 0.65 <= inside <= 0.97


def test_the_middle_is_nearer_than_the_plan_as_stated_and_not_biased() -> None:
    errors = np.array([(median - came, planned - came) for _, median, _, came, planned in forecasts()])
    own_error, plan_error = np.abs(errors).mean(axis=0)
    assert own_error < plan_error / 1.5
    assert abs(errors[:, 0].mean()) < 2.5
