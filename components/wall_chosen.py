"""One project on one day, as the panel beside the wall and a projected page tell of it."""

from __future__ import annotations

import asyncio
from datetime import date

from components.wall_side import Chosen
from data.query import queries


async def project_on(project_id: str, as_of: date) -> Chosen | None:
    """A project on a day, null when that day's snapshot does not have it."""
    names = ("project_card", "project_schedule", "project_nodes", "project_problems", "project_visits")
    card, schedule, nodes, problems, visits = await asyncio.gather(
        *(queries().ask(name, project=project_id, as_of=as_of) for name in names)
    )
    if card.is_empty():
        return None
    return Chosen(
        card=card.row(0, named=True),
        schedule=None if schedule.is_empty() else schedule.row(0, named=True),
        nodes=nodes.to_dicts(),
        problems=problems.to_dicts(),
        visits=visits.to_dicts(),
        as_of=as_of,
    )
