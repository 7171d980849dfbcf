"""Streams of building sites: which addresses a ledger may name, and which of them a page may play."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from data.errors import ConfigurationError

# what a Content-Security-Policy takes as a host: anything else could end the directive it is put in
_HOST: Final = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?")
_UNSAFE: Final = re.compile(r"[\s\\\"'<>\x00-\x1f\x7f]")
_DEFAULT_PORTS: Final = {"http": ":80", "https": ":443"}


@dataclass(frozen=True)
class Stream:
    """A site's stream; `plays` is false where its host is not one that pages may ask."""

    address: str
    plays: bool


def hosts(text: str) -> tuple[str, ...]:
    """The hosts of GUATU_VIDEO_HOSTS ("camera.local, 10.0.0.8:8888"), each with its port if it has one.

    ConfigurationError for a word that is no host.
    """
    found = tuple(word.strip().lower() for word in text.split(",") if word.strip())
    for host in found:
        if not _HOST.fullmatch(host):
            raise ConfigurationError(
                f"GUATU_VIDEO_HOSTS 中的“{host}”不是主机名;"
                "应写成 10.0.0.8:8888 或 camera.local,不带 http:// 和路径,多个以逗号分隔。"
            )
    return found


def stream(text: str | None, allowed: Collection[str]) -> Stream | None:
    """The stream a ledger's cell names; null for anything but http(s) or a path of this server.

    An address with a name and password in it is none either: it would stand on a screen.
    """
    address = (text or "").strip()
    if not address or _UNSAFE.search(address):
        return None
    if address.startswith("/"):
        return None if address.startswith("//") else Stream(address, plays=True)
    host = _host(address)
    return None if host is None else Stream(address, plays=host in allowed)


def _host(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    host = parts.hostname if port is None else f"{parts.hostname}:{port}"
    return host.removesuffix(_DEFAULT_PORTS[parts.scheme])
