"""Two ways of waiting that asyncio leaves to us."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from typing import TypeVar

Result = TypeVar("Result")


async def to_the_end(work: Coroutine[None, None, Result]) -> Result:
    """The work's result; when the waiting is cancelled meanwhile, only after the work is over."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


async def first_of(events: Iterable[asyncio.Event], seconds: float) -> None:
    """Wait until one of the events is set or the seconds have passed."""
    waits = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waits:
            task.cancel()
