"""Cells of one column turned into the contract's type, one distinct value at a time.

Every reader takes the distinct values in use and gives a list as long; the frame is then gathered by codes,
so 77,000 rows of few values cost as little as the values.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from data.conform.headers import Heading
from data.conform.notices import Notices, shown
from data.conform.regions import region_name
from data.contract import COUNT, DATE, FLAG, MONEY, NAMES, NUMBER, TEXT, Column
from data.dates import Edge, WordedDate, worded_date
from data.text import is_empty
from data.values import Money, as_text, flag, list_of_nodes, money, number, people, tick, workdays
from data.workbook import Cell, Sheet, address

# columns whose worded span means its last day: promises and plans; facts mean the first
_PLANS: Final = ("planned", "promised", "statutory", "extended", "deferred", "campaign", "needed", "due", "stopped_until")
_FREE_TEXT: Final = frozenset({"content", "goal_text", "progress_text", "note", "problem", "measure", "need", "result"})
_REGIONS: Final = frozenset({"region"})


@dataclass(frozen=True)
class Frame:
    """What reading a sheet's columns needs: the sheet, its record rows and what the file says about itself.

    `year` stands in for dates without one, `cutoff` parts past from future, `unit_yuan` is what a unit line
    above the header states, `exact` says that bare numbers are yuan (Parquet and the contract's English names).
    """

    sheet: Sheet
    rows: npt.NDArray[np.int64]
    year: int
    cutoff: date
    unit_yuan: int | None
    exact: bool
    notices: Notices


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
        found: list[int] = self.rows[self.codes == position].tolist()
        return found


def distinct(frame: Frame, index: int) -> Distinct:
    """The distinct values among the record rows of one column."""
    column = frame.sheet.columns[index]
    used, codes = np.unique(column.codes[frame.rows], return_inverse=True)
    return Distinct(index, [column.values[i] for i in used], codes, frame.rows)


def read_column(frame: Frame, index: int, heading: Heading, column: Column, into: Read) -> None:
    """Read one recognised column into `into`."""
    cells = distinct(frame, index)
    if column.dtype == MONEY:
        _read_money(frame, cells, heading, column, into)
    elif column.dtype == DATE:
        _read_dates(frame, cells, heading, column, into)
    elif column.dtype == NAMES:
        reader = list_of_nodes if column.name == "predecessors" else people
        _merge_names(into, column.name, cells.spread([reader(v) for v in cells.values], NAMES))
    elif column.dtype == TEXT:
        into.series[column.name] = cells.spread(_texts(frame, cells, column, into), TEXT)
    else:
        _read_scalar(frame, cells, column, into)


def read_companion(frame: Frame, index: int, heading: Heading, into: Read) -> None:
    """Read a stored companion (…_precision, …_text, source_…) that the file itself carries."""
    cells = distinct(frame, index)
    into.series[heading.field or ""] = cells.spread([as_text(v) for v in cells.values], TEXT)


def read_unknown(frame: Frame, index: int, heading: Heading, into: Read) -> None:
    """Keep a column the contract doesn't know as JSON fragments."""
    cells = distinct(frame, index)
    texts = [None if is_empty(v) else as_text(v) for v in cells.values]
    if any(text is not None for text in texts):
        label = f"{heading.parent}/{heading.text}" if heading.parent else heading.text
        into.extra.append(fragments(cells, label or f"列{address(0, index)[:-1]}", texts))


def fragments(cells: Distinct, label: str, texts: Sequence[str | None]) -> pl.Series:
    """JSON members `"label": "text"`, null where there is no text."""
    name = json.dumps(label, ensure_ascii=False)
    return cells.spread(
        [None if t is None else f"{name}: {json.dumps(t, ensure_ascii=False)}" for t in texts], TEXT
    )


def _texts(frame: Frame, cells: Distinct, column: Column, into: Read) -> list[str | None]:
    if column.name in _REGIONS:
        return [region_name(v) for v in cells.values]
    if column.name == "status" and column.meaning.startswith("done"):
        return _tick_texts(frame, cells, column, into)
    if column.name in _FREE_TEXT:
        return [as_text(v) for v in cells.values]
    return [None if is_empty(v) else as_text(v) for v in cells.values]


def _tick_texts(frame: Frame, cells: Distinct, column: Column, into: Read) -> list[str | None]:
    states = [tick(v) for v in cells.values]
    _report(
        frame, cells, column, into, "unreadable_status", "不是已办、在办、待办或不涉及", "√/已办、在办、待办、不涉及",
        [s is None and not is_empty(v) for s, v in zip(states, cells.values, strict=True)],
    )
    return states


def _merge_names(into: Read, name: str, series: pl.Series) -> None:
    """Names of a second column of the same field follow those of the first."""
    if name in into.series:
        pairs = zip(into.series[name].to_list(), series.to_list(), strict=True)
        joined = [list(dict.fromkeys([*(a or []), *(b or [])])) or None for a, b in pairs]
        series = pl.Series(values=joined, dtype=NAMES)
    into.series[name] = series


def _read_scalar(frame: Frame, cells: Distinct, column: Column, into: Read) -> None:
    readers: dict[pl.DataType, tuple[Callable[[object], Any], str]] = {
        FLAG: (flag, "是 或 否"),
        COUNT: (workdays, "整数"),
        NUMBER: (number, "数字"),
    }
    reader, expected = readers[column.dtype]
    items = [None if is_empty(v) else reader(v) for v in cells.values]
    faulty = [item is None and not is_empty(v) for item, v in zip(items, cells.values, strict=True)]
    _report(frame, cells, column, into, "unreadable_value", f"不是{expected}", expected, faulty)
    into.series[column.name] = cells.spread(items, column.dtype)


def _read_money(frame: Frame, cells: Distinct, heading: Heading, column: Column, into: Read) -> None:
    unit = heading.unit_yuan or frame.unit_yuan
    if frame.exact or heading.text == column.name:
        unit = heading.unit_yuan or 1
    amounts = [money(v, unit) for v in cells.values]
    kept: list[str | None] = [None] * len(amounts)
    for i, amount in enumerate(amounts):
        if amount.fault in ("unreadable", "part"):
            kept[i] = as_text(cells.values[i])
        if amount.fault or amount.approximate:
            _tell_money(frame, cells, column, i, amount)
    if any(amount.fault == "no_unit" for amount in amounts):
        _tell_no_unit(frame, cells, heading, column)
    if any(kept):
        into.extra.append(fragments(cells, column.header, kept))
    into.series[column.name] = cells.spread([amount.yuan for amount in amounts], MONEY)


def _tell_money(frame: Frame, cells: Distinct, column: Column, position: int, amount: Money) -> None:
    text = shown(as_text(cells.values[position]))
    for row in cells.where(position):
        where = f"工作表“{frame.sheet.name}”{address(row, cells.index)}"
        place: dict[str, Any] = {"sheet": frame.sheet.name, "row": row, "column": cells.index, "found": text}
        if amount.fault == "unreadable":
            frame.notices.add(
                "unreadable_money", "warning",
                f"{where} 的“{column.header}”写的是“{text}”,不能读作金额,按空处理。请写成数字,单位写在表头。",
                expected="数字,如 3.5", **place,
            )
        elif amount.fault == "part":
            frame.notices.add(
                "partial_money", "warning",
                f"{where} 的“{column.header}”写的是“{text}”,是约数且注明只是其中一部分(新增等),不是总额,按空处理。请填总额。",
                expected="总额", **place,
            )
        elif amount.fault is None:
            frame.notices.add(
                "approximate_money", "note",
                f"{where} 的“{column.header}”写的是“{text}”,是约数,按所写数字计。请尽快填准确数。", **place,
            )


def _tell_no_unit(frame: Frame, cells: Distinct, heading: Heading, column: Column) -> None:
    faulty = next(r for r, c in zip(cells.rows.tolist(), cells.codes.tolist(), strict=True)
                  if money(cells.values[c], None).fault == "no_unit")
    frame.notices.add(
        "money_without_unit", "error",
        f"工作表“{frame.sheet.name}”{address(faulty, cells.index)}:“{heading.text}”一列没有写单位,无法判断是元、万元还是亿元。"
        f"请把表头写成“{heading.text}(万元)”,或在表头上方写“单位:万元”。",
        sheet=frame.sheet.name, row=faulty, column=cells.index,
        found=as_text(cells.values[int(cells.codes[int(np.flatnonzero(cells.rows == faulty)[0])])]),
        expected=f"{heading.text}(万元)",
    )


def edge_of(name: str) -> Edge:
    """Which day of a worded span a column means: the last for plans and promises, the first for facts."""
    return "last" if name.startswith(_PLANS) else "first"


def _read_dates(frame: Frame, cells: Distinct, heading: Heading, column: Column, into: Read) -> None:
    dates = [worded_date(v, frame.year, edge_of(column.name)) for v in cells.values]
    moved = _planned_instead(frame, cells, heading, column, dates, into)
    dates = [WordedDate(state=d.state) if moved and moved[i] else d for i, d in enumerate(dates)]
    keeps_text = column.worded
    faulty = [d.fault is not None for d in dates]
    _report(
        frame, cells, column, into if not keeps_text else None, "unreadable_date", "不能读作日期",
        "2023-03-15、3月15日、3月底 或 一季度", faulty, keeps_text=keeps_text,
    )
    into.series[column.name] = cells.spread([d.day for d in dates], DATE)
    if column.worded:
        into.series[f"{column.name}_precision"] = cells.spread([d.precision for d in dates], TEXT)
        into.series[f"{column.name}_text"] = cells.spread([d.text for d in dates], TEXT)
        if any(d.state for d in dates):
            into.states.append((column.name, cells.spread([d.state for d in dates], TEXT)))


def _planned_instead(
    frame: Frame, cells: Distinct, heading: Heading, column: Column, dates: list[WordedDate], into: Read
) -> list[bool] | None:
    """Which values of a bare milestone column (竣工, 投产) lie after the cut-off and so are plans; these go
    to the planned column. Null where the header says 实际, or there is no planned column."""
    if not column.worded or not column.name.startswith("actual_") or "实际" in heading.text or "actual" in heading.text:
        return None
    future = [d.day is not None and d.day > frame.cutoff for d in dates]
    if not any(future):
        return None
    plans = [worded_date(v, frame.year, "last") if f else WordedDate() for v, f in zip(cells.values, future, strict=True)]
    planned = column.name.replace("actual_", "planned_")
    moved = {
        planned: cells.spread([p.day for p in plans], DATE),
        f"{planned}_precision": cells.spread([p.precision for p in plans], TEXT),
        f"{planned}_text": cells.spread([p.text for p in plans], TEXT),
    }
    for name, series in moved.items():
        known = into.series.get(name)
        into.series[name] = series if known is None else known.zip_with(known.is_not_null(), series)
    for i in (i for i, f in enumerate(future) if f):
        for row in cells.where(i):
            frame.notices.add(
                "future_is_planned", "note",
                f"工作表“{frame.sheet.name}”{address(row, cells.index)} 的“{heading.text}”写的是“{shown(cells.values[i])}”,"
                f"晚于数据截至日 {frame.cutoff},按计划日期计。",
                sheet=frame.sheet.name, row=row, column=cells.index, found=shown(cells.values[i]),
            )
    return future


def _report(
    frame: Frame, cells: Distinct, column: Column, into: Read | None, rule: str, what: str, expected: str,
    faulty: list[bool], *, keeps_text: bool = False,
) -> None:
    """A warning a cell that can't be read; its text stays in extra unless a _text column keeps it."""
    if not any(faulty):
        return
    for i in (i for i, bad in enumerate(faulty) if bad):
        text = shown(as_text(cells.values[i]))
        for row in cells.where(i):
            kept = "日期按空处理,原文保留" if keeps_text else "按空处理"
            frame.notices.add(
                rule, "warning",
                f"工作表“{frame.sheet.name}”{address(row, cells.index)} 的“{column.header}”写的是“{text}”,{what},{kept}。请写成 {expected}。",
                sheet=frame.sheet.name, row=row, column=cells.index, found=text, expected=expected,
            )
    if into is not None:
        texts = [as_text(v) if bad else None for v, bad in zip(cells.values, faulty, strict=True)]
        into.extra.append(fragments(cells, column.header, texts))
