"""The rhythms of dispatch (domain.md §1): when each meets, before whom, and what it looks at.

They are configuration, data/rhythms.toml. A meeting is known by its rhythm and its day; a day that is free
is shifted to a working day, so the last meeting is a day on which people really met.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from data.configuration import entries, place_of
from data.errors import ConfigurationError
from data.workdays import calendar

RHYTHMS_FILE: Final = Path(__file__).resolve().parent / "rhythms.toml"

Section = Literal[
    "promises", "newly_overdue", "due", "changed", "must_start", "done", "holes", "leaders", "counties",
    "regions", "stalled", "decisions", "targets", "trend", "red", "campaigns", "named",
]  # fmt: skip
Scope = Literal["region", "district", "leader", "level", "kind", "campaign", "industry", "department"]
# twice the longest distance of two monthly meetings, holidays included
_REACH: Final = timedelta(days=120)
_SHIFT: Final = timedelta(days=15)
# "due:3": a kind of page, and how many of it at most
_PAGES: Final = r"^[a-z_]+(:[1-9]\d?)?$"


class Rhythm(BaseModel):
    """One rhythm. `weekdays` are 1 (Monday) to 7, `month_days` 1 to 31 or −1 for the last; one of the three
    ways to say when is given. `scope` narrows the projects before any filter does, `own` says that everybody
    looks at their own. `most_items` bounds the proposed agenda; `days_still` is after how many days without
    change a project stands still (不走道)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,19}$")]
    word: Annotated[str, Field(min_length=1, max_length=12)]
    audience: str = ""
    every: Literal["workday"] | None = None
    weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...] = ()
    month_days: tuple[Annotated[int, Field(ge=-1, le=31)], ...] = ()
    when_free: Literal["next", "previous", "skip"] = "next"
    standard: bool = False
    own: bool = False
    scope: dict[Scope, str] = Field(default_factory=dict)
    most_items: Annotated[int, Field(gt=0, le=100)] = 20
    days_still: Annotated[int, Field(gt=0, le=366)] = 15
    sections: tuple[Section, ...]
    opening: tuple[Annotated[str, Field(pattern=_PAGES)], ...] = ()
    pages: tuple[Annotated[str, Field(pattern=_PAGES)], ...]

    @model_validator(mode="after")
    def _says_when_once(self) -> Rhythm:
        if sum(map(bool, (self.every, self.weekdays, self.month_days))) != 1 or 0 in self.month_days:
            raise ValueError("every、weekdays、month_days 应恰好写一种,month_days 不能有 0")
        return self

    def meetings(self, first: date, last: date) -> list[date]:
        """The days on which it meets from first to last, both included."""
        found = {_working(day, self.when_free) for day in self._nominal(first - _SHIFT, last + _SHIFT)}
        return sorted(day for day in found if day and first <= day <= last)

    def at_or_after(self, day: date) -> date:
        """The next meeting, that of the day itself included."""
        return self.meetings(day, day + _REACH)[0]

    def after(self, day: date) -> date:
        """The first meeting later than a day."""
        return self.at_or_after(day + timedelta(days=1))

    def before(self, day: date) -> date:
        """The last meeting earlier than a day."""
        return self.meetings(day - _REACH, day - timedelta(days=1))[-1]

    def _nominal(self, first: date, last: date) -> Iterator[date]:
        """The days it would meet if nothing were ever free."""
        day = first
        while day <= last:
            if self._is_nominal(day):
                yield day
            day += timedelta(days=1)

    def _is_nominal(self, day: date) -> bool:
        if self.every:
            return bool(calendar().between(day - timedelta(days=1), day))
        if self.weekdays:
            return day.isoweekday() in self.weekdays
        length = months.monthrange(day.year, day.month)[1]
        return day.day in {length if wanted == -1 else min(wanted, length) for wanted in self.month_days}


def _working(day: date, when_free: str) -> date | None:
    """The day, or the working day it is shifted to; null when it falls out."""
    known = calendar()
    if known.between(day - timedelta(days=1), day):
        return day
    if when_free == "skip":
        return None
    index = known.index_from(day) if when_free == "next" else known.index(day)
    shifted: date = known.day(index).astype("datetime64[D]").item()
    return shifted


@dataclass(frozen=True)
class Meeting:
    """One meeting. Everything is compared with the day of the one before, or with the day `compared`.

    `scope` are the filters it is held in beyond the rhythm's own, (name, value) by name: 周两调 of two
    counties are two meetings. Empty is all that the rhythm looks at.
    """

    rhythm: Rhythm
    day: date
    compared: date | None = None
    scope: tuple[tuple[str, str], ...] = ()

    @property
    def since(self) -> date:
        """The day everything is compared with."""
        return self.compared or self.previous

    @property
    def subject(self) -> str:
        """What the record calls it; without a scope as records called meetings before there were scopes."""
        asked = f"?{self.scope_text}" if self.scope else ""
        return f"{self.rhythm.name}/{self.day.isoformat()}{asked}"

    @property
    def scope_text(self) -> str:
        """Its scope as the record keeps it: "region=…&…", empty for all that the rhythm looks at."""
        return urlencode(self.scope)

    @property
    def previous(self) -> date:
        """The day of the meeting before."""
        return self.rhythm.before(self.day)

    @property
    def next(self) -> date:
        """The day of the meeting after."""
        return self.rhythm.after(self.day)


def rhythms(path: Path = RHYTHMS_FILE) -> tuple[Rhythm, ...]:
    """Every rhythm in the order of the file; ConfigurationError says what is wrong in it."""
    return _load(path)


def rhythm(name: str) -> Rhythm | None:
    """The rhythm of this name, null where there is none."""
    return next((one for one in rhythms() if one.name == name), None)


def standard() -> Rhythm:
    """The rhythm whose last meeting screens compare with when nobody says otherwise."""
    return next(one for one in rhythms() if one.standard)


def last_meeting(as_of: date) -> date:
    """The day of the standard rhythm's last meeting before a status date."""
    return standard().before(as_of)


def meeting(
    name: str, status: date, wanted: date | None = None, compared: date | None = None
) -> Meeting | None:
    """The meeting at or after the wanted day, else at or after the status date; null for no such rhythm."""
    found = rhythm(name)
    return None if found is None else Meeting(found, found.at_or_after(wanted or status), compared)


@cache
def _load(path: Path) -> tuple[Rhythm, ...]:
    found = tuple(_rhythm(path, row) for row in entries(path, "rhythm", "调度节奏 "))
    names = [one.name for one in found]
    if len(set(names)) < len(names):
        raise ConfigurationError(f"调度节奏 {path.name} 中有两种同名({'、'.join(names)}),请改正后再启动。")
    if sum(one.standard for one in found) != 1:
        raise ConfigurationError(f"调度节奏 {path.name} 应恰有一种写 standard = true,请改正后再启动。")
    return found


def _rhythm(path: Path, row: dict[str, Any]) -> Rhythm:
    try:
        return Rhythm.model_validate(row)
    except ValidationError as fault:
        raise ConfigurationError(
            f"调度节奏 {path.name} 中“{row.get('word', row.get('name', '?'))}”的 {place_of(fault, '时间')} "
            f"写的是“{fault.errors()[0].get('input')}”,不合写法;请对照文件开头的说明改正后再启动。"
        ) from fault
