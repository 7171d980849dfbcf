"""Signing in with the office's password: a signed cookie, a time limit, a lock after wrong tries."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import time
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, quote, urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request, cookie_parser
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from data.settings import Settings

COOKIE: Final = "guatu_session"
SESSION_SECONDS: Final = 12 * 3600
WRONG_TRIES: Final = 5
LOCK_SECONDS: Final = 15 * 60
# a password form is far smaller; more is not read
FORM_BYTES: Final = 4096

_PAGE: Final = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>登录 · 挂图</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
body{margin:0;min-height:100vh;display:grid;place-items:center;background:#eef2f5;color:#12202b;
font:17px/1.5 "Microsoft YaHei UI","Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif}
form{background:#fff;border:1px solid #d5dce2;border-radius:8px;padding:32px 36px;width:min(360px,86vw)}
h1{font-size:22px;margin:0 0 20px}label{display:block;margin-bottom:6px}p{color:#c4232b;margin:12px 0 0}
input,button{font:inherit;width:100%;box-sizing:border-box;padding:9px 12px;border-radius:6px;
border:1px solid #9aa6b0}
button{margin-top:18px;background:#0b5cad;border-color:#0b5cad;color:#fff;cursor:pointer}
</style></head><body><form method="post"><h1>挂图 · {city}</h1><label for="password">登录口令</label>
<input id="password" name="password" type="password" autocomplete="current-password" required autofocus>
<button>登录</button>{fault}</form></body></html>"""


class Tries:
    """Wrong tries by address; five lock it for a quarter of an hour."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._wrong: dict[str, list[float]] = {}

    def locked_seconds(self, address: str) -> float:
        """How long this address stays locked; 0 when it may try."""
        recent = [at for at in self._wrong.get(address, []) if self._clock() - at < LOCK_SECONDS]
        if not recent:
            self._wrong.pop(address, None)
            return 0.0
        self._wrong[address] = recent
        return max(0.0, recent[-1] + LOCK_SECONDS - self._clock()) if len(recent) >= WRONG_TRIES else 0.0

    def wrong(self, address: str) -> int:
        """Note a wrong try; how many are left."""
        self._wrong.setdefault(address, []).append(self._clock())
        return max(0, WRONG_TRIES - len(self._wrong[address]))

    def right(self, address: str) -> None:
        """Forget the wrong tries of an address that knows the password."""
        self._wrong.pop(address, None)


class SignIn:
    """The sign-in page, and who is signed in."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.time) -> None:
        assert settings.password is not None
        self._password = settings.password.get_secret_value().encode()
        self._city = settings.city
        self._clock = clock
        # a changed password ends every session; the key on disk keeps them over a restart
        self._key = hashlib.sha256(_key(settings.data_dir / ".session_key") + self._password).digest()
        self.tries = Tries(clock)

    def knows(self, headers: Headers) -> bool:
        """Whether a request carries a session that is ours and not over."""
        return self._seconds_left(headers) > 0

    def renewal(self, headers: Headers) -> str | None:
        """The Set-Cookie of a longer session when half its time is over, else null."""
        left = self._seconds_left(headers)
        return self._cookie(_is_https(headers)) if 0 < left < SESSION_SECONDS / 2 else None

    def redirect(self, scope: Scope) -> Response:
        """To the sign-in page, and back here afterwards."""
        query = scope["query_string"].decode("latin-1")
        target = quote(scope["path"], safe="/") + (f"?{query}" if query else "")
        return RedirectResponse(f"/sign-in?next={quote(target, safe='')}", status_code=303)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        answer = await self._post(request) if request.method == "POST" else self._page("")
        await answer(scope, receive, send)

    async def _post(self, request: Request) -> Response:
        address = request.client.host if request.client else ""
        locked = self.tries.locked_seconds(address)
        if locked:
            return self._page(f"口令连续错误 {WRONG_TRIES} 次,请 {int(locked // 60) + 1} 分钟后再试。", 429)
        given = await _password(request)
        if not hmac.compare_digest(given, self._password):
            left = self.tries.wrong(address)
            return self._page(
                f"口令不正确,还可再试 {left} 次。" if left else "口令不正确,已锁定 15 分钟。", 401
            )
        self.tries.right(address)
        answer = RedirectResponse(_inside(request.query_params.get("next", "/")), status_code=303)
        answer.headers.append("set-cookie", self._cookie(request.url.scheme == "https"))
        return answer

    def _page(self, fault: str, status: int = 200) -> Response:
        words = f'<p role="alert">{escape(fault)}</p>' if fault else ""
        page = _PAGE.replace("{city}", escape(self._city)).replace("{fault}", words)
        return HTMLResponse(page, status_code=status)

    def _sign(self, ends: str) -> str:
        return hmac.new(self._key, ends.encode(), hashlib.sha256).hexdigest()

    def _cookie(self, https: bool) -> str:
        ends = str(int(self._clock()) + SESSION_SECONDS)
        secure = "; Secure" if https else ""
        value = f"{ends}.{self._sign(ends)}"
        return f"{COOKIE}={value}; Path=/; Max-Age={SESSION_SECONDS}; HttpOnly; SameSite=Strict{secure}"

    def _seconds_left(self, headers: Headers) -> float:
        ends, _, signature = cookie_parser(headers.get("cookie", "")).get(COOKIE, "").partition(".")
        if not ends.isdigit() or not hmac.compare_digest(signature.encode(), self._sign(ends).encode()):
            return 0.0
        return int(ends) - self._clock()


def _key(path: Path) -> bytes:
    """This office's secret, made once and readable by the program's account only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(32))
    return path.read_bytes()


async def _password(request: Request) -> bytes:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > FORM_BYTES:
            return b""
    return parse_qs(body.decode("utf-8", "replace")).get("password", [""])[0].encode()


def _inside(target: str) -> str:
    """The address to go on to, the overview when it would lead elsewhere."""
    parts = urlsplit(target)
    outside = parts.scheme or parts.netloc or not target.startswith("/") or "\\" in target
    return "/" if outside or target.startswith("//") else target


def _is_https(headers: Headers) -> bool:
    return headers.get("x-forwarded-proto", "") == "https"
