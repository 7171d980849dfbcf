"""A project as it stands and under the wish of an address, for the page and for the proposal."""

from __future__ import annotations

import asyncio

from components import project_try, wall_link
from components.project_try import Trial
from data.query import queries
from data.settings import settings
from data.what_if import tried


async def trial(project_id: str, search: str | None) -> Trial | None:
    """What this address tries; null for a project that isn't there or has no schedule to try."""
    as_of, wish = wall_link.status_date(search), project_try.wish(search)
    found, nodes = await asyncio.gather(
        *(
            queries().ask(name, project=project_id, as_of=as_of)
            for name in ("project_schedule", "project_nodes")
        )
    )
    if found.is_empty() or found["unscheduled_reason"][0]:
        return None
    then = await asyncio.to_thread(tried, settings(), project_id, as_of, wish) if wish else None
    return Trial(project_id, found.row(0, named=True), nodes.to_dicts(), wish, then, search)
