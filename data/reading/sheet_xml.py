"""A worksheet's XML looked through before any reader opens it: extent, error cells, hidden rows and columns.

A reader allocates the whole rectangle up to the farthest filled cell, so one stray cell in XFD1048576 would
ask for hundreds of gigabytes; and it gives error cells as empty and knows nothing of what is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Final

import numpy as np
import numpy.typing as npt

from data.reading.archive import ENTITIES
from data.reading.packing import About
from data.reading.serving import Fault

CHUNK_BYTES: Final = 1 << 22
# longer than any cell (32,767 letters) with its formula, so that a chunk may begin with a whole one
LONGEST_CELL_BYTES: Final = 1 << 20
PAD: Final = bytes(16)
ROW: Final = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
NUMBER: Final = re.compile(rb'\br="(\d+)"')
HIDDEN: Final = re.compile(rb'\bhidden="(?:1|true)"|\bzeroHeight="(?:1|true)"')
COLUMN: Final = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
SPAN: Final = re.compile(rb'\b(min|max)="(\d+)"')
ERROR_CELL: Final = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]{1,3}\d+)"[^>]*?t="e"[^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<', re.S
)
# what programs other than spreadsheets write: the formula, and no result with it
NO_RESULT: Final = "没有计算结果"
BARE_FORMULA: Final = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]{1,3}\d{1,7})"(?![^>]*t="str")[^>]*>'
    rb"<(?:\w+:)?f[^<]*</(?:\w+:)?f>(?:<(?:\w+:)?v></(?:\w+:)?v>|<(?:\w+:)?v ?/>)?</(?:\w+:)?c>"
)
BARE_ENDS: Final = (b"</f><v></v>", b"</f><v/>", b"</f><v />", b"</f></c>")
FILLED_CELL: Final = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/>])>\s*<(?:\w+:)?(?:v>[^<]|is|f)", re.S)
REFERENCE: Final = re.compile(rb"\br=[\"']([A-Z]{1,9})(\d+)")


class Look:
    """What one worksheet part is found to hold, chunk by chunk; all indices are 0-based."""

    def __init__(self) -> None:
        self.width = self.height = 0
        self.errors: dict[str, str] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()

    def see(self, text: bytes) -> None:
        """Take in a chunk that begins with a tag."""
        rows, columns = references(text)
        if rows.size:
            self.height = max(self.height, int(rows.max()))
            self.width = max(self.width, int(columns.max()))
        if b't="e"' in text:
            for place, word in ERROR_CELL.findall(text):
                self.errors[place.decode()] = word.decode("utf-8", "replace")
        self.see_formulas(text)
        self.see_hidden(text)

    def see_formulas(self, text: bytes) -> None:
        """Take in which formulas of the chunk have no result in the file."""
        if any(end in text for end in BARE_ENDS):
            for place in BARE_FORMULA.findall(text):
                self.errors[place.decode()] = NO_RESULT

    def see_hidden(self, text: bytes) -> None:
        """Take in what the chunk says of hidden rows and columns."""
        if b'hidden="' not in text:
            return
        for attributes in ROW.findall(text):
            if HIDDEN.search(attributes) and (number := NUMBER.search(attributes)):
                self.hidden_rows.add(int(number[1]) - 1)
        for attributes in COLUMN.findall(text):
            span = {key: int(value) for key, value in SPAN.findall(attributes)}
            if HIDDEN.search(attributes) and b"min" in span:
                last = min(span.get(b"max", span[b"min"]), 16_384)
                self.hidden_columns.update(range(span[b"min"] - 1, last))

    def about(self, merged: list[tuple[int, int, int, int]], width: int) -> About:
        """What the answer says of the sheet beside its cells."""
        columns = sorted(i for i in self.hidden_columns if i < width)
        return About(merged, list(self.errors.items()), sorted(self.hidden_rows), columns)


def look_through(stream: IO[bytes]) -> Look:
    """What the part holds; `width` and `height` count empty formatted cells as well."""
    look = Look()
    for text in chunks(stream):
        look.see(text)
    return look


def filled_extent(stream: IO[bytes], limit: int) -> tuple[int, int]:
    """Height and width of the rectangle of cells with content; stops where its size exceeds the limit."""
    height = width = 0
    for text in chunks(stream):
        for attributes in FILLED_CELL.findall(text):
            if found := REFERENCE.search(attributes):
                width, height = max(width, column_number(found[1])), max(height, int(found[2]))
        if width * height > limit:
            break
    return height, width


def chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """The part in pieces that begin with a tag, cut where a cell or row begins."""
    head = stream.read(1024)
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Fault(ENTITIES)
    tail = head
    while chunk := stream.read(CHUNK_BYTES):
        text = tail + chunk
        cut = max(text.rfind(b"<c "), text.rfind(b"<row "), text.rfind(b":c "), 0)
        if len(text) - cut > LONGEST_CELL_BYTES:
            cut = len(text) - 512
        yield text[:cut]
        tail = text[cut:]
    yield tail


def references(text: bytes) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Row and column number of every r="…" in the text; 0 for the part a reference doesn't name."""
    a = np.frombuffer(text + PAD, dtype=np.uint8)
    end = len(text)
    found = (
        (a[1 : end + 1] == 114) & (a[2 : end + 2] == 61) & ((a[3 : end + 3] == 34) | (a[3 : end + 3] == 39))
    )
    at = np.flatnonzero(found & (a[:end] <= 32)) + 4
    columns, rows = np.zeros(at.size, np.int32), np.zeros(at.size, np.int32)
    for _ in range(5):  # more letters and digits than Excel has, so that an endless name is a large number
        letter = a[at]
        is_letter = (letter >= 65) & (letter <= 90)
        columns = np.where(is_letter, columns * 26 + letter - 64, columns)
        at = at + is_letter
    for _ in range(8):
        digit = a[at] - 48  # wraps round below "0"
        is_digit = digit < 10
        rows = np.where(is_digit, rows * 10 + digit, rows)
        at = at + is_digit
    return rows, columns


def column_number(letters: bytes) -> int:
    """1-based number of a column name: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
