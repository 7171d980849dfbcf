"""台账: the lists of the screens as one workbook, a sheet a list, in the scope of the filters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from components import lists_window
from components.papers.asked import PROJECT, Asked
from data import downloads
from data.lists import LISTS, Listing
from data.narrowing import Asked as Wishes

# 未开工项目 are rows of 开工时序, where they can be filtered by 已开工
SHEETS: Final = tuple(listing for listing in LISTS if listing.name != "not-started")
STEPS: Final = tuple(listing.title for listing in SHEETS)


def write(asked: Asked, target: Path, step: Callable[[str], None] = lambda word: None) -> Path:
    """The workbook at `target`; `step` is told which list is being written."""
    return downloads.lists_workbook(target, _sheets(asked, step))


def _sheets(asked: Asked, step: Callable[[str], None]) -> Iterator[Any]:
    for listing in SHEETS:
        if asked.project and PROJECT in listing.ignored(asked.params):
            continue  # it would tell of all projects
        step(listing.title)
        yield sheet(asked, listing)


def sheet(asked: Asked, listing: Listing) -> tuple[str, str, Any, Any]:
    """Title, base line, columns and rows of one list, as its own page shows them; the version is named."""
    found = lists_window.shown(listing, asked.params, Wishes.of(None, None, None))
    line = f"{found.line} · 台账版本 {asked.freshness['version']}"
    return listing.title, line, lists_window.chosen_columns(listing, None), found.rows
