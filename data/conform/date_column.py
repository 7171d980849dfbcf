"""A column of dates: the day, its precision and words; status words and plans among facts told apart."""

from __future__ import annotations

from typing import Final

from data.conform.cells import Distinct, Frame, Read, report
from data.conform.headers import Heading
from data.conform.notices import shown
from data.contract import DATE, TEXT, Column
from data.dates import Edge, WordedDate, worded_date

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


def edge_of(name: str) -> Edge:
    """Which day of a worded span a column means: the last for plans and promises, the first for facts."""
    return "last" if name.startswith(_PLANS) else "first"


def read_dates(frame: Frame, cells: Distinct, heading: Heading, column: Column, into: Read) -> None:
    """Read a date column into `into`, with precision and words where the contract keeps them."""
    dates = [worded_date(v, frame.year, edge_of(column.name)) for v in cells.values]
    moved = _planned_instead(frame, cells, heading, column, dates, into)
    dates = [WordedDate(state=d.state) if moved and moved[i] else d for i, d in enumerate(dates)]
    keeps_text = column.worded
    faulty = [d.fault is not None for d in dates]
    report(
        frame,
        cells,
        column,
        into if not keeps_text else None,
        "unreadable_date",
        "不能读作日期",
        "2023-03-15、3月15日、3月底 或 一季度",
        faulty,
        keeps_text=keeps_text,
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
    if (
        not column.worded
        or not column.name.startswith("actual_")
        or "实际" in heading.text
        or "actual" in heading.text
    ):
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
    for i in (i for i, f in enumerate(future) if f):
        for row in cells.where(i):
            frame.notices.add(
                "future_is_planned",
                "note",
                f"{frame.place(row, cells.index)} 的“{heading.text}”写的是“{shown(cells.values[i])}”,"
                f"晚于数据截至日 {frame.cutoff},按计划日期计。",
                sheet=frame.sheet.name,
                row=row,
                column=cells.index,
                found=shown(cells.values[i]),
            )
    return future
