"""Columns whose header is ambiguous, told by what stands in them."""

from __future__ import annotations

from typing import Final

import polars as pl

from data.conform.cells import Frame, Read
from data.conform.headers import Layout, titles
from data.contract import TEXT
from data.text import plain
from data.ticks import ticks

# what a 备注 that is really the state says: (建设性质, 项目状态) as of now, and as a plan for the year
_STATES: Final[dict[str, tuple[tuple[str | None, str | None], tuple[str | None, str | None]]]] = {
    "在建": (("续建", "已开工"), ("续建", "已开工")),
    "续建": (("续建", None), ("续建", None)),
    "新开工": (("新建", "已开工"), ("新建", None)),
    "新建": (("新建", None), ("新建", None)),
    "建成": (("续建", "已竣工"), ("续建", "已开工")),
    "竣工": (("续建", "已竣工"), ("续建", "已开工")),
    "前期": (("前期", "未开工"), ("前期", "未开工")),
    "储备": (("前期", "未开工"), ("前期", "未开工")),
    "停工": ((None, "停工"), (None, "停工")),
}
_PLAN_WORDS: Final = ("计划", "安排", "目标")
_APPROVALS: Final = ("备案", "核准", "审批")
_YES_NO: Final = {"done": "已开工", "waiting": "未开工"}


def settle_contents(frame: Frame, layout: Layout, read: Read) -> None:
    """Move and fill what the cells of a project sheet tell better than its headers."""
    _type_is_category(read)
    _status_of_yes_and_no(read)
    _states_in_notes(frame, layout, read)


def _values(series: pl.Series) -> list[str]:
    return [str(value) for value in series.drop_nulls().unique().to_list()]


def _type_is_category(read: Read) -> None:
    """项目类型 that never says 备案, 核准 or 审批 is the category (产业, 基础设施)."""
    if "project_type" not in read.series or "category" in read.series:
        return
    values = _values(read.series["project_type"])
    if values and not any(word in value for value in values for word in _APPROVALS):
        read.series["category"] = read.series.pop("project_type")


def _status_of_yes_and_no(read: Read) -> None:
    """是否开工 answered with 是, √, 否 or ×."""
    if "status" not in read.series:
        return
    values = [value for value in _values(read.series["status"]) if len(value) == 1]
    said = {value: _YES_NO[state] for value in values if (state := ticks([value])[0]) in _YES_NO}
    read.series["status"] = read.series["status"].replace(said)


def _states_in_notes(frame: Frame, layout: Layout, read: Read) -> None:
    """备注 that holds nothing but 在建, 建成, 新开工; in a year's plan the last two are still to come."""
    if "note" not in read.series or {"status", "kind"} & read.series.keys():
        return
    words = {value: plain(value) for value in _values(read.series["note"])}
    if len(words) < 2 or not set(words.values()) <= set(_STATES):
        return
    above = " ".join(titles(frame.sheet, layout.top, layout.header_row))
    planned = any(word in above for word in _PLAN_WORDS)
    for position, name in enumerate(("kind", "status")):
        said = {value: _STATES[word][planned][position] for value, word in words.items()}
        read.series[name] = read.series["note"].replace_strict(said, default=None, return_dtype=TEXT)
    column = layout.column_of("note") or 0
    frame.notices.add(
        "status_from_note",
        "note",
        f"{frame.place(layout.header_row, column)} 的“{layout.headings[column].text}”写的都是建设状态"
        f"({'、'.join(sorted(words))}),据此补建设性质和项目状态"
        + ("。表名是计划,“建成”“新开工”按年内要做到的计。" if planned else "。"),
        sheet=frame.sheet.name,
        row=layout.header_row,
        column=column,
        found="、".join(sorted(words)),
    )
