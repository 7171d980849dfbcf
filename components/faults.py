"""Requests that can't be read: what is wrong with them, in a sentence for whoever sent them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# far more than any question of a page; files go another way (components/upload.py)
JSON_BYTES: Final = 4 * 1024 * 1024
# what is sent there is counted where it is taken
FILES_PATH: Final = "/api/upload"

# half of a character, written out: valid JSON, yet no text that could be stored or sent on
_HALF: Final = re.compile(rb"\\u[dD][89a-fA-F]")
_WORDS: Final = {
    "missing": "缺少“{name}”",
    "json_invalid": "内容不是完整的 JSON",
    "int_parsing": "“{name}”应为整数",
    "float_parsing": "“{name}”应为数",
    "string_type": "“{name}”应为文字",
    "extra_forbidden": "不认识“{name}”",
}


def install(app: FastAPI) -> None:
    """Let this application answer in our words."""
    app.add_exception_handler(RequestValidationError, _not_as_declared)
    app.add_exception_handler(HTTPException, _not_there)


async def _not_as_declared(_: Request, fault: Exception) -> Response:
    assert isinstance(fault, RequestValidationError)
    return sentence(422, f"请求{';'.join(told(fault.errors()))};请改正后再试。")


async def _not_there(_: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    words = {404: "没有这个地址;请核对后再试。", 405: "这个地址不接受这种请求。"}
    return sentence(fault.status_code, words.get(fault.status_code, "这个请求不能办理;请核对后再试。"))


def told(faults: Sequence[Any]) -> list[str]:
    """What is wrong, one text each fault pydantic found."""
    return [_WORDS.get(fault["type"], "“{name}”的值不合要求").format(name=_name(fault)) for fault in faults]


def _name(fault: Any) -> str:
    return str(fault["loc"][-1]) if fault["loc"] else ""


def sentence(status: int, words: str) -> Response:
    """An answer that is nothing but this sentence."""
    return JSONResponse({"message": words}, status_code=status)


class Readable:
    """ASGI application around the program: what is said to be JSON reaches it only as JSON to work with."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD") or _is_file(scope):
            await self._app(scope, receive, send)
            return
        body = await _whole(receive)
        if body is None:
            await sentence(413, f"请求超过 {JSON_BYTES // 2**20} MB,没有读取。")(scope, receive, send)
        elif not _says_json(scope):
            await self._app(scope, _again(body, receive), send)
        elif (readable := _readable(body, scope["path"])) is None:
            await sentence(400, "请求内容不是完整的 JSON;请刷新页面后再试。")(scope, receive, send)
        else:
            await self._app(_of_length(scope, len(readable)), _again(readable, receive), send)


def _is_file(scope: Scope) -> bool:
    return scope["path"] == FILES_PATH and not _says_json(scope)


def _says_json(scope: Scope) -> bool:
    kind = Headers(scope=scope).get("content-type", "").partition(";")[0].strip().lower()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


async def _whole(receive: Receive) -> bytes | None:
    """All of a body, null when it is too long."""
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if len(body) > JSON_BYTES:
            return None
        if not message.get("more_body"):
            return body


def _readable(body: bytes, path: str) -> bytes | None:
    """The body with broken characters replaced; null when it is no JSON, or not what Dash asks with."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if path.startswith("/_dash-") and not (isinstance(value, dict) and {"output", "inputs"} <= value.keys()):
        return None
    if not _HALF.search(body):
        return body
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _of_length(scope: Scope, length: int) -> Scope:
    kept = [(name, value) for name, value in scope["headers"] if name.lower() != b"content-length"]
    return {**scope, "headers": [*kept, (b"content-length", str(length).encode())]}


def _again(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def read() -> Message:
        return waiting.pop() if waiting else await receive()

    return read
