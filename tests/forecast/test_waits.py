"""Waits after a stated day, and money carried on: worked out by hand on small numbers."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from data.forecast_draws import LONGEST_WORKDAYS
from data.forecast_spending import changes, increments, spending
from data.forecast_waits import Curve, resumptions

RNG = 5


def test_survival_is_that_of_kaplan_and_meier() -> None:
    # textbook form: at 6: 3 of 7 end, at 7 (1 left before: censored at 6): 1 of 3 …
    waits = np.array([6, 6, 6, 6, 7, 10, 13])
    over = np.array([True, True, True, False, True, True, True])
    curve = Curve.of(waits, over)
    assert curve.waits.tolist() == [6, 7, 10, 13]
    assert curve.left == pytest.approx([4 / 7, 4 / 7 * 2 / 3, 4 / 7 / 3, 0])


def test_a_drawn_wait_is_longer_than_what_has_passed() -> None:
    curve = Curve.of(np.arange(-3, 12), np.ones(15, dtype=bool))
    found = curve.drawn(np.array([-5, 0, 8, 50]), 500, np.random.default_rng(RNG))
    assert (found.min(axis=1)[:3] > [-5, 0, 8]).all()
    assert set(found[2].tolist()) == {9, 10, 11}
    # nobody ever waited so long: nothing can be said
    assert (found[3] == LONGEST_WORKDAYS).all()


def test_with_too_few_events_the_stated_day_holds() -> None:
    curve = Curve.of(np.array([1, 2]), np.array([True, True]))
    found = curve.drawn(np.array([-9, 4]), 3, np.random.default_rng(RNG))
    assert found.tolist() == [[0, 0, 0], [5, 5, 5]]


def test_stopped_projects_resume_at_the_rate_seen() -> None:
    waits = resumptions(40, 1000.0, 300, 300, np.random.default_rng(RNG))
    assert np.median(waits) == pytest.approx(np.log(2) * 25, rel=0.1)


def spent(*yuan: int, first: date = date(2026, 3, 2)) -> pl.DataFrame:
    days = [date.fromordinal(first.toordinal() + at) for at in range(len(yuan))]
    return pl.DataFrame({"day": days, "project_id": ["P1"] * len(yuan), "invested_this_year_yuan": yuan})


def test_money_between_two_snapshots_is_spread_over_their_workdays() -> None:
    frame = pl.DataFrame(
        {
            "day": [date(2026, 3, 2), date(2026, 3, 6), date(2026, 3, 9)],
            "project_id": ["P1"] * 3,
            "invested_this_year_yuan": [0, 400, 500],
        }
    )
    assert increments(frame, date(2026, 3, 9)).tolist() == [100, 100, 100, 100, 100]


def test_last_year_s_money_is_another_account() -> None:
    days = [date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 5), date(2026, 1, 6)]
    frame = spent(900, 1000, 0, 10).with_columns(day=pl.Series(days))
    assert increments(frame, date(2026, 1, 6)).tolist() == [10]


def test_the_band_of_money_is_how_wrong_carrying_on_was() -> None:
    daily = np.array([1.0] * 6 + [2.0] * 12)
    rate, ratios = changes(daily)
    assert rate == 2.0
    # it doubled once: so much it may be off, either way
    assert (ratios.min(), ratios.max()) == (0.5, 2.0)
    path = spending(daily, np.array([0, 10]), 400, RNG)
    assert path is not None
    assert path[0].tolist() == [0.0] * 400
    assert (path[1].min(), path[1].max()) == (10.0, 40.0)


def test_too_short_a_past_says_nothing_about_money() -> None:
    assert spending(np.ones(6), np.array([5]), 10, RNG) is None
