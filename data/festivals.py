"""Festivals as deadlines: 国庆前 is the eve of that holiday by the published calendar."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import Final

from data.text import plain
from data.workdays import calendar

# what staff write → how the calendar's notes begin
_NOTED: Final = {
    "元旦": "元旦",
    "春节": "春节",
    "清明": "清明",
    "劳动节": "劳动",
    "五一": "劳动",
    "端午": "端午",
    "中秋": "中秋",
    "国庆": "国庆",
    "十一": "国庆",
}
# these begin on one day of every year, published or not
_FIXED: Final = {"元旦": (1, 1), "劳动": (5, 1), "国庆": (10, 1)}
_BEFORE: Final = re.compile(
    r"(?:计划|力争|预计|争取|最迟|确保|于|在)*(?:(?P<y>(?:19|20)\d{2}|[今本当去明次])年?)?[“\"']?"
    r"(?P<festival>元旦|春节|清明|五一|劳动节|端午|中秋|国庆|十一)[”\"']?(?:节|长假|假期)*"
    r"(?:之前|以前|前夕|前)[^\d后至到]*"
)
_RELATIVE: Final = {"今": 0, "本": 0, "当": 0, "去": -1, "明": 1, "次": 1}


def festival_eve(text: str, year: int, as_of: date | None = None) -> date | None:
    """The last day before a festival, by a text such as 春节前; null for other texts, and for a moving
    festival whose holiday hasn't been published.

    Without a year: before 元旦 is the end of `year`; 春节 is the next one after `as_of`.
    """
    match = _BEFORE.fullmatch(plain(text))
    if match is None:
        return None
    festival, stated = _NOTED[match["festival"]], match["y"]
    if stated:
        year = year + _RELATIVE[stated] if stated in _RELATIVE else int(stated)
    elif festival == "元旦":
        year += 1
    first = _first_day(festival, year)
    if not stated and festival == "春节" and first and as_of and first <= as_of:
        first = _first_day(festival, year + 1)
    return first - timedelta(days=1) if first else None


def _first_day(festival: str, year: int) -> date | None:
    """The first free day of a year's festival."""
    if not 1990 <= year <= 2100:
        return None
    if festival in _FIXED:
        return date(year, *_FIXED[festival])
    return _published().get((festival, year))


@cache
def _published() -> dict[tuple[str, int], date]:
    """The first free day of every festival and year that the calendar names."""
    first: dict[tuple[str, int], date] = {}
    for day, note in sorted(calendar().notes.items()):
        festival = next((word for word in set(_NOTED.values()) if note.startswith(word)), None)
        if festival and "上班" not in note:
            first.setdefault((festival, day.year), day)
    return first
