"""What is tried with a project as a sheet of paper: what would change, and every open node now and then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import polars as pl

from components import formats, plan, project_try, wall_link
from components.project_try import Record, Trial
from components.timeline import STATE_WORDS
from data.lists import ListColumn

TITLE: Final = "倒排试算方案"
# name, type, header, kind, unit
_COLUMNS: Final = (
    ("node", pl.String, "节点", "name", ""),
    ("department", pl.String, "责任部门", "text", ""),
    ("state", pl.String, "办理", "text", ""),
    ("workdays_now", pl.Int32, "现工期", "count", "工作日"),
    ("workdays_then", pl.Int32, "试算工期", "count", "工作日"),
    ("start_then", pl.Date, "试算开始", "date", ""),
    ("finish_now", pl.Date, "现预计完成", "date", ""),
    ("finish_then", pl.Date, "试算完成", "date", ""),
    ("latest_then", pl.Date, "试算最迟完成", "date", ""),
    ("float_now", pl.Int32, "现时差", "days", "工作日"),
    ("float_then", pl.Int32, "试算时差", "days", "工作日"),
    ("critical_then", pl.Boolean, "在关键链上", "flag", ""),
)


class Proposal(NamedTuple):
    """A sheet: title, the lines below it, columns and rows."""

    title: str
    base: str
    columns: Sequence[ListColumn]
    rows: pl.DataFrame


def proposal(trial: Trial, card: Record) -> Proposal:
    """The sheet of a trial; `card` is the project's row of `project_side`."""
    columns = [ListColumn(name, header, kind, unit, "") for name, _, header, kind, unit in _COLUMNS]  # type: ignore[arg-type]
    rows = [line(node, trial.moved_nodes[node["node"]]) for node in trial.open_nodes]
    frame = pl.DataFrame(rows, schema={name: dtype for name, dtype, *_ in _COLUMNS})
    return Proposal(TITLE, "\n".join(lines(trial, card)), columns, frame)


def lines(trial: Trial, card: Record) -> list[str]:
    """Whose proposal it is, what is tried, how things stand, how they would be, and as of when."""
    wished = trial.wished or trial.schedule
    as_of = wall_link.status_date(trial.search)
    return [
        " · ".join(
            filter(
                None, (card["project_name"], card["project_id"], card["region"], card["accountable_leader"])
            )
        ),
        f"试算:{tried_words(trial)}",
        f"现状:{plan.words(trial.schedule)}。{plan.chain(trial.schedule)}",
        f"试算后:{plan.words(wished, project_try.LEAD)}。{plan.chain(wished)}",
        f"变化:{project_try.difference(trial.schedule, wished)}。",
        f"数据截至 {formats.day(as_of, with_year=True)};供研究,未写入台账",
    ]


def tried_words(trial: Trial) -> str:
    """ "目标日 1月8日 → 1月27日;招标 25→20 天"."""
    target = trial.wish.target
    day = project_try.moved_day("目标日", trial.schedule["target_date"], target) if target else ""
    now = {node["node"]: node["duration_workdays"] for node in trial.open_nodes}
    changed = [
        f"{node} {formats.count(now[node])}→{days} 天"
        for node, days in trial.wish.workdays.items()
        if node in now
    ]
    return ";".join(filter(None, (day, "、".join(changed)))) or "没有改动"


def line(node: Record, then: Record) -> dict[str, Any]:
    """One open node, now and under the wish."""
    return {
        "node": node["node"],
        "department": node["department"],
        "state": STATE_WORDS.get(node["state"], node["state"]),
        "workdays_now": node["duration_workdays"],
        "workdays_then": then["duration_workdays"],
        "start_then": then["earliest_start"],
        "finish_now": node["earliest_finish"],
        "finish_then": then["earliest_finish"],
        "latest_then": then["latest_finish"],
        "float_now": node["float_workdays"],
        "float_then": then["float_workdays"],
        "critical_then": then["critical"],
    }
