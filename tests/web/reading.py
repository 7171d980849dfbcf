"""What a component says, as read on screen."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component


def words(part: Any) -> str:
    """All text of a component, of a list of them, or of a plain value; null says nothing."""
    if isinstance(part, Component):
        return words(getattr(part, "children", None))
    if isinstance(part, list | tuple):
        return "".join(words(child) for child in part)
    return "" if part is None else str(part)
