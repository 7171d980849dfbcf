"""A worksheet read in one pass: cells into columns, with merged ranges, errors and what is hidden."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count, pairwise
from typing import IO, Any, Final

import numpy as np
import numpy.typing as npt

from data.reading.fast_cells import BOOL, DAY, ERROR, NUMBER, SHARED, TEXT, Cells, cells_in
from data.reading.packing import sendable
from data.reading.regular import Irregular
from data.reading.serving import Fault
from data.reading.sheet_xml import LONGEST_CELL_BYTES, Look, column_number
from data.reading.strings import texts

CHUNK_BYTES: Final = 1 << 20
MERGED: Final = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
END: Final = b"</sheetData>"
EPOCHS: Final = {False: date(1899, 12, 30).toordinal(), True: date(1904, 1, 1).toordinal()}
LAST_DAY: Final = date(9999, 12, 31).toordinal()
# Excel counts a 29 February 1900 that never was
BEFORE_THE_GAP: Final = 61


@dataclass(frozen=True)
class Book:
    """What the sheets of one workbook share."""

    strings: list[str]
    day_styles: npt.NDArray[np.bool_]
    from_1904: bool
    max_cells: int


def fast_sheet(name: str, stream: IO[bytes], book: Book, spent: int) -> tuple[dict[str, Any], int]:
    """The sheet as the answer carries it, and the cells spanned so far (`spent` before); raises Irregular."""
    words: defaultdict[bytes, int] = defaultdict(count().__next__)
    errors: dict[str, str] = {}
    look, merged, found = Look(), list[tuple[int, int, int, int]](), list[Cells]()
    for body, text in pieces(stream):
        look.see_hidden(text)
        if body:
            look.see_formulas(text)
            found.append(cells_in(text, book.day_styles, words, errors))
        else:
            merged += [
                (int(b) - 1, column_number(a) - 1, int(d) - 1, column_number(c) - 1)
                for a, b, c, d in MERGED.findall(text)
            ]
    cells = joined(found)
    height, width = (int(x.max()) + 1 if x.size else 0 for x in (cells.rows, cells.columns))
    spent += height * width
    if spent > book.max_cells:
        raise Fault(too_large(name, height, width, book.max_cells))
    columns = columns_of(cells, height, width, book, texts(list(words)))
    about = look.about(merged, width)
    sheet = {
        "name": name,
        "height": height,
        "columns": columns,
        "merged": merged,
        "errors": [*(look.errors | errors).items()],
    }
    hidden = [row for row in about.hidden_rows if row < height]
    return {**sheet, "hidden_rows": hidden, "hidden_columns": about.hidden_columns}, spent


def too_large(name: str, height: int, width: int, max_cells: int) -> str:
    """The sentence for a sheet, or a book up to this sheet, that spans too much."""
    return (
        f"工作表“{name}”的单元格范围达 {height} 行 × {width} 列,超过 {max_cells} 格的上限。"
        "请选中数据以外的行和列删除(不是清除内容),保存后重报。"
    )


def pieces(stream: IO[bytes]) -> Iterator[tuple[bool, bytes]]:
    """The part in pieces of whole cells, each with whether it is of sheetData."""
    tail = stream.read(CHUNK_BYTES)
    start = tail.find(b"<sheetData")
    if start < 0 or (b"encoding=" in tail[:100] and b"utf-8" not in tail[:100].lower()):
        raise Irregular
    yield False, tail[:start]
    tail, body = tail[start:], True
    while chunk := stream.read(CHUNK_BYTES):
        text = tail + chunk
        end = text.find(END, max(0, len(tail) - len(END))) if body else 0
        if end >= 0 and body:
            yield True, text[:end]
            text, body = text[end:], False
        cut = max(text.rfind(b"<c "), text.rfind(b"<row "), 0) if body else max(text.rfind(b"<"), 0)
        if len(text) - cut > LONGEST_CELL_BYTES + CHUNK_BYTES:
            raise Irregular
        yield body, text[:cut]
        tail = text[cut:]
    end = tail.find(END) if body else 0
    if end > 0:
        yield True, tail[:end]
        tail = tail[end:]
    elif body and b"<sheetData/>" not in tail:
        raise Irregular
    yield False, tail


def joined(found: list[Cells]) -> Cells:
    """All cells, ordered by column, and within one as they came."""
    columns = np.concatenate([np.zeros(0, np.uint16), *(cells.columns for cells in found)])
    order = np.argsort(columns, kind="stable")

    def taken(field: str, dtype: type) -> npt.NDArray[Any]:
        none: npt.NDArray[Any] = np.zeros(0, dtype)
        return np.concatenate([none, *(getattr(cells, field) for cells in found)])[order]

    return Cells(
        taken("rows", np.int32), columns[order], taken("kinds", np.int8), taken("numbers", np.float64)
    )


def columns_of(
    cells: Cells, height: int, width: int, book: Book, words: list[str]
) -> list[tuple[list[object], bytes]]:
    """Every column from A on, as distinct values and codes."""
    bounds = np.searchsorted(cells.columns, np.arange(width + 1)).tolist()
    every = book.strings + words
    cells.numbers[cells.kinds == TEXT] += len(book.strings)
    scratch = np.zeros(len(every), np.int64)
    spans = (slice(a, b) for a, b in pairwise(bounds))
    return [
        column_of(cells.rows[s], cells.kinds[s], cells.numbers[s], height, book, every, scratch)
        for s in spans
    ]


def column_of(
    rows: npt.NDArray[np.int32],
    kinds: npt.NDArray[np.int8],
    numbers: npt.NDArray[np.float64],
    height: int,
    book: Book,
    every: list[str],
    scratch: npt.NDArray[np.int64],
) -> tuple[list[object], bytes]:
    """One column's distinct values and, as uint32 bytes, the index of every row's."""
    values: list[object] = [""] if rows.size < height or (kinds == ERROR).any() else []
    codes = np.zeros(height, np.uint32)
    is_text = (kinds == SHARED) | (kinds == TEXT)
    if is_text.any():
        ids = numbers[is_text].astype(np.int64)
        if int(ids.max()) >= len(every):
            raise Irregular
        index, own = numbered(ids, scratch)
        codes[rows[is_text]] = own + len(values)
        values += [every[i] for i in index]
    for kind in (NUMBER, BOOL, DAY):
        chosen = kinds == kind
        if chosen.any():
            distinct, own = np.unique(numbers[chosen], return_inverse=True)
            codes[rows[chosen]] = own + len(values)
            values += cell_values(distinct.tolist(), kind, book.from_1904)
    return values, codes.tobytes()


def numbered(
    ids: npt.NDArray[np.int64], scratch: npt.NDArray[np.int64]
) -> tuple[list[int], npt.NDArray[np.int64]]:
    """The distinct ids in order of appearance, and each one's index among them."""
    place = np.arange(ids.size)
    scratch[ids[::-1]] = place[::-1]  # the first of each id is written last
    firsts = ids[scratch[ids] == place]
    scratch[firsts] = np.arange(firsts.size)
    return firsts.tolist(), scratch[ids]


def cell_values(numbers: list[float], kind: int, from_1904: bool) -> list[Any]:
    """Numbers as they are sent: as they are, as 是/否, or as days."""
    if kind == DAY:
        return [day_value(number, from_1904) for number in numbers]
    return [number != 0 for number in numbers] if kind == BOOL else numbers


def day_value(serial: float, from_1904: bool) -> object:
    """A serial number as a day or moment; below one day a time such as "08:30", out of range as it is."""
    day, fraction = divmod(serial, 1)
    gap = not from_1904 and 1 <= serial < BEFORE_THE_GAP
    ordinal = EPOCHS[from_1904] + int(day) + gap
    if serial < 0 or ordinal > LAST_DAY:
        return serial
    moment = datetime.fromordinal(ordinal) + timedelta(seconds=round(fraction * 86_400))
    if serial < 1:
        return moment.time().isoformat("minutes")
    return sendable(moment if fraction else moment.date())
