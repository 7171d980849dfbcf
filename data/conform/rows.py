"""A sheet's rows told apart: records with the groups above them, and the groups and totals themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from data.conform.headers import Layout
from data.conform.notices import Notices
from data.conform.row_kinds import (
    BARE_NUMERAL,
    COUNT,
    RowKind,
    identity_column,
    is_blank,
    is_number,
    is_range,
    is_region,
    level_of,
    row_kind,
    serial_columns,
    suspects,
    without_numbering,
)
from data.contract import MONEY
from data.text import plain
from data.workbook import Cell, CellColumn, Sheet, address

# above so many rows to look at, blank ones are sorted out column by column
_MANY: Final = 1000
_TITLE_LINES: Final = 5


@dataclass
class Group:
    """A group row: the smaller `level` the further out, `label` without numbering and count, printed count
    or null, `members` the places of its records in `Rows.data`."""

    row: int
    level: float
    label: str
    count: int | None
    members: range = range(0)


@dataclass(frozen=True)
class Total:
    """A 合计 or 小计 row: printed count or null; `sub` for 小计.

    `closes` are the records a 小计 may speak of, as places in `Rows.data`: those since the last group or
    total, else those of a group open here, the innermost first.
    """

    row: int
    sub: bool
    count: int | None
    closes: tuple[range, ...] = ()


@dataclass
class Rows:
    """The rows of a sheet's body, all 0-based.

    `data` are records, `path` tells each its groups, `continued` tells each further row whose it is,
    `included` the same of each 其中 row, null where it splits up a total or a group,
    `parts` tells each part of a project (1-1) the row of the whole.
    """

    data: npt.NDArray[np.int64]
    groups: list[Group] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    path: dict[int, tuple[Group, ...]] = field(default_factory=dict)
    notes: list[int] = field(default_factory=list)
    continued: dict[int, int] = field(default_factory=dict)
    parts: dict[int, int] = field(default_factory=dict)
    included: dict[int, int | None] = field(default_factory=dict)
    ungrouped_after_blank: int = 0


def fill_merged(sheet: Sheet, layout: Layout, notices: Notices) -> tuple[Sheet, list[int]]:
    """The sheet with vertically merged body cells filled down, and the rows a merged identity continues.

    An amount shared by several rows stays in the first alone, else sums would count it twice.
    """
    identity, continued, end = identity_column(layout), list[int](), layout.end_row(sheet)
    codes: dict[int, npt.NDArray[np.uint32]] = {}
    for top, left, bottom, right in sheet.merged:
        if not layout.first_row <= top < end or bottom == top or left >= sheet.width:
            continue
        if left <= identity <= right:
            continued.extend(range(top + 1, min(bottom + 1, end)))
            continue
        for i in range(left, min(right + 1, sheet.width)):
            if layout.dtype_of(i) == MONEY:
                _tell_shared(sheet, layout, (top, bottom, i), notices)
                continue
            filled = codes.setdefault(i, sheet.columns[i].codes.copy())
            filled[top : min(bottom + 1, end)] = filled[top]
    columns = tuple(
        CellColumn(column.values, codes[i]) if i in codes else column
        for i, column in enumerate(sheet.columns)
    )
    return replace(sheet, columns=columns), continued


def _tell_shared(sheet: Sheet, layout: Layout, area: tuple[int, int, int], notices: Notices) -> None:
    top, bottom, column = area
    if is_blank(sheet.columns[column][top]):
        return
    notices.add(
        "shared_amount",
        "warning",
        f"工作表“{sheet.name}”{address(top, column)} 的“{layout.headings[column].text}”合并了第 {top + 1} 至 "
        f"{bottom + 1} 行,金额只计在第 {top + 1} 行。请拆开填写。",
        sheet=sheet.name,
        row=top,
        column=column,
        found=f"合并 {bottom - top + 1} 行",
        expected="一行一个金额",
    )


def sort_rows(sheet: Sheet, layout: Layout, continued: list[int]) -> Rows:
    """Every row below the header, told apart."""
    mask, end = suspects(sheet, layout), layout.end_row(sheet)
    mask[continued] = True
    mask[: layout.first_row] = mask[end:] = False
    body = np.arange(layout.first_row, end)
    merged = set(continued)
    blank = _blank_rows(sheet) if np.count_nonzero(mask) > _MANY else np.zeros(sheet.height, dtype=bool)
    kinds: dict[int, RowKind] = {
        int(i): "continued" if int(i) in merged else row_kind(sheet, layout, int(i))
        for i in np.flatnonzero(mask & ~blank)
    }
    # of a run of blank rows the first says all
    kinds |= {int(i): "blank" for i in np.flatnonzero(mask & blank) if i == 0 or not blank[i - 1]}
    for row in _titles_again(sheet, layout, kinds):
        kinds[row], mask[row] = "note", True
    for row in _further_included(sheet, layout, kinds):
        kinds[row], mask[row] = "included", True
    records = np.array([i for i, kind in kinds.items() if kind == "record"], dtype=np.int64)
    data = np.sort(np.concatenate([body[~mask[layout.first_row : end]], records])).astype(np.int64)
    rows = Rows(data, notes=[i for i, kind in kinds.items() if kind == "note"])
    rows.continued = _parents(data, [i for i, kind in kinds.items() if kind == "continued"])
    rows.included = _included(data, kinds)
    _assign_groups(sheet, layout, rows, {i: k for i, k in kinds.items() if k in ("group", "total", "blank")})
    return rows


def _titles_again(sheet: Sheet, layout: Layout, kinds: Mapping[int, RowKind]) -> range:
    """Title lines below a first row of column names, where the real header follows them and says it again."""
    again = next((row for row, kind in sorted(kinds.items()) if kind == "header"), layout.first_row)
    rows = range(layout.first_row, again)
    known = [i for i, heading in enumerate(layout.headings) if heading.field]
    if len(rows) > _TITLE_LINES or any(_is_filled(sheet, layout, known, row) for row in rows):
        return range(0)
    return rows


def _is_filled(sheet: Sheet, layout: Layout, known: list[int], row: int) -> bool:
    """Whether a row has a name with a serial, or half of the known columns."""
    cells = {i for i, cell in enumerate(sheet.row(row)) if not is_blank(cell)}
    numbered = identity_column(layout) in cells and bool(serial_columns(layout) & cells)
    return numbered or len(cells & set(known)) * 2 >= len(known)


def _blank_rows(sheet: Sheet) -> npt.NDArray[np.bool_]:
    """Rows without a single filled cell."""
    blank = np.ones(sheet.height, dtype=bool)
    for column in sheet.columns:
        blank &= np.array([is_blank(value) for value in column.values], dtype=bool)[column.codes]
    return blank


def _parents(data: npt.NDArray[np.int64], continued: list[int]) -> dict[int, int]:
    """For every further row the record it belongs to, the one above; those before any record are left out."""
    places = np.searchsorted(data, np.array(continued, dtype=np.int64)) - 1
    pairs = zip(continued, places.tolist(), strict=True)
    return {row: int(data[place]) for row, place in pairs if place >= 0}


def _further_included(sheet: Sheet, layout: Layout, kinds: Mapping[int, RowKind]) -> list[int]:
    """Rows right below an 其中 row that go on with it: named, without a serial of their own."""
    serials, identity = sorted(serial_columns(layout)), identity_column(layout)
    found: list[int] = []
    for row in (i for i, kind in kinds.items() if kind == "included") if serials else ():
        serial, whole, below = sheet.columns[serials[0]], row - 1, row + 1
        while kinds.get(whole) == "included":
            whole -= 1
        while below < layout.end_row(sheet) and kinds.get(below, "record") == "record":
            # a serial merged over the whole project was filled down into its parts
            of_the_whole = is_blank(serial[below]) or serial[below] == serial[whole]
            if is_blank(serial[whole]) or not of_the_whole or is_blank(sheet.columns[identity][below]):
                break
            found.append(below)
            below += 1
    return found


def _included(data: npt.NDArray[np.int64], kinds: Mapping[int, RowKind]) -> dict[int, int | None]:
    """For every 其中 row the record right above it; null below a total or a group."""
    rows = sorted(i for i, kind in kinds.items() if kind == "included")
    heads = np.array(sorted(i for i, kind in kinds.items() if kind in ("total", "group")), dtype=np.int64)
    parents = _parents(data, rows)
    return {
        row: parent
        if (parent := parents.get(row)) is not None and not ((heads > parent) & (heads < row)).any()
        else None
        for row in rows
    }


def _assign_groups(sheet: Sheet, layout: Layout, rows: Rows, marks: dict[int, str]) -> None:
    """Walk down the body once: groups open, a blank row closes them all, totals note what they close."""
    stack: list[Group] = []
    bare_levels: dict[bool, float] = {}
    last = int(rows.data[-1]) if len(rows.data) else -1
    starts = sorted(marks)
    bounds = np.searchsorted(rows.data, np.array([*starts, layout.end_row(sheet)])).tolist()
    closed_by_blank = False
    position = since = 0
    for mark, end in zip([*starts, None], bounds, strict=True):
        if stack:
            rows.path.update(dict.fromkeys(rows.data[position:end].tolist(), tuple(stack)))
        rows.ungrouped_after_blank += end - position if closed_by_blank and not stack else 0
        position = end
        for group in stack:
            group.members = range(group.members.start, end)
        if mark is None or (marks[mark] == "blank" and mark > last):
            continue
        if marks[mark] == "blank":
            closed_by_blank, stack = closed_by_blank or bool(stack), []
            continue
        if marks[mark] == "group":
            group = _group(sheet, mark, stack, bare_levels)
            group.members = range(end, end)
            stack = [*(g for g in stack if g.level < group.level), group]
            rows.groups.append(group)
        else:
            closes = (range(since, end), *(group.members for group in reversed(stack)))
            rows.totals.append(_total(sheet, mark, closes))
        since = end


def _group(sheet: Sheet, row: int, stack: list[Group], bare_levels: dict[bool, float]) -> Group:
    """The group a row heads. One without numbering stands where the first of its kind in the sheet stood:
    inside the numbered groups that were open then."""
    cells = [c for c in sheet.row(row) if not is_blank(c)]
    texts = [c.strip() for c in cells if isinstance(c, str) and not is_number(c) and not is_range(c)]
    numerals = [t for t in texts if BARE_NUMERAL.match(plain(t))]
    label = next((t for t in texts if t not in numerals and not COUNT.fullmatch(plain(t))), texts[0])
    numbered = next((t for t in texts if t not in numerals and level_of(t) is not None), label)
    level: float | None = level_of(numbered)
    label = numbered if level is not None else label
    if level is None and numerals:
        level = 1 if plain(numerals[0]).startswith("(") else 0
    if level is None:
        region = is_region(plain(label))
        outer = max((g.level for g in stack if g.level == int(g.level)), default=-1)
        level = bare_levels.setdefault(region, outer + 0.5)
    return Group(row, level, without_numbering(label), _printed_count(cells, texts))


def _printed_count(cells: list[Cell], texts: list[str]) -> int | None:
    """A count the row prints: "9个" in words, else its first whole number beside an amount."""
    for text in texts:
        if match := COUNT.search(plain(text)):
            return int(match[1])
    numbers = [c for c in cells if isinstance(c, int | float) and not isinstance(c, bool)]
    first = numbers[0] if len(numbers) >= 2 else None
    return int(first) if first is not None and float(first).is_integer() and 0 < first < 100_000 else None


def _total(sheet: Sheet, row: int, closes: tuple[range, ...]) -> Total:
    cells = [c for c in sheet.row(row) if not is_blank(c)]
    texts = [c for c in cells if isinstance(c, str)]
    sub = any("小计" in plain(text) for text in texts[:2])
    return Total(row, sub, _printed_count(cells, texts), closes)
