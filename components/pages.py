"""The pages there are and which one an address means.

Dash's own page router redraws a page whenever the query string changes, which would throw away scroll
and state at every filter click; here a page is chosen by path alone and filters reach it as callbacks.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import unquote

from dash.development.base_component import Component

# places of a page and the HTML they show
Parts = dict[str, str]


@dataclass(frozen=True)
class Asked:
    """What the browser wants of a page: its query string, the one it shows already, and px for a board.

    `before` is null when what it shows is of other data, of another page or of other rows. `room` is how
    wide the bars and the names beside them may be, null for a page without a board and until it was
    measured. `path` is "" but for a page whose path holds variables.
    """

    search: str
    before: str | None = None
    room: tuple[float, float] | None = None
    path: str = ""


_VARIABLE: Final = re.compile(r"<(\w+)>")


@dataclass(frozen=True)
class Page:
    """One page: `path` may hold variables ("/project/<project_id>") given to `layout` as keywords.

    `layout()` without arguments is called once at start-up to check the wiring. `navigation` is the
    word in the header bar, null for pages reached from others; `section` is the path of the word to
    mark there; `filters` says whether the filter line applies. `grid` is for a page with a table of
    dash_ag_grid, whose script (1.3 MB) is loaded by such pages alone. `parts` gives what fills the layout
    (components/parts.py), null for a page with callbacks of its own; `board` says that they depend on
    what is shown before, and on the room there is. `look` is a class of the frame around it, for pages
    that want another one; a style that looks for what is inside (":has") has a browser go through all of
    the page at every change.
    """

    path: str
    title: str
    layout: Callable[..., Component]
    navigation: str | None = None
    section: str | None = None
    filters: bool = True
    grid: bool = False
    parts: Callable[[Asked], Awaitable[Parts]] | None = None
    board: bool = False
    look: str = ""

    @property
    def variable(self) -> bool:
        """Whether several addresses are this page."""
        return _VARIABLE.search(self.path) is not None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(_VARIABLE.sub(r"(?P<\1>[^/]+)", self.path) + "/?")

    def variables(self, pathname: str) -> dict[str, str] | None:
        """The variables of this address, null when it is another page's."""
        found = self._pattern.fullmatch(pathname)
        return None if found is None else {k: unquote(v) for k, v in found.groupdict().items()}


class Pages:
    """The registered pages, in the order of the header bar."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self.all = tuple(pages)

    def match(self, pathname: str) -> tuple[Page, dict[str, str]] | None:
        """The page of an address with its variables, null when there is none."""
        for page in self.all:
            variables = page.variables(pathname)
            if variables is not None:
                return page, variables
        return None

    def needs_grid(self, pathname: str) -> bool:
        """Whether the page at this address has a table of dash_ag_grid."""
        found = self.match(pathname)
        return found is not None and found[0].grid

    def grid_pattern(self) -> str:
        """The addresses of pages with such a table, as a regular expression of the browser."""
        return "|".join(f"^{_VARIABLE.sub('[^/]+', page.path)}/?$" for page in self.all if page.grid)

    def content(self, pathname: str) -> Any:
        """The layout of the page at this address, null when there is none."""
        found = self.match(pathname)
        return None if found is None else found[0].layout(**found[1])
