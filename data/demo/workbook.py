"""Ledgers as the .xlsx workbook of the contract: one sheet a ledger, headers with units, ready to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl
import xlsxwriter

from data import contract

WAN: Final = 10_000
# the reader derives these from other columns
DERIVED: Final = frozenset({"region_kind", "accountable_leader"})


def write_workbook(ledgers: Mapping[str, pl.DataFrame], path: Path) -> None:
    """Write the ledgers given, in the order of the contract; an empty ledger is a sheet of headers.

    Money is in 万元, lists are joined by 、, node states are 已办 在办 待办 不涉及, and a date kept in
    words is written in its words. Text never becomes a formula.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options | {"constant_memory": True}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1, "text_wrap": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for item in contract.LEDGERS:
            if item.name in ledgers:
                _write_sheet(book, item, ledgers[item.name], bold, day)


def _write_sheet(book: Any, item: contract.Ledger, frame: pl.DataFrame, bold: Any, day: Any) -> None:
    columns = [c for c in item.columns if c.name not in DERIVED]
    sheet = book.add_worksheet(item.sheet)
    sheet.freeze_panes(1, 0)
    for k, column in enumerate(columns):
        sheet.set_column(k, k, 26 if column.name.endswith(("name", "content", "problem")) else 13)
        sheet.write_string(0, k, header(column), bold)
    cells = [_cells(frame, column) for column in columns]
    for row, values in enumerate(zip(*cells, strict=True), start=1):
        for k, value in enumerate(values):
            if value is None:
                continue
            if isinstance(value, str):
                sheet.write_string(row, k, value)
            elif isinstance(value, (int, float)):
                sheet.write_number(row, k, value)
            else:
                sheet.write_datetime(row, k, value, day)


def header(column: contract.Column) -> str:
    """A column's Chinese header with the unit its cells are in."""
    return f"{column.header}(万元)" if column.unit == "元" else column.header


def _cells(frame: pl.DataFrame, column: contract.Column) -> list[Any]:
    """One column as staff would type it; null stays an empty cell."""
    values = frame[column.name]
    if column.unit == "元":
        return [None if v is None else v / WAN for v in values]
    if column.dtype == contract.NAMES:
        return values.list.join("、").to_list()
    if column.dtype == contract.FLAG:
        return [None if v is None else "是" if v else "否" for v in values]
    if column.name == "status" and column.header == "办理状态":
        return values.replace(contract.NODE_STATUS_WORDS).to_list()
    if column.worded and (words := frame[f"{column.name}_text"]).count():
        return [w if w is not None else v for w, v in zip(words, values, strict=True)]
    return values.to_list()
