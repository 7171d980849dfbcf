"""Small ledgers for schedule tests: contract frames from a few keyword rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from data import contract
from data.schedule import Schedule, schedule


def projects(*rows: dict[str, Any]) -> pl.DataFrame:
    """项目 rows; the name defaults to the id."""
    named = [{"project_name": row["project_id"], **row} for row in rows]
    return pl.DataFrame(named, schema=contract.PROJECTS.schema)


def nodes(*rows: dict[str, Any]) -> pl.DataFrame:
    """节点 rows, numbered as if they began in Excel row 2."""
    placed = [{"source_sheet": "节点", "source_row": at, **row} for at, row in enumerate(rows, start=2)]
    return pl.DataFrame(placed, schema=contract.NODES.schema)


def node(project_id: str, name: str, **more: Any) -> dict[str, Any]:
    """One 节点 row."""
    return {"project_id": project_id, "node": name, **more}


def own(project_id: str, name: str, days: int | None, *before: str, **more: Any) -> dict[str, Any]:
    """One 节点 row with its own duration and predecessors."""
    return node(project_id, name, duration_workdays=days, predecessors=list(before), **more)


def one(result: Schedule, project_id: str) -> dict[str, Any]:
    """The project's row as a dict."""
    return result.projects.filter(pl.col("project_id") == project_id).row(0, named=True)


def by_node(result: Schedule, project_id: str) -> dict[str, dict[str, Any]]:
    """The project's nodes by name."""
    return {
        row["node"]: row
        for row in result.nodes.filter(pl.col("project_id") == project_id).iter_rows(named=True)
    }


def run(
    project_rows: list[dict[str, Any]], node_rows: list[dict[str, Any]], as_of: date, **more: Any
) -> Schedule:
    """The schedule of these rows."""
    return schedule(projects(*project_rows), nodes(*node_rows), as_of, **more)
