"""Frames of the queries `timeline` and `timeline_bars`, made by hand for tests of the wall's figure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl

AS_OF = date(2026, 11, 22)

# node, its start and finish in days from the project's first day, critical
NETWORK = (
    ("备案", 0, 2, True), ("供地", 2, 33, True), ("环评", 2, 50, False), ("能评", 2, 37, False),
    ("水保", 2, 9, False), ("用地规划", 33, 40, True), ("不动产权", 40, 47, False), ("方案", 40, 78, True),
    ("工程规划", 78, 88, True), ("图审", 78, 92, False), ("消防", 78, 92, False),
    ("定施工单位", 92, 99, True), ("施工许可", 99, 106, True), ("开工", 106, 106, True),
)  # fmt: skip

ROW_SCHEMA = {
    "row_number": pl.Int64(), "total_rows": pl.Int64(), "project_id": pl.String(),
    "project_name": pl.String(),
    "region": pl.String(), "accountable_leader": pl.String(), "kind": pl.String(), "level": pl.String(),
    "light": pl.String(), "light_node": pl.String(), "light_due_date": pl.Date(), "workdays_left": pl.Int64(),
    "float_workdays": pl.Int64(), "phase": pl.String(), "target_date": pl.Date(), "target_basis": pl.String(),
    "forecast_finish": pl.Date(), "late_workdays": pl.Int64(), "current_node": pl.String(),
    "current_department": pl.String(), "unscheduled_reason": pl.String(),
}  # fmt: skip
BAR_SCHEMA = {
    "project_id": pl.String(), "node": pl.String(), "sequence": pl.Int64(), "light": pl.String(),
    "start_date": pl.Date(), "finish_date": pl.Date(), "latest_start": pl.Date(), "latest_finish": pl.Date(),
    "due_date": pl.Date(), "due_basis": pl.String(), "workdays_left": pl.Int64(),
    "float_workdays": pl.Int64(),
    "critical": pl.Boolean(), "reported": pl.Boolean(), "state": pl.String(), "done_late_days": pl.Int64(),
}  # fmt: skip


def row(number: int, total: int = 40, **changes: Any) -> dict[str, Any]:
    """One row of the wall; the float grows with the row number from −12 up."""
    floated = number - 13
    light = "red" if floated < 0 else "yellow" if floated < 4 else "blue"
    made = {
        "row_number": number, "total_rows": total, "project_id": f"P{number:05d}",
        "project_name": f"年产{number}万吨石墨负极材料及配套设施建设项目", "region": "连山区",
        "accountable_leader": f"领导{number % 34 + 1:02d}", "kind": "新建", "level": "市重点", "light": light,
        "light_node": "环评", "light_due_date": AS_OF + timedelta(floated), "workdays_left": floated,
        "float_workdays": floated, "phase": "start", "target_date": AS_OF + timedelta(40 + number),
        "target_basis": "专项目标", "forecast_finish": AS_OF + timedelta(40 + number - floated),
        "late_workdays": max(-floated, 0), "current_node": "环评", "current_department": "市生态环境局",
        "unscheduled_reason": None,
    }  # fmt: skip
    return made | changes


def bar(
    project_id: str, node: str, start: date | None, finish: date | None, **changes: Any
) -> dict[str, Any]:
    """One bar: done when it lies before the status date, running across it, else waiting."""
    state, light = "waiting", "grey"
    if start is not None and finish is not None:
        state = "done" if finish <= AS_OF else "running" if start <= AS_OF else "waiting"
        light = {"done": "green", "running": "blue", "waiting": "grey"}[state]
    made = {
        "project_id": project_id, "node": node, "sequence": 1, "light": light, "start_date": start,
        "finish_date": finish, "latest_start": start, "latest_finish": finish, "due_date": finish,
        "due_basis": "倒排", "workdays_left": 1, "float_workdays": 0, "critical": False, "reported": True,
        "state": state, "done_late_days": None,
    }  # fmt: skip
    return made | changes


def wall(count: int = 40) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A window of the wall: `count` projects of 14 nodes, some not reported, red ones on top."""
    rows = [row(i + 1, count) for i in range(count)]
    bars = []
    for i, project in enumerate(rows):
        first = AS_OF - timedelta(20 + i * 7 % 60)
        for sequence, (node, a, b, critical) in enumerate(NETWORK):
            made = bar(project["project_id"], node, first + timedelta(a), first + timedelta(b))
            floated = project["float_workdays"] + (0 if critical else 9)
            made |= {
                "sequence": sequence, "critical": critical, "float_workdays": floated,
                "latest_finish": made["finish_date"] + timedelta(floated),
            }  # fmt: skip
            if made["state"] == "running":
                made["light"] = project["light"]
            if made["state"] == "waiting" and (i + sequence) % 3 == 0:
                made |= {"state": "unreported", "reported": False}
            if made["state"] == "done" and sequence == 1 and i % 4 == 0:
                made["done_late_days"] = 3
            bars.append(made)
    return pl.DataFrame(rows, schema=ROW_SCHEMA), pl.DataFrame(bars, schema=BAR_SCHEMA)
