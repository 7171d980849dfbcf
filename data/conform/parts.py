"""Projects numbered 1-1, 1-2: parts of the project numbered 1, read as projects and told apart in sums."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from data.conform.cells import Frame, Read
from data.conform.groups import members
from data.conform.headers import Layout
from data.conform.row_kinds import serial_columns
from data.text import plain
from data.values import as_text
from data.workbook import Cell

_PART: Final = re.compile(r"\(?(\d{1,4})[-.](\d{1,3})\)?")
_AMOUNT: Final = "total_investment_yuan"


def parts_of(frame: Frame, layout: Layout) -> dict[int, int]:
    """0-based sheet row of every part → that of its whole, by the serial column; empty where none is so
    numbered. Excel turns 1-1 into the first of January; that is undone."""
    serials = serial_columns(layout)
    if not serials or layout.ledger.name != "projects":
        return {}
    column = frame.sheet.columns[min(serials)]
    used = {column.values[i] for i in np.unique(column.codes[frame.rows])}
    if all(isinstance(value, int) or value is None for value in used):
        return {}
    numbers = [_number(value) for value in column.values]
    if not any(n and "-" in n for n in numbers):
        return {}
    whole: dict[str, int] = {}
    parts: dict[int, int] = {}
    for row in frame.rows.tolist():
        number = numbers[int(column.codes[row])]
        if number is None:
            continue
        above, _, part = number.partition("-")
        if part and above in whole:
            parts[row] = whole[above]
        elif not part:
            whole[number] = row
    return parts


def read_parts(frame: Frame, layout: Layout, read: Read) -> dict[int, int]:
    """Keep whose part a project is in extra, and warn where a whole's amount holds its parts' once more."""
    parts = parts_of(frame, layout)
    name = layout.column_of("project_name")
    if not parts or name is None:
        return {}
    names = frame.sheet.columns[name]
    read.extra.append(
        members("上级项目", [as_text(names[parts[r]]) if r in parts else None for r in frame.rows.tolist()])
    )
    doubled = _doubled(frame, parts, read)
    first = doubled[0] if doubled else min(parts)
    frame.notices.add(
        "parts_of_projects",
        "warning" if doubled else "note",
        f"工作表“{frame.sheet.name}”有 {len(parts)} 个子项目(序号如 1-1),各按一个项目计。"
        + (
            f"其中 {len(doubled)} 个上级项目的总投资等于子项目之和(如第 {first + 1} 行),合计时会重复。"
            "请只在一处填金额。"
            if doubled
            else "上级项目写在备查内容里。"
        ),
        sheet=frame.sheet.name,
        row=first,
        column=name,
        found=str(len(parts)),
    )
    return parts


def _doubled(frame: Frame, parts: dict[int, int], read: Read) -> list[int]:
    """Rows of wholes whose total investment is the sum of their parts'."""
    if _AMOUNT not in read.series:
        return []
    amounts = dict(zip(frame.rows.tolist(), read.series[_AMOUNT].to_list(), strict=True))
    own = pl.DataFrame(
        [(whole, amounts[part]) for part, whole in parts.items() if amounts[part] is not None],
        schema={"whole": pl.Int64, "amount": pl.Int64},
        orient="row",
    )
    sums = own.group_by("whole").agg(pl.col("amount").sum()).sort("whole")
    return [whole for whole, amount in sums.iter_rows() if amounts[whole] == amount]


def _number(cell: Cell) -> str | None:
    """A serial as "7", that of a part as "7-2"; null for anything else."""
    if isinstance(cell, date):
        return f"{cell.month}-{cell.day}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell)) if cell >= 0 else None
    text = plain(as_text(cell) or "")
    if match := _PART.fullmatch(text):
        return f"{match[1]}-{match[2]}"
    return text if text.isdigit() else None
