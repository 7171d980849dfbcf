"""The day a spoken deadline means: 下周五前, 月底前, 5个工作日内, 国庆前, 12月上旬, 下次调度前.

Days as ledgers write them are read by data/date_words.py; here are those that count from the day on which
they are said, found anywhere in a line.
"""

from __future__ import annotations

import calendar as months
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from data.date_words import spelled, text_span
from data.festivals import festival_eve
from data.workdays import calendar

# a day without a year that was over for less than this is a slip, not a day of next year
_LONG_OVER_DAYS: Final = 90

_NUMBER: Final = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_END: Final = r"(?:之前|以前|前|底前|之内|以内|内|为止)?"
_LEAD: Final = r"(?:务必于|务必在|最迟|最晚|力争|争取|确保|必须|务必|须|要|应|请|于|在)*"
_NAMED_YEAR: Final = re.compile(r"\d{4}|[今本当去明次后]年")
_WEEKDAYS: Final = "一二三四五六日"
_FIGURES: Final = {word: number for number, word in enumerate("零一二三四五六七八九十")} | {"两": 2}


@dataclass(frozen=True)
class FoundDay:
    """Where in a line a day stands, in its own words, and which it is."""

    start: int
    end: int
    text: str
    day: date


def find_day(line: str, today: date, next_meeting: date | None) -> FoundDay | None:
    """The first words of the line that name a day, the longest where several begin there."""
    found: list[FoundDay] = []
    for pattern, read in _PATTERNS:
        for match in pattern.finditer(line):
            day = read(match, today, next_meeting)
            if day is not None:
                found.append(FoundDay(match.start(), match.end(), match[0].strip(), day))
                break
    return min(found, key=lambda one: (one.start, -one.end), default=None)


def _absolute(match: re.Match[str], today: date, _next: date | None) -> date | None:
    """A day in a ledger's words; one without a year that is long over means next year's."""
    words = spelled(match["date"])
    span = text_span(words, today.year)
    if span and (today - span[1]).days > _LONG_OVER_DAYS and not _NAMED_YEAR.search(words):
        span = text_span(words, today.year + 1)
    return span[1] if span else None


def _eve(match: re.Match[str], today: date, _next: date | None) -> date | None:
    eve = festival_eve(match["date"], today.year, today)
    return festival_eve(match["date"], today.year + 1, today) if eve and eve < today else eve


def _week(match: re.Match[str], today: date, _next: date | None) -> date:
    """本周五, 下周三, 周五 (the coming one), 下周 (its Friday)."""
    which, word = match["which"] or "", (match["weekday"] or "五").replace("天", "日").replace("末", "日")
    weeks = which.count("下")
    day = today - timedelta(days=today.weekday()) + timedelta(weeks=weeks, days=_WEEKDAYS.index(word))
    return day + timedelta(weeks=1) if not which and day < today else day


def _near(match: re.Match[str], today: date, _next: date | None) -> date:
    return today + timedelta(days={"今": 0, "当": 0, "明": 1, "后": 2}[match["near"]])


def _within(match: re.Match[str], today: date, _next: date | None) -> date:
    """5个工作日内, 3天内, 两周内."""
    count, unit = _number(match["count"]), match["unit"]
    if "工作日" in unit:
        later: date = calendar().add(today, count)
        return later
    return today + timedelta(days=count * (7 if "周" in unit or "星期" in unit else 1))


def _month_end(match: re.Match[str], today: date, _next: date | None) -> date:
    number = today.year * 12 + today.month - 1 + match["month"].count("下")
    year, month = divmod(number, 12)
    return date(year, month + 1, months.monthrange(year, month + 1)[1])


def _meeting(_match: re.Match[str], _today: date, following: date | None) -> date | None:
    return following


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    return (_FIGURES.get(tens, 1) * 10 if ten else _FIGURES[text[0]]) + (_FIGURES.get(ones, 0) if ten else 0)


_Reader = Callable[[re.Match[str], date, date | None], date | None]
_YEAR: Final = r"(?:(?:\d{4}|[今本明后])年)?"
_MONTH: Final = r"(?:1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十])月"
_DAY: Final = r"(?:\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]"
_PART: Final = r"份?(?:上旬|中旬|下旬|月?底|月?末|月?初|中)?"
_FESTIVAL: Final = r"(?:元旦|春节|清明|五一|劳动节|端午|中秋|国庆|十一)节?(?:之前|以前|前)"
_WEEK: Final = r"(?:周|星期|礼拜)"
_NEXT_WEEK: Final = r"(?P<which>本|这个?|下下个?|下个?)"
_DECIMAL_DAY: Final = r"(?<![\d.])(?P<date>\d{1,2}\.\d{1,2})(?![\d.%万亿个公米])[日号]?"
_WORDS: Final[tuple[tuple[str, _Reader], ...]] = (
    (rf"(?P<date>{_YEAR}{_MONTH}(?:{_DAY}|{_PART}))", _absolute),
    (r"(?P<date>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})", _absolute),
    (_DECIMAL_DAY, _absolute),
    (r"(?P<date>(?:(?:\d{4}|[今本明])?年)[底末])", _absolute),
    (rf"(?P<date>{_YEAR}[一二三四]季度)[末底]?", _absolute),
    (rf"(?P<date>{_YEAR}{_FESTIVAL})", _eve),
    (rf"{_NEXT_WEEK}?{_WEEK}(?P<weekday>[一二三四五六日天末])", _week),
    (rf"{_NEXT_WEEK}{_WEEK}(?P<weekday>)", _week),
    (r"(?P<near>[今明后当])[天日]", _near),
    (rf"(?P<count>{_NUMBER})(?P<unit>个?工作日|天|日|周|个?星期)(?:之内|以内|内)", _within),
    (r"(?P<month>本月|这个月|当月|下个?月|(?<!\d)月)[底末]", _month_end),
    (r"(?P<month>本月|这个月|当月|下个?月)", _month_end),
    (r"下一?次(?:调度|会议|例会|会)?(?=之前|以前|前)", _meeting),
)
_PATTERNS: Final = tuple((re.compile(f"{_LEAD}{words}{_END}"), read) for words, read in _WORDS)
