"""Where a sheet's header is, which ledger it heads, and which column is which field.

Ledgers are recognised by their headers; the sheet's name only decides between equals. A header may stand
below title and unit rows, take two rows, be merged, carry a unit, a year or spaces inside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from data.contract import LEDGERS, Ledger, ledger
from data.text import is_empty, plain
from data.values import as_text, header_unit
from data.workbook import Sheet

SEARCH_ROWS: Final = 30
MAX_HEADER: Final = 60
SERIAL_HEADERS: Final = frozenset({"序号", "序", "编序", "no", "no.", "序列"})
_YEAR: Final = re.compile(r"^(?:19|20)\d{2}年度?")
_PROCEDURE_PARENT: Final = re.compile(r"手续|审批|要件|节点|办理情况")
# ledgers other than 项目 may name a project instead of giving its number
_NAME_HEADERS: Final = ("项目名称", "项目", "项目名", "project_name")


@dataclass(frozen=True)
class Heading:
    """One column's header: `field` is the contract's column, null for a column the contract doesn't know.

    `text` is the header as staff wrote it (line breaks removed), `parent` the header spanning above it,
    `unit_yuan` what 1 means where the header states a unit of money, `lower` whether the text stands in the
    second of two header rows.
    """

    text: str
    parent: str | None = None
    field: str | None = None
    unit_yuan: int | None = None
    lower: bool = False

    @property
    def under_procedures(self) -> bool:
        """Whether the header above says that the columns below are procedures."""
        return self.parent is not None and _PROCEDURE_PARENT.search(self.parent) is not None


@dataclass(frozen=True)
class Layout:
    """How a sheet is laid out: its ledger, the header's first row, the first data row, a heading a column."""

    ledger: Ledger
    header_row: int
    first_row: int
    headings: tuple[Heading, ...]

    def column_of(self, field: str) -> int | None:
        """Index of the first column of this field."""
        return next((i for i, h in enumerate(self.headings) if h.field == field), None)


@cache
def field_names(name: str) -> Mapping[str, str]:
    """Every accepted header of the ledger of this name, made plain, and the English name it stands for."""
    item = ledger(name)
    names: dict[str, str] = {}
    for column in item.columns:
        for header in column.headers:
            names.setdefault(plain(header), column.name)
    for stored in item.schema:
        names.setdefault(stored, stored)
    if "project_id" in item.schema and "project_name" not in item.schema:
        names |= dict.fromkeys(_NAME_HEADERS, "project_name")
    return names


@lru_cache(maxsize=16_384)
def match_field(name: str, header: str, parent: str | None = None) -> tuple[str | None, int | None]:
    """The column of the ledger `name` a header means, and the unit of money it states (both may be null)."""
    if len(header) > MAX_HEADER:
        return None, None
    names = field_names(name)
    bare = plain(header).rstrip("*:;")
    without_unit, unit = header_unit(bare)
    if bare in names:
        return names[bare], header_unit(parent)[1] if parent else None
    without_year = _YEAR.sub("", without_unit)
    candidates = [without_unit, without_year, f"年度{without_year}"]
    if parent:
        above, parent_unit = header_unit(parent)
        unit = unit or parent_unit
        year_free = _YEAR.sub("", above)
        candidates += [f"{year_free}{without_unit}", f"年度{year_free}{without_unit}"]
    found = next((names[text] for text in candidates if text in names), None)
    return found, unit


def find_layout(sheet: Sheet) -> Layout | None:
    """The layout of a sheet that holds a ledger; null where no row is the header of one."""
    best: tuple[float, Layout] | None = None
    for row in range(min(sheet.height, SEARCH_ROWS)):
        cells = sheet.row(row)
        texts = [as_text(cell) for cell in cells]
        filled = sum(text is not None for text in texts)
        if (
            filled < 2
            or sum(text is not None and not isinstance(c, str) for c, text in zip(cells, texts, strict=True))
            * 3
            > filled
        ):
            continue
        for item in LEDGERS:
            if not any(text and match_field(item.name, text)[0] for text in texts):
                continue
            layout = _layout_at(sheet, row, texts, item)
            score = _score(layout, sheet.name)
            if score > 0 and (best is None or score > best[0]):
                best = (score, layout)
    return best[1] if best else None


def _score(layout: Layout, sheet_name: str) -> float:
    """How well the headings fit the ledger; 0 where what identifies a row is missing."""
    fields = {h.field for h in layout.headings if h.field}
    item = layout.ledger
    needed = {c.name for c in item.columns if c.required}
    if "project_id" in needed and "project_name" in fields:
        needed.discard("project_id")
    if not needed <= fields or (item.name == "problems" and not fields & {"project_id", "project_name"}):
        return 0
    if not any(h.field and not h.lower for h in layout.headings):
        return 0
    named = plain(sheet_name) in {plain(name) for name in (item.sheet, item.name, *item.synonyms)}
    known = sum(h.field is not None for h in layout.headings)
    return len(fields) + 1.5 * named + 0.5 * known / max(len(layout.headings), 1) - 0.01 * layout.header_row


def _layout_at(sheet: Sheet, row: int, texts: list[str | None], item: Ledger) -> Layout:
    depth = _header_depth(sheet, row, texts)
    upper = _filled_right(sheet, row, texts)
    headings = []
    lower = [as_text(cell) for cell in sheet.row(row + 1)] if depth == 2 else [None] * sheet.width
    spanning: str | None = None
    for above, below in zip(upper, lower, strict=True):
        spanning = above if above else spanning if below else None
        above = spanning
        text, parent = (below, above) if below else (above, None)
        if is_empty(text) or text is None:
            headings.append(Heading(""))
            continue
        label = re.sub(r"\s+", "", text)
        field, unit = match_field(item.name, text, parent)
        if field is None and parent and below:
            joined, unit = match_field(item.name, f"{parent}{below}")
            field = joined
        headings.append(
            Heading(label, re.sub(r"\s+", "", parent) if parent else None, field, unit, below is not None)
        )
    return Layout(item, row, row + depth, _one_heading_a_field(item, headings))


def _one_heading_a_field(item: Ledger, headings: list[Heading]) -> tuple[Heading, ...]:
    """Where two columns claim one field, the official or earlier synonym keeps it; leaders share theirs."""
    kept: dict[str, int] = {}
    for i, heading in enumerate(headings):
        if heading.field is None or heading.field == "leaders":
            continue
        other = kept.setdefault(heading.field, i)
        if other != i:
            loser = max(other, i, key=lambda n: (_rank(item, headings[n]), n))
            kept[heading.field] = other if loser == i else i
            headings[loser] = replace(headings[loser], field=None)
    return tuple(headings)


def _rank(item: Ledger, heading: Heading) -> int:
    column = next((c for c in item.columns if c.name == heading.field), None)
    accepted = [plain(header) for header in column.headers] if column else []
    bare = header_unit(heading.text)[0]
    return accepted.index(bare) if bare in accepted else len(accepted)


def _filled_right(sheet: Sheet, row: int, texts: list[str | None]) -> list[str | None]:
    """Header texts with merged cells filled to the right."""
    filled = list(texts)
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and left < len(filled):
            first = as_text(sheet.columns[left][top])
            for column in range(left, min(right + 1, len(filled))):
                filled[column] = filled[column] or first
    return filled


def _header_depth(sheet: Sheet, row: int, texts: list[str | None]) -> int:
    """1, or 2 where a second header row follows: cells merged downwards, or words below a spanning header."""
    if row + 1 >= sheet.height:
        return 1
    if any(top == row and bottom == row + 1 for top, _, bottom, _ in sheet.merged):
        return 2
    below = [as_text(cell) for cell in sheet.row(row + 1)]
    cells = sheet.row(row + 1)
    if any(isinstance(cell, int | float) for cell in cells) or sum(b is not None for b in below) < 2:
        return 1
    spans = any(top == bottom == row and right > left for top, left, bottom, right in sheet.merged)
    blank_above = [
        i for i, (a, b) in enumerate(zip(texts, below, strict=True)) if a is None and b is not None
    ]
    both = [i for i, (a, b) in enumerate(zip(texts, below, strict=True)) if a is not None and b is not None]
    # only words under a span or beside one; a data row would fill columns that have a header of their own
    under_span = all(i + 1 in blank_above for i in both)
    return 2 if blank_above and under_span and (spans or len(both) <= len(blank_above)) else 1
