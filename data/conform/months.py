"""Months kept as columns of the project sheet (1-3月计划 | 1-3月完成) as rows of the 月度投资 ledger.

A span that begins in January is cumulative as written; the amount of a later span (4月, 二季度) is added to
what the months before it come to. The ledger is cumulative throughout.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import polars as pl

from data.conform.cells import Frame, Read, distinct
from data.conform.columns import read_column
from data.conform.headers import Heading
from data.conform.month_header import Kind
from data.contract import MONEY, MONTHLY, PROJECTS, Column
from data.text import is_empty
from data.values import money

# by (first, last) month the amounts of all rows
Amounts = dict[tuple[int, int], list[int | None]]
_MIN_AMOUNT_SHARE: Final = 0.5
# where a row of the sheet stands in both frames
_ROW: Final = ["source_sheet", "source_row"]


def is_month(frame: Frame, index: int, heading: Heading) -> bool:
    """Whether a column headed by months holds amounts, not a report in words (3月完成情况)."""
    if heading.month is None:
        return False
    filled = [value for value in distinct(frame, index).values if not is_empty(value)]
    amounts = sum(money(value, 1).fault != "unreadable" for value in filled)
    return amounts >= _MIN_AMOUNT_SHARE * len(filled)


def cumulable(columns: Sequence[tuple[int, Heading]]) -> set[int]:
    """Indexes of the month columns that come to a cumulative amount: from January on without a gap."""
    kept: set[int] = set()
    for kind in ("planned", "completed"):
        reached = {0}
        own = [(i, h.month) for i, h in columns if h.month and h.month.kind == kind]
        for index, span in sorted(own, key=lambda pair: (pair[1].last, -pair[1].first)):
            if span.first - 1 in reached:
                reached.add(span.last)
                kept.add(index)
    return kept


def monthly_rows(frame: Frame, columns: Sequence[tuple[int, Heading]], read: Read) -> pl.DataFrame:
    """Rows of the 月度投资 ledger from month columns, source_row pointing at the project's row.

    In a sheet of single months a blank cell counts as nothing where a later month of the row is filled;
    months after the last filled one give no row. Cells that can't be read stay in `read.extra`.
    """
    amounts: dict[Kind, Amounts] = {"planned": {}, "completed": {}}
    told = len(frame.notices.found)
    for index, heading in columns:
        if heading.month is None:
            continue
        named = Column("amount", heading.label(index), MONEY, "", "元")
        into = Read()
        read_column(frame, index, heading, named, into)
        read.extra.extend(into.extra)
        amounts[heading.month.kind][heading.month.first, heading.month.last] = into.series["amount"].to_list()
    _ask_unit_once(frame, told, len(columns))
    year = next((h.month.year for _, h in columns if h.month and h.month.year), frame.year)
    planned = _cumulative(amounts["planned"], len(frame.rows))
    completed = _cumulative(amounts["completed"], len(frame.rows))
    rows = [
        {
            "month_end": date(year, month, calendar.monthrange(year, month)[1]),
            "month_end_precision": "day",
            "planned_cumulative_yuan": plan.get(month),
            "completed_cumulative_yuan": done.get(month),
            "source_sheet": frame.sheet.name,
            "source_row": row + 1,
        }
        for row, plan, done in zip(frame.rows.tolist(), planned, completed, strict=True)
        for month in sorted(plan.keys() | done.keys())
    ]
    return pl.DataFrame(rows, schema=MONTHLY.schema)


def _ask_unit_once(frame: Frame, told: int, columns: int) -> None:
    """Of the errors that a month column has no unit only the first is kept; one unit line mends them all."""
    found = frame.notices.found
    asked = [finding for finding in found[told:] if finding.rule == "money_without_unit"]
    if len(asked) > 1:
        found[told:] = [finding for finding in found[told:] if finding not in asked]
        message = asked[0].message.replace("一列没有写单位", f"等 {columns} 个月份列没有写单位")
        found.append(replace(asked[0], message=message))


def _cumulative(amounts: Amounts, height: int) -> list[dict[int, int]]:
    """For every row the cumulative amount to the end of each month the sheet speaks of."""
    spans = sorted(amounts, key=lambda span: (span[1], -span[0]))
    single = any(first > 1 for first, _ in spans)
    return [_of_row({span: amounts[span][i] for span in spans}, single) for i in range(height)]


def _of_row(row: dict[tuple[int, int], int | None], single: bool) -> dict[int, int]:
    last = max((month for (_, month), amount in row.items() if amount is not None), default=0)
    sums: dict[int, int] = {0: 0}
    for (first, month), amount in row.items():
        if month > last or month in sums or first - 1 not in sums:
            continue
        if amount is not None or single:
            sums[month] = sums[first - 1] + (amount or 0)
    return {month: amount for month, amount in sums.items() if month}


def fill_from_months(
    projects: pl.DataFrame, monthly: pl.DataFrame, frame: Frame, present: Collection[str]
) -> pl.DataFrame:
    """Projects with plan and spending of the year from the months of their row, where no column has them.

    The plan is what is planned to the end of December; spending the newest month filled up to the cut-off.
    """
    cutoff = frame.cutoff
    month_end = date(cutoff.year, cutoff.month, calendar.monthrange(cutoff.year, cutoff.month)[1])
    sources = {
        "annual_plan_yuan": ("planned_cumulative_yuan", pl.col("month_end").dt.month() == 12),
        "invested_this_year_yuan": ("completed_cumulative_yuan", pl.col("month_end") <= month_end),
    }
    words = {"annual_plan_yuan": "12月累计计划", "invested_this_year_yuan": "最近一月累计完成"}
    for field, (source, usable) in sources.items():
        found = monthly.filter(usable & pl.col(source).is_not_null()).sort("month_end")
        if field in present or found.is_empty():
            continue
        newest = found.group_by(_ROW).agg(found=pl.col(source).last())
        projects = projects.join(newest, on=_ROW, how="left", maintain_order="left")
        projects = projects.with_columns(pl.col("found").alias(field)).drop("found")
        header = PROJECTS.column(field).header
        frame.notices.add(
            "filled_from_months",
            "note",
            f"工作表“{frame.sheet.name}”没有“{header}”一列,{newest.height} 个项目"
            f"按各月列的{words[field]}计。",
            sheet=frame.sheet.name,
            found=str(newest.height),
        )
    return projects
