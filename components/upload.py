"""POST /api/upload: a ledger streamed to the server, where it becomes a draft and is judged."""

from __future__ import annotations

import asyncio
import logging
import re
import unicodedata
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive

from components.hands import Hands
from data.drafts import ACCEPTED_SUFFIXES, Draft, Drafts
from data.errors import GuatuError
from data.settings import Settings

log = logging.getLogger("guatu.upload")

KINDS: Final = ACCEPTED_SUFFIXES
KIND_WORDS: Final = "可接收 " + "、".join(KINDS)
NAME_BYTES: Final = 180
PERSON_LENGTH: Final = 40
_MB: Final = 1_000_000
# the lines of a form around its file
_FORM_BYTES: Final = 10_000
# files judged at once; the others wait, and their pages say so
AT_ONCE: Final = 2
# signs Windows knows in no file name, and names it keeps for devices
_FORBIDDEN: Final = '<>:"|?*'
_DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)\.", re.IGNORECASE)


class RefusedUploadError(Exception):
    """An upload that is not taken: status code and the sentence why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def file_name(given: str) -> str:
    """The last part of a given name, in composed form; RefusedUploadError when no ledger may be called so.

    Signs nobody sees, which could make a name look like another one, are left out.
    """
    last = unicodedata.normalize("NFC", given.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(sign for sign in last if unicodedata.category(sign) != "Cf").strip()
    if not name or any(unicodedata.category(sign) == "Cc" or sign in _FORBIDDEN for sign in name):
        raise RefusedUploadError(422, f"文件名“{given[:60]}”为空或含有特殊符号,请改名后再上传。")
    if name.startswith(("~$", ".")):
        raise RefusedUploadError(422, f"“{name[:60]}”是 Excel 或 WPS 打开时的临时文件,请选择台账文件本身。")
    if _DEVICE.match(name):
        raise RefusedUploadError(422, f"“{name[:60]}”是 Windows 保留的名称,请改名后再上传。")
    if not name.lower().endswith(KINDS):
        raise RefusedUploadError(422, f"“{name[:60]}”不是可接收的格式,请另存为 .xlsx 再上传({KIND_WORDS})。")
    if len(name.encode()) > NAME_BYTES:
        raise RefusedUploadError(422, f"文件名过长({len(name)} 个字),请缩短到 50 个字以内。")
    return name


async def receive(parts: AsyncIterator[bytes], name: str, who: str | None, settings: Settings) -> Draft:
    """Write the parts to a temporary file and make a draft of it; nothing stays of a broken upload.

    RefusedUploadError for an empty one.
    """
    settings.drafts_dir.mkdir(parents=True, exist_ok=True)
    temporary = settings.drafts_dir / f".{uuid4().hex}.tmp"
    try:
        await _write(parts, temporary)
        return await asyncio.to_thread(Drafts(settings).receive, temporary, name, who)
    finally:
        temporary.unlink(missing_ok=True)


async def _write(parts: AsyncIterator[bytes], path: Path) -> None:
    size = 0
    with path.open("wb") as file:
        async for part in parts:
            size += len(part)
            await asyncio.to_thread(file.write, part)
        await asyncio.to_thread(file.flush)
    if size == 0:
        raise RefusedUploadError(422, "文件是空的,请检查后重新上传。")


def router(settings: Settings) -> APIRouter:
    """The upload route; sign-in and origin are checked before it is reached."""
    routes, hands = APIRouter(), Hands(AT_ONCE)

    @routes.post(
        "/api/upload",
        status_code=202,
        summary="上传一个台账文件,成为待发布的草稿",
        description="请求体是文件本身,文件名以百分号编码放在 X-File-Name 头,报送人放在 X-Person 头;"
        "也可用表单(multipart/form-data)的 file 字段。校验结果见 /intake/draft/<draft_id>。",
    )
    async def upload(request: Request) -> JSONResponse:
        try:
            draft = await _take(request, settings)
        except RefusedUploadError as refused:
            return JSONResponse({"message": str(refused)}, status_code=refused.status)
        except ClientDisconnect:
            return JSONResponse({"message": "上传中断,请重新上传。"}, status_code=400)
        except (GuatuError, OSError) as fault:
            log.exception("an upload could not be kept")
            sentence = f"收到的文件存不下({fault});挂图未变,请检查磁盘空间和写入权限后重新上传。"
            return JSONResponse({"message": sentence}, status_code=507)
        _work(settings, draft.id, hands)
        told = {"draft_id": draft.id, "file_name": draft.file_name}
        return JSONResponse(told | {"message": f"已收到“{draft.file_name}”,正在校验。"}, status_code=202)

    return routes


# a task nobody holds may be collected before it is done
_working: Final[set[asyncio.Task[Draft]]] = set()


def _work(settings: Settings, draft_id: str, hands: Hands) -> None:
    """Judge a draft in the background; its page follows the steps."""
    task = asyncio.create_task(hands.do(lambda: Drafts(settings).work(draft_id)))
    _working.add(task)
    task.add_done_callback(_ended)


def _ended(task: asyncio.Task[Draft]) -> None:
    _working.discard(task)
    if not task.cancelled() and (fault := task.exception()):
        log.error("草稿没有校验完", exc_info=fault)


async def _take(request: Request, settings: Settings) -> Draft:
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > settings.upload_mb * _MB + _FORM_BYTES:
        raise _too_large(settings)
    is_form = request.headers.get("content-type", "").startswith("multipart/form-data")
    # a form is kept whole before its file can be seen, and need not declare its length
    request = Request(request.scope, _limited(request.receive, settings, _FORM_BYTES if is_form else 0))
    who = unquote(request.headers.get("x-person", "")).strip()[:PERSON_LENGTH] or None
    if not is_form:
        name = file_name(unquote(request.headers.get("x-file-name", "")))
        return await receive(request.stream(), name, who, settings)
    async with request.form(max_files=1, max_fields=4) as form:
        file = form.get("file")
        if file is None or isinstance(file, str):
            raise RefusedUploadError(422, "表单中没有文件;请把文件放在 file 字段。")
        return await receive(_chunks(file), file_name(file.filename or ""), who, settings)


def _too_large(settings: Settings) -> RefusedUploadError:
    return RefusedUploadError(413, f"文件超过 {settings.upload_mb} MB 的上限;请删去无关的表或图片后再上传。")


def _limited(receive: Receive, settings: Settings, more: int) -> Receive:
    """The same messages; RefusedUploadError as soon as they are more than a file and `more` bytes."""
    size, most = 0, settings.upload_mb * _MB + more

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > most:
            raise _too_large(settings)
        return message

    return counted


async def _chunks(file: UploadFile) -> AsyncIterator[bytes]:
    while part := await file.read(1 << 20):
        yield part
