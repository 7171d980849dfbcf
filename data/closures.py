"""Stretches of days on which work rests, as a calendar on the wall shows them: holidays and winter breaks."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final, Literal

from data.winter import BREAKS_FILE
from data.workdays import Calendar, calendar

_WINTER_WORDS: Final = "冬歇:室外停工,手续照办"


@dataclass(frozen=True)
class Closure:
    """Days `first` to `last`, both free; `word` is what the wall writes above them."""

    first: date
    last: date
    kind: Literal["holiday", "winter"]
    word: str


def closures(first: date, last: date, winter_break: str | None = None) -> tuple[Closure, ...]:
    """Statutory holidays from `first` to `last`, and the winter break of this name (null = none).

    Holidays end where the published calendar ends; a break that began before `first` is included.
    """
    found = holidays(calendar(), first, last)
    if winter_break:
        found += [
            closure
            for year in range(first.year - 1, last.year + 1)
            for closure in _winter(winter_break, year)
            if closure.last >= first and closure.first <= last
        ]
    return tuple(found)


def holidays(days: Calendar, first: date, last: date) -> list[Closure]:
    """Runs of free days with a holiday's name; plain weekends are none."""
    found: list[Closure] = []
    day = first
    while day <= last:
        name = days.notes.get(day)
        works = days.is_workday[int(days._row(day))]
        if name and not works:
            if found and found[-1].last == day - timedelta(1):
                found[-1] = Closure(found[-1].first, day, "holiday", found[-1].word)
            else:
                found.append(Closure(day, day, "holiday", name))
        day += timedelta(1)
    return found


def _winter(name: str, year: int) -> list[Closure]:
    """The break of this name that begins in `year`; none when the file does not name it."""
    ends = _breaks(BREAKS_FILE).get(name)
    if ends is None:
        return []
    first, last = ((int(m), int(d)) for m, d in (end.split("-") for end in ends))
    return [Closure(date(year, *first), date(year + (last < first), *last), "winter", _WINTER_WORDS)]


@cache
def _breaks(path: Path) -> dict[str, tuple[str, str]]:
    declared = tomllib.loads(path.read_text("utf-8")).get("break", [])
    return {item["name"]: (item["from"], item["until"]) for item in declared}
