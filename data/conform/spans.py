"""建设年限 and its kin: one column that holds start and finish (2023-2025, 2023年3月至2025年底)."""

from __future__ import annotations

import re
from typing import Final

from data.conform.cells import Frame, Read, distinct
from data.conform.columns import read_unknown
from data.conform.headers import Heading
from data.conform.match import SPAN_HEADERS, bare_header
from data.contract import DATE, TEXT
from data.dates import WordedDate, worded_date
from data.text import plain
from data.values import as_text

_BETWEEN: Final = re.compile(r"[-~至到]+")
_NOTHING: Final = (WordedDate(), WordedDate())


def is_span(heading: Heading) -> bool:
    """Whether a column holds start and finish together."""
    joined = f"{heading.parent or ''}{heading.text}"
    return heading.field is None and bool({bare_header(heading.text), plain(joined)} & SPAN_HEADERS)


def read_span(frame: Frame, index: int, heading: Heading, read: Read) -> None:
    """Fill planned start and finish where the sheet has no columns of their own; the text stays in extra."""
    cells = distinct(frame, index)
    pairs = [start_and_finish(as_text(value), frame.year) for value in cells.values]
    for name, dates, taken in (
        ("planned_start", [first for first, _ in pairs], {"planned_start", "actual_start"}),
        ("planned_finish", [last for _, last in pairs], {"planned_finish"}),
    ):
        if not taken & read.series.keys() and any(d.day for d in dates):
            read.series[name] = cells.spread([d.day for d in dates], DATE)
            read.series[f"{name}_precision"] = cells.spread([d.precision for d in dates], TEXT)
            read.series[f"{name}_text"] = cells.spread([d.text for d in dates], TEXT)
    read_unknown(frame, index, heading, read)


def start_and_finish(text: str | None, year: int) -> tuple[WordedDate, WordedDate]:
    """The planned start and finish a text names, each the last day of its words; none for a mere length."""
    said = plain(text or "")
    for between in _BETWEEN.finditer(said):
        first = worded_date(said[: between.start()], year)
        last = worded_date(said[between.end() :], first.day.year if first.day else year)
        if first.day and last.day and first.day <= last.day:
            return first, last
    return _NOTHING
