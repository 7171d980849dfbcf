"""What a file looks like after reading: sheets of coded columns, nothing interpreted yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

Cell = str | int | float | bool | date | datetime | None


@dataclass(frozen=True)
class CellColumn:
    """One column of cells: distinct `values` and, for every row, the index into them (`codes`)."""

    values: tuple[Cell, ...]
    codes: npt.NDArray[np.uint32]

    def __getitem__(self, row: int) -> Cell:
        return self.values[int(self.codes[row])]


@dataclass(frozen=True)
class Sheet:
    """One sheet from A1 on: row 0 is Excel row 1. None and "" are both empty cells.

    `merged` holds 0-based inclusive ranges (top, left, bottom, right); `errors` the cells with a formula
    error as (address, text such as "#REF!"), which read as empty. `hidden_rows` and `hidden_columns` are the
    0-based rows and columns the sheet doesn't show; their cells are here like all others. `from_1904`: a bare
    number meant as a day counts from 1904-01-01, not from 1899-12-30 (dates proper are right already).
    """

    name: str
    height: int
    columns: tuple[CellColumn, ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    errors: tuple[tuple[str, str], ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    from_1904: bool = False

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.columns)

    def row(self, index: int) -> tuple[Cell, ...]:
        """The cells of one row (0-based)."""
        return tuple(column[index] for column in self.columns)

    @property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Every row; for small sheets and tests, columns are the fast way."""
        return tuple(self.row(i) for i in range(self.height))


@dataclass(frozen=True)
class Workbook:
    """A file as read: `path` gives the name findings and dates are taken from, `sheets` in file order.

    `hidden_sheets` names the worksheets that are hidden and therefore not among `sheets`.
    """

    path: Path
    sheets: tuple[Sheet, ...]
    hidden_sheets: tuple[str, ...] = ()


def address(row: int, column: int) -> str:
    """Excel address of a 0-based row and column: (4, 9) is "J5"."""
    return f"{letters(column)}{row + 1}"


def letters(column: int) -> str:
    """Excel name of a 0-based column: 0 is "A", 26 is "AA"."""
    name, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def parted(address: str) -> tuple[int, int]:
    """0-based column and row of an Excel address: "J5" is (9, 4)."""
    name = address.rstrip("0123456789")
    column = 0
    for letter in name:
        column = column * 26 + ord(letter) - 64
    return column - 1, int(address[len(name) :]) - 1


def sheet_of_rows(
    name: str, rows: list[list[Cell]], merged: tuple[tuple[int, int, int, int], ...] = ()
) -> Sheet:
    """A sheet made of rows in memory; shorter rows are filled with empty cells."""
    width = max((len(row) for row in rows), default=0)
    columns = []
    for i in range(width):
        cells = [row[i] if i < len(row) else None for row in rows]
        index = {value: n for n, value in enumerate(dict.fromkeys(cells))}
        codes = np.fromiter((index[value] for value in cells), dtype=np.uint32, count=len(cells))
        columns.append(CellColumn(tuple(index), codes))
    return Sheet(name, len(rows), tuple(columns), merged)
