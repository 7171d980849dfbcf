"""Networks that can't be scheduled: cycles, unknown predecessors, missing or impossible durations.

Each fault names project, nodes and rows; that project is shown unscheduled, the others are not held up.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import numpy as np

from data.errors import Finding
from data.facts import MISSING, NodeRows, Projects
from data.links import Links
from data.network import Names, Network
from data.passes import Flags
from data.plan import State
from data.workdays import Index

LONGEST: Final = 10_000  # workdays, some forty years: beyond it a cell holds something else


@dataclass(frozen=True)
class Faults:
    """Findings, and for each project that can't be scheduled why (one Chinese phrase)."""

    findings: tuple[Finding, ...]
    reasons: dict[int, str]


@dataclass(frozen=True)
class _Fault:
    rule: str
    nodes: tuple[str, ...]
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
    found: dict[int, list[_Fault]] = defaultdict(list)
    _durations(found, network, state, names, foreign)
    for row, text in links.unknown:
        node = nodes.frame["node"][row]
        found[int(nodes.rows.project[row])].append(
            _Fault(
                "unknown_predecessor",
                (node,),
                (row,),
                f"的前置节点“{text}”不在该项目的节点中",
                "应为该项目已有的节点名称",
            )
        )
    _cycles(found, network, links, level, names)
    findings: list[Finding] = []
    reasons: dict[int, str] = {}
    for project in sorted(found):
        title = projects.frame["project_name"][project] or projects.frame["project_id"][project]
        findings += [_finding(title, fault, nodes) for fault in found[project]]
        reasons[project] = ";".join(f"“{'、'.join(fault.nodes)}”{fault.what}" for fault in found[project])
    return Faults(tuple(findings), reasons)


def _durations(
    found: dict[int, list[_Fault]], network: Network, state: State, names: Names, foreign: Flags
) -> None:
    wanted = state.applicable & ~foreign
    missing = wanted & ~state.done & (state.duration == MISSING)
    wrong = wanted & (state.duration != MISSING) & ((state.duration < 0) | (state.duration > LONGEST))
    for node in np.flatnonzero(missing | wrong):
        duration = int(state.duration[node])
        fault = _Fault(
            rule="missing_duration" if missing[node] else "impossible_duration",
            nodes=(names.texts[int(network.name[node])],),
            rows=(int(network.row[node]),),
            what="没有工期" if missing[node] else f"的工期是{duration}个工作日",
            expected=f"应为0—{LONGEST}的工作日数",
        )
        found[int(network.project[node])].append(fault)


def _cycles(
    found: dict[int, list[_Fault]], network: Network, links: Links, level: Index, names: Names
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
        rows = tuple(int(network.row[n]) for n in cycle if network.row[n] >= 0)
        found[project].append(_Fault("cycle", texts, rows, "互为前置,成了循环", "应能排出先后"))


def _cycle_from(node: int, before: dict[int, list[int]]) -> list[int]:
    """The cycle met by walking back along predecessors that are stuck too, in working order."""
    seen: dict[int, int] = {}
    path: list[int] = []
    while node not in seen:
        seen[node] = len(path)
        path.append(node)
        node = before[node][0]
    return path[seen[node] :][::-1]


def _finding(title: str, fault: _Fault, nodes: NodeRows) -> Finding:
    lines = [nodes.frame["source_row"][row] for row in fault.rows if row >= 0]
    sheets = [nodes.frame["source_sheet"][row] for row in fault.rows if row >= 0]
    sheet = next((name for name in sheets if name), None)
    numbers = "、".join(str(line) for line in lines if line is not None)
    where = f"(工作表“{sheet or '节点'}”第{numbers}行)" if numbers else ""
    return Finding(
        rule=fault.rule,
        weight="warning",
        message=f"项目“{title}”的节点“{'、'.join(fault.nodes)}”{fault.what}{where},{fault.expected},"
        "该项目暂不排期,请在节点台账中改正。",
        sheet=sheet,
        cell=None,
        found="、".join(fault.nodes),
        expected=fault.expected,
    )
