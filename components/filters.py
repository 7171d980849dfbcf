"""Filters live in the address bar: a link reproduces the screen, back and forward work.

`parse` turns the query string into query parameters, `search_of` the other way. Every choice on the
filter line is a plain link to the same page with one parameter changed.
"""

from __future__ import annotations

from datetime import date
from typing import Final
from urllib.parse import parse_qsl

from components import links

# the parameters every query understands, in the order they are written into an address
NAMES: Final = (
    "as_of",
    "region",
    "district",
    "leader",
    "level",
    "kind",
    "campaign",
    "industry",
    "department",
    "light",
)


def parse(search: str | None) -> dict[str, str | None]:
    """Query parameters of an address: one entry a filter, null where it is not set.

    An `as_of` that is no date counts as not set; the filter line says so (`bad_date`).
    """
    given = dict(parse_qsl((search or "").lstrip("?")))
    params = {name: given.get(name) or None for name in NAMES}
    if bad_date(search):
        params["as_of"] = None
    return params


def search_of(params: dict[str, str | None]) -> str:
    """The query string of these filters, "" for none."""
    return links.with_params("", **{name: params.get(name) for name in NAMES})


def only(search: str | None) -> str:
    """The filters of a query string without a page's own parameters."""
    return search_of(parse(search))


def bad_date(search: str | None) -> str | None:
    """The text of an `as_of` that is no date, null when there is none or it is good."""
    text = dict(parse_qsl((search or "").lstrip("?"))).get("as_of")
    if text is None:
        return None
    try:
        date.fromisoformat(text)
    except ValueError:
        return text
    return None
