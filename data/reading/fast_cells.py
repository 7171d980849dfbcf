"""Cells of a worksheet's XML by array operations: some ten times as fast as an XML reader.

It knows the way every spreadsheet program writes a cell — `<c r="B2" s="1" t="s"><f>…</f><v>5</v></c>`, or
`<is><t>…</t></is>` — and raises Irregular for anything else, which calamine then reads.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from data.reading.regular import Irregular

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

NUMBER, SHARED, TEXT, BOOL, ERROR, INLINE, DAY = range(7)
# the type attribute by its first letter, with the length it must have
TYPES: Final = {ord("s"): (SHARED, 1), ord("n"): (NUMBER, 1), ord("b"): (BOOL, 1), ord("e"): (ERROR, 1),
                ord("i"): (INLINE, 9)}  # fmt: skip
STR_BYTES: Final = 3
PAD: Final = bytes(32)
LONGEST_WHOLE: Final = 15
LONGEST_EXACT: Final = 18
EXACT_BELOW: Final = 1 << 53


@dataclass(frozen=True)
class Cells:
    """Filled cells: 0-based row and column, kind, and the number (of SHARED and TEXT: which text)."""

    rows: npt.NDArray[np.int32]
    columns: npt.NDArray[np.uint16]
    kinds: npt.NDArray[np.int8]
    numbers: npt.NDArray[np.float64]


def cells_in(
    text: bytes, day_styles: npt.NDArray[np.bool_], words: defaultdict[bytes, int], errors: dict[str, str]
) -> Cells:
    """The filled cells of a piece of sheetData made of whole cells; texts are numbered in `words`."""
    if b"<!" in text:
        raise Irregular
    a = np.frombuffer(text + PAD, dtype=np.uint8)
    tags = np.flatnonzero(a[: len(text)] == ord("<"))
    first, second = a[tags + 1], a[tags + 2]
    is_cell = (first == ord("c")) & ((second == ord(" ")) | (second == ord(">")))
    columns, rows, styles, kinds = attributes(a, tags[is_cell] + 2)
    starts, ends = values(a, tags, first, second, np.cumsum(is_cell) - 1, kinds)
    filled = np.flatnonzero(ends > starts)
    rows, columns, styles, kinds = rows[filled], columns[filled], styles[filled], kinds[filled]
    starts, ends = starts[filled], ends[filled]
    numbers = np.zeros(filled.size)
    plain = kinds <= SHARED
    plain |= kinds == BOOL
    numbers[plain] = parsed(text, a, starts[plain], ends[plain])
    for i in np.flatnonzero(~plain).tolist():
        raw = text[starts[i] : ends[i]]
        if kinds[i] == ERROR:
            errors[f"{letters(int(columns[i]))}{rows[i] + 1}"] = raw.decode("utf-8", "replace")
        else:
            numbers[i] = words[raw]
    kinds[kinds == INLINE] = TEXT
    kinds[(kinds == NUMBER) & day_styles[styles]] = DAY
    return Cells(rows.astype(np.int32), columns.astype(np.uint16), kinds.astype(np.int8), numbers)


def attributes(a: Bytes, at: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Column, row, style and kind of every cell whose attributes begin at `at`."""
    at = at.astype(np.int64)
    columns, rows = np.full(at.size, -1), np.full(at.size, -1)
    styles, kinds = np.zeros(at.size, np.int64), np.full(at.size, NUMBER)
    going = np.arange(at.size)
    for _ in range(4):
        here = at[going]
        going = going[(a[here] == ord(" ")) & (a[here + 1] != ord("/"))]
        if not going.size:
            break
        here = at[going]
        name = a[here + 1]
        if ((a[here + 2] != ord("=")) | (a[here + 3] != ord('"'))).any():
            raise Irregular
        done = name == ord("r")
        for letter, read in ((ord("r"), _reference), (ord("s"), _style), (ord("t"), _kind)):
            these = going[name == letter]
            done |= name == letter
            if these.size:
                at[these] = read(a, at[these] + 4, these, columns, rows, styles, kinds)
        if not done.all() or (a[at[going]] != ord('"')).any():
            raise Irregular
        at[going] += 1
    closing = a[at]
    if ((closing != ord(">")) & (closing != ord("/")) & (closing != ord(" "))).any() or (rows < 0).any():
        raise Irregular
    return columns, rows, styles, kinds


def _reference(a: Bytes, at: Ints, these: Ints, columns: Ints, rows: Ints, styles: Ints, kinds: Ints) -> Ints:
    number = np.zeros(at.size, np.int64)
    for _ in range(3):
        letter = a[at]
        there = (letter >= 65) & (letter <= 90)
        number = np.where(there, number * 26 + letter - 64, number)
        at = at + there
    row, at = _digits(a, at, 7)
    if (number == 0).any() or (row == 0).any():
        raise Irregular
    columns[these], rows[these] = number - 1, row - 1
    return at


def _style(a: Bytes, at: Ints, these: Ints, columns: Ints, rows: Ints, styles: Ints, kinds: Ints) -> Ints:
    styles[these], at = _digits(a, at, 6)
    return at


def _kind(a: Bytes, at: Ints, these: Ints, columns: Ints, rows: Ints, styles: Ints, kinds: Ints) -> Ints:
    letter, is_word = a[at], (a[at] == ord("s")) & (a[at + 1] == ord("t"))
    found, length = np.full(at.size, -1), np.zeros(at.size, np.int64)
    for first, (kind, size) in TYPES.items():
        found[letter == first], length[letter == first] = kind, size
    found[is_word], length[is_word] = TEXT, STR_BYTES
    if (found < 0).any():
        raise Irregular
    kinds[these] = found
    return at + length


def _digits(a: Bytes, at: Ints, most: int) -> tuple[Ints, Ints]:
    """The whole number at each place, and the place behind it."""
    number = np.zeros(at.size, np.int64)
    for _ in range(most):
        digit = a[at] - ord("0")  # wraps round below "0"
        there = digit < 10
        number = np.where(there, number * 10 + digit, number)
        at = at + there
    return number, at


def values(
    a: Bytes, tags: Ints, first: Bytes, second: Bytes, cell_of: Ints, kinds: Ints
) -> tuple[Ints, Ints]:
    """Where every cell's value begins and ends; both 0 where it has none."""
    starts, ends = np.zeros(kinds.size, np.int64), np.zeros(kinds.size, np.int64)
    empty = (second == ord("/")) | ((second == ord(" ")) & (a[tags + 3] == ord("/")))
    is_value, is_text = (first == ord("v")) & ~empty, (first == ord("t")) & ~empty
    for chosen, letter in ((is_value, "v"), (is_text, "t")):
        which = np.flatnonzero(chosen)
        owner = cell_of[which]
        if not which.size:
            continue
        if which[-1] + 1 >= tags.size or (owner < 0).any() or (np.diff(owner) <= 0).any():
            raise Irregular  # two values in one cell: rich text
        if ((kinds[owner] == INLINE) != (letter == "t")).any():
            raise Irregular
        begin = _after_tag(a, tags[which], second[which], preserved=letter == "t")
        end = tags[which + 1]
        if ((a[end + 1] != ord("/")) | (a[end + 2] != ord(letter))).any():
            raise Irregular
        starts[owner], ends[owner] = begin, end
    return starts, ends


def _after_tag(a: Bytes, at: Ints, second: Bytes, *, preserved: bool) -> Ints:
    """Behind `<v>`, `<t>` or `<t xml:space="preserve">`."""
    space = len('<t xml:space="preserve">')
    behind = np.where(second == ord(">"), at + 3, at + space)
    if (a[behind - 1] != ord(">")).any() or (not preserved and (second != ord(">")).any()):
        raise Irregular
    return behind


def parsed(text: bytes, a: Bytes, starts: Ints, ends: Ints) -> npt.NDArray[np.float64]:
    """Decimal numbers, correctly rounded; whole ones, which most are, length by length without a mask."""
    length, numbers = ends - starts, np.zeros(starts.size)
    odd = length > LONGEST_WHOLE
    for size in np.flatnonzero(np.bincount(length[~odd])).tolist():
        these = np.flatnonzero(length == size)
        at, whole, fits = starts[these], np.zeros(these.size, np.int64), np.ones(these.size, bool)
        for i in range(size):
            digit = a[at + i] - ord("0")  # wraps round below "0"
            fits &= digit < 10
            whole = whole * 10 + digit
        numbers[these] = whole
        odd[these[~fits]] = True
    others = np.flatnonzero(odd)
    if others.size:
        numbers[others] = decimals(text, a, starts[others], ends[others])
    return numbers


def decimals(text: bytes, a: Bytes, starts: Ints, ends: Ints) -> npt.NDArray[np.float64]:
    """Numbers with sign or point: exact where mantissa and power of ten are, else one by one."""
    length = ends - starts
    mantissa, places = np.zeros(starts.size, np.int64), np.zeros(starts.size, np.int64)
    pointed, slow = np.zeros(starts.size, bool), length > LONGEST_EXACT
    negative = a[starts] == ord("-")
    going = np.arange(starts.size)
    for i in range(min(int(length.max(initial=0)), LONGEST_EXACT)):
        going = going[length[going] > i]
        byte = a[starts[going] + i]
        digit = byte - ord("0")
        is_digit, is_point = digit < 10, byte == ord(".")
        of_digit = going[is_digit]
        mantissa[of_digit] = mantissa[of_digit] * 10 + digit[is_digit]
        places[of_digit] += pointed[of_digit]
        odd = going[~is_digit & ~(is_point & ~pointed[going]) & ~((byte == ord("-")) & (i == 0))]
        slow[odd] = True
        pointed[going[is_point]] = True
    slow |= (mantissa >= EXACT_BELOW) | (length == negative + pointed)
    number = mantissa / np.power(10.0, places)
    number[negative] *= -1
    try:
        for i in np.flatnonzero(slow).tolist():
            number[i] = float(text[starts[i] : ends[i]])
    except ValueError as e:
        raise Irregular from e
    if not np.isfinite(number).all():
        raise Irregular
    return number


def letters(column: int) -> str:
    """Excel name of a 0-based column."""
    name, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
