"""GET /api/papers/NAME: a paper to download; …/NAME/steps: the same with what is being done meanwhile."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, JSONResponse, StreamingResponse

from components.download import Download
from components.hands import Hands
from components.papers.asked import asked
from components.papers.catalog import Paper, made, paper
from data.errors import GuatuError, QueryError

# a paper in the making keeps a processor busy for a second or more
AT_ONCE: Final = 2
_FAULT: Final = "程序出错,没有做成,已写入日志;请再试一次,仍不行请联系管理员。"

log = logging.getLogger("guatu.papers")
Step = Callable[[str], None]


def router() -> APIRouter:
    """The routes; both take the filters of the address, `rhythm`, `date` and `project`."""
    routes, hands = APIRouter(), Hands(AT_ONCE)

    @routes.get(
        "/api/papers/{name}", summary="下载通报、会议材料、台账或函件草稿", response_class=FileResponse
    )
    async def whole(request: Request, name: str) -> Response:
        folder = Path(tempfile.mkdtemp(prefix="guatu-paper-"))
        try:
            search = request.url.query
            return Download(await hands.do(lambda: made(paper(name), asked(search), folder)), folder)
        except GuatuError as told:
            shutil.rmtree(folder, ignore_errors=True)
            return JSONResponse({"message": str(told)}, 422 if isinstance(told, QueryError) else 409)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    @routes.get("/api/papers/{name}/steps", summary="制作一份材料,逐行报告做到哪一步,末行是文件")
    async def steps(request: Request, name: str) -> Response:
        return StreamingResponse(_lines(hands, name, request.url.query), media_type="application/x-ndjson")

    return routes


async def _lines(hands: Hands, name: str, search: str) -> AsyncIterator[str]:
    """One JSON a line: {"step", "of", "word"} for each step, then {"name", "file"} or {"message"}."""
    loop, told = asyncio.get_running_loop(), asyncio.Queue[str | None]()

    def step(word: str) -> None:
        loop.call_soon_threadsafe(told.put_nowait, word)

    work = asyncio.ensure_future(hands.do(lambda: _packed(name, search, step)))
    work.add_done_callback(lambda _: told.put_nowait(None))
    number = 0
    while (word := await told.get()) is not None:
        number += 1
        yield _line({"step": number, "of": _steps(name), "word": word})
    yield _line(await _outcome(work))


async def _outcome(work: asyncio.Future[dict[str, str]]) -> dict[str, str]:
    try:
        return await work
    except GuatuError as told:
        return {"message": str(told)}
    except Exception:
        log.exception("材料没有做成")
        return {"message": _FAULT}


def _steps(name: str) -> int:
    found: Paper = paper(name)
    return len(found.steps)


def _packed(name: str, search: str, step: Step) -> dict[str, str]:
    with tempfile.TemporaryDirectory(prefix="guatu-paper-") as folder:
        target = made(paper(name), asked(search), Path(folder), step)
        return {"name": target.name, "file": base64.b64encode(target.read_bytes()).decode()}


def _line(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False) + "\n"
