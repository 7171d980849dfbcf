"""The rows that findings point at, as a person would see them in the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from data.conform import ColumnMapping
from data.conform.headers import Layout
from data.conform.multi import find_layouts
from data.errors import Finding
from data.values import as_text
from data.workbook import Sheet, Workbook

SHOWN_LETTERS: Final = 200
_ROW: Final = re.compile(r"[A-Z]+(\d+)")

Rows = dict[str, tuple[str, ...]]


def rows_of(workbook: Workbook, findings: Iterable[Finding], mapping: ColumnMapping | None = None) -> Rows:
    """Every row a finding names under "sheet!row", its sheet's header under "sheet!header".

    A row of a further table in a sheet has its own header under "sheet!row!header". An empty cell is "".
    """
    numbers: dict[str, set[int]] = {}
    for finding in findings:
        match = _ROW.fullmatch(finding.cell or "")
        if finding.sheet and match:
            numbers.setdefault(finding.sheet, set()).add(int(match[1]))
    told: Rows = {}
    for sheet in workbook.sheets:
        if sheet.name in numbers:
            told |= _rows(sheet, sorted(numbers[sheet.name]), mapping or {})
    return told


def _rows(sheet: Sheet, numbers: list[int], mapping: ColumnMapping) -> Rows:
    told = {f"{sheet.name}!{n}": _texts(sheet, n) for n in numbers if n <= sheet.height}
    return told | dict(_headers(sheet, numbers, [layout for _, layout in find_layouts(sheet, mapping)]))


def _headers(
    sheet: Sheet, numbers: list[int], layouts: list[Layout]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    if not layouts:
        return
    yield f"{sheet.name}!header", _heading(layouts[0])
    for number in numbers:
        above = [layout for layout in layouts[1:] if layout.header_row < number]
        if above:
            yield f"{sheet.name}!{number}!header", _heading(above[-1])


def _heading(layout: Layout) -> tuple[str, ...]:
    return tuple(heading.label(column) for column, heading in enumerate(layout.headings))


def _texts(sheet: Sheet, number: int) -> tuple[str, ...]:
    return tuple((as_text(cell) or "")[:SHOWN_LETTERS] for cell in sheet.row(number - 1))
