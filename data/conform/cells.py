"""What reading a sheet's columns works on: distinct values, where they stand, and what becomes of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from data.conform.notices import Notices, shown
from data.contract import TEXT, Column
from data.values import as_text
from data.workbook import Cell, Sheet, address


@dataclass(frozen=True)
class Frame:
    """What reading a sheet's columns needs: the sheet, its record rows and what the file says about itself.

    `year` stands in for dates without one, `cutoff` parts past from future, `unit_yuan` is what a unit line
    above the header states, `exact` says that bare numbers are yuan (Parquet).
    """

    sheet: Sheet
    rows: npt.NDArray[np.int64]
    year: int
    cutoff: date
    unit_yuan: int | None
    exact: bool
    notices: Notices

    def place(self, row: int, column: int) -> str:
        """Where a cell stands, as sentences begin: 工作表“项目”C3 (0-based row and column)."""
        return f"工作表“{self.sheet.name}”{address(row, column)}"


@dataclass
class Read:
    """One sheet's columns as series by stored name; `extra` are JSON fragments kept beside them.

    `states` are status words met in date columns, most telling first.
    """

    series: dict[str, pl.Series] = field(default_factory=dict)
    extra: list[pl.Series] = field(default_factory=list)
    states: list[tuple[str, pl.Series]] = field(default_factory=list)


@dataclass(frozen=True)
class Distinct:
    """The values in use in one column and each record row's index into them."""

    index: int
    values: list[Cell]
    codes: npt.NDArray[np.intp]
    rows: npt.NDArray[np.int64]

    def spread(self, items: Sequence[object], dtype: pl.DataType) -> pl.Series:
        """A series over all record rows from one item a distinct value."""
        series = pl.Series(values=items, dtype=dtype, strict=True)
        return series.gather(self.codes)

    def where(self, position: int) -> list[int]:
        """Record rows (0-based sheet rows) that hold this distinct value."""
        ordered, bounds = self._by_value
        found: list[int] = ordered[bounds[position] : bounds[position + 1]].tolist()
        return found

    def places(self, marked: Sequence[bool]) -> list[tuple[int, int]]:
        """Record rows that hold a marked value, from the top, each with the value's position."""
        held = np.asarray(marked, dtype=bool)[self.codes]
        return list(zip(self.rows[held].tolist(), self.codes[held].tolist(), strict=True))

    @cached_property
    def _by_value(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.intp]]:
        """The rows in the order of their values, and where each value's rows begin."""
        order = np.argsort(self.codes, kind="stable")
        bounds = np.searchsorted(self.codes[order], np.arange(len(self.values) + 1))
        return self.rows[order], bounds


def distinct(frame: Frame, index: int) -> Distinct:
    """The distinct values among the record rows of one column."""
    column = frame.sheet.columns[index]
    used, codes = np.unique(column.codes[frame.rows], return_inverse=True)
    return Distinct(index, [column.values[i] for i in used], codes, frame.rows)


def fragments(cells: Distinct, label: str, texts: Sequence[str | None]) -> pl.Series:
    """JSON members `"label": "text"`, null where there is no text."""
    name = json.dumps(label, ensure_ascii=False)
    return cells.spread(
        [None if t is None else f"{name}: {json.dumps(t, ensure_ascii=False)}" for t in texts], TEXT
    )


def report(
    frame: Frame,
    cells: Distinct,
    column: Column,
    into: Read | None,
    rule: str,
    what: str,
    expected: str,
    faulty: list[bool],
    *,
    keeps_text: bool = False,
) -> None:
    """A warning a cell that can't be read, an error in a column that must be filled; its text stays in extra
    unless a _text column keeps it."""
    if not any(faulty):
        return
    kept = "日期按空处理,原文保留" if keeps_text else "按空处理"
    if column.required:
        kept = "而这一格必须填"
    for row, position in cells.places(faulty):
        text = shown(as_text(cells.values[position]))
        frame.notices.add(
            rule,
            "error" if column.required else "warning",
            f"{frame.place(row, cells.index)} 的“{column.header}”写的是“{text}”,{what},{kept}。"
            f"请写成 {expected}。",
            sheet=frame.sheet.name,
            row=row,
            column=cells.index,
            found=text,
            expected=expected,
        )
    if into is not None:
        texts = [as_text(v) if bad else None for v, bad in zip(cells.values, faulty, strict=True)]
        into.extra.append(fragments(cells, column.header, texts))
