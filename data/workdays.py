"""Working days: one day-index table; adding or counting them is one lookup for any number of rows.

Holidays and make-up working weekends come from chinesecalendar for the years it covers; files in
data/holidays/ override and extend it (columns date,workday|holiday,note); elsewhere only weekends
are known. Inside, a date is the number of workdays up to and including it (`workday_index`), so a
free day counts as the workday before, and the first day is excluded: 2023-01-19 + 5 = 2023-01-31.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from chinese_calendar import constants
from numpy.typing import NDArray

from data.errors import ConfigurationError

HOLIDAYS_DIR: Final = Path(__file__).resolve().parent / "holidays"
FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2099, 12, 31)
FRAME_FIRST: Final = date(2015, 1, 1)
FRAME_LAST: Final = date(2045, 12, 31)
_EPOCH: Final = date(1970, 1, 1)
_WORDS: Final = {"workday": True, "holiday": False}

Index = NDArray[np.int64]
Days = date | NDArray[Any]


class Calendar:
    """Every day of 2000–2099 as working or free; `known_until` is the last day of published years."""

    def __init__(self, is_workday: NDArray[np.bool_], notes: dict[date, str], known_until: date) -> None:
        self.is_workday = is_workday
        self.notes = notes
        self.known_until = known_until
        self.first = (FIRST_DAY - _EPOCH).days
        self.workday_index: Index = np.cumsum(is_workday).astype(np.int64)
        self.next_index: Index = self.workday_index + ~is_workday
        # position 0 stands for "before the first workday", so that an index never wraps around
        days = np.flatnonzero(is_workday).astype(np.int64) + self.first
        self.day_of_index: Index = np.concatenate([[self.first], days])

    def index(self, days: Days) -> Index:
        """Workdays up to and including each day; days outside 2000–2099 count as the nearest one."""
        found: Index = self.workday_index[self._row(days)]
        return found

    def index_from(self, days: Days) -> Index:
        """The index of the first workday on or after each day."""
        found: Index = self.next_index[self._row(days)]
        return found

    def day(self, index: Index | int) -> Index:
        """Days since 1970-01-01 of each workday index, cut to 2000–2099."""
        found: Index = self.day_of_index[np.clip(index, 0, len(self.day_of_index) - 1)]
        return found

    def add(self, days: Days, workdays: int | NDArray[Any]) -> Any:
        """The day that many working days later (earlier when negative); the first day is excluded.

        A date gives a date, an array (datetime64 or days since 1970) gives datetime64[D].
        """
        result = self.day(self.index(days) + workdays).astype("datetime64[D]")
        return result.item() if isinstance(days, date) and np.ndim(result) == 0 else result

    def between(self, start: Days, end: Days) -> Any:
        """Working days from start to end, negative when end is earlier; free days count as the one before."""
        count = self.index(end) - self.index(start)
        return int(count) if np.ndim(count) == 0 else count

    def workdays_left(self, due: Days, as_of: Days) -> Any:
        """Working days from as_of until due: 0 on the due day, negative the days overdue.

        A due day that is free counts as the workday before, so the Saturday after a Friday is −1.
        """
        last, now, coming = self.index(due), self.index(as_of), self.index_from(as_of)
        left = np.where(coming <= last, last - now, last - coming)
        return int(left) if np.ndim(left) == 0 else left

    def frame(self) -> pl.DataFrame:
        """One row a day 2015–2045: is_workday, workday_index (workdays ≤ day), next_index, note or null."""
        low, high = (FRAME_FIRST - FIRST_DAY).days, (FRAME_LAST - FIRST_DAY).days + 1
        days = pl.date_range(FRAME_FIRST, FRAME_LAST, eager=True)
        return pl.DataFrame(
            {
                "day": days,
                "is_workday": self.is_workday[low:high],
                "workday_index": self.workday_index[low:high].astype(np.int32),
                "next_index": self.next_index[low:high].astype(np.int32),
                "note": pl.Series([self.notes.get(day) for day in days], dtype=pl.String),
            }
        )

    def _row(self, days: Days) -> Index:
        if isinstance(days, date):
            number = np.asarray((days - _EPOCH).days)
        elif days.dtype.kind == "M":
            number = days.astype("datetime64[D]").astype(np.int64)
        else:
            number = days
        row: Index = np.clip(number - self.first, 0, len(self.workday_index) - 1)
        return row


@cache
def calendar(holidays_dir: Path = HOLIDAYS_DIR) -> Calendar:
    """The calendar of this process; raises ConfigurationError naming the file and line that is wrong."""
    count = (LAST_DAY - FIRST_DAY).days + 1
    numbers = np.arange(count) + (FIRST_DAY - _EPOCH).days
    is_workday = (numbers + 3) % 7 < 5  # 1970-01-01 was a Thursday
    notes: dict[date, str] = {}
    for day, name in constants.holidays.items():
        _mark(is_workday, notes, day, False, _chinese(name))
    for day, name in constants.workdays.items():
        _mark(is_workday, notes, day, True, f"{_chinese(name)}调休上班")
    years = {day.year for day in constants.holidays}
    for path in sorted(holidays_dir.glob("*.csv")):
        for day, works, note in _read(path):
            _mark(is_workday, notes, day, works, note)
            years.add(day.year)
    last = next(year for year in sorted(years) if year + 1 not in years)
    return Calendar(is_workday, notes, date(last, 12, 31))


def _mark(is_workday: NDArray[np.bool_], notes: dict[date, str], day: date, works: bool, note: str) -> None:
    if FIRST_DAY <= day <= LAST_DAY:
        is_workday[(day - FIRST_DAY).days] = works
        notes[day] = note


@cache
def _chinese(name: str) -> str:
    return next((str(item.chinese) for item in constants.Holiday if item.value == name), name)


def _read(path: Path) -> Iterator[tuple[date, bool, str]]:
    """Days of one holiday file: (day, works, note). Lines that begin with # are comments."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for number, row in enumerate(csv.reader(lines), start=1):
            cells = [cell.strip() for cell in row]
            if not any(cells) or cells[0].startswith("#") or cells[0] == "date":
                continue
            yield _parse(path, number, cells)


def _parse(path: Path, number: int, cells: list[str]) -> tuple[date, bool, str]:
    try:
        day = date.fromisoformat(cells[0])
        works = _WORDS[cells[1]]
    except (ValueError, KeyError, IndexError) as error:
        raise ConfigurationError(
            f"节假日文件 {path.name} 第{number}行是“{','.join(cells)}”,"
            "应为“2027-01-01,holiday,元旦”这样的日期、workday 或 holiday、说明,请改正后再启动。"
        ) from error
    return day, works, cells[2] if len(cells) > 2 else ""
