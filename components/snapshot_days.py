"""Days with a snapshot, and the earlier one that figures are compared with."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from components import filters
from data.query import queries
from data.settings import settings

# without a meeting to name, "last time" is a week ago
BEFORE: Final = timedelta(days=7)

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

    It is the newest at or before the day the address names, else at or before a week before the status date.
    """
    shown_on = status_date(search)
    now = queries().version(shown_on)
    then = queries().version(filters.compared(search) or shown_on - BEFORE)
    return then.day if now and then and then.day < now.day else None
