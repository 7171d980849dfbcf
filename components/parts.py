"""What an address shows, as HTML by place: the browser asks once and draws once (assets/parts.js).

As callbacks of Dash the bar, the filter line and the page were five questions, each a redraw of its own.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable
from typing import Final

from fastapi import APIRouter, Response

from components import filter_line, ids, shell
from components.markup import html_of
from components.pages import Asked, Pages, Parts
from components.shared_work import shared
from data.errors import GuatuError
from data.query import queries

log = logging.getLogger("guatu.parts")

PATH: Final = "/api/parts"
FAULT: Final = "有一处画面没有更新:程序出错,已写入日志。请刷新页面;仍不行请联系管理员。"


class LackingError(Exception):
    """Something could not be drawn: `parts` is the rest, with the sentence that says why."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts[ids.FAULT_TOLD])
        self.parts = parts


def router(pages: Pages) -> APIRouter:
    """The route; it takes the address the browser shows."""
    routes = APIRouter()

    @shared
    async def drawn(path: str, asked: Asked) -> bytes:
        return _json(await parts(pages, path, asked))

    @routes.get(PATH, summary="一个地址上显示的各部分", response_class=Response)
    async def answer(
        path: str,
        search: str = "",
        before: str | None = None,
        plot: float | None = None,
        name: float | None = None,
    ) -> Response:
        room = None if plot is None or name is None else (plot, name)
        found = pages.match(path)
        # what makes no difference must not make another answer of it
        asked = Asked(search, before, room) if found and found[0].board else Asked(search)
        try:
            body = await drawn(path, asked)
        except LackingError as lacking:
            body = _json(lacking.parts)
        return Response(body, media_type="application/json")

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
    return FAULT


def _json(told: Parts) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode()
