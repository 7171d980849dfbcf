"""Headers that don't stand over their data: merged over two columns, or shifted by one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import numpy as np

from data.conform.headers import Heading, Layout
from data.conform.notices import Notices
from data.conform.row_kinds import identity_column, is_blank
from data.text import plain
from data.workbook import Sheet, address

_LOOKED_AT: Final = 200
_MIN_SHARE: Final = 0.6
_SERIAL: Final = re.compile(r"\(?[\d.,\-]+[)、.]?")


def settle(sheet: Sheet, layout: Layout, notices: Notices) -> Layout:
    """The layout with every heading over the column that holds its data; a shift is told."""
    layout = replace(layout, headings=_under_merged(sheet, layout))
    shift = _shift(sheet, layout)
    if not shift:
        return layout
    identity = identity_column(layout)
    notices.add(
        "header_shifted",
        "warning",
        f"工作表“{sheet.name}”的表头与数据错开一列:“{layout.headings[identity].text}”在 "
        f"{address(layout.header_row, identity)},数据在 {address(layout.first_row, identity + shift)} 一列。"
        "按错开读入,请核对并移正表头。",
        sheet=sheet.name,
        row=layout.header_row,
        column=identity,
        found=address(layout.first_row, identity + shift),
        expected=address(layout.first_row, identity),
    )
    blank = (Heading(""),)
    if shift > 0:
        return replace(layout, headings=(*blank, *layout.headings[:-1]))
    return replace(layout, headings=(*layout.headings[1:], *blank))


def _words_below(sheet: Sheet, layout: Layout, column: int) -> int:
    """How many of the first rows below the header hold words in this column."""
    end = min(layout.end_row(sheet), layout.first_row + _LOOKED_AT)
    cells = sheet.columns[column]
    used, counts = np.unique(cells.codes[layout.first_row : end], return_counts=True)
    words = (cells.values[i] for i in used)
    return sum(
        int(n)
        for n, value in zip(counts, words, strict=True)
        if isinstance(value, str) and not is_blank(value) and not _SERIAL.fullmatch(plain(value))
    )


def _under_merged(sheet: Sheet, layout: Layout) -> tuple[Heading, ...]:
    """The identity of a header merged over several columns goes to the one with most words below it."""
    headings, identity = list(layout.headings), identity_column(layout)
    header = headings[identity]
    if header.field is None:
        return layout.headings
    areas = (
        (left, right)
        for top, left, bottom, right in sheet.merged
        if layout.header_row <= top
        and bottom < layout.first_row
        and left <= identity <= right
        and right > left
    )
    for left, right in areas:
        columns = [i for i in range(left, min(right + 1, sheet.width)) if headings[i].text == header.text]
        best = max(columns, key=lambda i: (_words_below(sheet, layout, i), -i), default=identity)
        if best != identity:
            headings[best], headings[identity] = header, Heading("")
    return tuple(headings)


def _shift(sheet: Sheet, layout: Layout) -> int:
    """-1 or 1 where the identity column is empty and the one beside it holds its words; else 0."""
    identity = identity_column(layout)
    if layout.ledger.name != "projects" or layout.headings[identity].mapped:
        return 0
    rows = min(layout.end_row(sheet) - layout.first_row, _LOOKED_AT)
    if rows < 1 or _words_below(sheet, layout, identity):
        return 0
    for shift in (1, -1):
        beside = identity + shift
        lost = layout.headings[-1] if shift > 0 else layout.headings[0]
        if not 0 <= beside < sheet.width or lost.field is not None:
            continue
        if _words_below(sheet, layout, beside) >= _MIN_SHARE * rows:
            return shift
    return 0
