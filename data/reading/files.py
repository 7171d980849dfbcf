"""Child process of data/read.py: opens one untrusted file and answers with its cells.

It imports neither polars nor anything else of ours for a workbook: a start costs some 30 ms. The answer is
`{"sheets": [...], "hidden_sheets": [...]}`, a sheet being what `data.reading.packing.packed` makes of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from data.reading.serving import Fault, serve

OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PARQUET_MAGIC: Final = b"PAR1"
TEXTS: Final = (".csv", ".txt")
_MARKUP: Final = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"mime-version:")


def main() -> None:
    """Answer one request."""
    serve(read)


def read(request: dict[str, Any]) -> dict[str, Any]:
    """Every visible sheet of the file: the kind is what the content is, not what the name says."""
    path = Path(request["path"])
    with path.open("rb") as file:
        head = file.read(512)
    if not head:
        raise Fault("文件是空的(0 字节)。请确认已保存并复制完整后重报。")
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        return _parquet(path, head, request)
    if suffix in TEXTS:
        return _text(path, head, request)
    return _workbook(path, head, suffix, request)


def _parquet(path: Path, head: bytes, request: dict[str, Any]) -> dict[str, Any]:
    if not head.startswith(PARQUET_MAGIC):
        raise Fault("扩展名是 .parquet,内容却不是 Parquet 文件。请重新导出后再报。")
    from data.reading.parquet import parquet_sheet

    return {"sheets": [parquet_sheet(path, request["max_cells"])], "hidden_sheets": []}


def _text(path: Path, head: bytes, request: dict[str, Any]) -> dict[str, Any]:
    if head.startswith((b"PK\x03\x04", OLE_MAGIC, PARQUET_MAGIC)):
        raise Fault(
            f"扩展名是 {path.suffix.lower()},内容却不是文本。请用 Excel 或 WPS 打开,另存为 .xlsx 后再报。"
        )
    from data.reading.delimited import text_sheet

    return {"sheets": [text_sheet(path, request)], "hidden_sheets": []}


def _workbook(path: Path, head: bytes, suffix: str, request: dict[str, Any]) -> dict[str, Any]:
    if head.startswith(OLE_MAGIC):
        from data.reading.old_workbook import old_workbook

        return old_workbook(path, request)
    if head.startswith(b"PK"):
        from data.reading.workbook import workbook

        return workbook(path, suffix, request)
    if any(mark in head.lower() for mark in _MARKUP):
        raise Fault(
            f"扩展名是 {suffix},内容却是网页或 XML(多为系统导出)。请用 Excel 打开,另存为 .xlsx 后再报。"
        )
    raise Fault(f"扩展名是 {suffix},内容却不是 Excel 工作簿。请用 Excel 或 WPS 打开后另存为 .xlsx 再报。")
