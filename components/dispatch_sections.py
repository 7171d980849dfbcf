"""The sections of a meeting's page, each a question asked in the meeting and its answer as a card."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

import polars as pl
from dash.development.base_component import Component

from components import dispatch_daily, dispatch_named, dispatch_promises, dispatch_weekly, dispatch_year
from components.dispatch_link import Shown
from components.dispatch_table import card
from components.dispatch_told import Told, card_of
from data.promises import projects_of
from data.query import queries
from data.rhythms import Section


async def section(name: Section, shown: Shown) -> Component:
    """One section of this meeting."""
    drawn = CARDS.get(name)
    return await drawn(shown) if drawn else card_of(await TOLD[name](shown))


async def promises(shown: Shown) -> Component:
    """What the last meetings decided, with its lights."""
    held = await dispatch_promises.heading(shown)
    names = await named_projects(held, shown)
    empty = f"以前的{shown.meeting.rhythm.word}没有留下未办的事;会上定的事在议程里点“记”写一行。"
    body = dispatch_promises.listed(held, names, shown.away, empty)
    return card("上次会议定的事", dispatch_promises.tally(held), body, "dispatch-wide")


async def named_projects(told: pl.DataFrame, shown: Shown) -> dict[str, str]:
    """Names of the projects that promises are about."""
    wanted = projects_of(told)
    if not wanted:
        return {}
    found = await queries().ask("dispatch_projects", as_of=shown.params["as_of"], also=wanted)
    return dispatch_promises.project_names([found])


# sections that have a drawing of their own, on the page as on the projector
CARDS: Final[dict[Section, Callable[[Shown], Awaitable[Component]]]] = {
    "promises": promises,
    "regions": dispatch_weekly.regions,
    "red": dispatch_weekly.red,
}
TOLD: Final[dict[str, Callable[[Shown], Awaitable[Told]]]] = {
    "newly_overdue": dispatch_daily.newly_overdue,
    "due": dispatch_daily.due_soon,
    "changed": dispatch_daily.changed,
    "must_start": dispatch_daily.must_start,
    "done": dispatch_daily.done,
    "holes": dispatch_daily.holes,
    "leaders": dispatch_weekly.leaders,
    "counties": dispatch_weekly.counties,
    "stalled": dispatch_weekly.stalled,
    "decisions": dispatch_weekly.decisions,
    "targets": dispatch_year.targets,
    "trend": dispatch_year.trend,
    "campaigns": dispatch_year.campaigns,
    "named": dispatch_named.named,
}
