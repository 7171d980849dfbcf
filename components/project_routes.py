"""GET /api/projects/ID/proposal.xlsx, what is tried with a project, and /api/photos/NAME, of its site."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, JSONResponse

from components import project_proposal, project_trial, wall_link
from components.download import Download
from components.project_proposal import Proposal
from data import downloads, photos
from data.errors import GuatuError, QueryError
from data.query import queries
from data.settings import settings


def router() -> APIRouter:
    """The route; it takes the filters of the page and `target`, `try`."""
    routes = APIRouter()

    @routes.get(
        "/api/projects/{project_id}/proposal.xlsx", summary="导出试算方案", response_class=FileResponse
    )
    async def proposal(request: Request, project_id: str) -> Response:
        try:
            return await _workbook(project_id, f"?{request.url.query}")
        except QueryError as fault:
            return JSONResponse({"message": str(fault)}, 422)
        except GuatuError as fault:
            return JSONResponse({"message": str(fault)}, 503)

    @routes.get("/api/photos/{name}", summary="现场照片", response_class=FileResponse)
    async def photo(name: str) -> Response:
        office = settings()
        found = await asyncio.to_thread(photos.photo, office.photos_dir, name, office.timezone)
        if found is None:
            return JSONResponse({"message": f"photos/ 里没有照片“{name}”。"}, 404)
        kept = {"cache-control": "private, max-age=86400"}
        return FileResponse(found.path, media_type=found.media_type, headers=kept)

    return routes


async def _workbook(project_id: str, search: str) -> Response:
    trial = await project_trial.trial(project_id, search)
    if trial is None:
        message = f"没有编号为“{project_id}”的项目,或者它排不出工期;请从项目页的“方案”导出。"
        return JSONResponse({"message": message}, 404)
    card = await queries().ask("project_side", project=project_id, as_of=wall_link.status_date(search))
    told = project_proposal.proposal(trial, card.row(0, named=True))
    return await asyncio.to_thread(_download, told)


def _download(told: Proposal) -> Download:
    folder = Path(tempfile.mkdtemp(prefix="guatu-proposal-"))
    try:
        return Download(downloads.list_workbook(folder, *told), folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
