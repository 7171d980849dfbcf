"""aria-… and data-… attributes for html components, whose names can't be written as keywords."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def aria(**values: str) -> dict[str, Any]:
    """`aria(label="主导航")` is the attribute aria-label."""
    return {f"aria-{name.replace('_', '-')}": value for name, value in values.items()}


def data(**values: str) -> dict[str, Any]:
    """`data(as_of="2026-11-22")` is the attribute data-as-of."""
    return {f"data-{name.replace('_', '-')}": value for name, value in values.items()}


def json_text(value: Mapping[str, Any] | None) -> str:
    """A mapping, or null, as the text of an attribute that a script reads with JSON.parse."""
    return json.dumps(value, ensure_ascii=False)
