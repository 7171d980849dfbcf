"""Networks that can't be scheduled, told to staff: at the cell of today's file, else by project and node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

import polars as pl

from data.conform.notices import Notices, shown
from data.conform.places import NOWHERE, Columns
from data.errors import Finding, Weight
from data.facts import node_facts, project_facts
from data.faults import Fault, Spot, cycles_of
from data.links import connect
from data.network import expand
from data.passes import levels
from data.workbook import address
from data.workdays import calendar

# a 节点 row of today's file: project, node, sheet, Excel row
Row = tuple[str, str, str | None, int | None]

_ADVICE: Final = {
    "unknown_predecessor": "请改成该项目已有的节点名称,或补报这个节点。",
    "missing_duration": "请在“工期(工作日)”一列填写办理需要的工作日数。",
    "impossible_duration": "请填0—10000之间的工作日数。",
    "cycle": "请改正其中一处前置节点。",
}


def tell_faults(
    faults: Iterable[Fault], columns: Columns = NOWHERE, today: frozenset[Row] = frozenset()
) -> tuple[Finding, ...]:
    """A finding a faulty cell of today's file; one a fault that rests on rows reported before.

    A cycle with a row of today's file is an error, all else a warning.
    """
    notices = Notices()
    for fault in faults:
        fresh = [spot for spot in fault.spots if _row(fault, spot) in today]
        weight: Weight = "error" if fault.rule == "cycle" and fresh else "warning"
        for spot in fresh:
            _tell_cell(fault, spot, weight, columns, notices)
        if not fresh:
            _tell_carried(fault, notices)
    return notices.all()


def rows_of_today(nodes: pl.DataFrame, reported: pl.Series) -> frozenset[Row]:
    """The rows of the 节点 ledger that stand in today's file."""
    return frozenset(nodes.filter(reported).select("project_id", "node", "source_sheet", "source_row").rows())


def cycles_brought(
    projects: pl.DataFrame, nodes: pl.DataFrame, reported: pl.Series, as_of: date, default_type: str
) -> tuple[Fault, ...]:
    """Cycles of the projects for which today's file names predecessors; nothing else is laid out."""
    named = nodes.filter(reported & (pl.col("predecessors").list.len() > 0))["project_id"].unique()
    if named.is_empty():
        return ()
    concerned = pl.col("project_id").is_in(named.implode())
    projects = projects.filter(concerned).unique("project_id", keep="first", maintain_order=True)
    days = calendar()
    rows, names = node_facts(projects, nodes.filter(concerned), as_of, days)
    facts = project_facts(projects, rows, as_of, default_type, days)
    network = expand(facts.template, rows.rows, names, facts.industries)
    links = connect(network, rows.rows, names, rows.predecessors, facts.phase)
    _, level = levels(len(network), links.tail, links.head)
    return cycles_of(network, links, level, facts, rows, names)


def error_rows(faults: Iterable[Fault], today: frozenset[Row]) -> frozenset[tuple[str, int]]:
    """Today's rows of faults that are errors, as (sheet, Excel row)."""
    return frozenset(_of_today(faults, today))


def _of_today(faults: Iterable[Fault], today: frozenset[Row]) -> Iterator[tuple[str, int]]:
    for fault in faults:
        for spot in fault.spots:
            if _row(fault, spot) in today and spot.sheet is not None and spot.row is not None:
                yield spot.sheet, spot.row


def _row(fault: Fault, spot: Spot) -> Row:
    return fault.project_id, spot.node, spot.sheet, spot.row


def _tell_cell(fault: Fault, spot: Spot, weight: Weight, columns: Columns, notices: Notices) -> None:
    sheet, line = spot.sheet or "", spot.row or 1
    column = columns.at(sheet, line, fault.column, "node", "project_name")
    cell = f"第{line}行" if column is None else address(line - 1, column)
    notices.add(
        fault.rule,
        weight,
        f"工作表“{sheet}”{cell}:{_said(fault, spot)}。{_ADVICE[fault.rule]}",
        sheet=sheet,
        row=line - 1,
        column=column,
        found=spot.found,
        expected=fault.expected,
    )


def _said(fault: Fault, spot: Spot) -> str:
    project = f"项目“{shown(fault.project)}”"
    if fault.rule != "cycle":
        return f"{project}的节点“{spot.node}”{fault.what},该项目暂不排期"
    circle = "→".join((*fault.nodes, fault.nodes[0]))
    return (
        f"{project}的节点“{spot.node}”写的前置节点“{shown(spot.found)}”使节点成了循环({circle}),排不出先后,"
        "该项目不排期"
    )


def _tell_carried(fault: Fault, notices: Notices) -> None:
    lines = "、".join(str(spot.row) for spot in fault.spots if spot.row is not None)
    sheet = next((spot.sheet for spot in fault.spots if spot.sheet), "节点")
    where = f"(在以前报送的工作表“{sheet}”第{lines}行)" if lines else ""
    notices.add(
        fault.rule,
        "warning",
        f"项目“{shown(fault.project)}”的节点“{'、'.join(fault.nodes)}”{fault.what}{where},该项目暂不排期。"
        f"{_ADVICE[fault.rule]}",
        found="、".join(fault.nodes),
        expected=fault.expected,
    )
