"""A workbook with everything a marked-up copy has to leave alone, and findings in it."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from data.errors import Finding, Weight

ROWS: list[list[Any]] = [
    ["项目编号", "项目名称", "总投资(万元)", "计划开工"],
    ["XM001", "甲项目", 3500, date(2026, 3, 15)],
    ["XM002", "乙项目", "三五个亿", date(2026, 5, 1)],
    ["XM003", "丙项目", 1200.5, None],
]


def png() -> bytes:
    """A red dot."""
    rows = b"\0\xff\0\0"

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def rich(path: Path) -> Path:
    """Formulas, a chart, a picture, comments, rules, lists, merged cells, widths, styles, names."""
    image = path.with_name("dot.png")
    image.write_bytes(png())
    with xlsxwriter.Workbook(str(path)) as book:
        head = book.add_format({"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "border": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd", "align": "center"})
        money = book.add_format({"num_format": "#,##0.00", "bg_color": "#E2EFDA"})
        sheet = book.add_worksheet("项目")
        for row, cells in enumerate(ROWS):
            for column, cell in enumerate(cells):
                form = head if row == 0 else money if column == 2 else day if column == 3 else None
                if cell is not None:
                    sheet.write(row, column, cell, form)
        sheet.write_formula(4, 2, "=SUM(C2:C4)", money, 4700.5)
        sheet.merge_range("A6:D7", "注:合计不含乙项目", None)
        sheet.set_column(1, 1, 33)
        sheet.set_row(2, 41)
        sheet.write_comment("B2", "张科长:名称已核", {"author": "张科长"})
        sheet.conditional_format("C2:C4", {"type": "data_bar"})
        sheet.data_validation("D2:D9", {"validate": "date", "criteria": ">", "value": date(2020, 1, 1)})
        sheet.insert_image("F2", str(image))
        sheet.insert_chart("F8", _chart(book))
        sheet.freeze_panes(1, 2)
        sheet.autofilter("A1:D5")
        sheet.repeat_rows(0)
        sheet.write_url("A9", "internal:'说明'!A1", None, "看说明")
        other = book.add_worksheet("说明")
        other.write_column("A1", ["只是说明", "与台账无关"])
        other.write_comment("A2", "另一张表的批注")
        book.define_name("合计行", "=项目!$C$5")
    return path


def _chart(book: Any) -> Any:
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=项目!$C$2:$C$4"})
    return chart


def finding(
    cell: str | None, weight: Weight = "error", words: str = "不能读作金额", sheet: str | None = "项目"
) -> Finding:
    """A finding at a cell."""
    return Finding(
        "a_rule", weight, f"工作表“{sheet}”{cell} {words}。请改正。", sheet, cell, "三五个亿", "数字"
    )


def parts(path: Path) -> Mapping[str, bytes]:
    """Every part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(path: Path, target: Path, **changed: bytes) -> Path:
    """The workbook with parts exchanged; names use __ for / and are matched at their ends."""
    whole = dict(parts(path))
    for name, content in changed.items():
        (old,) = (n for n in whole if n.endswith(name.replace("__", "/") + ".xml"))
        whole[old] = content
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            archive.writestr(name, content)
    return target
