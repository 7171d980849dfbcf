"""The pace is what made the data: rates, shape and groups come back, and little evidence says little."""

from __future__ import annotations

import numpy as np
import pytest

from data.forecast_pace import (
    LEAST_VARIANCE,
    Experience,
    overdispersion,
    pace_of,
)

RNG = 7


def experience(
    taken: np.ndarray, planned: np.ndarray, over: np.ndarray, codes: np.ndarray | None = None
) -> Experience:
    zeros = np.zeros(len(taken), dtype=np.int64)
    group = zeros if codes is None else codes
    return Experience(taken, planned, over, np.arange(len(taken)), zeros, (group, zeros, zeros))


def pace(seen: Experience, names: int = 1):
    return pace_of(seen, (names, 1, 1), len(seen.taken))


def test_shape_and_mean_come_back() -> None:
    rng = np.random.default_rng(RNG)
    planned = np.full(4000, 10.0)
    found = pace(experience(15 * rng.weibull(2.0, 4000), planned, np.ones(4000, dtype=bool)))
    assert found.shape == 2.0
    assert found.scale(planned[:1], tuple(np.zeros(1, dtype=np.int64) for _ in range(3)))[0] == pytest.approx(
        15, rel=0.05
    )


def test_what_is_still_open_counts_with_all_its_days() -> None:
    # stopping the clock at day 6 must not make a process of mean 10 look like one of mean 4
    rng = np.random.default_rng(RNG)
    whole = rng.exponential(10, 4000)
    seen = experience(np.minimum(whole, 6), np.ones(4000), whole <= 6)
    assert 1 / pace(seen).rate == pytest.approx(10, rel=0.08)


def test_a_group_with_much_experience_keeps_its_pace_and_one_with_little_borrows() -> None:
    rng = np.random.default_rng(RNG)
    codes = np.repeat([0, 1, 2], [2000, 2000, 1])
    usual = np.array([10.0, 20.0, 200.0])[codes]
    seen = experience(usual * rng.weibull(1.4, 4001), np.full(4001, 10.0), np.ones(4001, dtype=bool), codes)
    found = pace(seen, 3)
    fast, slow, rare = found.effects[0] ** (-1 / found.shape)
    assert slow / fast == pytest.approx(2, rel=0.1)
    # one node that took twenty times as long doesn't make its kind twenty times slower
    assert 1 <= rare / fast < 6


def test_no_experience_is_the_plan() -> None:
    nothing = experience(np.empty(0), np.empty(0), np.empty(0, dtype=bool))
    found = pace_of(nothing, (1, 1, 1), 3)
    assert (found.rate, found.events) == (1.0, 0)


def test_overdispersion_is_nothing_for_chance_and_the_variance_of_rates_else() -> None:
    rng = np.random.default_rng(RNG)
    expected = np.full(20_000, 6.0)
    assert overdispersion(rng.poisson(expected).astype(float), expected) <= LEAST_VARIANCE + 0.01
    rates = rng.gamma(4, 1 / 4, 20_000)
    assert overdispersion(rng.poisson(expected * rates).astype(float), expected) == pytest.approx(
        0.25, rel=0.1
    )
