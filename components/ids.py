"""The one factory of component ids; no other file writes an id as text.

Shared ids are the constants below. A part makes its own at the top of its file,
`GRAPH = ids.new("wall", "graph")`; ids that repeat per row are `ids.item("red-row", key)` with
`ids.any_of("red-row")` in the callback.
"""

from __future__ import annotations

from typing import Any, Final

from dash.dependencies import MATCH

_made: set[str] = set()


def new(part: str, name: str) -> str:
    """A fresh id "<part>-<name>"; ValueError when another part already made the same one."""
    made = f"{part}-{name}"
    if made in _made:
        raise ValueError(f"组件编号“{made}”重复,请换一个名称")
    _made.add(made)
    return made


def item(kind: str, key: str) -> dict[str, str]:
    """The id of one of many like components."""
    return {"type": kind, "key": key}


def any_of(kind: str) -> dict[str, Any]:
    """The callback pattern that matches each `item` of this kind on its own."""
    return {"type": kind, "key": MATCH}


LOCATION: Final = new("shell", "location")  # dcc.Location; `search` is the filter state
VERSION: Final = new("shell", "version")  # dcc.Store; {"version", "as_of"}, set by the live push only
INBOX: Final = new("shell", "inbox")  # dcc.Store; changes with every accepted or rejected file
THEME: Final = new("shell", "theme")  # dcc.Store; "light" | "dark"
THEME_SWITCH: Final = new("shell", "theme-switch")
PAGE: Final = new("shell", "page")  # where the page of the address is put
NAVIGATION: Final = new("shell", "navigation")
FRESHNESS: Final = new("shell", "freshness")
BANNER: Final = new("shell", "banner")
NOTICE: Final = new("shell", "notice")  # a file that was sent back, told by assets/shell.js
SHELL: Final = new("shell", "frame")
FILTERS: Final = new("shell", "filters")
LIVE: Final = new("shell", "live")  # the connection dot, drawn by assets/shell.js
TITLE: Final = new("shell", "title")
FOOTER: Final = new("shell", "footer")
PRINT: Final = new("shell", "print")
NO_DATA: Final = new("shell", "no-data")
FAULT: Final = new("shell", "fault")  # what a callback of Dash could not show
FAULT_TOLD: Final = new("shell", "fault-told")  # what components/parts.py could not show
