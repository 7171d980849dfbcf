"""An .xls (or a WPS .et of the same build) of Excel 97–2003, opened by calamine."""

from __future__ import annotations

import io
import struct
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from data.reading.biff import Look, looks_of
from data.reading.ole import Storage
from data.reading.packing import About, packed
from data.reading.serving import Fault

STREAMS: Final = ("Workbook", "Book")
BROKEN: Final = "工作簿已损坏,无法读出表格。请用 Excel 或 WPS 打开并另存为 .xlsx 后再报。"
ENCRYPTED: Final = "文件已加密,需要密码才能打开。请取消打开密码,另存为 .xlsx 后再报。"


def old_workbook(path: Path, request: dict[str, Any]) -> dict[str, Any]:
    """The visible sheets of the book with cells, merged ranges, error cells and what is hidden."""
    raw = path.read_bytes()
    try:
        storage = Storage(raw)
        refuse_others(storage)
        looks, from_1904 = looks_of(next(s for name in STREAMS if (s := storage.stream(name)) is not None))
    except (struct.error, ValueError, IndexError) as e:
        raise Fault(BROKEN) from e
    if sum(look.height * look.width for look in looks) > request["max_cells"]:
        raise Fault(
            f"工作簿的单元格范围超过 {request['max_cells']} 格的上限。"
            "请选中数据以外的行和列删除(不是清除内容),保存后重报。"
        )
    shown, hidden = calamine_sheets(raw, looks)
    return {"sheets": shown, "hidden_sheets": hidden, "from_1904": from_1904}


def refuse_others(storage: Storage) -> None:
    """Refuse what isn't an open workbook, by the names of its streams."""
    names = {entry.name for entry in storage.entries}
    if "EncryptedPackage" in names:
        raise Fault(ENCRYPTED)
    if "_VBA_PROJECT_CUR" in names:
        raise Fault("工作簿里有宏,不予读取。请另存为不含宏的 .xlsx 后再报。")
    if not names & set(STREAMS):
        raise Fault("这个文件里没有工作簿(可能是 Word 文档)。请用 Excel 或 WPS 打开,另存为 .xlsx 后再报。")


def calamine_sheets(raw: bytes, looks: list[Look]) -> tuple[list[dict[str, Any]], list[str]]:
    """The visible sheets in the book's order, and the names of the hidden ones."""
    import python_calamine as calamine

    shown, hidden = list[dict[str, Any]](), list[str]()
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
            for meta, look in zip_longest(book.sheets_metadata, looks[: len(book.sheets_metadata)]):
                if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                if meta.visible != calamine.SheetVisibleEnum.Visible:
                    hidden.append(meta.name)
                    continue
                shown.append(one_sheet(book.get_sheet_by_name(meta.name), look or Look()))
    except calamine.PasswordError as e:
        raise Fault(ENCRYPTED) from e
    except calamine.CalamineError as e:
        raise Fault(BROKEN) from e
    return shown, hidden


def one_sheet(sheet: Any, look: Look) -> dict[str, Any]:
    """A calamine sheet as columns from A1 on, so that an index is an address."""
    merged = [(a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ()]
    rows = sheet.to_python(skip_empty_area=False)
    width = len(rows[0]) if rows else 0
    errors = [(f"{letters(column)}{row + 1}", word) for row, column, word in look.errors]
    hidden_columns = [i for i in look.hidden_columns if i < width]
    about = About(merged, errors, look.hidden_rows, hidden_columns)
    return packed(sheet.name, zip(*rows, strict=True), len(rows), about)


def letters(column: int) -> str:
    """Excel name of a 0-based column of an .xls, which ends at IV."""
    return chr(65 + column) if column < 26 else chr(64 + column // 26) + chr(65 + column % 26)
