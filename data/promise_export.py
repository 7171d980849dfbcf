"""Every promise as a file to take along: .xlsx and .csv with the same columns."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import polars as pl

from data.lists import Kind, ListColumn
from data.rhythms import rhythms
from data.writing import listed

TITLE: Final = "督办台账"
_COLUMNS: Final[tuple[tuple[str, str, Kind, str], ...]] = (
    ("light", "亮灯", "light", ""),
    ("promise_id", "编号", "text", ""),
    ("who", "由谁", "text", ""),
    ("what", "办什么", "long", ""),
    ("project_id", "项目编号", "text", ""),
    ("project_name", "项目名称", "name", ""),
    ("due_date", "期限", "date", ""),
    ("workdays_left", "剩余", "days", "工作日"),
    ("first_due_date", "原定期限", "date", ""),
    ("times_postponed", "推后次数", "count", "次"),
    ("done_date", "办结日期", "date", ""),
    ("done_late_workdays", "超期", "count", "工作日"),
    ("rhythm_word", "哪种调度", "text", ""),
    ("meeting_day", "会议日期", "date", ""),
    ("opened_on", "记下日期", "date", ""),
    ("opened_by", "记录人", "text", ""),
    ("text", "原话", "long", ""),
    ("note", "说明", "long", ""),
)
# what a spreadsheet would take for a formula
_FORMULA: Final = r"^([=+\-@\t\r])"


def columns() -> tuple[ListColumn, ...]:
    """The columns in order."""
    return tuple(ListColumn(name, header, kind, unit, "") for name, header, kind, unit in _COLUMNS)


def rows(promises: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    """The promises with the names of their projects and rhythms; null where unknown."""
    words = {one.name: one.word for one in rhythms()}
    named = promises.with_columns(
        pl.col("project_id")
        .replace_strict(dict(names), default=None, return_dtype=pl.String)
        .alias("project_name"),
        pl.col("rhythm").replace_strict(words, default=None, return_dtype=pl.String).alias("rhythm_word"),
    )
    return named.select([name for name, *_ in _COLUMNS])


def workbook(folder: Path, base: str, promises: pl.DataFrame) -> Path:
    """The promises (as `rows` gives them) as a workbook in `folder`; `base` is the line below the title."""
    return listed.write_list(folder / f"{TITLE}.xlsx", TITLE, base, columns(), promises)


def text_file(folder: Path, promises: pl.DataFrame) -> Path:
    """The promises as a .csv that spreadsheets open with the right characters and no formulas."""
    told = promises.with_columns(pl.col(pl.String).str.replace(_FORMULA, "'$1"))
    path = folder / f"{TITLE}.csv"
    headed = told.rename({column.name: column.title for column in columns()})
    headed.write_csv(path, include_bom=True)
    return path
