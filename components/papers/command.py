"""`guatu report`: papers written into a folder from the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from components import links
from components.papers.asked import asked
from components.papers.catalog import made, paper
from data.query import Queries
from data.settings import settings


def write(
    names: Sequence[str],
    given: Mapping[str, str | None],
    folder: Path,
    step: Callable[[str], None] = lambda word: None,
) -> list[Path]:
    """The papers of these names in a folder; `given` are filters, `rhythm`, `date` and `project`.

    Waits for all of the past, so that a trend is whole. GuatuError with a sentence where one can't be made.
    """
    order = asked(links.with_params("", **given), Queries(settings()))
    folder.mkdir(parents=True, exist_ok=True)
    return [made(paper(name), order, folder, step) for name in names]
