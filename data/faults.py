"""Networks that can't be scheduled: cycles, unknown predecessors, missing or impossible durations.

A project with a fault is shown unscheduled, the others are not held up.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import numpy as np

from data.facts import MISSING, NodeRows, Projects
from data.links import Links
from data.network import Names, Network
from data.passes import Flags
from data.plan import State
from data.workdays import Index

LONGEST: Final = 10_000  # workdays, some forty years: beyond it a cell holds something else


@dataclass(frozen=True)
class Spot:
    """The cell of one 节点 row that is at fault: where the row came from (null where that is not known), the
    node it is of, and what the cell says (null where it is empty)."""

    node: str
    sheet: str | None
    row: int | None
    found: str | None


@dataclass(frozen=True)
class Fault:
    """One thing that keeps a project unscheduled: its nodes by name, and the cells of `column` at fault.

    The nodes of a cycle stand in working order, each before the next and the last before the first.
    """

    rule: str
    project_id: str
    project: str
    nodes: tuple[str, ...]
    column: str
    spots: tuple[Spot, ...]
    what: str
    expected: str


@dataclass(frozen=True)
class Faults:
    """All faults, and for each project that can't be scheduled why (one Chinese phrase)."""

    faults: tuple[Fault, ...]
    reasons: dict[int, str]


@dataclass(frozen=True)
class _Found:
    """A fault by numbers: `rows` of the 节点 ledger."""

    rule: str
    nodes: tuple[str, ...]
    column: str
    rows: tuple[int, ...]
    what: str
    expected: str


def faults_of(
    network: Network,
    links: Links,
    state: State,
    level: Index,
    projects: Projects,
    nodes: NodeRows,
    names: Names,
    foreign: Flags,
) -> Faults:
    """Everything that keeps a project unscheduled, by project in ledger order."""
    found: dict[int, list[_Found]] = defaultdict(list)
    _durations(found, network, state, names, foreign)
    for row, text in links.unknown:
        found[int(nodes.rows.project[row])].append(
            _Found(
                "unknown_predecessor",
                (nodes.frame["node"][row],),
                "predecessors",
                (row,),
                f"的前置节点“{text}”不在该项目的节点中",
                "该项目已有的节点名称",
            )
        )
    _cycles(found, network, links, level, names, nodes)
    faults: list[Fault] = []
    reasons: dict[int, str] = {}
    for project in sorted(found):
        faults += [_placed(fault, project, projects, nodes) for fault in found[project]]
        reasons[project] = ";".join(f"“{'、'.join(fault.nodes)}”{fault.what}" for fault in found[project])
    return Faults(tuple(faults), reasons)


def cycles_of(
    network: Network, links: Links, level: Index, projects: Projects, nodes: NodeRows, names: Names
) -> tuple[Fault, ...]:
    """The cycle of every project that has one."""
    found: dict[int, list[_Found]] = defaultdict(list)
    _cycles(found, network, links, level, names, nodes)
    return tuple(
        _placed(fault, project, projects, nodes) for project in sorted(found) for fault in found[project]
    )


def _durations(
    found: dict[int, list[_Found]], network: Network, state: State, names: Names, foreign: Flags
) -> None:
    wanted = state.applicable & ~foreign
    missing = wanted & ~state.done & (state.duration == MISSING)
    wrong = wanted & (state.duration != MISSING) & ((state.duration < 0) | (state.duration > LONGEST))
    for node in np.flatnonzero(missing | wrong):
        duration = int(state.duration[node])
        fault = _Found(
            rule="missing_duration" if missing[node] else "impossible_duration",
            nodes=(names.texts[int(network.name[node])],),
            column="duration_workdays",
            rows=(int(network.row[node]),),
            what="没有工期" if missing[node] else f"的工期是{duration}个工作日",
            expected=f"0—{LONGEST}的工作日数",
        )
        found[int(network.project[node])].append(fault)


def _cycles(
    found: dict[int, list[_Found]],
    network: Network,
    links: Links,
    level: Index,
    names: Names,
    nodes: NodeRows,
) -> None:
    stuck = level < 0
    if not stuck.any():
        return
    within = stuck[links.tail] & stuck[links.head]
    before: dict[int, list[int]] = defaultdict(list)
    for tail, head in zip(links.tail[within].tolist(), links.head[within].tolist(), strict=True):
        before[head].append(tail)
    told: set[int] = set()
    for node in np.flatnonzero(stuck).tolist():
        project = int(network.project[node])
        if project in told:
            continue
        told.add(project)
        cycle = _cycle_from(node, before)
        texts = tuple(names.texts[int(network.name[n])] for n in cycle)
        # a template's own link is right; only rows that name predecessors can be wrong
        rows = tuple(int(r) for r in network.row[cycle] if r >= 0 and nodes.rows.predecessors[r] > 0)
        found[project].append(
            _Found("cycle", texts, "predecessors", rows, "互为前置,成了循环", "排得出先后的前置节点")
        )


def _cycle_from(node: int, before: dict[int, list[int]]) -> list[int]:
    """The cycle met by walking back along predecessors that are stuck too, in working order."""
    seen: dict[int, int] = {}
    path: list[int] = []
    while node not in seen:
        seen[node] = len(path)
        path.append(node)
        node = before[node][0]
    cycle = path[seen[node] :][::-1]
    first = cycle.index(min(cycle))
    return cycle[first:] + cycle[:first]


def _placed(fault: _Found, project: int, projects: Projects, nodes: NodeRows) -> Fault:
    number = projects.frame["project_id"][project]
    title = projects.frame["project_name"][project] or number
    spots = tuple(_spot(fault.column, row, nodes) for row in fault.rows if row >= 0)
    return Fault(fault.rule, number, title, fault.nodes, fault.column, spots, fault.what, fault.expected)


def _spot(column: str, row: int, nodes: NodeRows) -> Spot:
    value, frame = nodes.frame[column][row], nodes.frame
    texts = value.to_list() if column == "predecessors" and value is not None else value
    said = "、".join(texts) if isinstance(texts, list) else None if texts is None else str(texts)
    return Spot(frame["node"][row], frame["source_sheet"][row], frame["source_row"][row], said or None)
