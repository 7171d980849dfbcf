"""Hands for long work: judging a file, publishing it, writing a workbook.

asyncio's own threads answer what pages ask. Work that takes seconds, or waits for another's turn, would
keep all of them, and every screen would stand still; so it has threads of its own, and what is more than
they can take waits without any.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


class Hands:
    """So many pieces of long work at once; the others wait their turn."""

    def __init__(self, count: int) -> None:
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="hands")

    async def do(self, work: Callable[[], Result]) -> Result:
        """The work's result."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)
