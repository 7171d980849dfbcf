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
from data.rhythms import Meeting, meeting
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
        """The filters as parameters of the queries; the rhythm's own scope stands where none is chosen."""
        own: dict[str, Any] = {str(name): value for name, value in self.meeting.rhythm.scope.items()}
        chosen = {name: value for name, value in filters.parse(self.search).items() if value}
        return own | chosen | {"as_of": self.as_of.isoformat()}

    @property
    def away(self) -> str:
        """The query string for links to other pages: the filters, and the meeting's day once it is over."""
        as_of = self.as_of.isoformat() if self.as_of < settings().as_of() else None
        return links.with_params(self.search, as_of=as_of)

    def at(self, day: date | None) -> str:
        """This rhythm's meeting on another day; null is the one that comes next."""
        kept = links.with_params(self.search, as_of=None, date=day.isoformat() if day else None)
        return links.dispatch(self.meeting.rhythm.name, kept)

    def projected(self, projects: Sequence[str], promises: int) -> str:
        """The address that projects this meeting with these projects, after so many promises."""
        search = links.with_params(self.away, compare=self.meeting.since.isoformat())
        return meeting_address(self.meeting, projects, promises, search)


def shown(rhythm: str, search: str | None) -> Shown | None:
    """The meeting an address asks for; null for a rhythm there isn't."""
    status = status_date(search)
    held = meeting(rhythm, status, wanted_day(search), filters.compared(search))
    if held is None:
        return None
    as_of = min(held.day, status)
    then, now = queries().version(min(held.since, as_of)), queries().version(as_of)
    if then and now and then < now:
        return Shown(held, as_of, then, filters.only(search))
    # nothing is as old as the last meeting: compared with itself, nothing has changed
    return Shown(replace(held, compared=now.day if now else as_of), as_of, None, filters.only(search))


def wanted_day(search: str | None) -> date | None:
    """The day of the meeting in an address; null where it names none or no day of the calendar."""
    try:
        day = date.fromisoformat(links.params(search).get(DATE, ""))
    except ValueError:
        return None
    return day if FRAME_FIRST <= day <= FRAME_LAST else None
