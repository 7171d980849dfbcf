"""Read a dropped file in a child process with limits; the parent never opens untrusted content.

A legal 1.4 kB workbook can ask the reader for 549 GB and abort the process it runs in, so the child has a
bound on memory (POSIX), on time, on unpacked size and on the extent of cells, and may die alone.
"""

from __future__ import annotations

import json
import marshal
import os
import signal
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from data.errors import GuatuError, UnreadableFile
from data.settings import Settings
from data.workbook import Cell, CellColumn, Sheet, Workbook

__all__ = ["ACCEPTED_SUFFIXES", "Cell", "CellColumn", "Sheet", "Workbook", "read"]

CHILD: Final = Path(__file__).with_name("read_child.py")
# somebody stopped the child; the file is not at fault
STOP_SIGNALS: Final = frozenset({signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)})
ACCEPTED_SUFFIXES: Final = (".xlsx", ".csv", ".parquet")
_REFUSED: Final = {
    ".xlsm": "含宏的工作簿(.xlsm)不予读取",
    ".xltm": "含宏的模板(.xltm)不予读取",
    ".xlsb": "二进制工作簿(.xlsb)不予读取",
    ".xls": "旧版工作簿(.xls)不予读取",
    ".ods": "OpenDocument 表格(.ods)不予读取",
    ".et": "WPS 私有格式(.et)不予读取",
}


def read(path: Path, settings: Settings) -> Workbook:
    """The cells of every visible sheet of an .xlsx, .csv (UTF-8, GB18030) or .parquet file.

    Raises UnreadableFile with one sentence for another kind of file, and for one that is encrypted, broken,
    too large, or not read within the time and memory of the settings.
    """
    suffix = path.suffix.lower()
    if suffix not in ACCEPTED_SUFFIXES:
        refused = _REFUSED.get(suffix, f"不认识的文件类型“{path.suffix or path.name}”")
        raise UnreadableFile(
            f"{path.name}:{refused}。请用 Excel 或 WPS 另存为 .xlsx(或 .csv、.parquet)后再报。"
        )
    answer = _ask_child(path, settings)
    if "fault" in answer:
        raise UnreadableFile(f"{path.name}:{answer['fault']}")
    sheets = tuple(_sheet(item) for item in answer["sheets"])
    if not any(sheet.height for sheet in sheets):
        raise UnreadableFile(f"{path.name}:没有任何可见的数据。请确认台账所在工作表没有隐藏,保存后再报。")
    return Workbook(path, sheets)


def _ask_child(path: Path, settings: Settings) -> dict[str, Any]:
    request = {
        "path": str(path.resolve()),
        "memory_mb": settings.read_memory_mb,
        "unpacked_mb": settings.read_unpacked_mb,
        "max_cells": settings.read_max_cells,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(CHILD)],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=settings.read_seconds,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            # a signal to the program's group (Ctrl+C, a service stop) must not look like a broken file
            start_new_session=os.name != "nt",
        )
    except subprocess.TimeoutExpired:
        raise UnreadableFile(
            f"{path.name}:{settings.read_seconds:g} 秒内没有读完,已放弃。"
            "请删去多余的行列和格式,或拆分后再报。"
        ) from None
    if -done.returncode in STOP_SIGNALS:
        raise GuatuError(f"{path.name}:读取被中断,文件没有丢失,请稍后再报。")
    if done.returncode != 0 or not done.stdout:
        raise UnreadableFile(
            f"{path.name}:读取时出错或超出 {settings.read_memory_mb} MB 内存上限。"
            "文件可能已损坏、正被占用或过大,请另存为新的 .xlsx 后再报。"
        )
    answer: dict[str, Any] = marshal.loads(done.stdout)  # noqa: S302 - written by our own child, plain data only
    return answer


def _sheet(item: dict[str, Any]) -> Sheet:
    columns = tuple(
        CellColumn(tuple(map(_cell, values)), np.frombuffer(codes, dtype=np.uint32))
        for values, codes in item["columns"]
    )
    merged, errors = tuple(map(tuple, item["merged"])), tuple(map(tuple, item["errors"]))
    return Sheet(item["name"], item["height"], columns, merged, errors)


def _cell(value: Any) -> Cell:
    if isinstance(value, tuple):
        return date.fromordinal(value[0]) if len(value) == 1 else datetime(*value)  # noqa: DTZ001 - a sheet's clock has no zone
    result: Cell = value
    return result
