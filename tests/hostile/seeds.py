"""Small true ledgers of every kind that is read, and ways to spoil them."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import xlsxwriter
import xlwt

HEADER = ["序号", "项目名称", "县区", "总投资(万元)", "计划开工", "包保领导", "立项", "备注"]
ROWS = [
    [
        i + 1,
        f"第{i}号产业园区基础设施项目",
        f"县区{i % 3}",
        100.5 * i,
        date(2026, 3, 1 + i),
        "张三、李四",
        "√",
        None,
    ]
    for i in range(20)
]


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def unzipped(raw: bytes) -> dict[str, bytes]:
    """The parts of a zip by name."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xlsx_of_openpyxl() -> bytes:
    """Inline strings, a merged title, a hidden row, column and sheet, an error formula."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "项目"
    sheet.append(["2026年重点项目台账"])
    sheet.merge_cells("A1:H1")
    for row in [HEADER, *ROWS]:
        sheet.append(row)
    sheet["I3"] = "=1/0"
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.create_sheet("旧表").sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xlsx_of_xlsxwriter() -> bytes:
    """Shared strings, styles, two sheets."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for title in ("项目", "问题"):
            sheet = book.add_worksheet(title)
            for r, row in enumerate([HEADER, *ROWS]):
                for c, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(r, c, value, day)
                    elif value is not None:
                        sheet.write(r, c, value)
    return stream.getvalue()


def xls() -> bytes:
    """An Excel 97 workbook with a merged title, a hidden row and column."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("项目")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    sheet.write_merge(0, 0, 0, 7, "2026年重点项目台账")
    for r, row in enumerate([HEADER, *ROWS], start=1):
        for c, value in enumerate(row):
            sheet.write(r, c, value, day) if isinstance(value, date) else sheet.write(r, c, value)
    sheet.row(4).hidden = 1
    sheet.col(2).hidden = 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def text(delimiter: str, encoding: str) -> bytes:
    """The rows as text."""
    rows = [HEADER, *[["" if v is None else str(v) for v in row] for row in ROWS]]
    return "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)


def parquet() -> bytes:
    """The rows as Parquet."""
    stream = io.BytesIO()
    columns: dict[str, list[Any]] = {name: [row[i] for row in ROWS] for i, name in enumerate(HEADER)}
    pl.DataFrame(columns).write_parquet(stream)
    return stream.getvalue()


SEEDS: dict[str, Callable[[], bytes]] = {
    "a.xlsx": xlsx_of_openpyxl,
    "b.xlsx": xlsx_of_xlsxwriter,
    "c.xls": xls,
    "d.et": xls,
    "e.csv": lambda: text(",", "gb18030"),
    "f.txt": lambda: text("\t", "utf-8-sig"),
    "g.parquet": parquet,
}


def flip(raw: bytearray, chance: random.Random) -> None:
    """One to thirty bits turned over."""
    for _ in range(chance.randint(1, 30)):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)


def cut(raw: bytearray, chance: random.Random) -> None:
    """The end lost."""
    del raw[chance.randrange(1, len(raw)) :]


def lose(raw: bytearray, chance: random.Random) -> None:
    """A piece lost from the middle."""
    at = chance.randrange(len(raw))
    del raw[at : at + chance.randint(1, 200)]


def repeat(raw: bytearray, chance: random.Random) -> None:
    """A piece there twice."""
    at = chance.randrange(len(raw))
    raw[at:at] = raw[at : at + chance.randint(1, 400)]


def overwrite(raw: bytearray, chance: random.Random) -> None:
    """A piece of zeros, ones or noise: as a bad disk leaves it, and as numbers grow huge."""
    at, size = chance.randrange(len(raw)), chance.choice((1, 2, 4, 8, 64))
    filling = chance.choice((b"\x00" * size, b"\xff" * size, chance.randbytes(size)))
    raw[at : at + size] = filling


MUTATIONS = (flip, cut, lose, repeat, overwrite)
NUMBERS = re.compile(rb"\d+")
BIG = (b"0", b"-1", b"1048576", b"16384", b"4294967295", b"99999999999999999999", b"XFD1048576")


def mutated(name: str, raw: bytes, chance: random.Random) -> bytes:
    """The file spoilt once; for a workbook of parts often inside one part, so that the zip stays whole."""
    if name.endswith(".xlsx") and chance.random() < 0.7:
        parts = unzipped(raw)
        part = chance.choice([n for n in parts if n.startswith("xl/")])
        parts[part] = spoilt_part(parts[part], chance)
        return zipped(parts)
    spoilt = bytearray(raw)
    chance.choice(MUTATIONS)(spoilt, chance)
    return bytes(spoilt)


def spoilt_part(part: bytes, chance: random.Random) -> bytes:
    """One XML part with its bytes spoilt or one of its numbers grown huge."""
    numbers = list(NUMBERS.finditer(part))
    if numbers and chance.random() < 0.5:
        found = chance.choice(numbers)
        return part[: found.start()] + chance.choice(BIG) + part[found.end() :]
    spoilt = bytearray(part)
    chance.choice(MUTATIONS)(spoilt, chance)
    return bytes(spoilt)


def write_seed(folder: Path, name: str) -> Path:
    """The true file."""
    path = folder / name
    path.write_bytes(SEEDS[name]())
    return path
