"""Configuration files (.toml) that an office may edit: read, and their first fault named."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from data.errors import ConfigurationError


def entries(path: Path, table: str, called: str = "") -> list[Any]:
    """The entries [[table]] of a file, none where it has no such table.

    ConfigurationError, with what the file is `called`, where it is no TOML.
    """
    try:
        found: list[Any] = tomllib.loads(path.read_text("utf-8")).get(table, [])
    except tomllib.TOMLDecodeError as fault:
        raise ConfigurationError(f"{called}{path.name} 读不出({fault}),请改正后再启动。") from fault
    return found


def place_of(fault: ValidationError, whole: str = "") -> str:
    """The field of an entry that is wrong first, dotted where nested; `whole` where it is no single one."""
    return ".".join(str(part) for part in fault.errors()[0]["loc"]) or whole
