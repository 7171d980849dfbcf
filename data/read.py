"""Read a dropped file in a child process with limits; the parent never opens untrusted content.

A legal 1.4 kB workbook can ask the reader for 549 GB and abort the process it runs in, so the child
(data/reading/) has a bound on memory (POSIX), on time, on unpacked size and on the extent of cells.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from data.child import ask, shown_name
from data.errors import UnreadableFile
from data.settings import Settings
from data.workbook import Cell, CellColumn, Sheet, Workbook

__all__ = ["ACCEPTED_SUFFIXES", "Cell", "CellColumn", "Sheet", "Workbook", "read"]

CHILD: Final = "data.reading.files"
ACCEPTED_SUFFIXES: Final = (".xlsx", ".xls", ".et", ".csv", ".txt", ".parquet")
_REFUSED: Final = {
    ".xlsm": "含宏的工作簿(.xlsm)不予读取",
    ".xltm": "含宏的模板(.xltm)不予读取",
    ".xlsb": "二进制工作簿(.xlsb)不予读取",
    ".ods": "OpenDocument 表格(.ods)不予读取",
    ".doc": "Word 文档(.doc)不是台账",
    ".docx": "Word 文档(.docx)不是台账",
    ".wps": "文字文档(.wps)不是台账",
    ".pdf": "PDF 不是台账",
    ".zip": "压缩包不予解开",
    ".rar": "压缩包不予解开",
    ".7z": "压缩包不予解开",
    ".jpg": "图片不是台账",
    ".jpeg": "图片不是台账",
    ".png": "图片不是台账",
}


def read(path: Path, settings: Settings) -> Workbook:
    """The cells of every visible sheet of an .xlsx, .xls, .et, .csv, .txt or .parquet file.

    Raises UnreadableFile with one sentence for another kind of file, and for one that is encrypted, broken,
    too large, or not read within the time and memory of the settings.
    """
    suffix, name = path.suffix.lower(), shown_name(path)
    if suffix not in ACCEPTED_SUFFIXES:
        refused = _REFUSED.get(suffix, f"不认识的文件类型“{path.suffix or name}”")
        raise UnreadableFile(f"{name}:{refused}。请用 Excel 或 WPS 另存为 .xlsx(或 .csv、.parquet)后再报。")
    answer = ask(CHILD, path, settings)
    from_1904 = bool(answer.get("from_1904"))
    sheets = tuple(_sheet(item, from_1904) for item in answer["sheets"])
    if not any(sheet.height for sheet in sheets):
        raise UnreadableFile(f"{name}:没有任何可见的数据。请确认台账所在工作表没有隐藏,保存后再报。")
    return Workbook(path, sheets, tuple(answer["hidden_sheets"]))


def _sheet(item: dict[str, Any], from_1904: bool) -> Sheet:
    columns = tuple(
        CellColumn(tuple(map(_cell, values)), np.frombuffer(codes, dtype=np.uint32))
        for values, codes in item["columns"]
    )
    merged, errors = tuple(map(tuple, item["merged"])), tuple(map(tuple, item["errors"]))
    hidden = tuple(item["hidden_rows"]), tuple(item["hidden_columns"])
    return Sheet(item["name"], item["height"], columns, merged, errors, *hidden, from_1904)


def _cell(value: Any) -> Cell:
    if isinstance(value, tuple):
        return date.fromordinal(value[0]) if len(value) == 1 else datetime(*value)  # noqa: DTZ001 - a sheet's clock has no zone
    result: Cell = value
    return result
