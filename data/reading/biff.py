"""What an .xls says beside its cells: hidden rows and columns, error cells, days from 1904 ([MS-XLS])."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

FORMULA, EOF, DATE_MODE, COLUMN, SHEET, ERROR, ROW = 0x06, 0x0A, 0x22, 0x7D, 0x85, 0x205, 0x208
# records of one filled cell: formula, text, number in its forms; of many numbers in a row
CELL: Final = frozenset({FORMULA, 0xD6, 0xFD, 0x203, 0x204, ERROR, 0x27E})
CELLS: Final = 0xBD
ERRORS: Final = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
ROW_HIDDEN: Final = 0x20
COLUMN_HIDDEN: Final = 0x01


@dataclass
class Look:
    """What one sheet is found to say, all 0-based; `height` and `width` of its filled cells."""

    height: int = 0
    width: int = 0
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)


def looks_of(stream: bytes) -> tuple[list[Look], bool]:
    """A look at every sheet in the book's order, and whether days are counted from 1904."""
    starts, from_1904 = list[int](), False
    for kind, at, size in records(stream, 0):
        if kind == SHEET and size >= 4:
            starts.append(struct.unpack_from("<I", stream, at)[0])
        elif kind == DATE_MODE and size >= 2:
            from_1904 = stream[at : at + 2] == b"\x01\x00"
    return [sheet_look(stream, start) for start in starts], from_1904


def sheet_look(stream: bytes, start: int) -> Look:
    """A look at the sheet whose records begin at `start`."""
    look = Look()
    for kind, at, size in records(stream, start):
        if kind in CELL or kind == CELLS:
            row, column = struct.unpack_from("<HH", stream, at)
            if kind == CELLS:
                column = struct.unpack_from("<H", stream, at + size - 2)[0]
            look.height, look.width = max(look.height, row + 1), max(look.width, column + 1)
        if kind == ROW and size >= 16:
            row, flags = struct.unpack_from("<H10xH", stream, at)
            if flags & ROW_HIDDEN:
                look.hidden_rows.append(row)
        elif kind == COLUMN and size >= 10:
            first, last, flags = struct.unpack_from("<HH4xH", stream, at)
            if flags & COLUMN_HIDDEN:
                look.hidden_columns.extend(range(first, min(last, 255) + 1))
        elif kind in (ERROR, FORMULA) and size >= 8:
            row, column = struct.unpack_from("<HH", stream, at)
            if (code := error_code(kind, stream[at + 6 : at + 14])) is not None:
                look.errors.append((row, column, ERRORS.get(code, "#N/A")))
    return look


def error_code(kind: int, value: bytes) -> int | None:
    """The code of an error in a cell's value; null for any other value."""
    if kind == ERROR:
        return value[0] if value[1] else None
    return value[2] if len(value) == 8 and value[6:] == b"\xff\xff" and value[0] == 2 else None


def records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and size of every record of one substream; a chart's substream inside it belongs to it."""
    at, depth = start, 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        at += 4
        if kind == 0x809:
            depth += 1
        elif kind == EOF:
            depth -= 1
            if depth <= 0:
                return
        if depth == 1:
            yield kind, at, size
        at += size
