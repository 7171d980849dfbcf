"""The reverse schedule (倒排工期) of all projects: latest dates backwards, earliest dates forwards.

Source of the method: critical path method with half-open workday time (a successor may start on the
day its predecessor finishes); working days per data/workdays.py, winter breaks per data/winter.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl

from data.conflict import Chains, Shrinks, Targets, chains_of, shrinks_of, targets_of
from data.facts import MISSING, NodeRows, Projects, node_facts, project_facts
from data.faults import Fault, Faults, faults_of
from data.links import Links, connect, foreign_nodes
from data.network import Names, Network, expand
from data.passes import Flags, Level, backward, forward, levels, moves
from data.plan import State, blind_projects, deadlines_of, first_basis, held_by, state_of, work_of
from data.schedule_frames import node_frame, project_frame
from data.settings import settings
from data.winter import Breaks, breaks
from data.workdays import Calendar, Index, calendar


@dataclass(frozen=True)
class Schedule:
    """`nodes`: one row a node of a project in drawing order; `projects`: one row a project; `faults`: why
    projects are unscheduled.

    nodes: project_id, node, phase (start|construction), sequence, reported (a 节点 row exists),
    applicable, duration_workdays, predecessors, department, earliest_start, earliest_finish,
    latest_start, latest_finish, float_workdays (latest − earliest finish; negative = days already
    lost), critical, must_start_today. Latest dates and float are null where no target lies downstream,
    earliest ones for a done node whose day nobody wrote down; all are null in an unscheduled project.
    projects: project_id, phase, template (null: a network of its own), target_date, target_basis,
    forecast_finish, float_workdays (least of the nodes not done), late_workdays (null when the target is
    met), critical_chain, shrinks (empty when not late, or when even one workday a node is too long),
    reachable_date, unscheduled_reason. Forecast, float and lateness are null where neither the first day
    of construction nor any step of it is known.
    """

    nodes: pl.DataFrame
    projects: pl.DataFrame
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Passes:
    """Results by node, in workday indices; `level` counts the steps from the network's beginning, `moving`
    tells whether finishing the node still moves a due one."""

    earliest_start: Index
    earliest_finish: Index
    latest_start: Index
    latest_finish: Index
    level: Index
    moving: Flags


@dataclass(frozen=True)
class Result:
    """Everything the frames are made of; `basis` (of BASES, −1 none) and `blind` are by project."""

    network: Network
    links: Links
    names: Names
    state: State
    passes: Passes
    targets: Targets
    chains: Chains
    shrinks: Shrinks
    faults: Faults
    basis: Index
    blind: Flags


def schedule(
    projects: pl.DataFrame,
    nodes: pl.DataFrame,
    as_of: date,
    settings_default_type: str = "备案",
    winter_break: str | None = None,
    tried: Mapping[str, int] | None = None,
) -> Schedule:
    """The schedule as seen on `as_of`; `winter_break` null means GUATU_WINTER_BREAK.

    `tried` says what nodes of these names would take instead, in workdays (data/what_if.py).

    Raises ConfigurationError when templates, breaks or the default type contradict themselves.
    """
    days = calendar()
    projects = projects.unique("project_id", keep="first", maintain_order=True)
    rows, names = node_facts(projects, nodes, as_of, days)
    facts = project_facts(projects, rows, as_of, settings_default_type, days)
    winter = breaks(days, winter_break or settings().winter_break)
    laid = laid_out(facts, rows, names, winter)
    if tried:
        laid = replace(laid, state=_lasting(laid, names, tried))
    result = _solve(laid, facts, rows, names, as_of, winter, days)
    return Schedule(
        node_frame(result, facts, rows, as_of, days),
        project_frame(result, facts, days),
        result.faults.faults,
    )


@dataclass(frozen=True)
class Layout:
    """Every project's network with its links, levels and states, before anything is scheduled."""

    network: Network
    links: Links
    order: list[Level]
    level: Index
    state: State


def laid_out(facts: Projects, rows: NodeRows, names: Names, winter: Breaks) -> Layout:
    """The networks of these projects, templates and 节点 rows put together."""
    network = expand(facts.template, rows.rows, names, facts.industries)
    links = connect(network, rows.rows, names, rows.predecessors, facts.phase)
    order, level = levels(len(network), links.tail, links.head)
    return Layout(network, links, order, level, state_of(network, facts, rows, names, winter))


def _lasting(laid: Layout, names: Names, tried: Mapping[str, int]) -> State:
    """The states with the durations that are tried."""
    wanted = names.texts.replace_strict(tried, default=MISSING, return_dtype=pl.Int64)
    duration = wanted.gather(laid.network.name).to_numpy()
    return replace(laid.state, duration=np.where(duration > MISSING, duration, laid.state.duration))


def _solve(
    laid: Layout,
    facts: Projects,
    rows: NodeRows,
    names: Names,
    as_of: date,
    winter: Breaks,
    days: Calendar,
) -> Result:
    network, links, order, level, state = laid.network, laid.links, laid.order, laid.level, laid.state
    foreign = foreign_nodes(network, names, facts.phase)
    faults = faults_of(network, links, state, level, facts, rows, names, foreign)
    work = work_of(network, facts, state, winter)
    held = held_by(network, names, state, work, as_of, days)
    deadlines = deadlines_of(network, links, facts, names, days).without(faults.reasons)
    start, finish = forward(order, work, held)
    latest_start, latest_finish = backward(order, work, deadlines.bounds(len(network)))
    blind = blind_projects(network, facts, state)
    deadlines = deadlines.without(np.flatnonzero(blind).tolist())
    wanted = np.zeros(len(network), dtype=bool)
    wanted[deadlines.node] = True
    moving = moves(order, wanted, state.fixed) & ~state.done
    targets = targets_of(deadlines, finish, state.done)
    chains = chains_of(targets, links, start, finish, state)
    shrinks = shrinks_of(
        network, order, work, held, state, int(days.index(as_of)), deadlines, targets, chains, moving
    )
    passes = Passes(start, finish, latest_start, latest_finish, level, moving)
    basis = first_basis(facts)
    basis[targets.project] = deadlines.basis[targets.entry]
    return Result(network, links, names, state, passes, targets, chains, shrinks, faults, basis, blind)
