"""Workbooks for the intake's tests: built cell by cell, or whole ledgers in the contract's own form."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from openpyxl import Workbook as Book

from data.conform import Conformed, conform
from data.contract import DATE, MONEY, NAMES, ledger
from data.read import read
from data.settings import Settings
from data.workbook import Workbook, sheet_of_rows

DAY = date(2026, 11, 22)
SETTINGS = Settings(today=DAY)
REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "real_ledgers"


def in_memory(*sheets: tuple[str, list[list[Any]]], name: str = "台账.xlsx") -> Workbook:
    """A workbook as the reader would give it, without a file."""
    return Workbook(Path(name), tuple(sheet_of_rows(title, rows) for title, rows in sheets))


def conformed(*sheets: tuple[str, list[list[Any]]], name: str = "台账.xlsx", **more: Any) -> Conformed:
    """These sheets conformed on 2026-11-22."""
    return conform(in_memory(*sheets, name=name), DAY, **more)


def save(
    path: Path,
    sheets: Mapping[str, Sequence[Sequence[Any]]],
    merged: Mapping[str, Sequence[str]] | None = None,
) -> Path:
    """An .xlsx of these rows and merged ranges."""
    book = Book()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        for area in (merged or {}).get(title, ()):
            sheet.merge_cells(area)
    book.save(path)
    return path


def contract_rows(name: str, frame: pl.DataFrame) -> list[list[Any]]:
    """A ledger as staff keep it in the contract's own form: Chinese headers, money in yuan, names joined."""
    item = ledger(name)
    header = [c.header + ("(元)" if c.dtype == MONEY else "") for c in item.columns]
    rows = [[_cell(row, c.name, c.dtype) for c in item.columns] for row in frame.iter_rows(named=True)]
    return [header, *rows]


def _cell(row: Mapping[str, Any], name: str, dtype: pl.DataType) -> Any:
    value = row[name]
    if dtype == NAMES and value is not None:
        return "、".join(value)
    if dtype == DATE and row.get(f"{name}_text") is not None:
        return row[f"{name}_text"]
    if isinstance(value, bool):
        return "是" if value else "否"
    return value


def save_csv(path: Path, rows: Sequence[Sequence[Any]], encoding: str) -> Path:
    """A .csv of these rows."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([["" if v is None else v for v in row] for row in rows])
    return path


def load(path: Path, **more: Any) -> Conformed:
    """A file read in the child and conformed on 2026-11-22."""
    return conform(read(path, SETTINGS), DAY, **more)


def rules_of(result: Any) -> set[str]:
    """Names of the rules a result's findings speak of."""
    return {finding.rule for finding in result.findings}
