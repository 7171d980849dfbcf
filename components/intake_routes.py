"""What the intake page asks of the server besides its pictures: publish, answer, map, roll back, download."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from components.download import Download
from components.hands import Hands
from data import downloads
from data.drafts import Draft, Drafts
from data.errors import GuatuError
from data.history import History
from data.manifest import Version
from data.remembered import Remembered
from data.settings import Settings

NAME_LENGTH: Final = 40
REASON_LENGTH: Final = 500
# people who publish, answer or roll back at once; each may wait for another to be done
ACTS_AT_ONCE: Final = 4
# a workbook in the making keeps a processor busy for seconds
DOWNLOADS_AT_ONCE: Final = 2

log = logging.getLogger("guatu.intake")


class Person(BaseModel):
    """Who does it; null where nobody gave a name."""

    who: str | None = Field(None, max_length=NAME_LENGTH)


class Publication(Person):
    """Publishing a draft; `good_rows_only` holds the rows with errors back."""

    good_rows_only: bool = False


class Answer(Person):
    """The answer to one question of a draft."""

    question: str
    value: str


class ColumnChoice(Person):
    """What an unknown column is: a field of its ledger, "" to leave it."""

    sheet: str
    header: str
    field: str = ""


class Rollback(Person):
    """The version the wall goes back to, and why."""

    version: str
    reason: str = Field("", max_length=REASON_LENGTH)


def router(settings: Settings) -> APIRouter:
    """The routes; sign-in and origin are checked before they are reached."""
    routes, desk = APIRouter(), Desk()
    _draft_routes(routes, Drafts(settings), desk)
    _history_routes(routes, settings, desk)
    return routes


class Desk:
    """Does what is asked and answers in sentences; publishing and writing workbooks wait for no page."""

    def __init__(self) -> None:
        self._acts, self._downloads = Hands(ACTS_AT_ONCE), Hands(DOWNLOADS_AT_ONCE)

    async def told(self, act: Callable[[], Draft | str | None]) -> JSONResponse:
        """Do it; the answer is the sentence for staff, 409 where it could not be done."""
        try:
            done = await self._acts.do(act)
        except GuatuError as refused:
            return JSONResponse({"message": str(refused)}, status_code=409)
        except OSError as fault:
            return _not_written(fault)
        if isinstance(done, Draft):
            return JSONResponse({"message": done.message, "state": done.state})
        return JSONResponse({"message": done or "已完成"})

    async def sent(self, make: Callable[[Path], Path | None]) -> Any:
        """A file to download under its own name; 404 with a sentence where there is none.

        What is made for this one download goes into a folder that is removed after it.
        """
        try:
            folder = Path(tempfile.mkdtemp(prefix="guatu-download-"))
        except OSError as fault:
            return _not_written(fault)
        kept = False
        try:
            path = await self._downloads.do(lambda: make(folder))
            if path is None or not path.is_file():
                return JSONResponse({"message": "文件已经不在了。"}, status_code=404)
            kept = True
            return Download(path, folder)
        except GuatuError as gone:
            return JSONResponse({"message": str(gone)}, status_code=404)
        except OSError as fault:
            return _not_written(fault)
        finally:
            if not kept:
                shutil.rmtree(folder, ignore_errors=True)


def _not_written(fault: OSError) -> JSONResponse:
    log.exception("a file could not be written")
    sentence = f"文件写不进磁盘({fault});请检查磁盘空间和写入权限后再试。"
    return JSONResponse({"message": sentence}, status_code=507)


def _draft_routes(routes: APIRouter, drafts: Drafts, desk: Desk) -> None:
    @routes.post("/api/drafts/{draft_id}/publish", summary="发布一份草稿")
    async def publish(draft_id: str, given: Publication) -> JSONResponse:
        return await desk.told(lambda: drafts.publish(draft_id, given.who, given.good_rows_only))

    @routes.post("/api/drafts/{draft_id}/drop", summary="放弃一份草稿")
    async def drop(draft_id: str, given: Person) -> JSONResponse:
        return await desk.told(lambda: drafts.drop(draft_id))

    @routes.post("/api/drafts/{draft_id}/answer", summary="回答草稿中的一个问题")
    async def answer(draft_id: str, given: Answer) -> JSONResponse:
        return await desk.told(lambda: drafts.answer(draft_id, given.question, given.value, given.who))

    @routes.post("/api/drafts/{draft_id}/column", summary="把一列对应到台账的列")
    async def column(draft_id: str, given: ColumnChoice) -> JSONResponse:
        choose = drafts.map_column
        return await desk.told(lambda: choose(draft_id, given.sheet, given.header, given.field, given.who))

    @routes.get("/api/drafts/{draft_id}/marked", summary="下载标注工作簿")
    async def marked(draft_id: str) -> Any:
        return await desk.sent(lambda _: drafts.marked_copy(draft_id))


def _history_routes(routes: APIRouter, settings: Settings, desk: Desk) -> None:
    history = History(settings)

    @routes.get("/api/loads/{load_id}/file", summary="下载收到的原件")
    async def kept(load_id: str) -> Any:
        return await desk.sent(lambda _: history.load(load_id).kept_file)

    @routes.get("/api/loads/{load_id}/marked", summary="下载退回文件的标注工作簿")
    async def marked(load_id: str) -> Any:
        return await desk.sent(lambda _: history.load(load_id).marked_file)

    @routes.post("/api/rollback", summary="退回到一个快照(产生新的修订,什么也不删除)")
    async def rollback(given: Rollback) -> JSONResponse:
        return await desk.told(
            lambda: (
                f"挂图已按 {given.version} 恢复为 "
                f"{history.roll_back(Version.parse(given.version), given.reason, given.who)}"
            )
        )

    @routes.delete("/api/remembered/{decision_id}", summary="忘掉一个记住的决定")
    async def forget(decision_id: str) -> JSONResponse:
        return await desk.told(lambda: Remembered(settings.data_dir).remove(decision_id))

    @routes.get("/api/template", summary="下载模板:已填入挂图上的数据,或只报变化的空表")
    async def filled_template(changes: bool = False) -> Any:
        make = downloads.changes_template if changes else downloads.full_template
        return await desk.sent(lambda folder: make(settings, folder))
