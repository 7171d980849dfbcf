"""Scripts and styles, compressed once: vendored files from their .br/.gz twins, the rest kept in memory.

Dash's own compression works anew at every request. Fingerprinted addresses may be kept by browsers
for a year; others are asked for again and mostly answered with 304.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import brotli
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PREFIXES: Final = ("/assets/", "/_dash-component-suites/")
# Dash writes a version and a time into names of its own files, and ?m=<time> behind those of assets
_FINGERPRINT: Final = re.compile(r"\.v[\w.-]+m\d+\.")
YEAR: Final = "public, max-age=31536000, immutable"
# answers of callbacks are compressed as they go; below this it does not pay
DYNAMIC_BYTES: Final = 1024
ANSWERS_KEPT: Final = 32


@dataclass(frozen=True)
class Static:
    """One file in each coding, with its type and a tag of its content."""

    codings: dict[str, bytes]
    media_type: str
    tag: str


def _compress(body: bytes, quality: int) -> dict[str, bytes]:
    return {"br": brotli.compress(body, quality=quality), "gzip": gzip.compress(body, 6, mtime=0), "": body}


class Bundles:
    """Files of assets/ that a page loads as one; a browser asks one question instead of a dozen."""

    def __init__(self, assets: Path, patterns: Mapping[str, Iterable[str]]) -> None:
        self._assets = assets
        self._patterns = patterns

    def names(self, suffix: str) -> list[str]:
        """Addresses of the bundles of one kind."""
        return [name for name in self._patterns if name.endswith(suffix)]

    def address(self, name: str) -> str:
        """The address with its time, under which it may be kept for a year."""
        return f"{name}?m={self.changed(name)}"

    def changed(self, name: str) -> float | None:
        """When one of its files was last written; null for an address that is no bundle."""
        return max((file.stat().st_mtime for file in self._files(name)), default=None)

    def read(self, name: str) -> tuple[bytes, str]:
        """Its files one after the other, and their type."""
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        return b"\n".join(file.read_bytes() for file in self._files(name)), kind

    def _files(self, name: str) -> list[Path]:
        return [
            file for pattern in self._patterns.get(name, ()) for file in sorted(self._assets.glob(pattern))
        ]


class StaticFiles:
    """ASGI application around the program: answers for files, compresses what else passes."""

    def __init__(self, app: ASGIApp, assets: Path, bundles: Bundles | None = None) -> None:
        self._app = app
        self._assets = assets
        self._bundles = bundles or Bundles(assets, {})
        self._kept: dict[tuple[str, float], Static] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["method"] == "GET" and scope["path"].startswith(PREFIXES):
            await self._serve(scope, receive, send)
        else:
            await self._app(scope, receive, _Compressing(scope, send).send)

    async def warm(self, paths: Iterable[str]) -> None:
        """Compress these files before the first page asks for them."""
        for path in paths:
            await self._find(path, None)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = await self._find(scope["path"], scope)
        if found is None:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        fingerprinted = _FINGERPRINT.search(scope["path"]) or scope["query_string"].startswith(b"m=")
        shown = {
            "etag": found.tag,
            "vary": "accept-encoding",
            "cache-control": YEAR if fingerprinted else "no-cache",
        }
        if headers.get("if-none-match") == found.tag:
            await Response(status_code=304, headers=shown)(scope, receive, send)
            return
        coding = _coding(headers, found.codings)
        if coding:
            shown["content-encoding"] = coding
        answer = Response(found.codings[coding], media_type=found.media_type, headers=shown)
        await answer(scope, receive, send)

    async def _find(self, path: str, scope: Scope | None) -> Static | None:
        """The file of an address, null when the program knows none."""
        changed = self._changed(path)
        if changed is None:
            return None
        # any version text leads to the same file: one entry each, however often it is asked for
        key = (_FINGERPRINT.sub(".", path), changed)
        if key not in self._kept:
            is_bundle = self._bundles.changed(path) is not None
            answer = self._bundles.read(path) if is_bundle else await self._ask(path, scope)
            if answer is None:
                return None
            body, media_type = answer
            self._kept[key] = await asyncio.to_thread(self._make, path, body, media_type)
        return self._kept[key]

    def _changed(self, path: str) -> float | None:
        """When an asset was last written; 0 for files inside packages, null where there is no such asset."""
        if not path.startswith("/assets/"):
            return 0.0
        if (bundled := self._bundles.changed(path)) is not None:
            return bundled
        file = self._file(path)
        return None if file is None else file.stat().st_mtime

    def _file(self, path: str) -> Path | None:
        file = (self._assets / path.removeprefix("/assets/")).resolve()
        inside = file.is_relative_to(self._assets.resolve()) and file.is_file()
        return file if inside else None

    def _make(self, path: str, body: bytes, media_type: str) -> Static:
        tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
        file = self._file(path) if path.startswith("/assets/") else None
        twin = None if file is None else file.with_name(file.name + ".br")
        if file is None or twin is None or not twin.exists():
            return Static(_compress(body, 9), media_type, tag)
        zipped = file.with_name(file.name + ".gz")
        codings = {"br": twin.read_bytes(), "gzip": zipped.read_bytes(), "": body}
        return Static(codings, media_type, tag)

    async def _ask(self, path: str, scope: Scope | None) -> tuple[bytes, str] | None:
        """What the program itself answers for this address, uncompressed."""
        status, body, media_type = 0, b"", "application/octet-stream"

        asked = asyncio.Event()

        async def receive() -> Message:
            # an application that watches for the visitor leaving must wait here, not spin
            if asked.is_set():
                await asyncio.Event().wait()
            asked.set()
            return {"type": "http.request", "body": b"", "more_body": False}

        async def take(message: Message) -> None:
            nonlocal status, body, media_type
            if message["type"] == "http.response.start":
                status = message["status"]
                media_type = Headers(raw=message["headers"]).get("content-type", media_type)
            else:
                body += message.get("body", b"")

        # the root_path and extensions of a real request do not matter for files
        inner: Scope = {
            "type": "http",
            # from 2.4 on answers are not held up by listening for the caller to go away
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [(b"host", b"localhost")],
            "client": None if scope is None else scope.get("client"),
            "server": ("localhost", 0),
        }
        await self._app(inner, receive, take)
        return (body, media_type) if status == 200 else None


def _coding(headers: Headers, codings: dict[str, bytes]) -> str:
    accepted = headers.get("accept-encoding", "")
    return next((name for name in ("br", "gzip") if name in accepted and name in codings), "")


# fifty pages that redraw at once are told the same: it is compressed once
@lru_cache(ANSWERS_KEPT)
def _compressed(body: bytes) -> bytes:
    return bytes(brotli.compress(body, quality=4))


class _Compressing:
    """Passes an answer on, in one compressed piece when it is text of some length."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._accepts_brotli = "br" in Headers(scope=scope).get("accept-encoding", "")
        self._send = send
        self._start: Message | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and self._worth_it(message):
            self._start = message
            return
        if self._start is None:
            await self._send(message)
            return
        start, self._start = self._start, None
        body = message.get("body", b"")
        if not message.get("more_body") and len(body) >= DYNAMIC_BYTES:
            body = _compressed(bytes(body))
            kept = [(k, v) for k, v in start["headers"] if k.lower() != b"content-length"]
            start["headers"] = [
                *kept,
                (b"content-encoding", b"br"),
                (b"vary", b"accept-encoding"),
                (b"content-length", str(len(body)).encode()),
            ]
            message = {**message, "body": body}
        await self._send(start)
        await self._send(message)

    def _worth_it(self, message: Message) -> bool:
        headers = Headers(raw=message["headers"])
        kind = headers.get("content-type", "")
        text = kind.startswith(("text/html", "application/json"))
        return self._accepts_brotli and text and "content-encoding" not in headers
