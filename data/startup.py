"""What the program looks at before it serves: configuration that contradicts itself, a port in use."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from typing import Any, Final

from data.campaigns import campaigns
from data.errors import ConfigurationError
from data.escalation import steps
from data.lights import light_rules
from data.procedures import templates
from data.rhythms import rhythms
from data.score import items
from data.settings import Settings
from data.winter import breaks
from data.workdays import calendar

# the calendar first: rhythms and breaks count with it
_FILES: Final[tuple[tuple[str, Callable[[], Any]], ...]] = (
    ("holidays/*.csv", calendar),
    ("lights.toml", light_rules),
    ("templates/*.toml", templates),
    ("rhythms.toml", rhythms),
    ("campaigns.toml", campaigns),
    ("score.toml", items),
    ("escalation.toml", steps),
)


def refuse_faulty(settings: Settings) -> None:
    """Read every configuration file; ConfigurationError names the first that can't be used and why."""
    for name, load in (*_FILES, ("winter_breaks.toml", lambda: breaks(calendar(), settings.winter_break))):
        try:
            load()
        except (OSError, ValueError, KeyError, TypeError) as fault:
            raise ConfigurationError(
                f"配置文件 data/{name} 读不出({fault});请用 UTF-8 编码保存,对照文件开头的说明改正后再启动。"
            ) from fault


def refuse_taken_port(settings: Settings) -> None:
    """ConfigurationError where another program listens on the port, or nobody can on this address."""
    host, port = settings.host, settings.port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            raise ConfigurationError(
                f"端口 {port} 已经有程序在用。挂图可能已经启动,请直接打开 http://{host}:{port};"
                "要再开一个,请用 GUATU_PORT 另设端口。"
            ) from fault
        raise ConfigurationError(
            f"不能在 {host}:{port} 监听({fault});请核对 GUATU_HOST 和 GUATU_PORT。"
        ) from fault
