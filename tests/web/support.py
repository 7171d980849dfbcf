"""A visitor who talks to an ASGI application directly, and an office's guard to talk to."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components import security
from data.settings import Settings
from tests.conftest import STATUS_DATE

HOST = "127.0.0.1:8050"


@dataclass(frozen=True)
class Answer:
    """What came back: for a socket `status` is its close code and `body` what it was sent."""

    status: int
    headers: Headers
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)


class Visitor:
    """Sends requests like one browser: keeps cookies, follows no redirects."""

    def __init__(self, app: ASGIApp, host: str = HOST) -> None:
        self._app = app
        self._host = host
        self.cookies: dict[str, str] = {}

    def get(self, path: str, **headers: str) -> Answer:
        return self.request("GET", path, b"", **headers)

    def post(self, path: str, body: bytes | dict[str, str] = b"", **headers: str) -> Answer:
        if isinstance(body, dict):
            headers.setdefault("content_type", "application/x-www-form-urlencoded")
            body = urlencode(body).encode()
        return self.request("POST", path, body, **headers)

    def request(self, method: str, path: str, body: bytes, **headers: str) -> Answer:
        """One request; `accept_encoding="br"` is the header accept-encoding."""
        answer = asyncio.run(self._exchange("http", method, path, headers, body))
        for cookie in answer.headers.getlist("set-cookie"):
            self.cookies |= cookie_parser(cookie.split(";")[0])
        return answer

    def socket(self, path: str, **headers: str) -> Answer:
        """Opens a socket and listens until it is closed."""
        return asyncio.run(self._exchange("websocket", "", path, headers, b""))

    async def _exchange(
        self, kind: str, method: str, path: str, headers: dict[str, str], body: bytes
    ) -> Answer:
        sent: list[Message] = []
        told = {"host": self._host, "content-length": str(len(body))}
        if self.cookies:
            told["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        plain, _, query = path.partition("?")
        scope: Scope = {
            "type": kind, "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1",
            "method": method, "scheme": "http" if kind == "http" else "ws", "root_path": "",
            "path": plain, "raw_path": quote(plain).encode(),
            "query_string": quote(query, safe="=&%").encode(),
            "headers": [(name.encode(), value.encode()) for name, value in told.items()],
            "client": ("127.0.0.1", 50000), "server": ("127.0.0.1", 8050), "subprotocols": [],
        }  # fmt: skip
        await self._app(scope, _receive(kind, body), _collector(sent))
        return _answer(kind, sent)


def _receive(kind: str, body: bytes) -> Receive:
    waiting = [{"type": "http.request", "body": body}] if kind == "http" else [{"type": "websocket.connect"}]

    async def receive() -> Message:
        return waiting.pop(0) if waiting else {"type": f"{kind}.disconnect", "code": 1000}

    return receive


def _collector(sent: list[Message]) -> Send:
    async def send(message: Message) -> None:
        sent.append(message)

    return send


def _answer(kind: str, sent: list[Message]) -> Answer:
    if kind == "websocket":
        closed = next(m for m in sent if m["type"] == "websocket.close")
        text = "".join(m["text"] for m in sent if m["type"] == "websocket.send")
        return Answer(closed["code"], Headers({}), text.encode())
    body = b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")
    return Answer(sent[0]["status"], Headers(raw=sent[0]["headers"]), body)


async def inner(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers "inside" to any request and any socket: whoever gets here was let in."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "text": "inside"})
        await send({"type": "websocket.close", "code": 1000})
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"inside"})


def settings(folder: Path, **given: object) -> Settings:
    """Settings of an office in this folder."""
    return Settings(data_dir=folder, today=STATUS_DATE, **given)  # type: ignore[arg-type]


def guarded(folder: Path, **given: object) -> security.Guard:
    """The guard of an office with these settings."""
    return security.Guard(inner, settings(folder, **given), ["'sha256-abc'"])
