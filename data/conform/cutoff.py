"""The day a file speaks of, and the year its dates without a year mean."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from data.text import plain

_CUTOFF: Final = re.compile(
    r"截[至止]到?(?:(?P<y>(?:19|20)\d{2})[年\-/.])?(?P<m>\d{1,2})[月\-/.](?:(?P<d>\d{1,2})日?)?"
)
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_NAME_DAY: Final = re.compile(
    r"(?<!\d)(20\d{2})[-._年]?(0[1-9]|1[0-2]|[1-9](?!\d))[-._月]?(\d{1,2})日?(?!\d)"
)
_NAME_MONTH: Final = re.compile(r"(?<!\d)(20\d{2})[-._年](0?[1-9]|1[0-2])月?(?!\d)")


def cutoff(titles: Iterable[str], file_stem: str, status_date: date) -> date | None:
    """The cut-off day by a title such as (截至1月29日), else by the file's name; null when neither says one.

    A day without a year takes the title's year, the file name's, or the latest that isn't in the future.
    A month alone means its last day.
    """
    texts = [plain(title) for title in titles]
    named = _day_in_name(file_stem)
    for text in texts:
        if match := _CUTOFF.search(text):
            year = int(match["y"]) if match["y"] else _assumed_year(texts, named, match, status_date)
            if day := _day(year, int(match["m"]), match["d"]):
                return day
    return named


def stated_year(titles: Iterable[str]) -> int | None:
    """The year a title names (2023年重点项目…), null when none does."""
    for title in titles:
        if match := _YEAR.search(plain(title)):
            return int(match[1])
    return None


def _assumed_year(texts: list[str], named: date | None, match: re.Match[str], status_date: date) -> int:
    if year := stated_year(texts):
        return year
    if named:
        return named.year
    day = _day(status_date.year, int(match["m"]), match["d"])
    return status_date.year - 1 if day and day > status_date else status_date.year


def _day_in_name(stem: str) -> date | None:
    text = plain(stem)
    if match := _NAME_DAY.search(text):
        return _day(int(match[1]), int(match[2]), match[3])
    if match := _NAME_MONTH.search(text):
        return _day(int(match[1]), int(match[2]), None)
    return None


def _day(year: int, month: int, day: str | None) -> date | None:
    try:
        return date(year, month, int(day) if day else calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None
