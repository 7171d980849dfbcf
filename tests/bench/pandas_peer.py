"""What reading a ledger costs with pandas and openpyxl: the same cells, merges, hidden rows, values, rules.

It is what a good script does: openpyxl's whole mode (its read-only one knows neither merges nor hidden rows),
one frame, values cleaned with .map and to_datetime, and rules as masks. It knows far fewer spellings than
ours, so the comparison is to our loss.
"""

from __future__ import annotations

import re
import time
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

from tests.bench.ledger_file import HEADERS

MONEY = [h for h in HEADERS if "投资" in h or h == "资金到位"]
DAYS = [h for h in HEADERS if h.startswith(("计划", "实际", "停工", "入库"))]
NAMES = ["包保领导", "首席服务员", "推进专员"]
PROCEDURES = ["立项", "环评", "施工许可"]
UNIT_YUAN = 10_000


def seconds(path: Path) -> float:
    """Seconds from the file to judged rows."""
    began = time.perf_counter()
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    hidden = {n for n, row in sheet.row_dimensions.items() if row.hidden}
    rows = list(sheet.values)
    for area in sheet.merged_cells.ranges:
        top = rows[area.min_row - 1]
        rows[area.min_row - 1] = (top[0],) * area.max_col + top[area.max_col :]
    frame = cleaned(pd.DataFrame(rows[3:], columns=list(rows[2])))
    nodes = frame.melt(["项目编号"], PROCEDURES, "节点", "状态").dropna()
    found = sum(int(mask.sum()) for mask in broken(frame))
    taken = time.perf_counter() - began
    assert len(frame) and len(nodes) and found >= 0 and not hidden
    return taken


def cleaned(frame: pd.DataFrame) -> pd.DataFrame:
    """Values of the contract's types."""
    frame = frame[frame["项目名称"].notna() & ~frame["项目名称"].astype(str).str.contains("合计|小计")].copy()
    for name in MONEY:
        frame[name] = frame[name].map(yuan)
    for name in DAYS:
        frame[name] = frame[name].map(day)
    for name in NAMES:
        frame[name] = frame[name].map(lambda v: re.split(r"[、,，\s]+", v) if isinstance(v, str) else v)
    for name in PROCEDURES:
        frame[name] = frame[name].map(lambda v: None if v in ("—", "/") else v)
    for name in set(HEADERS) - {*MONEY, *DAYS, *NAMES, *PROCEDURES, "序号"}:
        frame[name] = frame[name].map(lambda v: v.strip() if isinstance(v, str) else v)
    return frame


def yuan(value: Any) -> float | None:
    """An amount in yuan."""
    if isinstance(value, int | float):
        return round(value * UNIT_YUAN)
    found = re.match(r"约?([\d,.]+)(亿|万)?", value or "")
    return (
        float(found[1].replace(",", "")) * {"亿": 1e8, "万": 1e4, None: UNIT_YUAN}[found[2]]
        if found
        else None
    )


def day(value: Any) -> date | None:
    """A day."""
    if isinstance(value, datetime):
        return value.date()
    return pd.to_datetime(value).date() if value else None


def broken(frame: pd.DataFrame) -> list[Any]:
    """Masks of rows that break a rule."""
    total, paid = frame["总投资"], frame["累计完成投资"]
    start, finish = pd.to_datetime(frame["实际开工"]), pd.to_datetime(frame["计划竣工"])
    return [
        paid > total,
        start > finish,
        start > pd.Timestamp("2026-11-22"),
        frame["项目编号"].duplicated(),
        frame[["项目名称", "县区/园区"]].duplicated(),
        frame["包保领导"].isna(),
    ]
