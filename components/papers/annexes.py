"""The annexes of a bulletin: every project's progress, and those that have not started."""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from components import formats
from components.light import words as lights
from components.papers import words
from components.papers.asked import Asked, Row

# a table of more rows belongs into the workbook; on paper it would take more than forty sheets
MOST_ROWS: Final = 1_000


def progress(asked: Asked) -> dict[str, Any]:
    """Annex 1: one project a row, from `list_progress`, by region."""
    rows = asked.ask("list_progress").sort("region", "project_id", nulls_last=True, maintain_order=True)
    return _annex(rows, _progress)


def not_started(asked: Asked) -> dict[str, Any]:
    """Annex 2: one project a row, from `list_starts`, by region, those planned first at the top."""
    rows = asked.ask("list_starts", state="not_started")
    return _annex(rows.sort("region", nulls_last=True, maintain_order=True), _not_started)


def _annex(rows: pl.DataFrame, told: Any) -> dict[str, Any]:
    shown = rows.head(MOST_ROWS).iter_rows(named=True)
    return {
        "共": formats.count(rows.height),
        "列出": formats.count(min(rows.height, MOST_ROWS)),
        "全": rows.height <= MOST_ROWS,
        "行": [{"序号": number, **told(row)} for number, row in enumerate(shown, 1)],
    }


def _common(row: Row) -> dict[str, Any]:
    return {
        "项目": row["project_name"],
        "县区": formats.text(row["region"]),
        "性质": formats.text(row["kind"]),
        "包保": formats.text(row["accountable_leader"]),
        "灯": lights()[row["light"]],
        "当前": formats.text(row["current_node"]),
        "部门": formats.text(row["current_department"]),
        "手续": _procedures(row),
    }


def _procedures(row: Row) -> str:
    if row["procedures_due"] is None:
        return formats.NONE
    return f"{row['procedures_done']}/{row['procedures_due']}"


def _progress(row: Row) -> dict[str, Any]:
    return {
        **_common(row),
        "计划": words.wan(row["annual_plan_yuan"]),
        "完成": words.wan(row["invested_this_year_yuan"]),
        "率": formats.ratio(row["invested_ratio"]),
        "开复工": "是" if row["started_or_resumed"] else "否",
    }


def _not_started(row: Row) -> dict[str, Any]:
    return {
        **_common(row),
        "计划开工": formats.short_day(row["planned_start"]),
        "预计": formats.short_day(row["forecast_start"]),
        "晚": formats.count(row["late_workdays"]),
    }
