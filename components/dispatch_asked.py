"""Questions of a meeting's page, asked in its scope and compared with the meeting before."""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from components import formats
from components.dispatch_link import Shown
from data.query import queries

# rows a section shows; the lists behind it show all
SHOWN: Final = 30
# rows a section makes, for the projector's pages
MOST: Final = 90
FEW: Final = 12
NO_BEFORE: Final = "没有上次会议那天的快照,不能比较。"


async def ask_for(name: str, shown: Shown, **more: Any) -> pl.DataFrame:
    """The answer to a question in the meeting's scope, on its day."""
    return await queries().ask(name, **shown.params, **more)


async def changes(name: str, shown: Shown, **more: Any) -> pl.DataFrame | None:
    """What changed since the last meeting; null where there is nothing to compare with."""
    if shown.before is None:
        return None
    return await ask_for(name, shown, since=shown.meeting.since, **more)


def since(shown: Shown) -> str:
    """What everything is compared with: "与 11月16日第1版比"."""
    if shown.before is None:
        return "没有可比的快照"
    return f"与 {formats.short_day(shown.before.day)}第{shown.before.revision}版比"
