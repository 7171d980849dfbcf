"""GET /api/lists/NAME: the windows of a list; GET /api/lists/NAME.xlsx: what is shown, to take along."""

from __future__ import annotations

import asyncio
import json
import shutil
import tempfile
from collections.abc import Awaitable
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, JSONResponse

from components import lists_window
from components.download import Download
from components.hands import Hands
from components.lists_window import Shown
from data import downloads
from data.errors import BadParameter, GuatuError, QueryError, UnknownQuery
from data.lists import LISTS, listing
from data.narrowing import Asked

WINDOW: Final = 100
MOST_WINDOW: Final = 1000
# a workbook in the making keeps a processor busy for seconds; pages are answered meanwhile
WORKBOOKS_AT_ONCE: Final = 2


def router() -> APIRouter:
    """The routes; both take the filters of the address and `find`, `where`, `sort`."""
    routes, hands = APIRouter(), Hands(WORKBOOKS_AT_ONCE)

    @routes.get("/api/lists/{name}.xlsx", summary="导出清单所示的内容", response_class=FileResponse)
    async def workbook(request: Request, name: str) -> Response:
        return await _told(hands.do(lambda: _workbook(request, name)))

    @routes.get("/api/lists/{name}", summary="清单的一段")
    async def window(request: Request, name: str) -> Response:
        return await _told(asyncio.to_thread(_window, request, name))

    return routes


async def _told(work: Awaitable[Response]) -> Response:
    try:
        return await work
    except UnknownQuery as fault:
        return JSONResponse({"message": str(fault)}, 404)
    except QueryError as fault:
        return JSONResponse({"message": str(fault)}, 422)
    except GuatuError as fault:
        return JSONResponse({"message": str(fault)}, 503)


def _shown(request: Request, name: str) -> Shown:
    found = listing(name)
    if found is None:
        names = "、".join(item.name for item in LISTS)
        raise UnknownQuery(f"没有名为“{name}”的清单;可用的清单有:{names}。")
    given = request.query_params
    asked = Asked.of(given.get("find"), given.get("where"), given.get("sort"))
    return lists_window.shown(found, lists_window.filter_params(dict(given)), asked)


def _window(request: Request, name: str) -> Response:
    offset, limit = _number(request, "offset", 0), min(_number(request, "limit", WINDOW), MOST_WINDOW)
    found = _shown(request, name)
    told = {
        "line": found.line,
        "total": found.height,
        "before": found.everything.height,
        "rows": lists_window.rows(found, offset, limit),
    }
    return Response(json.dumps(told, ensure_ascii=False), media_type="application/json")


def _number(request: Request, name: str, otherwise: int) -> int:
    text = request.query_params.get(name)
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadParameter(f"参数“{name}”的值“{text}”不是非负整数;请写成 40 的形式。")
    return int(text)


def _workbook(request: Request, name: str) -> Response:
    found = _shown(request, name)
    columns = lists_window.chosen_columns(found.listing, request.query_params.get("columns"))
    folder = Path(tempfile.mkdtemp(prefix="guatu-list-"))
    title = f"{found.listing.title}清单"
    try:
        made = downloads.list_workbook(folder, title, found.line, columns, found.rows)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Download(made, folder)
