"""Dates in words: a day, its precision, and what the cell said.

Words name a span; a plan means its last day (一季度 → 03-31), a fact its first (2021年7月 → 2021-07-01).
月初/上旬, 中旬, 下旬/月底 are spans of ten days that end on the 10th, the 20th and the month's last day.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import isfinite
from typing import Final, Literal

from data.text import is_nothing, plain
from data.values import as_text, tick

Edge = Literal["first", "last"]
Span = tuple[date, date, str]

# status words a date column may hold instead of a date, and what they make of 项目状态
STATES: Final = {
    "已开工": (
        *("已开工", "已经开工", "已开工建设", "已正式开工", "已动工", "开工建设"),
        *("在建", "建设中", "施工中", "正在建设", "正在施工", "续建"),
    ),
    "已复工": ("已复工", "已经复工", "已复工建设"),
    "停工": ("停工", "已停工", "停建", "缓建"),
    "已竣工": ("已竣工", "已完工", "已建成", "竣工", "已竣工验收"),
    "已投产": ("已投产", "已建成投产", "建成投产", "已达产"),
    "未开工": ("未开工", "尚未开工", "未动工", "前期", "前期工作", "谋划"),
}
_STATE_OF: Final = {word: state for state, words in STATES.items() for word in words}
_EXCEL_DAY_0: Final = date(1899, 12, 30)
_LEAD: Final = re.compile(r"^(?:计划|力争|预计|拟|争取|约|大约|最迟|最晚|确保|于|在)+")
_TAIL: Final = re.compile(r"(?:[前内左右]|之前|以前|为止)?[^\d\-/.一二三四年月至~]*")


@dataclass(frozen=True)
class WordedDate:
    """A date cell. `day` is null for an empty cell, for words that are no date but plain to understand (a
    project's `state`, a tick such as 已办 or 不涉及) and where `fault` is set.

    `precision` is day | ten-day | month | quarter | half | year, null without a day. `text` is what the cell
    said, null for a plain date and for an empty cell. `fault` is "unreadable" or null.
    """

    day: date | None = None
    precision: str | None = None
    text: str | None = None
    state: str | None = None
    fault: str | None = None


def worded_date(cell: object, year: int, edge: Edge = "last") -> WordedDate:
    """The date a cell states; `year` stands in where it names none, `edge` chooses the day of a span."""
    if is_nothing(cell):
        return WordedDate()
    if isinstance(cell, datetime):
        return WordedDate(cell.date(), "day")
    if isinstance(cell, date):
        return WordedDate(cell, "day")
    if isinstance(cell, bool):
        return WordedDate(text=as_text(cell), fault="unreadable")
    text = as_text(cell) or ""
    words = _spelled(text)
    span = _number_span(cell) if isinstance(cell, int | float) else _text_span(words, year)
    if span is not None:
        first, last, precision = span
        worded = precision != "day" or not _PLAIN_DAY.fullmatch(plain(_CLOCK.sub("", text)))
        return WordedDate(last if edge == "last" else first, precision, text if worded else None)
    state, dated = _dated_state(words, year, edge)
    if dated is not None:
        return replace(dated, text=text)
    return WordedDate(text=text, state=state, fault=None if state or tick(text) else "unreadable")


_CLOCK: Final = re.compile(r"(?<=\d)(?:[\sT]+|日\s*)\d{1,2}[:\uff1a]\d{2}(?:[:\uff1a]\d{2}(?:\.\d+)?)?Z?\s*$")
_PLAIN_DAY: Final = re.compile(r"(?:\d{4}|\d{2}年|\d(?=月)|1[0-2](?=月))[\d\-/.年月日号]*|\d{5}(?:\.\d+)?")
_FIGURES: Final = "〇一二三四五六七八九"
_STOP_BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)[。、,](?=\d)")
_YEAR_IN_WORDS: Final = re.compile(rf"[{_FIGURES}零○]{{4}}(?=年)")
_NUMBER_IN_WORDS: Final = re.compile(r"([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)(?=[月日号])")


def _spelled(text: str) -> str:
    """The text plain, without time of day, its figures in words (二〇二三年三月) written as digits."""
    bare = _STOP_BETWEEN_DIGITS.sub(".", plain(_CLOCK.sub("", text)).rstrip(".。;"))
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


_DATED_STATE: Final = re.compile(r"(?P<state>[^\d(,:]+)[(,:]?(?P<date>[\d今去].*?)\)?")


def _dated_state(text: str, year: int, edge: Edge) -> tuple[str | None, WordedDate | None]:
    """The status a text states, and the date where it names one beside it: 已开工(2023年3月)."""
    match = _DATED_STATE.fullmatch(text)
    state = state_of(match["state"]) if match else state_of(text)
    span = _text_span(match["date"], year) if match and state else None
    if span is None:
        return (state, None) if not match else (None, None)
    first, last, precision = span
    return state, WordedDate(last if edge == "last" else first, precision, text, state)


def state_of(cell: object) -> str | None:
    """The project status a cell states as its whole text (已开工, 停工 …), null for anything else."""
    return _STATE_OF.get(plain(cell).rstrip("。.;!")) if isinstance(cell, str) else None


_FROM_TO: Final = re.compile(
    r"(?P<begin>(?:19|20|21)\d\d(?:年|[./]?\d{0,2}月?|年\d{1,2}月))(?:-+|~|至|到)(?P<end>(?:19|20|21)\d\d.*)"
)


def years_of_building(cell: object) -> tuple[WordedDate, WordedDate] | None:
    """When building begins and ends by a cell such as 2023-2025 or 2020年10月—2022年12月, both as plans (the
    last day of what is named); null where the cell isn't two dates in their order."""
    match = _FROM_TO.fullmatch(_spelled(as_text(cell) or ""))
    if match is None:
        return None
    begin, end = (worded_date(match[name], 0, "last") for name in ("begin", "end"))
    if begin.day is None or end.day is None or begin.day > end.day:
        return None
    return begin, end


_MONTH_AS_NUMBER: Final = re.compile(r"20\d\d\.(?:[2-9]|1[12])")


def _number_span(number: float) -> Span | None:
    if not isfinite(number):
        return None
    whole = int(number)
    # an Excel day with its time of day; 2023.3 is a month, but 2023.1 may have been 2023.10
    if whole != number and not 20_000 <= whole <= 80_000:
        return _text_span(repr(number), 0) if _MONTH_AS_NUMBER.fullmatch(repr(number)) else None
    if 1990 <= whole <= 2100:
        return _year(whole)
    if 20_000 <= whole <= 80_000:  # an Excel serial day that lost its format, 1954–2119
        day = _EXCEL_DAY_0 + timedelta(days=whole)
        return day, day, "day"
    return _text_span(str(whole), 0) if 19_900_101 <= whole <= 21_001_231 else None


def _text_span(text: str, year: int) -> Span | None:
    if re.fullmatch(r"[2-7]\d{4}(?:\.\d+)?", text):
        return _number_span(float(text))
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
    (re.compile(r"(?P<y>(?:19|20|21)\d{2}|[今本当去明次后])年度?内?(?!\d)"), _build_year),
    (re.compile(rf"{_Y4}(?![\d\-/.])"), _build_year),
    (re.compile(r"(?P<y>)年内"), _build_year),
)
