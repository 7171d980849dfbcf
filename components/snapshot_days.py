"""Days with a snapshot, and the earlier one that figures are compared with."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from components import filters
from data import rhythms
from data.query import queries
from data.settings import settings

# a trend of more days than this is asked for by its first day
TREND_DAYS: Final = 60

Day = tuple[date, int]


def days() -> tuple[Day, ...]:
    """Days with a snapshot and the newest revision of each, newest day first."""
    return _days(queries().state())


@lru_cache(2)
def _days(_state: object) -> tuple[Day, ...]:
    # every manifest is read for it: once a publication is enough
    newest: dict[date, int] = {}
    for day, revision in queries().snapshot_days().select("day", "revision").iter_rows():
        newest.setdefault(day, revision)
    return tuple(newest.items())


def status_date(search: str | None) -> date:
    """The day the address asks for, else today."""
    asked = filters.parse(search)["as_of"]
    return date.fromisoformat(asked) if asked else settings().as_of()


def since(search: str | None) -> date | None:
    """The day of the snapshot that figures are compared with; null when there is none before the shown one.

    It is the newest at or before the day the address names, else the day of the last meeting.
    """
    shown_on = status_date(search)
    now = queries().version(shown_on)
    then = queries().version(filters.compared(search) or rhythms.last_meeting(shown_on))
    return then.day if now and then and then.day < now.day else None


def first_of_trend(since: date | None) -> date | None:
    """The day a trend has to begin with to tell of `since`; null where its usual length does."""
    known = [day for day, _ in days()]
    far = len(known) > TREND_DAYS and since is not None and since < known[TREND_DAYS - 1]
    return since if far else None
