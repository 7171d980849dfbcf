"""What a meeting's page shows, kept in the address: rhythm, day of the meeting, filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from components import filters, links
from components.projection_deck import meeting_address
from components.wall_link import status_date
from data.manifest import Version
from data.query import queries
from data.rhythms import Meeting, Rhythm, meeting
from data.settings import settings
from data.workdays import FRAME_FIRST, FRAME_LAST

DATE = "date"


@dataclass(frozen=True)
class Shown:
    """One meeting as an address asks for it.

    `as_of` is the day its figures stand for: that of the meeting, or the status date while it lies ahead.
    `before` is the version they are compared with, null where none is that old; `search` are the filters.
    """

    meeting: Meeting
    as_of: date
    before: Version | None
    search: str

    @property
    def params(self) -> dict[str, Any]:
        """The meeting's scope as parameters of the queries: the filters chosen, else the rhythm's own."""
        narrowed = filters.parse(self.scoped).items()
        return {name: value for name, value in narrowed if value} | {"as_of": self.as_of.isoformat()}

    @property
    def scoped(self) -> str:
        """The filters with the rhythm's own scope where none is chosen."""
        chosen = links.params(self.search)
        own = {name: value for name, value in self.meeting.rhythm.scope.items() if name not in chosen}
        return links.with_params(self.search, **own)

    @property
    def away(self) -> str:
        """The query string for links to other pages: the scope, and the meeting's day once it is over."""
        as_of = self.as_of.isoformat() if self.as_of < settings().as_of() else None
        return links.with_params(self.scoped, as_of=as_of)

    def at(self, day: date | None) -> str:
        """This rhythm's meeting on another day; null is the one that comes next."""
        kept = links.with_params(self.search, as_of=None, date=day.isoformat() if day else None)
        return links.dispatch(self.meeting.rhythm.name, kept)

    def route(self, action: str) -> str:
        """Where something done with this meeting is posted; with its scope and the day compared with."""
        held = self.meeting
        search = links.with_params(self.away, compare=held.since.isoformat())
        return f"/api/meetings/{held.rhythm.name}/{held.day.isoformat()}/{action}{search}"

    def projected(self, projects: Sequence[str]) -> str:
        """The address that projects this meeting with these projects."""
        search = links.with_params(self.away, compare=self.meeting.since.isoformat())
        return meeting_address(self.meeting, projects, search)


def shown(rhythm: str, search: str | None) -> Shown | None:
    """The meeting an address asks for; null for a rhythm there isn't."""
    status = status_date(search)
    held = meeting(rhythm, status, wanted_day(search), filters.compared(search))
    if held is None:
        return None
    held = replace(held, scope=scope_of(held.rhythm, search))
    as_of = min(held.day, status)
    then, now = queries().version(min(held.since, as_of)), queries().version(as_of)
    if then and now and then < now:
        return Shown(held, as_of, then, filters.only(search))
    # nothing is as old as the last meeting: compared with itself, nothing has changed
    return Shown(replace(held, compared=now.day if now else as_of), as_of, None, filters.only(search))


def scope_of(rhythm: Rhythm, search: str | None) -> tuple[tuple[str, str], ...]:
    """What the filters of an address narrow beyond the rhythm's own scope, by name."""
    chosen = filters.parse(search).items()
    own: dict[str, str] = {str(name): value for name, value in rhythm.scope.items()}
    found = ((name, value) for name, value in chosen if value and name != "as_of")
    return tuple(sorted(pair for pair in found if own.get(pair[0]) != pair[1]))


def wanted_day(search: str | None) -> date | None:
    """The day of the meeting in an address; null where it names none or no day of the calendar."""
    try:
        day = date.fromisoformat(links.params(search).get(DATE, ""))
    except ValueError:
        return None
    return day if FRAME_FIRST <= day <= FRAME_LAST else None
