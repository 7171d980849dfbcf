"""The outermost layer: which hosts are answered, who is signed in, and what a page may load.

Dash's own hooks guard only "/" and "/_dash-*" and their answer is ignored, so everything, the
websocket included, passes through here first.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.sign_in import SignIn
from data import video
from data.errors import ConfigurationError
from data.settings import Settings

# answered without signing in: the page for signing in and the sign of life
OPEN_PATHS: Final = ("/sign-in", "/api/health")
SAFE_METHODS: Final = ("GET", "HEAD", "OPTIONS")
# websocket close codes: the program's own range, understood by assets/shell.js
SIGN_IN_NEEDED: Final = 4401
FORBIDDEN: Final = 4403


def is_loopback(host: str) -> bool:
    """Whether a listening address is reachable from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def refuse_open_door(settings: Settings) -> None:
    """ConfigurationError when the program would serve others without a password."""
    given = settings.password.get_secret_value() if settings.password else ""
    if not is_loopback(settings.host) and not given:
        raise ConfigurationError(
            f"监听地址 {settings.host} 可从其他机器访问,但没有设置登录口令;"
            "请设置环境变量 GUATU_PASSWORD 后再启动,或把 GUATU_HOST 改回 127.0.0.1。"
        )


class Hosts:
    """Names this program answers to; others are refused, which stops DNS rebinding."""

    def __init__(self, settings: Settings) -> None:
        self._any_address = not is_loopback(settings.host)
        named = {name.strip().lower() for name in settings.hosts.split(",") if name.strip()}
        self._names = {"localhost", "127.0.0.1", "[::1]", settings.host.lower(), *named}
        if self._any_address:
            self._names |= {socket.gethostname().lower(), socket.getfqdn().lower()}

    def answers(self, host: str) -> bool:
        """Whether a Host header names this program."""
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        return name.lower() in self._names or (self._any_address and _is_address(name))


def _is_address(name: str) -> bool:
    # a literal address can't be re-pointed by somebody else's name server
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def policy(script_hashes: Sequence[str], host: str, cameras: Sequence[str] = ()) -> str:
    """The Content-Security-Policy: this server and the `cameras` named for it, no inline script but Dash's.

    Older Chromium does not count ws: as 'self', so the socket's address is named in full.
    """
    scripts = " ".join(["'self'", *script_hashes])
    # a player hands pictures to the browser as blobs; without it a browser asks the camera itself
    played, asked = " ".join(["blob:", *cameras]), " ".join([f"ws://{host} wss://{host}", *cameras])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; font-src 'self'; media-src 'self' {played}; worker-src 'self'; "
        f"connect-src 'self' {asked}; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


class Guard:
    """The outermost ASGI application around everything else."""

    def __init__(self, app: ASGIApp, settings: Settings, script_hashes: Sequence[str]) -> None:
        self._app = app
        self._hosts = Hosts(settings)
        self._script_hashes = script_hashes
        self._cameras = video.hosts(settings.video_hosts)
        self.sign_in = SignIn(settings) if settings.password else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._hosts.answers(host):
            await _refuse(
                scope, receive, send, 400, "主机名不被接受;请用本机地址访问,或在 GUATU_HOSTS 中登记。"
            )
        elif _is_foreign(scope, headers, host):
            await _refuse(scope, receive, send, 403, "请求来自别的网站,已拒绝;请在本系统页面内操作。")
        elif self.sign_in and scope["path"] not in OPEN_PATHS and not self.sign_in.knows(headers):
            await self._ask_to_sign_in(scope, receive, send, headers)
        else:
            await self._pass(scope, receive, self._with_headers(send, host))

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.sign_in and scope["path"] == "/sign-in" and scope["type"] == "http":
            await self.sign_in(scope, receive, send)
        else:
            await self._app(scope, receive, self._renewed(scope, send))

    def _renewed(self, scope: Scope, send: Send) -> Send:
        """Passes messages on; the answer to a page carries a fresh session when half its time is over."""
        if self.sign_in is None or scope["type"] != "http":
            return send
        cookie = self.sign_in.renewal(Headers(scope=scope))
        if cookie is None:
            return send

        async def renewed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).append("set-cookie", cookie)
            await send(message)

        return renewed

    async def _ask_to_sign_in(self, scope: Scope, receive: Receive, send: Send, headers: Headers) -> None:
        if scope["type"] == "websocket":
            await _close(receive, send, SIGN_IN_NEEDED, "请先登录")
            return
        send = self._with_headers(send, headers.get("host", ""))
        if scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
            assert self.sign_in is not None
            await self.sign_in.redirect(scope)(scope, receive, send)
        else:
            await _sentence(401, "请先登录。")(scope, receive, send)

    def _with_headers(self, send: Send, host: str) -> Send:
        """Adds the headers that tell a browser what this page may do."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["content-security-policy"] = policy(self._script_hashes, host, self._cameras)
                headers["x-content-type-options"] = "nosniff"
                headers["referrer-policy"] = "same-origin"
                headers["x-frame-options"] = "DENY"
                headers["cross-origin-opener-policy"] = "same-origin"
                headers["permissions-policy"] = "camera=(), microphone=(), geolocation=()"
                if "cache-control" not in headers:
                    headers["cache-control"] = "no-store"
            await send(message)

        return with_headers


def _is_foreign(scope: Scope, headers: Headers, host: str) -> bool:
    """Whether another site's page makes this request change something or open a socket here."""
    if scope["type"] == "http" and scope["method"] in SAFE_METHODS:
        return False
    origin = headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc.lower() != host.lower()
    # browsers always send Origin with a socket and with a POST; a script on this machine need not
    return headers.get("sec-fetch-site", "none") not in ("none", "same-origin")


def _sentence(status: int, words: str) -> Response:
    return JSONResponse({"message": words}, status_code=status)


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, words: str) -> None:
    if scope["type"] == "websocket":
        await _close(receive, send, FORBIDDEN, "来源不被接受")
        return
    await _sentence(status, words)(scope, receive, send)


async def _close(receive: Receive, send: Send, code: int, reason: str) -> None:
    """Refuse a socket so that the page sees the code: a close before accepting would hide it."""
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.close", "code": code, "reason": reason})
