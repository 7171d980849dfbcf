"""Filters live in the address bar: a link reproduces the screen, back and forward work.

`parse` turns the query string into query parameters, `search_of` the other way. Every choice on the
filter line is a plain link to the same page with one parameter changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from components import links
from components.light import ORDER
from data.workdays import FRAME_FIRST, FRAME_LAST

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
# the earlier day that figures are compared with; it narrows nothing, so queries don't know it
COMPARE: Final = "compare"


def parse(search: str | None) -> dict[str, str | None]:
    """Query parameters of an address: one entry a filter, null where it is not set.

    An `as_of` that is no date (the filter line says so, `bad_date`) and a light there isn't count as not set.
    """
    given = links.params(search)
    params = {name: given.get(name) or None for name in NAMES}
    if _date(params["as_of"]) is None:
        params["as_of"] = None
    if params["light"] not in ORDER:
        params["light"] = None
    return params


def compared(search: str | None) -> date | None:
    """The earlier day an address compares with; null when it names none, or what isn't a date."""
    return _date(links.params(search).get(COMPARE))


def search_of(params: Mapping[str, str | None]) -> str:
    """The query string of these filters, "" for none."""
    return links.with_params("", **{name: params.get(name) for name in (*NAMES, COMPARE)})


def only(search: str | None) -> str:
    """The filters of a query string, and the day compared with, without a page's own parameters."""
    earlier = compared(search)
    return search_of(parse(search) | {COMPARE: earlier.isoformat() if earlier else None})


def toggled(search: str | None, **choice: str | None) -> str:
    """The query string with this choice made, or taken back where it stands already."""
    chosen = parse(search)
    stands = all(chosen[name] == value for name, value in choice.items())
    return links.with_params(search, **(dict.fromkeys(choice) if stands else choice))


def bad_date(search: str | None) -> str | None:
    """The text of an `as_of` that is no date, null when there is none or it is good."""
    text = links.params(search).get("as_of")
    return None if text is None or _date(text) else text


def _date(text: str | None) -> date | None:
    """The day a text names; null for what is no date, or none of the calendar's."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if FRAME_FIRST <= day <= FRAME_LAST else None
