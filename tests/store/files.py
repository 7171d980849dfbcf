"""Workbooks as staff drop them, made with the program's own writer."""

from __future__ import annotations

from pathlib import Path

from data.demo import write_workbook
from tests.store.small import DAY, ledger


def project_workbook(path: Path, projects: int, mark: str = "", with_nodes: bool = True) -> Path:
    """A workbook in the contract's own form: projects, and two procedures each."""
    ids = [f"P{i:04}" for i in range(projects)]
    ledgers = {
        "projects": ledger(
            "projects",
            project_id=ids,
            project_name=[f"{mark}项目{i}" for i in range(projects)],
            region=["连山区"] * projects,
            kind=["新建"] * projects,
            project_type=["备案"] * projects,
            total_investment_yuan=[100_000_000] * projects,
            leaders=[["领导01"]] * projects,
        )
    }
    if with_nodes:
        ledgers["nodes"] = ledger(
            "nodes",
            project_id=ids * 2,
            node=["备案"] * projects + ["能评"] * projects,
            applicable=[True] * 2 * projects,
            status=["done"] * projects + ["waiting"] * projects,
            actual_finish=[DAY] * projects + [None] * projects,
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_workbook(ledgers, path)
    return path
