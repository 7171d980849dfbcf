"""Rates, days and projects as official papers word them; numbers are those of the screens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from components import formats
from components.rate import Rate

Row = Mapping[str, Any]
_DIGITS: Final = "零一二三四五六七八九"
# ASCII punctuation → the full-width form official papers are set in, 0xFEE0 further on
_WIDE: Final = {ord(mark): ord(mark) + 0xFEE0 for mark in ",;:()?!"}
_LEFT_ALONE: Final = re.compile(r"({[{%].*?[%}]})")


def wide(text: str) -> str:
    """Our own words with full-width punctuation; what a template names between braces is left alone.

    Not for figures or for texts of the ledger, which stand as they were written.
    """
    parts = _LEFT_ALONE.split(text)
    return "".join(part if part.startswith("{") else part.translate(_WIDE) for part in parts)


def bracketed(text: str, inside: str) -> str:
    """A text with another in full-width brackets after it."""
    return f"{text}{wide('(')}{inside}{wide(')')}"


def day(value: date | None) -> str:
    """ "2026年11月22日", "—" for null."""
    return formats.NONE if value is None else f"{value.year}年{value.month}月{value.day}日"


def numeral(number: int) -> str:
    """1 … 99 as 一 … 九十九, for the headings of a paper."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else f"{_DIGITS[tens] if tens > 1 else ''}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def rate(found: Rate) -> dict[str, str]:
    """A rate's cells for a template; "" for a target or a pace there is none of."""
    in_yuan = found.unit == "元"
    unit = "亿元" if in_yuan else found.unit
    return {
        "名称": found.name,
        "比率": formats.ratio(found.ratio),
        "分子": _told(found.numerator, in_yuan),
        "分母": _told(found.denominator, in_yuan),
        "单位": unit,
        "口径": found.base,
        "目标": "" if found.target_ratio is None else formats.ratio(found.target_ratio),
        "还差": _missing(found, unit),
        "序时": "" if found.pace_ratio is None else formats.ratio(found.pace_ratio),
        "比序时": against_pace(found),
    }


def _told(count: int | None, in_yuan: bool) -> str:
    """A count, or an amount in 亿元 without its unit."""
    return formats.yi(count) if in_yuan else formats.count(count)


def _missing(found: Rate, unit: str) -> str:
    if not found.missing:
        return ""
    return formats.money(found.missing) if found.unit == "元" else f"{formats.count(found.missing)}{unit}"


def against_pace(found: Rate) -> str:
    """ "落后序时45.5个百分点"; "" without a pace."""
    if found.ratio is None or found.pace_ratio is None:
        return ""
    gap = found.ratio - found.pace_ratio
    return f"{'落后' if gap < 0 else '快于'}序时{points(abs(gap))}"


def points(difference: float | None) -> str:
    """A difference of two ratios as "45.5个百分点", with a minus where it is negative."""
    return formats.points(difference).lstrip("+").replace(" pp", "个百分点")


def movement(moved: int | None) -> str:
    """ "上升2位", "下降1位", "持平"; "" where there is nothing to compare."""
    if moved is None:
        return ""
    return "持平" if moved == 0 else f"{'上升' if moved > 0 else '下降'}{abs(moved)}位"


def named(rows: Iterable[Row]) -> str:
    """ "甲项目(东山县)、乙项目(西河县)"; "" for no rows."""
    return "、".join(bracketed(row["project_name"], formats.text(row["region"])) for row in rows)


def wan(yuan: int | None) -> str:
    """Yuan as a bare number of 万元, for columns that carry the unit in their head."""
    return formats.NONE if yuan is None else f"{yuan / 10_000:,.2f}"


def overdue(workdays_left: int) -> str:
    """Working days overdue as a number, from the days left."""
    return formats.count(-workdays_left)
