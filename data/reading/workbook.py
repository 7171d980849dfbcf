"""An .xlsx: each visible sheet by the fast reader, and where its XML is unusual by calamine."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

from data.reading.archive import BROKEN, BROKEN_ZIP, Part, inspect_directory, parts_of
from data.reading.fast_sheet import Book, fast_sheet, too_large
from data.reading.packing import packed
from data.reading.regular import Irregular
from data.reading.serving import Fault
from data.reading.sheet_xml import Look, filled_extent, look_through
from data.reading.strings import shared_strings
from data.reading.styles import day_styles

STRINGS = "xl/sharedStrings.xml"


def workbook(path: Path, suffix: str, request: dict[str, Any]) -> dict[str, Any]:
    """The visible sheets of the book with cells, merged ranges, error cells and what is hidden."""
    try:
        with zipfile.ZipFile(path) as archive:
            inspect_directory(archive, suffix, request["unpacked_mb"])
            parts, from_1904 = parts_of(archive)
            shown = [p for p in parts if p.visible and p.path.startswith("xl/worksheets/")]
            try:
                sheets = fast_sheets(archive, shown, from_1904, request["max_cells"])
            except (Irregular, IndexError):
                looks = inspect_sheets(archive, shown, request["max_cells"])
                sheets = calamine_sheets(path, looks)
    except BROKEN_ZIP as e:
        raise Fault(BROKEN) from e
    hidden = [part.name for part in parts if not part.visible]
    return {"sheets": sheets, "hidden_sheets": hidden, "from_1904": from_1904}


def fast_sheets(
    archive: zipfile.ZipFile, parts: list[Part], from_1904: bool, max_cells: int
) -> list[dict[str, Any]]:
    """The sheets by the fast reader; raises Irregular for a book that another must read."""
    strings = shared_strings(archive.read(STRINGS)) if STRINGS in archive.namelist() else []
    book = Book(strings, day_styles(archive), from_1904, max_cells)
    sheets, spent = list[dict[str, Any]](), 0
    for part in parts:
        with archive.open(part.path) as stream:
            sheet, spent = fast_sheet(part.name, stream, book, spent)
        sheets.append(sheet)
    return sheets


def inspect_sheets(archive: zipfile.ZipFile, parts: list[Part], max_cells: int) -> dict[str, Look]:
    """A look at every sheet by its name; refuses a book whose cells together span too much."""
    looks, cells = dict[str, Look](), 0
    for part in parts:
        with archive.open(part.path) as stream:
            look = looks[part.name] = look_through(stream)
        height, width = look.height, look.width
        if cells + height * width > max_cells:
            # a million formatted rows hold nothing: only filled cells count, but finding them is slow
            with archive.open(part.path) as stream:
                height, width = filled_extent(stream, max_cells - cells)
        cells += height * width
        if cells > max_cells:
            raise Fault(too_large(part.name, height, width, max_cells))
    return looks


def calamine_sheets(path: Path, looks: dict[str, Look]) -> list[dict[str, Any]]:
    """The sheets looked at, in the book's order."""
    import python_calamine as calamine

    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())) as book:
            return [one_sheet(book.get_sheet_by_name(name), look) for name, look in looks.items()]
    except calamine.PasswordError as e:
        raise Fault("文件已加密,需要密码才能打开。请取消打开密码,另存为 .xlsx 后再报。") from e
    except calamine.CalamineError as e:
        raise Fault("工作簿已损坏,无法读出表格。请用 Excel 或 WPS 打开并另存为 .xlsx 后再报。") from e


def one_sheet(sheet: Any, look: Look) -> dict[str, Any]:
    """A calamine sheet as columns from A1 on, so that an index is an address."""
    merged = [(a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ()]
    rows = sheet.to_python(skip_empty_area=False)
    width = len(rows[0]) if rows else 0
    return packed(sheet.name, zip(*rows, strict=True), len(rows), look.about(merged, width))
