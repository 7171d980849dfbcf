"""A .csv or .txt: UTF-8, UTF-16 with mark, or GB18030; separated by comma, tab or semicolon."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any, Final, TextIO

from data.reading.packing import About, packed
from data.reading.serving import Fault

CHUNK_BYTES: Final = 1 << 20
MAX_LINE: Final = 1_000_000
MAX_WIDTH: Final = 16_384  # Excel's own
SAMPLE_LINES: Final = 60
DELIMITERS: Final = (",", "\t", ";")
UTF16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def text_sheet(path: Path, request: dict[str, Any]) -> dict[str, Any]:
    """The rows of the file as one sheet named like the file; every cell is text."""
    encoding = encoding_of(path, request["unpacked_mb"])
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline(MAX_LINE)
        stated = first.strip().lower().removeprefix("sep=") if first.lower().startswith("sep=") else ""
        if stated not in DELIMITERS:
            file.seek(0)
        delimiter = stated if stated in DELIMITERS else likely_delimiter(lines_of(file))
        if stated not in DELIMITERS:
            file.seek(0)
        rows = rows_of(file, delimiter, request["max_cells"])
    return packed(path.stem, zip_longest(*rows, fillvalue=""), len(rows), About())


def encoding_of(path: Path, limit_mb: int) -> str:
    """The encoding in which every byte of the file makes sense."""
    if path.stat().st_size > limit_mb << 20:
        raise Fault(f"文本文件超过 {limit_mb} MB 的上限。请拆分后再报。")
    with path.open("rb") as file:
        head = file.read(4096)
    marked = head.startswith(UTF16_MARKS)
    if b"\x00" in head and not marked:
        raise Fault("内容不是文本(含空字节)。请用 Excel 或 WPS 打开,另存为 .xlsx 后再报。")
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        if decodes(path, encoding):
            return encoding
    raise Fault("文本文件的编码既不是 UTF-8 也不是 GB18030。请用 Excel 或 WPS 另存为 .xlsx 后再报。")


def decodes(path: Path, encoding: str) -> bool:
    """Whether the whole file is text in this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def lines_of(file: TextIO) -> Iterator[str]:
    """The lines with their ends; refuses one that has none."""
    while line := file.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            raise Fault(f"有一行超过 {MAX_LINE:,} 个字,不是台账。请用 Excel 打开,另存为 .xlsx 后再报。")
        yield line


def likely_delimiter(lines: Iterator[str]) -> str:
    """The delimiter that cuts the most lines into the same number of cells (titles have none)."""
    sample = list(islice(lines, SAMPLE_LINES))

    def regularity(delimiter: str) -> int:
        try:
            widths = Counter(len(row) - 1 for row in csv.reader(sample, delimiter=delimiter))
        except csv.Error:
            return 0
        return max((width * lines for width, lines in widths.items()), default=0)

    return max(DELIMITERS, key=regularity)


def rows_of(file: TextIO, delimiter: str, max_cells: int) -> list[list[str]]:
    """The rows, each of its own width."""
    rows, width = list[list[str]](), 0
    try:
        for row in csv.reader(lines_of(file), delimiter=delimiter):
            rows.append(row)
            width = max(width, len(row))
            if width > MAX_WIDTH or width * len(rows) > max_cells:
                raise Fault(f"文件有 {len(rows)} 行 × {width} 列,超过 {max_cells} 格的上限。请拆分后再报。")
    except csv.Error as e:
        raise Fault(
            "文本文件的引号不配对或一格过长,无法分列。请用 Excel 或 WPS 打开,另存为 .xlsx 后再报。"
        ) from e
    return rows
