"""Numbers and days as officials write them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components import formats, markup, money
from data.settings import PROJECT_DIR, settings

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


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (3_060_000_000, 60_800_000_000, "30.60/608.00 亿元"),
        (5_000_000, 50_000_000, "500.00/5,000.00 万元"),  # a small scope isn't told in hundredths of 亿
        (120_000_000, 50_000_000, "1.20/0.50 亿元"),
        (None, 50_000_000, "—/5,000.00 万元"),
        (None, None, "—/— 万元"),
    ],
)
def test_two_amounts_share_the_unit_of_the_larger(part: int | None, whole: int | None, shown: str) -> None:
    assert formats.money_of(part, whole) == shown


@given(st.integers(-(10**14), 10**14))
def test_money_has_two_places_and_never_a_number_that_needs_the_other_unit(yuan: int) -> None:
    number, unit = formats.money(yuan).split(" ")
    shown = Decimal(number.replace(",", ""))
    assert number[-3] == "."
    assert abs(shown * {"亿元": 10**8, "万元": 10**4}[unit] - yuan) <= {"亿元": 500_000, "万元": 50}[unit]
    assert (unit == "亿元") == (abs(yuan) >= 10**8)


def test_the_exact_amount_opens_by_key_finger_or_pointer() -> None:
    shown = markup.html_of(money.amount(1_234_567_890))
    assert shown.startswith('<button class="money" type="button">12.35 亿元<span class="money-exact">')
    assert "1,234,567,890 元" in shown
    css = (PROJECT_DIR / "assets" / "base.css").read_text(encoding="utf-8")
    assert ".money:is(:hover, :focus) > .money-exact { visibility: visible; }" in css
    assert money.amount(None) == money.part_of(None, None).split("/")[0] == "—"
    assert "1 元 / —" in markup.html_of(money.part_of(1, None))


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
