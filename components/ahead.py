"""What the links of a page would show, drawn while nobody waits: who follows one is answered at once.

A county's figures take the server longer than a browser needs to paint them, and while somebody reads
a page both rest. Answers are kept by components/shared_work.py, so none outlives its data.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from components import links

MOST: Final = 36  # links of one page that are drawn
# without a request before one is drawn: a browser on the same machine paints meanwhile
REST_SECONDS: Final = 0.4
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
        self._address = ""
        self._links: deque[str] = deque()
        self._given = asyncio.Event()

    def read(self, address: str, leading: Iterable[str]) -> None:
        """Somebody reads the page at an address that leads to these; those of the page before are forgotten.

        First come those that change what was changed last: who looks at one county looks at the next.
        """
        turned = _turned(self._address, address)
        likely = sorted(dict.fromkeys(leading), key=lambda link: _turned(address, link) != turned)
        self._links = deque(likely[:MOST])
        self._address = address
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


def _turned(before: str, after: str) -> set[str]:
    """What differs between two addresses: names of parameters, "" for the page itself."""
    (old_path, old), (new_path, new) = (links.parted(address) for address in (before, after))
    names = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    return names if old_path == new_path else {"", *names}
