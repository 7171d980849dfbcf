"""Numbers, money and days as officials write them. Null is shown as "—", rounding is half-up."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from data.settings import settings

NONE: Final = "—"
MINUS: Final = "−"
_WEEKDAYS = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
# nearer than this to the present day nobody mistakes the year
_PLAIN_YEAR = timedelta(days=183)
_YUAN_IN_YI = 100_000_000
_YUAN_IN_WAN = 10_000


def _round(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def count(value: int | None) -> str:
    """A whole number with thousands separators."""
    return NONE if value is None else f"{value:,}"


def percent(
    numerator: int | float | None, denominator: int | float | None, decimals: int | None = None
) -> str:
    """`numerator/denominator` as "78.1%", half-up; "—" when either is null or the denominator is 0."""
    if numerator is None or not denominator:
        return NONE
    places = settings().rate_decimals if decimals is None else decimals
    return f"{_round(Decimal(str(numerator)) * 100 / Decimal(str(denominator)), places)}%"


def ratio(value: float | None, decimals: int | None = None) -> str:
    """A ratio such as 0.95 as "95.0%"; "—" for null."""
    return percent(value, 1, decimals)


def points(difference: float | None, decimals: int = 1) -> str:
    """A difference of two ratios in percentage points, signed: "+1.4 pp", "−33.0 pp"."""
    if difference is None:
        return NONE
    rounded = _round(Decimal(str(difference)) * 100, decimals)
    sign = "+" if rounded > 0 else MINUS if rounded < 0 else ""
    return f"{sign}{abs(rounded)} pp"


def money(value: int | None) -> str:
    """Yuan as "12.30 亿元" from one 亿 up, else "5,000.00 万元", half-up to two places."""
    if value is None:
        return NONE
    size, unit = _unit(value)
    return f"{_sized(value, size)} {unit}"


def money_of(part: int | None, whole: int | None) -> str:
    """Two amounts as "30.60/608.00 亿元", the unit by the larger one; "—" for the one that is null."""
    return _two("/", part, whole)


def money_span(low: int, high: int) -> str:
    """Two amounts as "382.00–850.90 亿元", the unit by the larger one."""
    return _two("–", low, high)


def _two(sign: str, first: int | None, second: int | None) -> str:
    size, unit = _unit(max(abs(first or 0), abs(second or 0)))
    return f"{_sized(first, size)}{sign}{_sized(second, size)} {unit}"


def yuan(value: int | None) -> str:
    """An amount to the yuan: "1,230,000,000 元"."""
    return NONE if value is None else f"{value:,} 元"


def _unit(size: int) -> tuple[int, str]:
    """The yuan of a unit and its word, for an amount of this size."""
    return (_YUAN_IN_YI, "亿元") if abs(size) >= _YUAN_IN_YI else (_YUAN_IN_WAN, "万元")


def _sized(value: int | None, unit_yuan: int) -> str:
    return NONE if value is None else f"{_round(Decimal(value) / unit_yuan, 2):,}"


def yi(value: int | None) -> str:
    """Yuan as a bare number of 亿元 for columns that carry the unit in their head."""
    return _sized(value, _YUAN_IN_YI)


def day(value: date | None, with_year: bool = False) -> str:
    """A date as "11月22日 周日", with the year in front when asked or when it isn't plain."""
    if value is None:
        return NONE
    year = f"{value.year}年" if with_year else _year(value)
    return f"{year}{value.month}月{value.day}日 {_WEEKDAYS[value.weekday()]}"


def short_day(value: date | None) -> str:
    """A date as "11月22日", with the year in front when it isn't plain."""
    return NONE if value is None else f"{_year(value)}{value.month}月{value.day}日"


def _year(value: date) -> str:
    return "" if abs(value - settings().as_of()) < _PLAIN_YEAR else f"{value.year}年"


def workdays_left(value: int | None) -> str:
    """Working days until a due day in words: "剩 3 天", "今天到期", "逾期 2 天"."""
    if value is None:
        return NONE
    if value == 0:
        return "今天到期"
    return f"剩 {value} 天" if value > 0 else f"逾期 {-value} 天"


def signed_days(value: int | None) -> str:
    """Float in working days, signed: "+4 天", "−12 天", "0 天"."""
    if value is None:
        return NONE
    return f"{'+' if value > 0 else MINUS if value < 0 else ''}{abs(value)} 天"


def text(value: object) -> str:
    """Any text as it stands, "—" for null or empty."""
    return NONE if value is None or value == "" else str(value)
