"""Addresses inside the program; every one carries the filters it was reached with."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, urlencode


def with_params(search: str | None, **changes: str | int | None) -> str:
    """The query string `search` with parameters set, or removed where null; "" when none is left."""
    params = dict(parse_qsl((search or "").lstrip("?"), keep_blank_values=False))
    for name, value in changes.items():
        if value is None:
            params.pop(name, None)
        else:
            params[name] = str(value)
    return f"?{urlencode(params, quote_via=quote)}" if params else ""


def overview(search: str | None = "") -> str:
    """The overview."""
    return f"/{search or ''}"


def timeline(search: str | None = "") -> str:
    """The wall of reverse schedules."""
    return f"/timeline{search or ''}"


def leaders(search: str | None = "") -> str:
    """All leader panels."""
    return f"/leaders{search or ''}"


def leader(name: str, search: str | None = "") -> str:
    """One leader's own page."""
    return f"/leaders/{quote(name, safe='')}{search or ''}"


def project(project_id: str, search: str | None = "") -> str:
    """One project's page."""
    return f"/project/{quote(project_id, safe='')}{search or ''}"


def intake() -> str:
    """The intake page."""
    return "/intake"
