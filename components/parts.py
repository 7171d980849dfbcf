"""What an address shows, as HTML by place: the browser asks once and draws once (assets/parts.js).

As callbacks of Dash the bar, the filter line and the page were five questions, each a redraw of its own.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, replace
from html import unescape
from typing import Final

from fastapi import APIRouter, Response

from components import filter_line, ids, links, shell
from components.ahead import Ahead
from components.markup import html_of
from components.pages import Asked, Page, Pages, Parts
from components.shared_work import shared
from data.errors import GuatuError
from data.query import queries

log = logging.getLogger("guatu.parts")

PATH: Final = "/api/parts"
_LINK: Final = re.compile(r'href="(/[^"]*)"')


class LackingError(Exception):
    """Something could not be drawn: `parts` is the rest, with the sentence that says why."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts[ids.FAULT_TOLD])
        self.parts = parts


@dataclass(frozen=True)
class Drawn:
    """The answer of an address: JSON, and the addresses its bar and its filter line lead to."""

    body: bytes
    links: tuple[str, ...]


class Answers:
    """The answers of the pages' addresses, those asked for and those drawn before somebody asks."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        # of each page with a board, as the last browser measured it
        self._rooms: dict[str, tuple[float, float]] = {}

    async def told(self, path: str, asked: Asked) -> Drawn:
        """What a browser asks for; LackingError when not all of it can be drawn."""
        page = self._page(path)
        if page and page.board and asked.room:
            self._rooms[page.path] = asked.room
        return await self._drawn(path, meant(page, path, asked))

    async def ahead(self, address: str) -> None:
        """Draw an address that nobody has asked for yet; one that can't be drawn is told when it is asked."""
        path, query, asked = address.partition("?")
        page = self._page(path)
        if page is None or page.parts is None or (page.board and page.path not in self._rooms):
            return
        with suppress(LackingError):
            await self._drawn(path, meant(page, path, Asked(query + asked, room=self._rooms.get(page.path))))

    def _page(self, path: str) -> Page | None:
        found = self._pages.match(path)
        return found[0] if found else None

    @shared
    async def _drawn(self, path: str, asked: Asked) -> Drawn:
        told = await parts(self._pages, path, asked)
        leading = told.get(ids.NAVIGATION, "") + told.get(ids.FILTERS, "")
        return Drawn(_json(told), tuple(unescape(link) for link in _LINK.findall(leading)))


def meant(page: Page | None, path: str, asked: Asked) -> Asked:
    """What of it makes a difference to this page: the rest must not make another answer of it."""
    if page is None or not page.board:
        told = Asked(asked.search)
    else:
        rows = links.unchosen(asked.search)
        same = asked.before is not None and links.unchosen(asked.before) == rows
        told = replace(asked, before=rows if same else None)
    return replace(told, path=path) if page and page.variable else told


def router(answers: Answers, ahead: Ahead) -> APIRouter:
    """The route; it takes the address the browser shows."""
    routes = APIRouter()

    @routes.get(PATH, summary="一个地址上显示的各部分", response_class=Response)
    async def answer(
        path: str,
        search: str = "",
        before: str | None = None,
        plot: float | None = None,
        name: float | None = None,
    ) -> Response:
        room = None if plot is None or name is None else (plot, name)
        try:
            drawn = await answers.told(path, Asked(search, before, room))
        except LackingError as lacking:
            return Response(_json(lacking.parts), media_type="application/json")
        ahead.read(path + search, drawn.links)
        return Response(drawn.body, media_type="application/json")

    return routes


async def parts(pages: Pages, path: str, asked: Asked) -> Parts:
    """The frame and, where the page is drawn this way, the page itself; LackingError when not all of it."""
    found = pages.match(path)
    works: list[Awaitable[Parts]] = [
        shell.frame(path, asked.search), filter_line.parts(path, asked.search),
    ]  # fmt: skip
    if found is not None and found[0].parts is not None:
        works.append(found[0].parts(asked))
    told: Parts = {ids.FAULT_TOLD: ""}
    for done in await asyncio.gather(*works, return_exceptions=True):
        told |= {ids.FAULT_TOLD: html_of(_sentence(done))} if isinstance(done, BaseException) else done
    if told[ids.FAULT_TOLD]:
        raise LackingError(told)
    return told


def _sentence(fault: BaseException) -> str:
    if isinstance(fault, GuatuError):
        # without a snapshot the page itself says what to do
        return "" if queries().version() is None else str(fault)
    if not isinstance(fault, Exception):
        raise fault
    log.error("画面出错", exc_info=fault)
    return shell.NOT_SHOWN


def _json(told: Parts) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode()
