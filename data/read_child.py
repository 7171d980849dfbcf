"""Child process of data/read.py: opens one untrusted file and writes its cells to stdout.

Run as a script (`python -I read_child.py`), so that it imports neither this package nor polars for a
workbook: a start costs some 30 ms. The request comes as JSON on stdin, the answer goes out through marshal:
`{"fault": sentence}` or `{"sheets": [...]}`, a sheet being its name, height, merged ranges, error cells and
columns. A column is its distinct values and, as uint32 bytes, the index into them of every row: a value
that stands in 70,000 cells is sent, and later parsed, once. Dates travel as tuples (marshal knows none).
"""

from __future__ import annotations

import csv
import gc
import io
import json
import marshal
import os
import re
import sys
import zipfile
import zlib
from array import array
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

MAX_ZIP_ENTRIES: Final = 5_000
CHUNK_BYTES: Final = 1 << 22
OVERLAP_BYTES: Final = 512
BROKEN_ZIP: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LETTERS: Final = re.compile(rb' r="([A-Z]{2,3})\d')
LONG_ROW: Final = re.compile(rb' r="[A-Z]{0,3}(\d{5,7})"')
ROW: Final = re.compile(rb'<(?:\w+:)?row [^>]*?r="(\d+)"')
ERROR_CELL: Final = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]{1,3}\d+)"[^>]*?t="e"[^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<', re.S
)


class Fault(Exception):
    """The file can't be read; the text is the sentence for staff."""


def main() -> None:
    """Answer one request; every fault of the file becomes a sentence, never a traceback."""
    gc.disable()  # millions of cells, none in a cycle, and the process is gone in a second
    request = json.loads(sys.stdin.buffer.read())
    limit_memory(request["memory_mb"])
    answer: dict[str, Any] = {}
    try:
        answer["sheets"] = sheets_of(Path(request["path"]), request)
    except Fault as fault:
        answer["fault"] = str(fault)
    except MemoryError:
        answer["fault"] = (
            f"文件太大:读取所需内存超过 {request['memory_mb']} MB。请拆分文件或删去多余的格式和空行后重报。"
        )
    sys.stdout.buffer.write(marshal.dumps(answer))


def limit_memory(megabytes: int) -> None:
    """Bound this process's address space; Windows has no such limit and relies on the checks before it."""
    try:
        import resource
    except ImportError:
        return
    size = megabytes << 20
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def sheets_of(path: Path, request: dict[str, Any]) -> list[dict[str, Any]]:
    """Every visible sheet of the file."""
    with path.open("rb") as file:
        head = file.read(8)
    if not head:
        raise Fault("文件是空的(0 字节)。请确认已保存并复制完整后重报。")
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return [csv_sheet(path, request["max_cells"])]
    if suffix == ".parquet":
        return [parquet_sheet(path, head, request["max_cells"])]
    return workbook_sheets(path, head, request)


def workbook_sheets(path: Path, head: bytes, request: dict[str, Any]) -> list[dict[str, Any]]:
    """The sheets of an .xlsx, after a look at the zip directory and the extent of cells."""
    if head.startswith(OLE_MAGIC):
        raise Fault(ole_sentence(path))
    if not head.startswith(b"PK"):
        raise Fault("扩展名是 .xlsx,内容却不是 Excel 工作簿。请用 Excel 或 WPS 打开后另存为 .xlsx 再报。")
    try:
        with zipfile.ZipFile(path) as archive:
            inspect_directory(archive, request["unpacked_mb"])
            found = {
                name: inspect_sheet(archive, name, request["max_cells"]) for name in sheet_parts(archive)
            }
    except BROKEN_ZIP as e:
        raise Fault("文件已损坏或没有复制完整,无法解开。请重新保存后再报。") from e
    return calamine_sheets(path, found)


def ole_sentence(path: Path) -> str:
    """What to tell staff about an OLE file named .xlsx: an encrypted workbook or an old .xls."""
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        return "文件已加密,需要密码才能打开。请取消打开密码,另存为 .xlsx 后再报。"
    return "这是旧版 .xls 工作簿(只是改了扩展名)。请用 Excel 或 WPS 打开,另存为 .xlsx 后再报。"


def inspect_directory(archive: zipfile.ZipFile, unpacked_mb: int) -> None:
    """Refuse bombs, macros and other kinds of workbook by the zip directory alone."""
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > MAX_ZIP_ENTRIES:
        raise Fault(
            f"工作簿内部有 {len(entries)} 个部件,超过上限 {MAX_ZIP_ENTRIES}。请新建工作簿、只粘贴数值后再报。"
        )
    size = sum(entry.file_size for entry in entries)
    if size > unpacked_mb << 20:
        raise Fault(
            f"工作簿解压后有 {size >> 20} MB,超过上限 {unpacked_mb} MB。请删去图片、多余格式和空行后重报。"
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise Fault("文件已加密,需要密码才能打开。请取消密码后再报。")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Fault("工作簿里有宏,不予读取。请另存为不含宏的 .xlsx 后再报。")
    if "xl/workbook.bin" in names or "content.xml" in names or "xl/workbook.xml" not in names:
        raise Fault("扩展名是 .xlsx,内容却是别的格式。请用 Excel 或 WPS 打开,另存为 .xlsx 后再报。")


def sheet_parts(archive: zipfile.ZipFile) -> list[str]:
    """Names of the worksheet parts."""
    return [n for n in archive.namelist() if n.startswith("xl/worksheets/") and n.endswith(".xml")]


def inspect_sheet(archive: zipfile.ZipFile, part: str, max_cells: int) -> list[tuple[str, str]]:
    """Error cells of one worksheet part, as (address, text); refuses a cell extent beyond the limit.

    calamine allocates the whole rectangle up to the farthest cell, so one stray cell in XFD1048576 would ask
    for hundreds of gigabytes; and it gives error cells as empty, so they are found here.
    """
    width, height, errors, tail = 26, 0, list[tuple[str, str]](), b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK_BYTES):
            text = tail + chunk
            width = max([width, *(column_number(name) for name in set(LETTERS.findall(text)))])
            rows = set(ROW.findall(text)) | set(LONG_ROW.findall(text))
            height = max([height, *map(int, rows)])
            if width * height > max_cells:
                raise Fault(
                    f"工作表的单元格范围达 {height} 行 × {width} 列,超过 {max_cells} 格的上限。"
                    "请选中数据以外的行和列删除(不是清除内容),保存后重报。"
                )
            if b't="e"' in text:
                found = ((a.decode(), v.decode("utf-8", "replace")) for a, v in ERROR_CELL.findall(text))
                errors.extend(item for item in found if item not in errors)
            tail = text[-OVERLAP_BYTES:]
    return errors


def column_number(letters: bytes) -> int:
    """1-based number of a column name: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def calamine_sheets(path: Path, errors: dict[str, list[tuple[str, str]]]) -> list[dict[str, Any]]:
    """Visible sheets with cells, merged ranges and error cells."""
    # without memory left, printing a backtrace can wait for ever on a lock of its own
    os.putenv("RUST_BACKTRACE", "0")
    import python_calamine as calamine

    try:
        with calamine.CalamineWorkbook.from_path(str(path)) as book:
            parts = parts_of_sheets(path)
            return [
                one_sheet(book.get_sheet_by_name(meta.name), errors.get(parts.get(meta.name, ""), []))
                for meta in book.sheets_metadata
                if meta.typ == calamine.SheetTypeEnum.WorkSheet
                and meta.visible == calamine.SheetVisibleEnum.Visible
            ]
    except calamine.PasswordError as e:
        raise Fault("文件已加密,需要密码才能打开。请取消打开密码,另存为 .xlsx 后再报。") from e
    except calamine.CalamineError as e:
        raise Fault("工作簿已损坏,无法读出表格。请用 Excel 或 WPS 打开并另存为 .xlsx 后再报。") from e


def parts_of_sheets(path: Path) -> dict[str, str]:
    """Sheet name → worksheet part, by workbook.xml and its relations."""
    from xml.etree import ElementTree

    with zipfile.ZipFile(path) as archive:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - size checked, expat is bounded
        try:
            relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - size checked, expat is bounded
        except KeyError:
            return {}
    targets = {r.get("Id"): "xl/" + (r.get("Target") or "").removeprefix("/xl/") for r in relations}
    found = {}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            identity = next((v for k, v in sheet.items() if k.endswith("}id")), None)
            found[sheet.get("name") or ""] = targets.get(identity, "")
    return found


def one_sheet(sheet: Any, errors: list[tuple[str, str]]) -> dict[str, Any]:
    """A calamine sheet as columns from A1 on, so that an index is an address."""
    merged = [(a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ()]
    return packed(sheet.name, sheet.to_python(skip_empty_area=False), merged, errors)


def csv_sheet(path: Path, max_cells: int) -> dict[str, Any]:
    """A .csv in UTF-8, UTF-16 with mark, or GB18030; separated by comma, tab or semicolon."""
    raw = path.read_bytes()
    if b"\x00" in raw[:4096] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Fault("扩展名是 .csv,内容却不是文本。请用 Excel 或 WPS 打开,另存为 .xlsx 后再报。")
    text = decoded(raw)
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    rows, cells, width = list[list[str]](), 0, 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            width = max(width, len(row))
            cells = width * len(rows)
            if cells > max_cells:
                raise Fault(f"文件的单元格超过 {max_cells} 格的上限。请拆分后再报。")
    except csv.Error as e:
        raise Fault(
            "CSV 文件的引号不配对或一格过长,无法分列。请用 Excel 或 WPS 打开,另存为 .xlsx 后再报。"
        ) from e
    padded = [row + [""] * (width - len(row)) for row in rows]
    return packed(path.stem, padded, [], [])


def decoded(raw: bytes) -> str:
    """The text of the bytes, by the encodings offices write."""
    encodings = ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Fault("CSV 文件的编码既不是 UTF-8 也不是 GB18030。请用 Excel 或 WPS 另存为 .xlsx 后再报。")


def parquet_sheet(path: Path, head: bytes, max_cells: int) -> dict[str, Any]:
    """A .parquet as a sheet whose first row is the column names; lists are joined by 、."""
    if not head.startswith(b"PAR1"):
        raise Fault("扩展名是 .parquet,内容却不是 Parquet 文件。请重新导出后再报。")
    import polars as pl

    try:
        shape = pl.scan_parquet(path)
        names = shape.collect_schema().names()
        height = int(shape.select(pl.len()).collect().item())
        if (height + 1) * len(names) > max_cells:
            raise Fault(f"文件的单元格超过 {max_cells} 格的上限。请拆分后再报。")
        frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as e:
        raise Fault("Parquet 文件已损坏,无法读出。请重新导出后再报。") from e
    columns = [[name, *map(plain, frame.get_column(name).to_list())] for name in names]
    return packed_columns(path.stem, columns, height + 1, [], [])


def plain(value: object) -> object:
    """A Parquet value as a cell."""
    if isinstance(value, list):
        return "、".join(str(item) for item in value)
    if value is None or isinstance(value, str | int | float | bool | date):
        return value
    return str(value)


def packed(
    name: str,
    rows: Sequence[Sequence[object]],
    merged: list[tuple[int, int, int, int]],
    errors: list[tuple[str, str]],
) -> dict[str, Any]:
    """Rows of equal width as a sheet's answer."""
    return packed_columns(name, zip(*rows, strict=True), len(rows), merged, errors)


def packed_columns(
    name: str,
    columns: Iterable[Sequence[object]],
    height: int,
    merged: list[tuple[int, int, int, int]],
    errors: list[tuple[str, str]],
) -> dict[str, Any]:
    """Columns as a sheet's answer."""
    coded = [coded_column(column) for column in columns]
    return {"name": name, "height": height, "merged": merged, "errors": errors, "columns": coded}


def coded_column(column: Sequence[object]) -> tuple[list[object], bytes]:
    """Distinct values in order of appearance, and the index of each row's value as uint32 bytes."""
    index = {value: i for i, value in enumerate(dict.fromkeys(column))}
    codes = array("I", map(index.__getitem__, column))
    return [sendable(value) for value in index], codes.tobytes()


def sendable(value: object) -> object:
    """A cell as marshal can carry it: a day as (ordinal,), a moment as six numbers."""
    if isinstance(value, datetime):
        return (value.year, value.month, value.day, value.hour, value.minute, value.second)
    if isinstance(value, date):
        return (value.toordinal(),)
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)


if __name__ == "__main__":
    main()
