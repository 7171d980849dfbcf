"""What is new since the last meeting, and how each region stands, as a bulletin words it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import polars as pl

from components import formats
from components.papers import words
from components.papers.asked import Asked, Row

_NOTHING: Final[dict[str, Any]] = {"比较日": "", "上次": "", "新开": "", "新开数": 0, "转红": "", "转红数": 0}


def context(asked: Asked) -> dict[str, Any]:
    """The keys of the part 新变化; `比较日` is "" where there is nothing to compare with."""
    groups, projects = asked.changed("change_groups"), asked.changed("change_projects")
    last = {"上次": words.day(asked.meeting.since)}
    if groups is None or projects is None or groups.is_empty():
        return _NOTHING | last
    rows = projects.to_dicts()
    started = [row for row in rows if row["started"] and not row["started_before"]]
    reddened = [row for row in rows if row["light"] == "red" and row["light_before"] not in (None, "red")]
    return {
        **last,
        "比较日": words.day(groups["since"][0]),
        "变化": moved(groups.row(0, named=True)),
        "新开": words.named(started),
        "新开数": len(started),
        "转红": words.named(reddened),
        "转红数": len(reddened),
    }


def newly_overdue(asked: Asked) -> Sequence[Row]:
    """Overdue nodes of `list_nodes` that turned red since the last meeting; the longest overdue first."""
    nodes = asked.changed("change_nodes")
    if nodes is None:
        return []
    turned = nodes.filter("newly_overdue").select("project_id", "node")
    late = asked.ask("list_nodes", which="overdue").with_columns(pl.col("node").cast(pl.String))
    return late.join(turned, on=["project_id", "node"], how="semi", maintain_order="left").to_dicts()


def moved(row: Row) -> dict[str, str]:
    """A row of `change_groups` in words: counts before and now, nodes done, overdue and slipped."""
    return {
        "原开复工": formats.count(row["started_numerator_before"]),
        "开复工": formats.count(row["started_numerator"]),
        "原率": formats.ratio(row["ratio_before"]),
        "率": formats.ratio(row["ratio"]),
        "原红灯": formats.count(row["red_before"]),
        "红灯": formats.count(row["red"]),
        "原黄灯": formats.count(row["yellow_before"]),
        "黄灯": formats.count(row["yellow"]),
        "办结": formats.count(row["done_nodes"]),
        "新逾期": formats.count(row["newly_overdue"]),
        "推迟": formats.count(row["slipped_nodes"]),
        "升降": words.movement(row["moved"]),
    }


def regions(asked: Asked) -> list[dict[str, Any]]:
    """One region a row in the order of `region_table`; `变化` is null where there is nothing to compare."""
    changed = asked.changed("change_groups", by="region")
    before = {} if changed is None else {row["group"]: row for row in changed.iter_rows(named=True)}
    return [
        _region(row, before.get(row["region"])) for row in asked.ask("region_table").iter_rows(named=True)
    ]


def _region(row: Row, change: Row | None) -> dict[str, Any]:
    return {
        "名称": formats.text(row["region"]),
        "类别": formats.text(row["region_kind"]),
        "名次": formats.count(row["rank"]),
        "项目": formats.count(row["projects"]),
        "开复工": formats.count(row["started"]),
        "率": formats.ratio(row["start_ratio"]),
        "完成": formats.money(row["invested_yuan"]),
        "计划": formats.money(row["annual_plan_yuan"]),
        "投资亿": f"{formats.yi(row['invested_yuan'])}/{formats.yi(row['annual_plan_yuan'])}",
        "开复工比项目": f"{formats.count(row['started'])}/{formats.count(row['projects'])}",
        "升降": formats.NONE if change is None else words.movement(change["moved"]) or "新",
        "投资率": formats.ratio(row["investment_ratio"]),
        "应办": formats.count(row["procedures_due"]),
        "办结": formats.count(row["procedures_done"]),
        "手续率": formats.ratio(row["procedure_ratio"]),
        "红灯": formats.count(row["red"]),
        "黄灯": formats.count(row["yellow"]),
        "变化": None if change is None else moved(change),
    }
