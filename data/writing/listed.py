"""A list as a workbook: what is on screen, with title, base, formats, frozen header and print titles."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import polars as pl
import xlsxwriter

from data import lights
from data.lists import Kind, ListColumn
from data.narrowing import read
from data.writing.sheets import FONT, OPTIONS, Book, print_set_up, write_cell

_YUAN_IN_WAN: Final = 10_000
# title, base, then the header
HEADER_ROW: Final = 2
_WIDTHS: Final[dict[Kind, int]] = {
    "light": 8, "name": 30, "long": 36, "date": 12, "money": 14, "count": 11, "days": 13, "ratio": 10,
    "flag": 9,
}  # fmt: skip
# background and ink of a light, as on paper; the word stands in the cell
_LIGHTS: Final = {
    "red": ("#FBE3E4", "#C4232B"), "yellow": ("#FDF1CF", "#7A5600"), "blue": ("#E1ECFA", "#2A6FC9"),
    "green": ("#DFF1E7", "#1A7F4B"), "grey": ("#E9EDF1", "#5D6A75"), "stopped": ("#ECE8F5", "#6F5C9C"),
}  # fmt: skip


def write_list(
    target: Path, title: str, base: str, columns: Sequence[ListColumn], rows: pl.DataFrame
) -> Path:
    """The workbook at `target`: the columns given, in their order; `base` is the line below the title."""
    with tempfile.TemporaryDirectory(prefix=".清单", dir=target.parent) as folder:
        options = OPTIONS | {"constant_memory": True, "tmpdir": folder}
        with xlsxwriter.Workbook(str(target), options) as workbook:
            book = Book(workbook)
            _formats(book)
            _sheet(book, title, base, columns, rows)
    return target


def _formats(book: Book) -> None:
    more: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 16},
        "base": {"font_color": "#5D6A75"},
        "ratio": {"num_format": "0.0%"},
        "days": {"num_format": "0;[Red]-0"},
    }
    for name, form in more.items():
        book.formats[name] = book.book.add_format({**FONT, **form})
    for code, (ground, ink) in _LIGHTS.items():
        form = {**FONT, "bg_color": ground, "font_color": ink, "bold": True, "align": "center"}
        book.formats[f"light-{code}"] = book.book.add_format(form)


def _sheet(book: Book, title: str, base: str, columns: Sequence[ListColumn], rows: pl.DataFrame) -> None:
    sheet = book.book.add_worksheet(title)
    frozen = _frozen(columns)
    sheet.freeze_panes(HEADER_ROW + 1, frozen)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _width(column))
    sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + max(rows.height, 1), len(columns) - 1)
    print_set_up(sheet, len(columns), frozen, HEADER_ROW)
    sheet.fit_to_pages(1, 0)
    # last and downwards: rows leave memory as they are written
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, title, book.formats["title"])
    sheet.write_string(1, 0, base, book.formats["base"])
    sheet.set_row(HEADER_ROW, 32)
    for place, column in enumerate(columns):
        sheet.write_string(HEADER_ROW, place, column.title, book.formats["header"])
    _write_rows(book, sheet, columns, rows)


def _frozen(columns: Sequence[ListColumn]) -> int:
    """How many columns stay in sight: up to the one that names the row, if it stands among the first."""
    names = [place for place, column in enumerate(columns[:3]) if column.kind == "name"]
    return names[0] + 1 if names else 0


def _width(column: ListColumn) -> int:
    return max(_WIDTHS.get(column.kind, 14), 2 * len(column.title) + 2)


def _write_rows(book: Book, sheet: Any, columns: Sequence[ListColumn], rows: pl.DataFrame) -> None:
    forms = [book.formats.get(_form(column), book.formats["text"]) for column in columns]
    ink = {item.word: book.formats[f"light-{item.code}"] for item in lights.lights()}
    cells = [_cells(rows, column) for column in columns]
    for number, row in enumerate(zip(*cells, strict=True), start=HEADER_ROW + 1):
        for place, cell in enumerate(row):
            if cell is not None:
                form = ink[cell] if columns[place].kind == "light" else forms[place]
                write_cell(sheet, number, place, cell, form)


def _form(column: ListColumn) -> str:
    return {"name": "text", "money": "money"}.get(column.kind, column.kind)


def _cells(rows: pl.DataFrame, column: ListColumn) -> list[Any]:
    if column.kind in ("light", "flag", "text", "name", "long"):
        return read(rows, column).to_list()
    values = rows[column.name]
    return (values / _YUAN_IN_WAN if column.kind == "money" else values).to_list()
