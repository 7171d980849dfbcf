"""Whether problems and needs are solved, out of a column that may tell how they stand in whole sentences."""

from __future__ import annotations

from typing import Final

from data.conform.cells import Distinct, Frame, Read, fragments, report
from data.contract import FLAG, Column
from data.text import is_empty, plain
from data.ticks import settled
from data.values import as_text

# a longer text tells how things stand; only a short one was meant as yes or no
_LONGEST_ANSWER: Final = 8


def read_settled(frame: Frame, cells: Distinct, column: Column, into: Read) -> None:
    """Yes or no; a sentence that says neither is kept beside, a word that says neither is told."""
    said = [None if is_empty(value) else settled(value) for value in cells.values]
    other = [
        None if meant is not None or is_empty(value) else as_text(value)
        for meant, value in zip(said, cells.values, strict=True)
    ]
    short = [text is not None and len(plain(text)) <= _LONGEST_ANSWER for text in other]
    report(frame, cells, column, into, "unreadable_value", "看不出是否解决", "是 或 否", short)
    told = [None if brief else text for text, brief in zip(other, short, strict=True)]
    if any(text is not None for text in told):
        into.extra.append(fragments(cells, column.header, told))
    into.series[column.name] = cells.spread(said, FLAG)
