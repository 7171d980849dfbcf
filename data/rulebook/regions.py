"""Projects that belong to no county or park: no ranking counts them."""

from __future__ import annotations

import polars as pl

from data.conform.notices import MAX_PER_RULE, Notices, shown
from data.conform.places import Columns
from data.workbook import address


def tell_without_region(
    projects: pl.DataFrame, before: pl.DataFrame, columns: Columns, notices: Notices
) -> None:
    """Tell today's projects without a region: each whose table has a column for it and others filled in, all
    others in one sentence.

    An office that never sorts its projects by region is told once, with its first file.
    """
    without = projects.filter(pl.col("region").is_null())
    if without.is_empty():
        return
    sheets = without["source_sheet"].unique()
    asked = [sheet for sheet in sheets if columns.has(sheet or "", "projects", "region")]
    is_single = pl.col("source_sheet").is_in(asked) & pl.lit(without.height < projects.height)
    single = without.filter(is_single)
    for row in single.head(MAX_PER_RULE).iter_rows(named=True):
        _tell_one(row, columns, notices)
    if single.height > MAX_PER_RULE:
        notices.more("project_without_region", single["source_sheet"][0], single.height - MAX_PER_RULE)
    rest = without.height - single.height
    if rest and (
        rest < projects.height or before.is_empty() or before["region"].null_count() < before.height
    ):
        _tell_all(rest, str(without["source_sheet"][0]), before, notices)


def _tell_one(row: dict[str, object], columns: Columns, notices: Notices) -> None:
    sheet, line = str(row["source_sheet"] or ""), int(str(row["source_row"] or 1))
    column = columns.at(sheet, line, "region", "project_name")
    place = f"第 {line} 行" if column is None else address(line - 1, column)
    notices.add(
        "project_without_region",
        "warning",
        f"工作表“{sheet}”{place} 的项目“{shown(row['project_name'] or '')}”没有写县区/园区,"
        "不计入任何县区的排名。请补上;市本级的写“市直”。",
        sheet=sheet,
        row=line - 1,
        column=column,
        expected="县区或园区的名称",
    )


def _tell_all(count: int, sheet: str, before: pl.DataFrame, notices: Notices) -> None:
    known = before["region"].drop_nulls().unique(maintain_order=True).head(3)
    such = f"(上次的县区如“{'”“'.join(known)}”)" if len(known) else ""
    notices.add(
        "regions_missing",
        "warning",
        f"文件没有县区/园区一列,标题、表名和文件名也看不出是哪个县区{such},"
        f"{count} 个项目不计入任何县区的排名。请加一列“县区/园区”,或在标题写明,如“××县重点项目”。",
        sheet=sheet,
        found="没有县区/园区",
        expected="县区/园区一列,或标题写明县区",
    )
