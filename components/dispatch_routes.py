"""What a meeting's pages ask of the server: promises, the agenda, who is named, the time spent, files."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any, Final, Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, Field

from components import dispatch_agenda, dispatch_promises, links
from components.dispatch_link import Shown, scope_of, shown
from components.intake_routes import NAME_LENGTH, REASON_LENGTH, Desk, Person
from data import agenda as agendas
from data import named, promise_export
from data.agenda_order import Act
from data.errors import GuatuError, RecordError
from data.promise_line import LONGEST, Line, parse
from data.promises import projects_of
from data.query import queries
from data.record import record
from data.rhythms import Meeting, rhythm
from data.settings import settings
from data.workdays import FRAME_FIRST, FRAME_LAST

# a page that stood longer than this was left alone: nobody spoke about one project for hours
LONGEST_SECONDS: Final = 3 * 3600


class Promised(Person):
    """One typed line, about a project or none, decided in a meeting in the scope of `search`, or in none."""

    line: str = Field(max_length=LONGEST)
    project: str | None = Field(None, max_length=80)
    rhythm: str | None = Field(None, max_length=20)
    day: date | None = Field(None, ge=FRAME_FIRST, le=FRAME_LAST)
    search: str = Field("", max_length=2000)

    @property
    def meeting(self) -> Meeting | None:
        """The meeting it is decided in, null for none."""
        found = rhythm(self.rhythm) if self.rhythm else None
        return Meeting(found, self.day, scope=scope_of(found, self.search)) if found and self.day else None


class Reason(Person):
    """Why a promise is withdrawn or opened again; what was done."""

    reason: str = Field("", max_length=REASON_LENGTH)


class AgendaAct(Person):
    """One thing done to an agenda; `project` is a number, or for "add" a name or part of one."""

    act: Act
    project: str = Field("", max_length=80)


class NamedEntry(Person):
    """Somebody confirmed for praise or criticism, or taken back."""

    kind: Literal["praise", "criticism"]
    name: str = Field(max_length=NAME_LENGTH)
    words: str = Field(max_length=REASON_LENGTH)
    confirmed: bool


class Spent(BaseModel):
    """How long a project was projected, in seconds."""

    project: str = Field(max_length=80)
    seconds: int = Field(ge=1, le=LONGEST_SECONDS)


def router() -> APIRouter:
    """The routes; sign-in and origin are checked before they are reached."""
    routes, desk = APIRouter(), Desk()
    _promise_routes(routes, desk)
    _following_routes(routes, desk)
    _meeting_routes(routes, desk)
    _file_routes(routes, desk)
    return routes


def understood(given: Promised) -> Line:
    """The line as the program understands it, on the day it is typed."""
    today = settings().as_of()
    found = rhythm(given.rhythm) if given.rhythm else None
    following = found.after(max(today, given.day or today)) if found else None
    return parse(given.line, today, next_meeting=following, otherwise=_leader_of(given.project))


def _leader_of(project_id: str | None) -> str | None:
    if not project_id:
        return None
    found = queries().run("dispatch_projects", project=project_id, also=[project_id])
    leaders: list[str | None] = found["accountable_leader"].to_list()
    return leaders[0] if leaders else None


def _promise_routes(routes: APIRouter, desk: Desk) -> None:
    @routes.post("/api/promises/parse", summary="一行话怎样理解(不保存)")
    async def parsed(given: Promised) -> JSONResponse:
        try:
            line = await asyncio.to_thread(understood, given)
        except GuatuError as told:
            return JSONResponse({"message": str(told)}, status_code=409)
        return JSONResponse(dispatch_promises.understanding(line))

    @routes.post("/api/promises", summary="记下一件会上定的事")
    async def keep(given: Promised) -> JSONResponse:
        def kept() -> str:
            line, held = understood(given), given.meeting
            record().open(
                line,
                project_id=given.project or None,
                rhythm=held.rhythm.name if held else None,
                meeting_day=held.day if held else None,
                scope=held.scope_text if held else "",
                by=given.who,
            )
            return f"已记下:{line.who} {line.what}"

        return await desk.told(kept)


def _following_routes(routes: APIRouter, desk: Desk) -> None:
    @routes.post("/api/promises/{promise_id}/change", summary="改一件督办事项的人、事、期限")
    async def change(promise_id: str, given: Promised) -> JSONResponse:
        return await desk.told(lambda: record().change(promise_id, understood(given), given.who))

    @routes.post("/api/promises/{promise_id}/finish", summary="督办事项办结")
    async def finish(promise_id: str, given: Reason) -> JSONResponse:
        return await desk.told(lambda: record().finish(promise_id, note=given.reason, by=given.who))

    @routes.post("/api/promises/{promise_id}/withdraw", summary="撤销督办事项,记录保留")
    async def withdraw(promise_id: str, given: Reason) -> JSONResponse:
        return await desk.told(lambda: record().withdraw(promise_id, given.reason, given.who))

    @routes.post("/api/promises/{promise_id}/reopen", summary="重新打开督办事项")
    async def reopen(promise_id: str, given: Reason) -> JSONResponse:
        return await desk.told(lambda: record().reopen(promise_id, given.reason, given.who))


def _meeting_routes(routes: APIRouter, desk: Desk) -> None:
    @routes.post("/api/meetings/{name}/{day}/agenda", summary="调整或确定一次会议的议程")
    async def ordered(request: Request, name: str, day: date, given: AgendaAct) -> JSONResponse:
        def acted() -> str:
            found = _meeting(name, day, str(request.url.query))
            project = _project_of(given.project, found) if given.act == "add" else given.project
            agendas.act(record(), found.meeting, found.params, given.act, project, given.who)
            return "议程已更新"

        return await desk.told(acted)

    @routes.post("/api/meetings/{name}/{day}/named", summary="确认或撤回一条表扬、批评")
    async def confirmed(request: Request, name: str, day: date, given: NamedEntry) -> JSONResponse:
        def done() -> str:
            entry = named.Named(given.kind, given.name, given.words, given.confirmed)
            held = _meeting(name, day, str(request.url.query)).meeting
            named.confirm(record(), held, entry, given.who)
            return "已确认" if given.confirmed else "已撤回"

        return await desk.told(done)

    @routes.post("/api/meetings/{name}/{day}/time", summary="记下一项投屏用了多少时间")
    async def spent(request: Request, name: str, day: date, given: Spent) -> JSONResponse:
        def kept() -> None:
            held = _meeting(name, day, str(request.url.query)).meeting
            record().note("time", held.subject, given.model_dump())

        return await desk.told(kept)


def _meeting(name: str, day: date, query: str) -> Shown:
    found = shown(name, links.with_params(f"?{query}", date=day.isoformat()))
    if found is None or found.meeting.day != day:
        raise RecordError(f"{day.month}月{day.day}日没有这种调度会;请从“调度”页选一次会议。")
    return found


def _project_of(typed: str, found: Shown) -> str:
    """The number of the one project a person typed; RecordError tells which ones it may be."""
    text = typed.strip()
    rows = queries().run("project_search", text=text, limit=6, as_of=found.params["as_of"]) if text else None
    if rows is None or rows.is_empty():
        raise RecordError(f"没有找到“{text}”;请写项目名称里的几个字或项目编号。")
    exact = rows.filter((rows["project_id"] == text) | (rows["project_name"] == text))
    chosen = exact if exact.height == 1 else rows
    if chosen.height > 1:
        several = "、".join(
            f"{n}({i})" for i, n in chosen.select("project_id", "project_name").head(5).iter_rows()
        )
        raise RecordError(f"“{text}”不止一个项目:{several};请写全名称或编号。")
    number: str = chosen["project_id"][0]
    return number


def _file_routes(routes: APIRouter, desk: Desk) -> None:
    @routes.get("/api/promises.xlsx", summary="督办台账,Excel")
    async def workbook() -> Any:
        return await desk.sent(lambda folder: promise_export.workbook(folder, _base(), _rows()))

    @routes.get("/api/promises.csv", summary="督办台账,CSV")
    async def text_file() -> Any:
        return await desk.sent(lambda folder: promise_export.text_file(folder, _rows()))

    @routes.get("/projection/meeting/{name}", include_in_schema=False)
    async def projected(request: Request, name: str) -> Response:
        found = shown(name, f"?{request.url.query}")
        if found is None:
            return RedirectResponse(links.dispatch())
        listed = await asyncio.to_thread(agendas.agenda, record(), found.meeting, found.params)
        return RedirectResponse(found.projected(dispatch_agenda.numbers(listed.items)))


def _rows() -> Any:
    promises = record().promises()
    about = projects_of(promises)
    known = queries().version() is not None and about
    names = dispatch_promises.project_names([queries().run("dispatch_projects", also=about)]) if known else {}
    return promise_export.rows(promises, names)


def _base() -> str:
    today = settings().as_of()
    return f"截至 {today.year}年{today.month}月{today.day}日,撤销的不列;亮灯按离期限的工作日数"
