"""The words of dates as spans of days: 3月中旬, 2023年3月底, 一季度, 二〇二三年三月, 45597.

A span is its first day, its last day and its precision: day, ten-day, month, quarter, half or year.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from math import isfinite
from typing import Final

from data.text import plain

Span = tuple[date, date, str]

_EXCEL_DAY_0: Final = date(1899, 12, 30)
_LEAD: Final = re.compile(r"^(?:计划|力争|预计|拟|争取|约|大约|最迟|最晚|确保|于|在)+")
_TAIL: Final = re.compile(r"(?:[前内左右]|之前|以前|为止)?[^\d\-/.一二三四年月至~]*")
_CLOCK: Final = re.compile(r"(?<=\d)(?:[\sT]+|日\s*)\d{1,2}[:\uff1a]\d{2}(?:[:\uff1a]\d{2}(?:\.\d+)?)?Z?\s*$")
_PLAIN_DAY: Final = re.compile(r"(?:\d{4}|\d{2}年|\d(?=月)|1[0-2](?=月))[\d\-/.年月日号]*|\d{5}(?:\.\d+)?")
_FIGURES: Final = "〇一二三四五六七八九"
_STOP_BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)[。、,](?=\d)")
# the naught of 二〇二三 is typed in many ways
_YEAR_IN_WORDS: Final = re.compile(rf"[{_FIGURES}零○Oo0]{{4}}(?=年)")
_NUMBER_IN_WORDS: Final = re.compile(r"([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)(?=[月日号])")


def spelled(text: str) -> str:
    """The text plain, without time of day, its figures in words (二〇二三年三月) written as digits."""
    # an apostrophe keeps Excel from turning a text into a date
    bare = _STOP_BETWEEN_DIGITS.sub(".", plain(_CLOCK.sub("", text)).rstrip(".。;").lstrip("'"))
    if not re.search(r"[一二三四五六七八九十][年月日号]", bare):
        return bare
    bare = _YEAR_IN_WORDS.sub(lambda m: "".join(str(_figure(c)) for c in m[0]), bare)
    return _NUMBER_IN_WORDS.sub(_digits, bare)


def _digits(match: re.Match[str]) -> str:
    tens, ten, ones = match.groups()
    if not match[0]:
        return ""
    if not ten:
        return str(_figure(tens or ones)) if not (tens and ones) else match[0]
    return str((_figure(tens) if tens else 1) * 10 + (_figure(ones) if ones else 0))


def _figure(character: str) -> int:
    return max(_FIGURES.find(character), 0)


def is_plain_day(text: str) -> bool:
    """Whether a text that was read as a day is nothing but a day, so that its words needn't be kept."""
    return _PLAIN_DAY.fullmatch(plain(_CLOCK.sub("", text))) is not None


_MONTH_AS_NUMBER: Final = re.compile(r"20\d\d\.(?:[2-9]|1[12])")


def number_span(number: float) -> Span | None:
    """The day, month or year a number stands for (an Excel day, 20230315, 2023.3, 2023); null for others."""
    if not isfinite(number):
        return None
    whole = int(number)
    # an Excel day with its time of day; 2023.3 is a month, but 2023.1 may have been 2023.10
    if whole != number and not 20_000 <= whole <= 80_000:
        return text_span(repr(number), 0) if _MONTH_AS_NUMBER.fullmatch(repr(number)) else None
    if 1990 <= whole <= 2100:
        return _year(whole)
    if 20_000 <= whole <= 80_000:  # an Excel serial day that lost its format, 1954–2119
        day = _EXCEL_DAY_0 + timedelta(days=whole)
        return day, day, "day"
    return text_span(str(whole), 0) if 199_001 <= whole <= 210_012 or whole >= 19_900_101 else None


def text_span(text: str, year: int) -> Span | None:
    """The span a text names, made plain by `spelled`; `year` stands in where it names none."""
    if re.fullmatch(r"[2-7]\d{4}(?:\.\d+)?", text):
        return number_span(float(text))
    bare = _LEAD.sub("", text)
    for pattern, build in _PATTERNS:
        match = pattern.match(bare)
        if match and _TAIL.fullmatch(bare, match.end()):
            try:
                return build(match, year)
            except ValueError:
                return None
    return None


def _build_day(match: re.Match[str], year: int) -> Span:
    day = date(_year_of(match["y"], year), int(match["m"]), int(match["d"]))
    if not 1990 <= day.year <= 2100:
        raise ValueError
    return day, day, "day"


def _build_month(match: re.Match[str], year: int) -> Span:
    y, m = _year_of(match["y"], year), int(match["m"])
    last = calendar.monthrange(y, m)[1]
    part = match.groupdict().get("part")
    if part is None:
        return date(y, m, 1), date(y, m, last), "month"
    first_day, last_day = {"上": (1, 10), "初": (1, 10), "中": (11, 20)}.get(part[0], (21, last))
    return date(y, m, first_day), date(y, m, last_day), "ten-day"


def _build_months(match: re.Match[str], year: int) -> Span:
    y, begin, end = _year_of(match["y"], year), int(match["from"]), int(match["m"])
    if begin >= end:
        raise ValueError
    return date(y, begin, 1), date(y, end, calendar.monthrange(y, end)[1]), "month"


def _build_year_start(match: re.Match[str], year: int) -> Span:
    y = _year_of(match["y"], year)
    return date(y, 1, 1), date(y, 1, 31), "month"


def _build_quarter(match: re.Match[str], year: int) -> Span:
    y = _year_of(match["y"], year)
    quarter = "一二三四1234".index(match["q"]) % 4 + 1
    last = calendar.monthrange(y, quarter * 3)[1]
    return date(y, quarter * 3 - 2, 1), date(y, quarter * 3, last), "quarter"


def _build_half(match: re.Match[str], year: int) -> Span:
    y = _year_of(match["y"], year)
    first = match["h"] == "上"
    return (date(y, 1, 1), date(y, 6, 30), "half") if first else (date(y, 7, 1), date(y, 12, 31), "half")


def _build_year_end(match: re.Match[str], year: int) -> Span:
    y = _year_of(match["y"], year)
    return date(y, 12, 1), date(y, 12, 31), "month"


def _build_year(match: re.Match[str], year: int) -> Span:
    return _year(_year_of(match["y"], year))


def _year(year: int) -> Span:
    if not 1990 <= year <= 2100:
        raise ValueError
    return date(year, 1, 1), date(year, 12, 31), "year"


def _year_of(text: str | None, year: int) -> int:
    """The year a text names: four digits, two ('23), or 今/本/当/去/明/次/后 against the file's year."""
    if not text:
        return year
    relative = {"今": 0, "本": 0, "当": 0, "去": -1, "明": 1, "次": 1, "后": 2}
    if text[0] in relative:
        return year + relative[text[0]]
    return int(text) + (2000 if len(text) == 2 else 0)


_Y: Final = r"(?:(?P<y>\d{4}|(?<!\d)\d{2}(?=年)|[今本当去明次后](?=年))年?[-/.]?)?"
_Y4: Final = r"(?P<y>(?:19|20|21)\d{2})"
# what makes a year with words behind it more than the year: 2027年春节前, 2026年中
_WHOLE: Final = r"(?!.*(?:[春夏秋冬节假前后季汛]|国庆|五一|十一|元旦|中秋|端午|清明))(?!年?中(?!期|标|试))"
_M: Final = r"(?P<m>1[0-2]|0?[1-9])"
_D: Final = r"(?P<d>3[01]|[12]\d|0?[1-9])"
_TIME: Final = r"(?:[T日]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
Builder = Callable[[re.Match[str], int], Span]
_PATTERNS: Final[tuple[tuple[re.Pattern[str], Builder], ...]] = (
    (re.compile(rf"{_Y4}[-/.年]{_M}[-/.月]{_D}(?:日|号)?(?!\d){_TIME}"), _build_day),
    # 2023-05-04 08:48:14.0 with its space removed
    (re.compile(rf"{_Y4}-(?P<m>\d\d)-(?P<d>\d\d)\d\d:\d\d(?::\d\d(?:\.\d+)?)?"), _build_day),
    (re.compile(rf"(?P<y>[0-4]\d)(?P<s>[./-]){_M}(?P=s){_D}(?![\d./-])"), _build_day),
    (re.compile(rf"{_Y4}(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"), _build_day),
    (re.compile(rf"{_Y}{_M}月{_D}(?:日|号)?(?!\d)"), _build_day),
    (re.compile(rf"{_Y}{_M}月份?(?P<part>上旬|中旬|下旬|月?初|月?底|月?末|中(?!旬))"), _build_month),
    (re.compile(rf"{_Y}(?P<from>1[0-2]|0?[1-9])月?(?:-|至|到|~){_M}月份?"), _build_months),
    (re.compile(rf"{_Y}{_M}月份?"), _build_month),
    (re.compile(rf"{_Y4}[-/.]{_M}(?![\d\-/.])"), _build_month),
    (re.compile(rf"{_Y}第?(?P<q>[一二三四1-4])季度?(?:末|底)?"), _build_quarter),
    (re.compile(rf"{_Y}[Qq](?P<q>[1-4])"), _build_quarter),
    (re.compile(rf"{_Y}(?P<h>[上下])半年"), _build_half),
    (re.compile(r"(?:(?P<y>\d{4}|[今本当去明次后])年?)?年?[底末]"), _build_year_end),
    (re.compile(r"(?:(?P<y>(?:19|20|21)\d{2}|[今本当去明次后])年?)?年?(?P<m>初)"), _build_year_start),
    (re.compile(rf"(?P<y>(?:19|20|21)\d{{2}}|[今本当去明次后])年度?内?(?!\d){_WHOLE}"), _build_year),
    (re.compile(rf"{_Y4}(?![\d\-/.]){_WHOLE}"), _build_year),
    (re.compile(r"(?P<y>20\d{2})(?P<m>0[1-9]|1[0-2])"), _build_month),
    # 3/15/2026 comes out of an Excel set to American dates
    (re.compile(rf"(?P<m>1[0-2]|0?[1-9])/{_D}/(?P<y>20\d{{2}})"), _build_day),
    # 6.28; but 3.1 may be what a spreadsheet leaves of 3.10
    (re.compile(r"(?P<y>)(?P<m>1[0-2]|[1-9])\.(?P<d>3[01]|[12]\d|[4-9])[日号]?前?$"), _build_day),
    (re.compile(r"(?P<y>)年内"), _build_year),
)
