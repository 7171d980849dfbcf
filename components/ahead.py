"""What the links of a page would show, drawn while nobody waits: who follows one is answered at once.

A county's figures take the server longer than a browser needs to paint them, and while somebody reads
a page both rest. Answers are kept by components/shared_work.py, so none outlives its data.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from itertools import islice
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

MOST: Final = 36  # links of one page that are drawn, in their order
REST_SECONDS: Final = 0.1  # without a request before one is drawn
LOOK_SECONDS: Final = 0.05


class Ahead:
    """The links of the page somebody was answered last, drawn one after another."""

    def __init__(
        self,
        draw: Callable[[str], Awaitable[object]],
        busy: Callable[[], bool] = lambda: False,
        rest_seconds: float = REST_SECONDS,
    ) -> None:
        """`draw` makes the answer of an address; while `busy` says so, other work goes first."""
        self._draw = draw
        self._busy = busy
        self._rest_seconds = rest_seconds
        self._waiting = 0
        self._answered = time.monotonic()
        self._links: deque[str] = deque()
        self._given = asyncio.Event()

    def read(self, links: Iterable[str]) -> None:
        """Somebody reads a page with these links; those of the page before are forgotten."""
        self._links = deque(islice(dict.fromkeys(links), MOST))
        self._given.set()

    async def run(self) -> None:
        """Draw for ever what is read."""
        while True:
            await self._given.wait()
            while self._links:
                await self._quiet()
                if self._links:
                    await self._draw(self._links.popleft())
            self._given.clear()

    def heard(self, app: ASGIApp) -> ASGIApp:
        """The application, each of whose requests goes before what is drawn ahead."""

        async def counted(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                return await app(scope, receive, send)
            self._waiting += 1
            try:
                await app(scope, receive, send)
            finally:
                self._waiting -= 1
                self._answered = time.monotonic()

        return counted

    async def _quiet(self) -> None:
        while self._waiting or time.monotonic() - self._answered < self._rest_seconds or self._busy():  # noqa: ASYNC110
            await asyncio.sleep(LOOK_SECONDS)  # a folder is among the things waited for
