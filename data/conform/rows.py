"""Which rows of a sheet are records, and what the others are: groups, totals, notes, blank rows.

Only rows that could be something else are looked at one by one (identity empty, or a word such as 合计 in a
leading column), so that a sheet of 77,000 plain rows costs no Python per row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from data.conform.headers import SERIAL_HEADERS, Layout
from data.text import plain
from data.workbook import Cell, CellColumn, Sheet

_CHINESE: Final = "一二三四五六七八九十百"
_TOTAL: Final = re.compile(r"^.{0,8}(?:合计|总计|小计|共计|累计)[:：]?\(?(?:共?\d+[个项]?)?\)?$")
_NOTE: Final = re.compile(
    r"^(?:注|备注|说明|填表说明|附注|填表人|制表人?|审核人?|填报单位|填报人|联系人|联系电话)\d?[:：]"
)
_LEVELS: Final = (
    re.compile(rf"^(?:[{_CHINESE}]+、|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+[、.\s])"),
    re.compile(rf"^[(（][{_CHINESE}]+[)）]"),
    re.compile(r"^(?:[—–\-─]{2,}|[①-⑳]|【.+】)"),
)
_BARE_NUMERAL: Final = re.compile(rf"^[(（]?[{_CHINESE}]+[)）]?$")
_COUNT: Final = re.compile(r"[(（]?(?:共|计)?(\d+)\s*[个项][)）]?")
_LEADING_COLUMNS: Final = 3


@dataclass
class Group:
    """A group row: `level` 0 is the outermost, `label` without prefix and count, printed figures or null."""

    row: int
    level: int
    label: str
    count: int | None
    members: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Total:
    """A 合计 or 小计 row: printed count or null; `sub` for 小计, whose `members` are the rows it closes."""

    row: int
    sub: bool
    count: int | None
    members: tuple[int, ...] = ()


@dataclass
class Rows:
    """The rows of a sheet's body, all 0-based. `data` are records, `path` tells each its groups."""

    data: npt.NDArray[np.int64]
    groups: list[Group] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    path: dict[int, tuple[Group, ...]] = field(default_factory=dict)
    notes: int = 0
    headers: int = 0
    continued: list[int] = field(default_factory=list)
    ungrouped_after_blank: int = 0


def identity_column(layout: Layout) -> int:
    """Index of the column that names a record: the project's name, else the first required column."""
    names = ["project_name"] if layout.ledger.name == "projects" else []
    names += [c.name for c in layout.ledger.columns if c.required] + ["project_name"]
    found = (layout.column_of(name) for name in names)
    return next((i for i in found if i is not None), 0)


def fill_merged(sheet: Sheet, layout: Layout) -> tuple[Sheet, list[int]]:
    """The sheet with vertically merged body cells filled down, and the rows a merged identity continues."""
    identity, columns, continued = identity_column(layout), list(sheet.columns), list[int]()
    for top, left, bottom, right in sheet.merged:
        if not layout.first_row <= top < layout.end_row(sheet) or bottom == top or left >= len(columns):
            continue
        if left <= identity <= right:
            continued.extend(range(top + 1, bottom + 1))
            continue
        for i in range(left, min(right + 1, len(columns))):
            codes = columns[i].codes.copy()
            codes[top : bottom + 1] = codes[top]
            columns[i] = CellColumn(columns[i].values, codes)
    return replace(sheet, columns=tuple(columns)), continued


def sort_rows(sheet: Sheet, layout: Layout, continued: list[int]) -> Rows:
    """Every row below the header, told apart."""
    mask = _suspects(sheet, layout)
    end = layout.end_row(sheet)
    mask[: layout.first_row] = mask[end:] = False
    skipped = set(continued)
    for row in continued:
        mask[row] = True
    body = np.arange(layout.first_row, end)
    rows = Rows(body[~mask[layout.first_row : end]], continued=continued)
    kinds = {
        int(i): "continued" if int(i) in skipped else _kind(sheet, layout, int(i))
        for i in np.flatnonzero(mask)
    }
    records = [i for i, kind in kinds.items() if kind == "record"]
    rows.data = np.sort(np.concatenate([rows.data, np.array(records, dtype=np.int64)])).astype(np.int64)
    rows.notes = sum(kind == "note" for kind in kinds.values())
    rows.headers = sum(kind == "header" for kind in kinds.values())
    _assign_groups(sheet, layout, rows, {i: k for i, k in kinds.items() if k in ("group", "total", "blank")})
    return rows


def _suspects(sheet: Sheet, layout: Layout) -> npt.NDArray[np.bool_]:
    """Rows that may be something else than a record."""
    identity = identity_column(layout)
    own = plain(layout.headings[identity].text)
    mask = np.zeros(sheet.height, dtype=bool)
    for i in {identity, *range(min(_LEADING_COLUMNS, sheet.width))}:
        column = sheet.columns[i]
        marks = [
            _suspicious(v) or (i == identity and (_blank(v) or plain(str(v)) == own)) for v in column.values
        ]
        mask |= np.array(marks, dtype=bool)[column.codes]
    for top, left, bottom, right in sheet.merged:
        if right - left >= 2 and top == bottom:
            mask[top] = True
    return mask


def _suspicious(cell: Cell) -> bool:
    if not isinstance(cell, str) or not cell:
        return False
    text = plain(cell)
    return bool(
        _TOTAL.match(text) or _NOTE.match(text) or _level(cell) is not None or _BARE_NUMERAL.match(text)
    )


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _level(cell: str) -> int | None:
    stripped = cell.strip()
    return next((level for level, pattern in enumerate(_LEVELS) if pattern.match(stripped)), None)


def _kind(sheet: Sheet, layout: Layout, row: int) -> str:
    """record | group | total | note | header | blank."""
    cells = {i: cell for i, cell in enumerate(sheet.row(row)) if not _blank(cell)}
    serial = {i for i, h in enumerate(layout.headings) if plain(h.text).lower() in SERIAL_HEADERS}
    if not set(cells) - serial and not any(
        isinstance(c, str) and not c.strip().isdigit() for c in cells.values()
    ):
        return "blank"
    texts = [plain(cell) for cell in cells.values() if isinstance(cell, str) and not _is_number(cell)]
    headings = {plain(h.text) for h in layout.headings if h.text}
    if len(texts) >= 2 and sum(text in headings for text in texts) * 2 > len(texts):
        return "header"
    if any(_TOTAL.match(text) for text in texts[:2]):
        return "total"
    if texts and _NOTE.match(texts[0]) and len(cells) <= max(2, sheet.width // 3):
        return "note"
    return "group" if _is_group(sheet, layout, row, cells, texts) else "record"


def _is_group(sheet: Sheet, layout: Layout, row: int, cells: dict[int, Cell], texts: list[str]) -> bool:
    """One text beside nothing but numbers, and a sign that it heads a group."""
    words = [t for t in texts if not _BARE_NUMERAL.match(t) and not _COUNT.fullmatch(t)]
    if len(words) != 1:
        return False
    label = next(c for c in cells.values() if isinstance(c, str) and plain(c) == words[0])
    if _level(label) is not None:
        return True
    numeral = any(isinstance(c, str) and _BARE_NUMERAL.match(plain(c)) for c in cells.values())
    wide = any(t == b == row and right - left >= 2 for t, left, b, right in sheet.merged)
    outside = (
        identity_column(layout) not in cells
        and len(cells) == 1
        and 0 in cells
        and layout.ledger.name == "projects"
    )
    return numeral or wide or outside


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"[+-]?[\d,.]+%?", plain(cell)) is not None


def _assign_groups(sheet: Sheet, layout: Layout, rows: Rows, marks: dict[int, str]) -> None:
    """Walk down the body once: groups open, a blank row closes them all, totals note what they close."""
    stack: list[Group] = []
    since: list[int] = []
    last = int(rows.data[-1]) if len(rows.data) else -1
    starts = sorted(marks)
    bounds = np.searchsorted(rows.data, np.array([*starts, layout.end_row(sheet)]))
    closed_by_blank = False
    position = 0
    for mark, end in zip([*starts, None], bounds, strict=True):
        members = rows.data[position:end].tolist() if (stack or mark is not None or rows.groups) else []
        position = int(end)
        for row in members if stack else ():
            rows.path[row] = tuple(stack)
        for group in stack:
            group.members.extend(members)
        rows.ungrouped_after_blank += len(members) if closed_by_blank and not stack else 0
        since = since + members
        if mark is None or (marks[mark] == "blank" and mark > last):
            continue
        if marks[mark] == "blank":
            closed_by_blank, stack = closed_by_blank or bool(stack), []
        elif marks[mark] == "group":
            group = _group(sheet, mark)
            stack = [*(g for g in stack if g.level < group.level), group]
            rows.groups.append(group)
            since = []
        else:
            rows.totals.append(_total(sheet, layout, mark, tuple(since)))
            since = []


def _group(sheet: Sheet, row: int) -> Group:
    cells = [c for c in sheet.row(row) if not _blank(c)]
    texts = [c.strip() for c in cells if isinstance(c, str) and not _is_number(c)]
    numerals = [t for t in texts if _BARE_NUMERAL.match(plain(t))]
    label = next((t for t in texts if t not in numerals and not _COUNT.fullmatch(plain(t))), texts[0])
    level = _level(label)
    if level is None:
        level = 1 if numerals and plain(numerals[0]).startswith("(") else 0
    bare = label
    for pattern in _LEVELS:
        bare = pattern.sub("", bare) if not bare.startswith("【") else bare.strip("【】")
    return Group(row, level, _COUNT.sub("", bare).strip() or label, _printed_count(cells, texts))


def _printed_count(cells: list[Cell], texts: list[str]) -> int | None:
    """A count the row prints: "9个" in words, else its first whole number beside an amount."""
    for text in texts:
        if match := _COUNT.search(plain(text)):
            return int(match[1])
    numbers = [c for c in cells if isinstance(c, int | float) and not isinstance(c, bool)]
    first = numbers[0] if len(numbers) >= 2 else None
    return int(first) if first is not None and float(first).is_integer() and 0 < first < 100_000 else None


def _total(sheet: Sheet, layout: Layout, row: int, members: tuple[int, ...]) -> Total:
    cells = [c for c in sheet.row(row) if not _blank(c)]
    texts = [c for c in cells if isinstance(c, str)]
    sub = any("小计" in plain(text) for text in texts[:2])
    return Total(row, sub, _printed_count(cells, texts), members)
