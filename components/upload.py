"""POST /api/upload: a ledger streamed into the inbox folder under a name nobody has yet."""

from __future__ import annotations

import asyncio
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

from data.settings import Settings

KINDS: Final = (".xlsx", ".csv", ".parquet")
NAME_BYTES: Final = 180
_MB: Final = 1_000_000
# signs Windows knows in no file name
_FORBIDDEN: Final = '<>:"|?*'

# one after another, so that two uploads of one name can't choose the same free name
_placing = asyncio.Lock()


class RefusedUploadError(Exception):
    """An upload that is not taken: status code and the sentence why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def file_name(given: str) -> str:
    """The last part of a given name, in composed form; RefusedUploadError when no ledger may be called so."""
    name = unicodedata.normalize("NFC", given.replace("\\", "/").rsplit("/", 1)[-1]).strip()
    if not name or any(unicodedata.category(sign) == "Cc" or sign in _FORBIDDEN for sign in name):
        raise RefusedUploadError(422, f"文件名“{given[:60]}”为空或含有特殊符号,请改名后再上传。")
    if name.startswith(("~$", ".")):
        raise RefusedUploadError(422, f"“{name[:60]}”是 Excel 或 WPS 打开时的临时文件,请选择台账文件本身。")
    if not name.lower().endswith(KINDS):
        raise RefusedUploadError(422, f"“{name[:60]}”不是可接收的格式,请上传 .xlsx、.csv 或 .parquet 文件。")
    if len(name.encode()) > NAME_BYTES:
        raise RefusedUploadError(422, f"文件名过长({len(name)} 个字),请缩短到 50 个字以内。")
    return name


async def save(parts: AsyncIterator[bytes], name: str, settings: Settings) -> str:
    """Write the parts into the inbox and give the name the file got.

    The inbox ignores names ending in .tmp; the finished file appears there at once and whole.
    """
    folder = settings.inbox_dir
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{uuid4().hex}.tmp"
    try:
        await _write(parts, temporary, settings.upload_mb)
        async with _placing:
            target = _free(folder / name)
            temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return target.name


async def _write(parts: AsyncIterator[bytes], path: Path, limit_mb: int) -> None:
    size = 0
    with path.open("wb") as file:
        async for part in parts:
            size += len(part)
            if size > limit_mb * _MB:
                raise RefusedUploadError(413, f"文件超过 {limit_mb} MB 的上限;请删去无关的表或图片后再上传。")
            await asyncio.to_thread(file.write, part)
        await asyncio.to_thread(file.flush)
    if size == 0:
        raise RefusedUploadError(422, "文件是空的,请检查后重新上传。")


def _free(path: Path) -> Path:
    """The path itself, or with -2, -3 … while a file of that name still waits."""
    number, free = 2, path
    while free.exists():
        free = path.with_stem(f"{path.stem}-{number}")
        number += 1
    return free


def router(settings: Settings) -> APIRouter:
    """The upload route; sign-in and origin are checked before it is reached."""
    routes = APIRouter()

    @routes.post(
        "/api/upload",
        status_code=202,
        summary="上传一个台账文件到收件文件夹",
        description="请求体是文件本身,文件名以百分号编码放在 X-File-Name 头;"
        "也可用表单(multipart/form-data)的 file 字段。读取结果见报送页。",
    )
    async def upload(request: Request) -> JSONResponse:
        try:
            saved = await _take(request, settings)
        except RefusedUploadError as refused:
            return JSONResponse({"message": str(refused)}, status_code=refused.status)
        except ClientDisconnect:
            return JSONResponse({"message": "上传中断,请重新上传。"}, status_code=400)
        return JSONResponse({"file_name": saved, "message": f"已收到“{saved}”,正在读取。"}, status_code=202)

    return routes


async def _take(request: Request, settings: Settings) -> str:
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > settings.upload_mb * _MB + 10_000:
        raise RefusedUploadError(
            413, f"文件超过 {settings.upload_mb} MB 的上限;请删去无关的表或图片后再上传。"
        )
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        name = file_name(unquote(request.headers.get("x-file-name", "")))
        return await save(request.stream(), name, settings)
    async with request.form(max_files=1, max_fields=4) as form:
        file = form.get("file")
        if file is None or isinstance(file, str):
            raise RefusedUploadError(422, "表单中没有文件;请把文件放在 file 字段。")
        return await save(_chunks(file), file_name(file.filename or ""), settings)


async def _chunks(file: UploadFile) -> AsyncIterator[bytes]:
    while part := await file.read(1 << 20):
        yield part
