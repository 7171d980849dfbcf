"""One project on one day, as the panel beside the wall and a projected page tell of it."""

from __future__ import annotations

import asyncio
from datetime import date

from components.wall_side import Chosen
from data.query import queries


async def project_on(project_id: str, as_of: date) -> Chosen | None:
    """A project on a day, null when that day's snapshot does not have it."""
    found, nodes = await asyncio.gather(
        *(queries().ask(name, project=project_id, as_of=as_of) for name in ("project_side", "project_nodes"))
    )
    if found.is_empty():
        return None
    project = found.row(0, named=True)
    return Chosen(card=project, schedule=project, nodes=nodes.to_dicts(), as_of=as_of)
