"""A list as a workbook: what is on screen, with title, base, formats, frozen header and print titles."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import polars as pl
import xlsxwriter

from data import lights
from data.lists import Kind, ListColumn
from data.narrowing import read
from data.writing.bulk_rows import Styled, write_rows
from data.writing.sheets import FONT, OPTIONS, Book, print_set_up

# title, the line below it, columns, rows
ListSheet = tuple[str, str, Sequence[ListColumn], pl.DataFrame]

_YUAN_IN_WAN: Final = 10_000
# title, one line of base, then the header
HEADER_ROW: Final = 2
# the widest a column gets, in characters; longer texts are wrapped
_WIDEST: Final[dict[Kind, int]] = {"name": 32, "long": 36, "text": 18}
_NARROWEST: Final = 7
_LOOKED_AT: Final = 500
# background and ink of a light, as on paper; the word stands in the cell
_LIGHTS: Final = {
    "red": ("#FBE3E4", "#C4232B"), "yellow": ("#FDF1CF", "#7A5600"), "blue": ("#E1ECFA", "#2A6FC9"),
    "green": ("#DFF1E7", "#1A7F4B"), "grey": ("#E9EDF1", "#5D6A75"), "stopped": ("#ECE8F5", "#6F5C9C"),
}  # fmt: skip


def write_list(
    target: Path, title: str, base: str, columns: Sequence[ListColumn], rows: pl.DataFrame
) -> Path:
    """The workbook at `target`: the columns given, in their order; `base` stands below the title in lines."""
    return write_lists(target, [(title, base, columns, rows)])


def write_lists(target: Path, sheets: Iterable[ListSheet]) -> Path:
    """The workbook at `target` with one list a sheet, each as `write_list` writes it."""
    with tempfile.TemporaryDirectory(prefix=".清单", dir=target.parent) as folder:
        options = OPTIONS | {"constant_memory": True, "tmpdir": folder}
        with xlsxwriter.Workbook(str(target), options) as workbook:
            book = Book(workbook)
            _formats(book)
            for sheet in sheets:
                _sheet(book, *sheet)
    return target


def _formats(book: Book) -> None:
    line = {**FONT, "border": 1, "border_color": "#D9E0E7"}
    kinds: dict[str, dict[str, Any]] = {
        "text": {"num_format": "@", "text_wrap": True},
        "date": {"num_format": "yyyy-mm-dd", "align": "center"},
        "money": {"num_format": "#,##0.00"},
        "count": {"num_format": "#,##0"},
        "days": {"num_format": "0;[Red]-0"},
        "ratio": {"num_format": "0.0%"},
        "number": {"num_format": "#,##0.##"},
        "flag": {"align": "center"},
    }
    for name, form in kinds.items():
        book.formats[name] = book.book.add_format({**line, **form})
    for code, (ground, ink) in _LIGHTS.items():
        form = {"bg_color": ground, "font_color": ink, "bold": True, "align": "center"}
        book.formats[f"light-{code}"] = book.book.add_format({**line, **form})
    book.formats["title"] = book.book.add_format({**FONT, "bold": True, "font_size": 16})
    book.formats["base"] = book.book.add_format({**FONT, "font_color": "#5D6A75"})


def _sheet(book: Book, title: str, base: str, columns: Sequence[ListColumn], rows: pl.DataFrame) -> None:
    sheet = book.book.add_worksheet(title)
    cells = [_cells(rows, column) for column in columns]
    frozen, lines = _frozen(columns), base.split("\n")
    header_row = HEADER_ROW + len(lines) - 1
    sheet.freeze_panes(header_row + 1, frozen)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _width(column, cells[place]))
    sheet.autofilter(header_row, 0, header_row + max(rows.height, 1), len(columns) - 1)
    print_set_up(sheet, len(columns), frozen, header_row)
    sheet.fit_to_pages(1, 0)
    # last and downwards: rows leave memory as they are written
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, title, book.formats["title"])
    for number, line in enumerate(lines, start=1):
        sheet.write_string(number, 0, line, book.formats["base"])
    sheet.set_row(header_row, 32)
    for place, column in enumerate(columns):
        sheet.write_string(header_row, place, _header(column), book.formats["header"])
    write_rows(sheet, header_row + 1, cells, [_style(book, column) for column in columns])


def _frozen(columns: Sequence[ListColumn]) -> int:
    """How many columns stay in sight: up to the one that names the row, if it stands among the first."""
    names = [place for place, column in enumerate(columns[:3]) if column.kind == "name"]
    return names[0] + 1 if names else 0


def _header(column: ListColumn) -> str:
    return column.title.replace("(", "\n(", 1) if column.title != column.header else column.title


def _width(column: ListColumn, cells: list[Any]) -> float:
    """As wide as its texts and its header, whose unit takes a second line; figures as they are written."""
    written = (_written(column, cell) for cell in cells[:_LOOKED_AT] if cell is not None)
    widest = max((_characters(text) for text in written), default=0)
    header = max(map(_characters, _header(column).split("\n"))) + 3
    return max(_NARROWEST, header, min(widest, _WIDEST.get(column.kind, 18)) + 2)


def _written(column: ListColumn, cell: Any) -> str:
    return f"{cell:,.2f}" if column.kind == "money" else "0.0%" if column.kind == "ratio" else str(cell)


def _characters(text: str) -> int:
    # a Chinese character is as wide as two digits
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)


def _style(book: Book, column: ListColumn) -> Styled:
    """The format of a column's cells; a light's is that of its word."""
    plain = book.formats[column.kind if column.kind in book.formats else "text"]
    if column.kind != "light":
        return lambda _: plain
    ink = {item.word: book.formats[f"light-{item.code}"] for item in lights.lights()}
    return lambda word: ink.get(word, plain)


def _cells(rows: pl.DataFrame, column: ListColumn) -> list[Any]:
    if column.kind in ("light", "flag", "text", "name", "long"):
        return read(rows, column).to_list()
    values = rows[column.name]
    return (values / _YUAN_IN_WAN if column.kind == "money" else values).to_list()
