"""Headers that name a span of months and say plan or completed: 1-3月计划投资, 上半年完成, 完成投资/4月."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from data.conform.match import year_of
from data.text import plain
from data.values import header_unit

Kind = Literal["planned", "completed"]


@dataclass(frozen=True)
class MonthSpan:
    """Months `first` to `last` (1–12) of `year`, null where the header names none; planned or completed."""

    kind: Kind
    first: int
    last: int
    year: int | None = None


_YEAR: Final = r"(?:(?P<y>(?:19|20)\d{2})年?)?"
_MONTH: Final = r"(?:1[0-2]|0?[1-9])"
_WHAT: Final = (
    r"(?P<sum>累计)?(?P<what>计划完成|计划|目标|预计完成|预计|实际完成|已完成|完成|实际)"
    r"(?:投资)?(?:完成)?(?:数|额|值|情况)?"
)
_QUARTERS: Final = {
    **dict.fromkeys(("一季度", "1季度"), (1, 3)),
    **dict.fromkeys(("二季度", "2季度"), (4, 6)),
    **dict.fromkeys(("三季度", "3季度"), (7, 9)),
    **dict.fromkeys(("四季度", "4季度"), (10, 12)),
    "上半年": (1, 6),
    "下半年": (7, 12),
    "前三季度": (1, 9),
}
_BY_MONTH: Final = re.compile(rf"{_YEAR}(?:(?P<a>{_MONTH})月?份?[-至到~])?(?P<b>{_MONTH})月份?[底末]?{_WHAT}")
_BY_QUARTER: Final = re.compile(rf"{_YEAR}第?(?P<q>{'|'.join(_QUARTERS)}){_WHAT}")
_WORDS_FIRST: Final = re.compile(
    rf"{_YEAR}度?(?:本年|今年|当年)?度?(?:月度|分月|逐月|每月|各月)?{_WHAT}(?P<rest>.*[月季半].*)"
)


def month_span(path: tuple[str, ...]) -> MonthSpan | None:
    """The span a header's words (from the top row down) name, null where they name none."""
    words = [header_unit(plain(part))[0] for part in path]
    for length in range(1, len(words) + 1):
        above, text = "".join(words[-length:-1]), words[-1]
        for said in dict.fromkeys((above + text, text + above)):
            if span := _read(said):
                year = span.year or next((y for part in reversed(words) if (y := year_of(part))), None)
                return replace(span, year=year)
    return None


def _read(said: str) -> MonthSpan | None:
    match = _BY_MONTH.fullmatch(said) or _BY_QUARTER.fullmatch(said)
    if match is None:
        swapped = _WORDS_FIRST.fullmatch(said)
        if swapped is None:
            return None
        year = swapped["y"] + "年" if swapped["y"] else ""
        match = _BY_MONTH.fullmatch(
            turned := f"{year}{swapped['rest']}{swapped['sum'] or ''}{swapped['what']}"
        )
        match = match or _BY_QUARTER.fullmatch(turned)
    return _span(match) if match else None


def _span(match: re.Match[str]) -> MonthSpan | None:
    groups = match.groupdict()
    year = int(groups["y"]) if groups["y"] else None
    kind: Kind = "planned" if groups["what"].startswith(("计划", "目标", "预计")) else "completed"
    if quarter := groups.get("q"):
        return MonthSpan(kind, *_QUARTERS[quarter], year)
    last = int(groups["b"])
    first = int(groups["a"]) if groups["a"] else 1 if groups["sum"] else last
    return MonthSpan(kind, first, last, year) if first <= last else None
