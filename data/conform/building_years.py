"""Building years kept in one column (建设起止年限: 2023-2025) as planned start and finish."""

from __future__ import annotations

from typing import Final

import polars as pl

from data.conform.notices import Notices
from data.contract import DATE, TEXT
from data.dates import WordedDate, years_of_building

# headers of the column, as the unknown columns of a row keep them
_MEMBER: Final = (
    r'"(?:[^"/]*/)?((?:项目)?(?:建设)?(?:起止)(?:年限|年月|时间|年份)|(?:项目)?建设(?:年限|周期|期限|工期)|计划工期|项目工期)'
    r'(?:\([^"()]*\))?": "([^"\\]+)"'
)


def with_building_years(projects: pl.DataFrame, notices: Notices) -> pl.DataFrame:
    """Projects with planned start and finish filled from a column of building years where they are empty.

    A year means its last day, as any plan does; the column itself stays in extra.
    """
    if not projects["extra"].str.contains(r"年限|起止|周期|工期|期限").any():
        return projects
    words = projects["extra"].str.extract(_MEMBER, 2)
    spans = {
        text: span for text in words.drop_nulls().unique().to_list() if (span := years_of_building(text))
    }
    if not spans:
        return projects
    filled = projects.with_columns(_words=words)
    for name, end in (("planned_start", 0), ("planned_finish", 1)):
        filled = _filled(filled, name, {text: span[end] for text, span in spans.items()})
    before = projects.select("planned_start", "planned_finish").null_count().sum_horizontal()[0]
    count = before - filled.select("planned_start", "planned_finish").null_count().sum_horizontal()[0]
    if count:
        sample = min(spans)
        notices.add(
            "planned_from_building_years",
            "note",
            f"{count} 处空着的计划开工、计划竣工按建设起止年限填写"
            f"(如“{sample}”→ {spans[sample][0].day} 和 {spans[sample][1].day})。",
            found=str(count),
        )
    return filled.drop("_words")


def _filled(projects: pl.DataFrame, name: str, dates: dict[str, WordedDate]) -> pl.DataFrame:
    """The projects with one date, its precision and words filled where it has neither day nor words."""
    empty = pl.col(name).is_null() & pl.col(f"{name}_text").is_null() & pl.col("_words").is_in(list(dates))
    parts = (
        (name, {text: found.day for text, found in dates.items()}, DATE),
        (f"{name}_precision", {text: found.precision for text, found in dates.items()}, TEXT),
        (f"{name}_text", {text: found.text for text, found in dates.items()}, TEXT),
    )
    return projects.with_columns(
        pl.when(empty)
        .then(pl.col("_words").replace_strict(mapping, default=None, return_dtype=dtype))
        .otherwise(column)
        .alias(column)
        for column, mapping, dtype in parts
    )
