"""What a row below a header is: a record, a group, a total, a note, a repeated header, a blank, or the
further row or an 其中 row of the record above.

Only rows that could be something else than a record are looked at one by one (identity empty, or a word such
as 合计 in a leading column), so that a sheet of 77,000 plain rows costs no Python per row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from data.conform.headers import SERIAL_HEADERS, Layout
from data.conform.match import bare_header
from data.text import plain
from data.values import money
from data.workbook import Cell, Sheet

RowKind = Literal["record", "group", "total", "note", "header", "blank", "continued", "included"]

_CHINESE: Final = "一二三四五六七八九十百"
_TOTAL: Final = re.compile(r"^.{0,8}(?:合计|总计|小计|共计|累计)[:：]?\(?(?:共?\d+[个项]?)?\)?$")
_NOTE: Final = re.compile(
    r"^(?:注|备注|说明|填表说明|附注|填表人|制表人?|审核人?|填报单位|编制单位|报送单位|报送部门|填报人|联系人|联系电话)\d?[:：]"
)
# 重大前期项目92个,总投资494亿元。其中… and 下列12个子项目
_SENTENCE: Final = re.compile(r"。.*\d|\d.*。|^(?:下列|以下|上述|其中|包括|包含).*\d+[个项]")
# a row that says what part of the row above is: 其中:一期
_INCLUDED: Final = re.compile(r"^\(?其中")
_LEVELS: Final = (
    re.compile(rf"^(?:[{_CHINESE}]+、|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+[、.\s]|第[{_CHINESE}]+(?:部分|类|批)[:：、\s]?)"),
    re.compile(rf"^[(（][{_CHINESE}]+[)）]"),
    re.compile(r"^(?:[—–\-─]{2,}|[①-⑳]|【.+】)"),
)
BARE_NUMERAL: Final = re.compile(rf"^[(（]?[{_CHINESE}]+[)）]?$")
COUNT: Final = re.compile(r"[(（]?(?:共|计)?(\d+)\s*[个项][)）]?")
_COUNTED: Final = re.compile(r"(?:[类项]目?|\()\(?(?:共|计)?\d+[个项]\)?$")
STAGE: Final = re.compile(
    r"^(?:计划|拟)?(?:新开工|新建|续建|在建|前期|储备|预备|竣工|建成投产|投产|收尾|结转)(?:类|重点)?项目?$"
)
_REGION: Final = re.compile(
    r"^(?:[市区县州省]直|.{1,12}(?:人民政府|政府|管委会)|.{1,8}(?:自治县|自治旗|开发区|高新区)|.{1,4}[县区市旗])$"
)
# places that are no region: 君澜府小区, 汉中综合保税区
_NO_REGION: Final = re.compile(r"(?:小|保税|服务|社|校|院|园|景|库|片|矿|厂|生活|住宅|街)区$|超市$")
_NUMBERED: Final = re.compile(r"^\d{1,2}[.、](?!\d)")
_RANGE: Final = re.compile(r"^\d+-\d+$")
# first and last characters, and any, that words of groups, totals and notes have; others need no parsing
_FIRST: Final = frozenset(
    "一二三四五六七八九十百ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳【(（—–-─第注备備说說填附制審审联聯下以上其包"
    "计計拟擬新续續在前储儲预預竣建投收结結0123456789"
)
_LAST: Final = frozenset("计計个個项項)）:：县縣区區市旗府会會直")
_IDEOGRAPH: Final = re.compile("[\u3400-\u9fff]")
_NUMBER: Final = re.compile(r"[+-]?[\d,.]+%?")
_ANYWHERE: Final = re.compile(r"[计計]|。|[:：]")
_LONGER: Final = 12
_LEADING_COLUMNS: Final = 3
_NUMBER_ROWS: Final = 3
_IDENTITY: Final[Mapping[str, tuple[str, ...]]] = {
    "projects": ("project_name",),
    "nodes": ("node",),
    "problems": ("problem",),
    "needs": ("need", "factor"),
    "leads": ("lead_name", "lead_id"),
    "visits": ("visitor",),
    "tasks": ("task", "task_id"),
    "targets": ("scope",),
    "monthly": ("month_end",),
}


def identity_column(layout: Layout) -> int:
    """Index of the column every record fills: the project's name, a node's, a problem's words …"""
    found = (layout.column_of(name) for name in _IDENTITY[layout.ledger.name])
    return next((i for i in found if i is not None), 0)


def serial_columns(layout: Layout) -> set[int]:
    """Indexes of the columns headed 序号."""
    return {i for i, h in enumerate(layout.headings) if plain(h.text).lower() in SERIAL_HEADERS}


def suspects(sheet: Sheet, layout: Layout) -> npt.NDArray[np.bool_]:
    """Rows that may be something else than a record."""
    identity = identity_column(layout)
    own = bare_header(layout.headings[identity].text)
    named = sheet.columns[identity]
    doubtful = [is_blank(v) or _suspicious(v) or _is_header(v, own) for v in named.values]
    mask = np.array(doubtful, dtype=bool)[named.codes]
    # beside a record's name a county is its county; only beside a figure it heads a group
    figures = [not isinstance(v, str) or is_number(v) for v in named.values]
    unnamed = mask | np.array(figures, dtype=bool)[named.codes]
    for i in set(range(min(_LEADING_COLUMNS, sheet.width))) - {identity}:
        column = sheet.columns[i]
        marks = np.array([_suspicious(v) for v in column.values], dtype=bool)
        strong = np.array([m and not _only_a_group(v) for m, v in zip(marks, column.values, strict=True)])
        mask |= strong[column.codes] | (marks[column.codes] & unnamed)
    for top, left, bottom, right in sheet.merged:
        if right - left >= 2 and top == bottom:
            mask[top] = True
    mask[layout.first_row : layout.first_row + _NUMBER_ROWS] = True
    return mask


def _is_header(cell: Cell, own: str) -> bool:
    """Whether a cell says the header of its column once more, perhaps with a unit or remark."""
    return isinstance(cell, str) and len(cell) <= len(own) + _LONGER and bare_header(cell) == own


def row_kind(sheet: Sheet, layout: Layout, row: int) -> RowKind:
    """What one row is."""
    cells = {i: cell for i, cell in enumerate(sheet.row(row)) if not is_blank(cell)}
    serial = serial_columns(layout)
    if not set(cells) - serial and not any(
        isinstance(c, str) and not c.strip().isdigit() for c in cells.values()
    ):
        return "blank"
    texts = [plain(cell) for cell in cells.values() if isinstance(cell, str) and not is_number(cell)]
    headings = {bare_header(h.text) for h in layout.headings if h.text}
    if len(texts) >= 2 and sum(bare_header(text) in headings for text in texts) * 2 > len(texts):
        return "header"
    if not texts and _numbers_only(layout, cells):
        return "header"
    if any(_TOTAL.match(text) for text in texts[:2]):
        return "total"
    if texts and _NOTE.match(texts[0]) and len(cells) <= max(2, sheet.width // 3):
        return "note"
    if _is_included(layout, cells):
        return "included"
    if _is_group(sheet, layout, row, cells, texts):
        return "group"
    if len(texts) == 1 == len(cells) and _SENTENCE.search(texts[0]):
        return "note"
    if _continues(sheet, layout, row, cells, serial):
        return "continued"
    known = any(layout.headings[i].field or layout.headings[i].month for i in cells)
    return "record" if known else "note"


def level_of(cell: str) -> int | None:
    """How deep a label's numbering stands: 0 for 一、, 1 for (一), 2 for ——; null for none of them."""
    stripped = cell.strip()
    return next((level for level, pattern in enumerate(_LEVELS) if pattern.match(stripped)), None)


def without_numbering(label: str) -> str:
    """A group's label without its numbering and count: 一、续建项目(33个) → 续建项目."""
    bare = label.strip()
    for pattern in _LEVELS:
        bare = pattern.sub("", bare) if not bare.startswith("【") else re.sub(r"[【】]", "", bare)
    return COUNT.sub("", _NUMBERED.sub("", bare)).strip() or label


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing or spaces."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def is_number(cell: str) -> bool:
    """Whether a text is a number."""
    # a text with a Chinese character need not be made plain to see that it is none
    return _IDEOGRAPH.search(cell) is None and _NUMBER.fullmatch(plain(cell)) is not None


def is_range(cell: str) -> bool:
    """Whether a text is a range of serials (428-442)."""
    return _RANGE.match(plain(cell)) is not None


def _suspicious(cell: Cell) -> bool:
    if not isinstance(cell, str) or not cell:
        return isinstance(cell, int | float) and cell < 0
    bare = cell.strip()
    if not bare or not (bare[0] in _FIRST or bare[-1] in _LAST or _ANYWHERE.search(bare)):
        return False
    text = plain(cell)
    return bool(
        _TOTAL.match(text)
        or _NOTE.match(text)
        or level_of(cell) is not None
        or BARE_NUMERAL.match(text)
        or _is_bare_group(text)
        or _SENTENCE.search(text)
        or _INCLUDED.match(text)
        or _NUMBERED.match(text)
    )


def _only_a_group(cell: Cell) -> bool:
    """Whether a suspicious cell could head a group by its words, and be nothing else."""
    if not isinstance(cell, str) or level_of(cell) is not None:
        return False
    text = plain(cell)
    return _is_bare_group(text) and not (
        _TOTAL.match(text) or _NOTE.match(text) or _SENTENCE.search(text) or _INCLUDED.match(text)
    )


def _is_bare_group(text: str) -> bool:
    """Whether a label without numbering heads a group by its words: 续建项目, 市直, 南宁市, 交通项目7个."""
    return bool(_COUNTED.search(text) or STAGE.match(COUNT.sub("", text)) or is_region(text))


def is_region(text: str) -> bool:
    """Whether a plain text names a county, park or 市直 and no estate or bonded zone."""
    return _REGION.match(text) is not None and _NO_REGION.search(text) is None


def _numbers_only(layout: Layout, cells: Mapping[int, Cell]) -> bool:
    """Whether a row of a project sheet only counts its columns (1|2|3) or keeps their widths (5|25|20)."""
    return layout.ledger.name == "projects" and identity_column(layout) in cells and len(cells) >= 2


def _is_group(sheet: Sheet, layout: Layout, row: int, cells: Mapping[int, Cell], texts: list[str]) -> bool:
    """One text beside nothing but numbers, and a sign that it heads a group."""
    words = [
        t
        for t in texts
        if not (BARE_NUMERAL.match(t) or COUNT.fullmatch(t) or is_range(t) or money(t, 1).yuan is not None)
    ]
    if len(words) != 1:
        return _heads_by_numbering(layout, cells)
    column, label = next((i, c) for i, c in cells.items() if isinstance(c, str) and plain(c) == words[0])
    if level_of(label) is not None:
        return True
    if any(isinstance(c, str) and BARE_NUMERAL.match(plain(c)) for c in cells.values()):
        return True
    if any(t == b == row and right - left >= 2 for t, left, b, right in sheet.merged):
        return True
    if layout.ledger.name != "projects":
        return False
    if identity_column(layout) not in cells and len(cells) == 1 and 0 in cells:
        return not _SENTENCE.search(words[0])
    numbers = [cells[i] for i in serial_columns(layout) & set(cells) - {column}]
    if any(isinstance(n, int | float) and n < 0 for n in numbers):
        return True
    if any(isinstance(n, str) and is_range(n) for n in numbers):
        return _NUMBERED.match(words[0]) is not None
    return not numbers and _is_bare_group(words[0])


def _heads_by_numbering(layout: Layout, cells: Mapping[int, Cell]) -> bool:
    """Whether the name is numbered like a group and no other known column of the row says anything."""
    identity = identity_column(layout)
    label = cells.get(identity)
    if layout.ledger.name != "projects" or not isinstance(label, str) or level_of(label) is None:
        return False
    known = [c for i, c in cells.items() if i != identity and layout.headings[i].field is not None]
    return not any(isinstance(c, str) and not is_number(c) for c in known)


def _is_included(layout: Layout, cells: Mapping[int, Cell]) -> bool:
    """Whether a row of a project sheet says, in its name or left of it, that it is part of the row above."""
    if layout.ledger.name != "projects" or len(cells) < 2:
        return False
    leading = [c for i, c in cells.items() if i <= identity_column(layout) and isinstance(c, str)]
    return any(_INCLUDED.match(plain(cell)) for cell in leading)


def _continues(sheet: Sheet, layout: Layout, row: int, cells: Mapping[int, Cell], serial: set[int]) -> bool:
    """Whether a row of a project sheet adds to the project above.

    It has no name; where the one above has a serial, none of its own; else at most half as many cells.
    """
    if layout.ledger.name != "projects" or identity_column(layout) in cells or serial & set(cells):
        return False
    above = row - 1
    while above >= layout.first_row and is_blank(sheet.columns[identity_column(layout)][above]):
        above -= 1
    if above < layout.first_row:
        return False
    filled = {i for i, cell in enumerate(sheet.row(above)) if not is_blank(cell)}
    return len(cells) < len(filled) if serial & filled else len(cells) * 2 <= len(filled)
