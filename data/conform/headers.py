"""Where a sheet's header is, which ledger it heads, and which column is which field.

Ledgers are recognised by their headers; the sheet's name only decides between equals. A header may stand
below title and unit rows, take up to three rows, be merged, carry a unit, a year or spaces inside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from data.conform.cutoff import stated_year
from data.conform.header_rows import header_depth, header_texts, is_headed_by_words, paths
from data.conform.match import ANNUAL_FIELDS, SERIAL_HEADERS, bare_header, match_field, year_of
from data.conform.month_header import MonthSpan, month_span
from data.contract import LEDGERS, MONEY, Ledger
from data.text import plain
from data.values import as_text, header_unit
from data.workbook import Sheet, letters

__all__ = ["SERIAL_HEADERS", "ColumnMapping", "Heading", "Layout", "find_layout", "layout_at", "titles"]

# (sheet or "*" for any, header made plain) → the field a person chose, "" to leave the column as extra
ColumnMapping = Mapping[tuple[str, str], str]

SEARCH_ROWS: Final = 30
_PROCEDURE_PARENT: Final = re.compile(r"手续|审批|要件|节点|办理情况")
_PIVOT: Final = re.compile(r"^(?:求和项|计数项|平均值项|最大值项|行标签|列标签)")
_COUNTS: Final = frozenset({"个数", "项目个数", "项目数", "项目数量", "数量", "占比", "完成率"})


@dataclass(frozen=True)
class Heading:
    """One column's header: `field` is the contract's column, null for a column the contract doesn't know.

    `text` is the header as staff wrote it (line breaks removed), `parent` the headers spanning above it
    (joined by "/"), `unit_yuan` what 1 means where the header states a unit of money, `lower` whether the
    text stands below the header's first row, `mapped` whether a person assigned the column, `month` the span
    of months a column of a project sheet is about.
    """

    text: str
    parent: str | None = None
    field: str | None = None
    unit_yuan: int | None = None
    lower: bool = False
    mapped: bool = False
    month: MonthSpan | None = None

    @property
    def under_procedures(self) -> bool:
        """Whether the header above says that the columns below are procedures."""
        return self.parent is not None and _PROCEDURE_PARENT.search(self.parent) is not None

    def label(self, column: int) -> str:
        """The whole header, 手续/立项; 列H for a column without one (0-based column)."""
        if not self.text:
            return f"列{letters(column)}"
        return f"{self.parent}/{self.text}" if self.parent else self.text


@dataclass(frozen=True)
class Layout:
    """How a table is laid out: its ledger, the header's first row, the first data row, a heading a column.

    All rows are 0-based; `top` is where the table's own title lines begin, `end` the row after its last,
    null for the end of the sheet. `panel` marks one of several columns a list is printed in.
    """

    ledger: Ledger
    header_row: int
    first_row: int
    headings: tuple[Heading, ...]
    top: int = 0
    end: int | None = None
    panel: bool = False

    def column_of(self, field: str) -> int | None:
        """Index of the first column of this field."""
        return next((i for i, h in enumerate(self.headings) if h.field == field), None)

    def dtype_of(self, column: int) -> pl.DataType | None:
        """The stored type of a column's field (months are money); null for a column without one."""
        heading = self.headings[column]
        if heading.month is not None:
            return MONEY
        return self.ledger.schema.get(heading.field) if heading.field else None

    def end_row(self, sheet: Sheet) -> int:
        """The row after the table's last."""
        return sheet.height if self.end is None else self.end


def titles(sheet: Sheet, top: int, header_row: int) -> list[str]:
    """Texts above a header, from the table's own first row on."""
    cells = (cell for row in range(top, header_row) for cell in sheet.row(row))
    return [text for cell in cells if isinstance(cell, str) and (text := as_text(cell))]


def find_layout(sheet: Sheet, mapping: ColumnMapping | None = None) -> Layout | None:
    """The layout of the first ledger in a sheet; null where no row is the header of one."""
    best: tuple[float, Layout] | None = None
    for row in range(min(sheet.height, SEARCH_ROWS)):
        found = layout_at(sheet, row, mapping or {})
        if found and (best is None or found[0] > best[0]):
            best = found
    return best[1] if best else None


def layout_at(sheet: Sheet, row: int, mapping: ColumnMapping, top: int = 0) -> tuple[float, Layout] | None:
    """How well this row heads which ledger, and the layout if it does; null where it heads none."""
    cells = sheet.row(row)
    if not is_headed_by_words(cells):
        return None
    first = header_texts(sheet, row)
    if any(_PIVOT.match(plain(text)) for text in first if text):
        return None
    depth = header_depth(sheet, row)
    words = [(path, text is None) for path, text in zip(paths(sheet, row, depth), first, strict=True)]
    found: list[tuple[float, Layout]] = []
    for item in LEDGERS:
        headings = _headings(sheet, row, words, item, mapping, top)
        if headings is not None:
            layout = Layout(item, row, row + depth, headings, top)
            found.append((_score(layout, sheet.name), layout))
    best = max(found, key=lambda pair: pair[0], default=None)
    return best if best and best[0] > 0 else None


def _headings(
    sheet: Sheet,
    row: int,
    words: Sequence[tuple[tuple[str, ...], bool]],
    item: Ledger,
    mapping: ColumnMapping,
    top: int,
) -> tuple[Heading, ...] | None:
    """The headings of a row read as this ledger's; null where not one of them is a field of it."""
    own = [_heading(item, path, blank_on_top) for path, blank_on_top in words]
    headings = list(mapped_headings(sheet, item, own, mapping)) if mapping else own
    if not any(heading.field for heading in headings):
        return None
    year = stated_year(titles(sheet, top, row))
    return _one_heading_a_field(item, _one_year(headings, year))


def _heading(item: Ledger, path: tuple[str, ...], blank_on_top: bool) -> Heading:
    if not path:
        return Heading("")
    *above, text = path
    field, unit, month = None, None, month_span(path) if item.name == "projects" else None
    joined = "".join(header_unit(part)[0] for part in above)
    for parent in dict.fromkeys([joined or None, *reversed(above)]):
        field, stated = match_field(item.name, text, parent)
        unit = unit or stated
        if field:
            break
    unit = unit or next((stated for part in reversed(above) if (stated := header_unit(part)[1])), None)
    if field is None and above:
        field, stated = match_field(item.name, f"{above[-1]}{text}")
        unit = unit or stated
    field = None if month else field
    return Heading(text, "/".join(above) or None, field, unit, bool(above) or blank_on_top, month=month)


def mapped_headings(
    sheet: Sheet, item: Ledger, headings: Sequence[Heading], mapping: ColumnMapping
) -> tuple[Heading, ...]:
    """The headings as a person assigned them; a field of another ledger is left alone."""
    return tuple(_mapped(heading, i, sheet.name, item, mapping) for i, heading in enumerate(headings))


def _mapped(heading: Heading, column: int, sheet: str, item: Ledger, mapping: ColumnMapping) -> Heading:
    key = plain(heading.label(column))
    chosen = mapping.get((sheet, key), mapping.get(("*", key)))
    if chosen is None or (chosen and chosen not in item.schema and chosen != "project_name"):
        return heading
    return replace(heading, field=chosen or None, mapped=True, month=None)


def _score(layout: Layout, sheet_name: str) -> float:
    """How well the headings fit the ledger; 0 where what identifies a row is missing."""
    fields = {h.field for h in layout.headings if h.field}
    item = layout.ledger
    needed = {c.name for c in item.columns if c.required}
    if "project_id" in needed and "project_name" in fields:
        needed.discard("project_id")
    if not needed <= fields or (item.name == "problems" and not fields & {"project_id", "project_name"}):
        return 0
    if not any(h.field and (h.mapped or not h.lower) for h in layout.headings):
        return 0
    if item.name == "projects" and _is_statistics(layout):
        return 0
    named = plain(sheet_name) in {plain(name) for name in (item.sheet, item.name, *item.synonyms)}
    known = sum(h.field is not None for h in layout.headings)
    return len(fields) + 0.9 * named + 0.5 * known / max(len(layout.headings), 1) - 0.01 * layout.header_row


def _is_statistics(layout: Layout) -> bool:
    """Whether rows are groups of projects: a column 项目 beside 个数, without a column of names."""
    texts = {plain(h.text) for h in layout.headings}
    name = layout.column_of("project_name")
    return name is not None and plain(layout.headings[name].text) == "项目" and bool(texts & _COUNTS)


def _one_year(headings: list[Heading], stated: int | None) -> list[Heading]:
    """Of columns that name a year, only those of the sheet's own year are this year's plan and spending."""
    years = {y for h in headings if h.field in ANNUAL_FIELDS and (y := _year_in(h))}
    if not years:
        return headings
    own = stated if stated is not None and stated >= min(years) else max(years)
    return [
        replace(h, field=None)
        if h.field in ANNUAL_FIELDS and not h.mapped and _year_in(h) not in (None, own)
        else h
        for h in headings
    ]


def _year_in(heading: Heading) -> int | None:
    parts = [heading.text, *reversed((heading.parent or "").split("/"))]
    return next((year for part in parts if (year := year_of(part))), None)


def _one_heading_a_field(item: Ledger, headings: list[Heading]) -> tuple[Heading, ...]:
    """Where two columns claim one field, a person's choice keeps it, else the official or earlier synonym;
    leaders share theirs."""
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
    if heading.mapped:
        return -1
    column = next((c for c in item.columns if c.name == heading.field), None)
    accepted = [plain(header) for header in column.headers] if column else []
    bare = bare_header(heading.text)
    return accepted.index(bare) if bare in accepted else len(accepted)
