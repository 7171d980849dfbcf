"""What the wall shows, kept in the address beside the filters: a link reproduces the screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final, get_args

from components import filters, links, timeline_window
from components.light import ORDER
from components.timeline_lanes import DENSITY_WORDS, Density
from components.timeline_window import Window, Zoom
from data.settings import settings

ROWS_A_WINDOW: Final = 40
ORDERS: Final = {"light": "亮灯", "float": "时差", "region": "县区", "leader": "领导"}
# the parameters of the wall itself; the others in its address are filters
NAMES: Final = ("zoom", "shift", "start", "days", "order", "rows", "from", "chosen")
# what moves the picture in time and leaves its rows as they are
TIME: Final = ("zoom", "shift", "start", "days")
# how many days a wall shows, at least and at most; assets/timeline.js keeps to them too
LEAST_DAYS: Final = 14
MOST_DAYS: Final = 1500
_FARTHEST: Final = 5000  # days from the status date


@dataclass(frozen=True)
class View:
    """The wall's own part of an address.

    `offset` rows are skipped; `chosen` is a project id or null; `light` the code of the only light shown,
    null for all; `compare` the earlier day whose plan lies behind, null for none. `days` is null unless
    the wall was zoomed by hand; then it begins `start` days after the status date.
    """

    zoom: Zoom = "quarter"
    shift: int = 0
    order: str = "light"
    density: Density = "normal"
    offset: int = 0
    chosen: str | None = None
    light: str | None = None
    compare: date | None = None
    start: int = 0
    days: int | None = None


def view(search: str | None) -> View:
    """The view an address asks for; what can't be read is as if it were not there."""
    given = links.params(search)
    zoom, density = given.get("zoom"), given.get("rows")
    return View(
        zoom=next((z for z in get_args(Zoom) if z == zoom), "quarter"),
        shift=_integer(given.get("shift"), -40, 40),
        order=given["order"] if given.get("order") in ORDERS else "light",
        density=next((d for d in DENSITY_WORDS if d == density), "normal"),
        offset=max(_integer(given.get("from"), 1, 10_000_000), 1) - 1,
        chosen=given.get("chosen") or None,
        light=next((code for code in ORDER if code == given.get("light")), None),
        compare=_earlier(given.get("compare"), status_date(search)),
        start=_integer(given.get("start"), -_FARTHEST, _FARTHEST),
        days=_integer(given["days"], LEAST_DAYS, MOST_DAYS) if given.get("days") else None,
    )


def _earlier(text: str | None, as_of: date) -> date | None:
    """The day to compare with; null when it is none, or not before the status date."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if day < as_of else None


def window(search: str | None) -> Window:
    """The stretch of time an address asks for."""
    shown, as_of = view(search), status_date(search)
    if shown.days is not None:
        return timeline_window.stretch(as_of, shown.start, shown.days)
    return timeline_window.window(as_of, shown.zoom, shown.shift)


def status_date(search: str | None) -> date:
    """The day the address asks for, else today."""
    asked = filters.parse(search)["as_of"]
    return date.fromisoformat(asked) if asked else settings().as_of()


def zoomed(search: str | None, zoom: Zoom) -> str:
    """This wall at another zoom, around the status date again."""
    changes = dict.fromkeys(TIME) | {"zoom": None if zoom == "quarter" else zoom}
    return links.timeline(links.with_params(search, **changes))


def shifted(search: str | None, steps: int) -> str:
    """This wall moved in time by so many steps of half its length; 0 is around the status date."""
    shown = view(search)
    if shown.days is None or not steps:
        shift = (shown.shift + steps if steps else 0) or None
        return links.timeline(links.with_params(search, shift=shift, start=None, days=None))
    return links.timeline(links.with_params(search, start=shown.start + shown.days // 2 * steps))


def lit(search: str | None, light: str | None) -> str:
    """This wall with projects of one light only, null for all, from its first row."""
    return links.timeline(links.with_params(search, **{"light": light, "from": None, "chosen": None}))


def comparing(search: str | None, day: date | None) -> str:
    """This wall with the plan of an earlier day behind it, null for none."""
    return links.timeline(links.with_params(search, compare=day.isoformat() if day else None))


def timeless(search: str | None) -> str:
    """The query string without what moves the picture in time."""
    return links.with_params(search, **dict.fromkeys(TIME))


def ordered(search: str | None, order: str) -> str:
    """This wall in another order, from its first row."""
    changes = {"order": None if order == "light" else order, "from": None, "chosen": None}
    return links.timeline(links.with_params(search, **changes))


def spaced(search: str | None, density: Density) -> str:
    """This wall with other row heights."""
    return links.timeline(links.with_params(search, rows=None if density == "normal" else density))


def from_row(search: str | None, offset: int) -> str:
    """This wall from another row on; the choice of a project goes with the rows."""
    return links.timeline(
        links.with_params(search, **{"from": offset + 1 if offset else None, "chosen": None})
    )


def choosing(search: str | None, project_id: str | None) -> str:
    """This wall with a project beside it."""
    return links.timeline(links.with_params(search, chosen=project_id))


def only_filters(search: str | None) -> str:
    """The query string without the wall's own part."""
    return links.with_params(search, **dict.fromkeys(NAMES))


def ordered_filters(search: str | None) -> str:
    """The filters and the order: what a way through the projects of the wall keeps to."""
    return links.with_params(search, **{name: None for name in NAMES if name != "order"})


def _integer(text: str | None, low: int, high: int) -> int:
    """The whole number in `text` cut to low…high; 0 when there is none."""
    try:
        return min(max(int(text or ""), low), high)
    except ValueError:
        return 0


def at(shown: View, offset: int) -> View:
    """The same view from another row on."""
    return replace(shown, offset=offset)
