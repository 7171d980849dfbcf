"""Months kept as columns of the project sheet (1-3月计划 | 1-3月完成) as rows of the 月度投资 ledger.

A span that begins in January is cumulative as written; the amount of a later span (4月, 二季度) is added to
what the months before it come to. The ledger is cumulative throughout.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Final

import polars as pl

from data.conform.cells import Frame, Read, distinct
from data.conform.columns import read_column
from data.conform.headers import Heading
from data.conform.month_header import Kind
from data.contract import COUNT, MONEY, MONTHLY, PROJECTS, TEXT, Column
from data.text import is_empty
from data.values import money

# by (first, last) month the amounts of all rows
Amounts = dict[tuple[int, int], pl.Series]
_LOOKED_AT: Final = 200
_MIN_AMOUNT_SHARE: Final = 0.5
# where a row of the sheet stands in both frames
_ROW: Final = ["source_sheet", "source_row"]


def is_month(frame: Frame, index: int, heading: Heading) -> bool:
    """Whether a column headed by months holds amounts, not a report in words (3月完成情况)."""
    if heading.month is None:
        return False
    values = (value for value in distinct(frame, index).values if not is_empty(value))
    filled = list(islice(values, _LOOKED_AT))
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
        into = Read()
        read_column(frame, index, heading, Column("amount", heading.label(index), MONEY, "", "元"), into)
        read.extra.extend(into.extra)
        amounts[heading.month.kind][heading.month.first, heading.month.last] = into.series["amount"]
    _ask_unit_once(frame, told, len(columns))
    year = next((h.month.year for _, h in columns if h.month and h.month.year), frame.year)
    planned, completed = (_cumulative(amounts[kind]) for kind in ("planned", "completed"))
    nothing = pl.Series(values=[None] * len(frame.rows), dtype=MONEY)
    parts = [
        pl.DataFrame(
            {
                "month_end": date(year, month, calendar.monthrange(year, month)[1]),
                "planned_cumulative_yuan": planned.get(month, nothing),
                "completed_cumulative_yuan": completed.get(month, nothing),
                "source_row": pl.Series(values=frame.rows + 1, dtype=COUNT),
            }
        )
        for month in sorted(planned.keys() | completed.keys())
    ]
    filled = pl.any_horizontal(pl.col("planned_cumulative_yuan", "completed_cumulative_yuan").is_not_null())
    rows = pl.concat(parts).filter(filled).sort("source_row", "month_end")
    stored = rows.with_columns(source_sheet=pl.lit(frame.sheet.name, TEXT), month_end_precision=pl.lit("day"))
    missing = [pl.lit(None, t).alias(n) for n, t in MONTHLY.schema.items() if n not in stored.columns]
    return stored.with_columns(missing).select(list(MONTHLY.schema))


def _ask_unit_once(frame: Frame, told: int, columns: int) -> None:
    """Of the errors that a month column has no unit only the first is kept; one unit line mends them all."""
    found = frame.notices.found
    asked = [finding for finding in found[told:] if finding.rule == "money_without_unit"]
    if len(asked) > 1:
        found[told:] = [finding for finding in found[told:] if finding not in asked]
        message = asked[0].message.replace("一列没有写单位", f"等 {columns} 个月份列没有写单位")
        found.append(replace(asked[0], message=message))


def _cumulative(amounts: Amounts) -> dict[int, pl.Series]:
    """Month → the cumulative amount to its end in every row."""
    if not amounts:
        return {}
    spans = sorted(amounts, key=lambda span: (span[1], -span[0]))
    single = any(first > 1 for first, _ in spans)
    table = pl.DataFrame({f"{first}-{last}": amounts[first, last] for first, last in spans})
    filled = (pl.when(pl.col(f"{a}-{b}").is_not_null()).then(b) for a, b in spans)
    newest = pl.max_horizontal(*filled, pl.lit(0))
    sums: dict[int, pl.Expr] = {0: pl.lit(0, MONEY)}
    for first, month in spans:
        if month in sums or first - 1 not in sums:
            continue
        own = pl.col(f"{first}-{month}")
        sums[month] = sums[first - 1] + (own.fill_null(0) if single else own)
    reached = {str(m): pl.when(newest >= m).then(total) for m, total in sums.items() if m}
    return {int(name): series for name, series in table.select(**reached).to_dict().items()}


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
