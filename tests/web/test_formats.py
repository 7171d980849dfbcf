"""Numbers and days as officials write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components import formats
from data.settings import settings

TODAY = settings().as_of()


@pytest.mark.parametrize(
    ("numerator", "denominator", "decimals", "shown"),
    [
        (114, 146, 2, "78.08%"),
        (61, 104, 2, "58.65%"),
        (61, 104, 1, "58.7%"),
        (46, 51, 1, "90.2%"),
        (134, 354, 1, "37.9%"),
        (1, 8, 0, "13%"),  # half-up, not to even
        (3, 0, 1, "—"),
        (None, 9, 1, "—"),
        (1226, 1000, 1, "122.6%"),
    ],
)
def test_percent(numerator: int | None, denominator: int, decimals: int, shown: str) -> None:
    assert formats.percent(numerator, denominator, decimals) == shown


@pytest.mark.parametrize(
    ("yuan", "shown"),
    [(3_060_000_000, "30.60 亿元"), (99_999_999, "10,000.00 万元"), (0, "0.00 万元"), (None, "—")],
)
def test_money(yuan: int | None, shown: str) -> None:
    assert formats.money(yuan) == shown


@given(st.integers(-5000, 5000))
def test_the_year_is_told_where_it_could_be_mistaken(days: int) -> None:
    day = TODAY + timedelta(days=days)
    told = str(day.year) in formats.short_day(day)
    assert told == (abs(days) >= 183)
    assert formats.day(day).startswith(formats.short_day(day))


def test_nothing_is_a_dash_never_nan() -> None:
    assert {formats.day(None), formats.short_day(None), formats.count(None), formats.text("")} == {"—"}
    assert formats.points(-0.33) == "−33.0 pp"
    assert formats.day(date(2026, 11, 22), with_year=True) == "2026年11月22日 周日"
