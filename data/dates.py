"""Dates in words: a day, its precision, and what the cell said.

Words name a span; a plan means its last day (一季度 → 03-31), a fact its first (2021年7月 → 2021-07-01).
月初/上旬, 中旬, 下旬/月底 are spans of ten days that end on the 10th, the 20th and the month's last day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal

from data.date_words import is_plain_day, number_span, spelled, text_span
from data.festivals import festival_eve
from data.text import is_nothing, plain
from data.ticks import tick
from data.values import as_text

Edge = Literal["first", "last"]

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
_LONGEST_STATE: Final = 24  # with blanks and line breaks


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


def worded_date(cell: object, year: int, edge: Edge = "last", as_of: date | None = None) -> WordedDate:
    """The date a cell states; `year` stands in where it names none, `edge` chooses the day of a span.

    A deadline may name a festival (国庆前); 春节 without a year is the next one after `as_of`.
    """
    if is_nothing(cell):
        return WordedDate()
    if isinstance(cell, datetime):
        return WordedDate(cell.date(), "day")
    if isinstance(cell, date):
        return WordedDate(cell, "day")
    if isinstance(cell, bool):
        return WordedDate(text=as_text(cell), fault="unreadable")
    text = as_text(cell) or ""
    words = spelled(text)
    span = number_span(cell) if isinstance(cell, int | float) else text_span(words, year)
    if span is not None:
        first, last, precision = span
        worded = precision != "day" or not is_plain_day(text)
        return WordedDate(last if edge == "last" else first, precision, text if worded else None)
    if edge == "last" and (eve := festival_eve(text, year, as_of)):
        return WordedDate(eve, "day", text)
    state, dated = _dated_state(words, year, edge)
    if dated is not None:
        return replace(dated, text=text)
    return WordedDate(text=text, state=state, fault=None if state or tick(text) else "unreadable")


_DATED_STATE: Final = re.compile(r"(?P<state>[^\d(,:]+)[(,:]?(?P<date>[\d今去].*?)\)?")


def _dated_state(text: str, year: int, edge: Edge) -> tuple[str | None, WordedDate | None]:
    """The status a text states, and the date where it names one beside it: 已开工(2023年3月)."""
    match = _DATED_STATE.fullmatch(text)
    state = state_of(match["state"]) if match else state_of(text)
    span = text_span(match["date"], year) if match and state else None
    if span is None:
        return (state, None) if not match else (None, None)
    first, last, precision = span
    return state, WordedDate(last if edge == "last" else first, precision, text, state)


def state_of(cell: object) -> str | None:
    """The project status a cell states as its whole text (已开工, 停工 …), null for anything else."""
    if not isinstance(cell, str) or len(cell) > _LONGEST_STATE:
        return None
    return _STATE_OF.get(plain(cell).rstrip("。.;!"))
