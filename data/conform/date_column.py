"""A column of dates: the day, its precision and words; status words and plans among facts told apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from data.conform.cells import Distinct, Frame, Read, report
from data.conform.headers import Heading
from data.conform.notices import shown
from data.contract import DATE, PROJECTS, TEXT, Column
from data.dates import Edge, WordedDate, worded_date
from data.ticks import tick
from data.workbook import Cell

# columns whose worded span means its last day: promises and plans; facts mean the first
_PLANS: Final = (
    "planned",
    "promised",
    "statutory",
    "extended",
    "deferred",
    "campaign",
    "needed",
    "due",
    "stopped_until",
)

# from 1900-01-00 to 1904-01-01, and the serial days of 1954–2119 as they stand in a workbook from 1904
_DAYS_APART: Final = 1_462
_SERIALS: Final = (20_000 - _DAYS_APART, 80_000 - _DAYS_APART)

_STATE_TICKED: Final = {
    "actual_start": "已开工",
    "resumed_date": "已复工",
    "actual_finish": "已竣工",
    "actual_production": "已投产",
}


def edge_of(name: str) -> Edge:
    """Which day of a worded span a column means: the last for plans and promises, the first for facts."""
    return "last" if name.startswith(_PLANS) else "first"


def read_dates(frame: Frame, cells: Distinct, heading: Heading, column: Column, into: Read) -> None:
    """Read a date column into `into`, with its precision and words."""
    if frame.sheet.from_1904:
        cells = replace(cells, values=[_from_1900(value) for value in cells.values])
    edge = edge_of(column.name)
    dates = [_with_state(worded_date(v, frame.year, edge, frame.cutoff), column) for v in cells.values]
    moved = _planned_instead(frame, cells, heading, column, dates, into)
    dates = [WordedDate(state=d.state) if moved and moved[i] else d for i, d in enumerate(dates)]
    report(
        frame,
        cells,
        column,
        None,
        "unreadable_date",
        "不能读作日期",
        "2023-03-15、3月15日、3月底 或 一季度",
        [d.fault is not None for d in dates],
        keeps_text=True,
    )
    into.series[column.name] = cells.spread([d.day for d in dates], DATE)
    into.series[f"{column.name}_precision"] = cells.spread([d.precision for d in dates], TEXT)
    into.series[f"{column.name}_text"] = cells.spread([d.text for d in dates], TEXT)
    if any(d.state for d in dates):
        into.states.append((column.name, cells.spread([d.state for d in dates], TEXT)))


def _from_1900(cell: Cell) -> Cell:
    """A bare serial day of a workbook that counts from 1904, as Excel elsewhere counts it."""
    if isinstance(cell, int | float) and _SERIALS[0] <= cell <= _SERIALS[1]:
        return cell + _DAYS_APART
    return cell


def _with_state(cell: WordedDate, column: Column) -> WordedDate:
    """A tick under a milestone (√ under 实际开工) says that it happened."""
    if cell.day is None and column in PROJECTS.columns and tick(cell.text) == "done":
        return replace(cell, state=_STATE_TICKED.get(column.name))
    return cell


def _planned_instead(
    frame: Frame, cells: Distinct, heading: Heading, column: Column, dates: list[WordedDate], into: Read
) -> list[bool] | None:
    """Which values of a bare milestone column (竣工, 投产) lie after the cut-off and so are plans; these go
    to the planned column. Null where the header says 实际, or there is no planned column."""
    bare = column in PROJECTS.columns and column.name.startswith("actual_")
    if not bare or "实际" in heading.text or "actual" in heading.text:
        return None
    future = [d.day is not None and d.day > frame.cutoff for d in dates]
    if not any(future):
        return None
    plans = [
        worded_date(v, frame.year, "last") if f else WordedDate()
        for v, f in zip(cells.values, future, strict=True)
    ]
    planned = column.name.replace("actual_", "planned_")
    moved = {
        planned: cells.spread([p.day for p in plans], DATE),
        f"{planned}_precision": cells.spread([p.precision for p in plans], TEXT),
        f"{planned}_text": cells.spread([p.text for p in plans], TEXT),
    }
    for name, series in moved.items():
        known = into.series.get(name)
        into.series[name] = series if known is None else known.zip_with(known.is_not_null(), series)
    for row, position in cells.places(future):
        text = shown(cells.values[position])
        frame.notices.add(
            "future_is_planned",
            "note",
            f"{frame.place(row, cells.index)} 的“{heading.text}”写的是“{text}”,"
            f"晚于数据截至日 {frame.cutoff},按计划日期计。",
            sheet=frame.sheet.name,
            row=row,
            column=cells.index,
            found=text,
        )
    return future
