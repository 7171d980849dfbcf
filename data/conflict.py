"""When the target can't be met: how late, along which chain, and which durations would have to shrink."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from data.links import Links
from data.network import Network
from data.passes import NEVER, Flags, Held, Level, Work, backward, restrict
from data.plan import Deadlines, State
from data.workdays import Index


@dataclass(frozen=True)
class Targets:
    """The day each project aims at next, one entry a project with one: position in `Deadlines`,
    node, project, due and forecast workday index; `late` in workdays, 0 when it is met or done."""

    entry: Index
    node: Index
    project: Index
    due: Index
    forecast: Index
    late: Index


@dataclass(frozen=True)
class Chains:
    """Nodes of the chain that drives each project's target, side by side in working order."""

    project: Index
    node: Index


@dataclass(frozen=True)
class Shrinks:
    """Durations that reach every target when recomputed, one entry a node to shorten; `impossible`
    lists projects that stay late even so."""

    node: Index
    workdays: Index
    impossible: Index


def targets_of(deadlines: Deadlines, finish: Index, done: Flags) -> Targets:
    """Each project's target: the first late one, else the first not done, else the last."""
    reached, over = finish[deadlines.node], done[deadlines.node]
    late = np.where(over, 0, np.maximum(reached - deadlines.due, 0))
    rank = np.where(over, 8 - deadlines.basis, np.where(late > 0, 0, 4) + deadlines.basis)
    rank = np.where(over, rank + 8, rank)
    order = np.lexsort((-reached, rank, deadlines.project))
    project = deadlines.project[order]
    chosen = order[np.concatenate([[True], project[1:] != project[:-1]])] if len(order) else order
    return Targets(
        chosen,
        deadlines.node[chosen],
        deadlines.project[chosen],
        deadlines.due[chosen],
        reached[chosen],
        late[chosen],
    )


def chains_of(targets: Targets, links: Links, start: Index, finish: Index, state: State) -> Chains:
    """From each unmet target back along the predecessors whose finish is the successor's start."""
    binding = (finish[links.tail] == start[links.head]) & ~state.fixed[links.head] & ~state.done[links.tail]
    driver = np.full(len(start), -1, dtype=np.int64)
    driver[links.head[binding][::-1]] = links.tail[binding][::-1]
    open_targets = ~state.done[targets.node]
    node, project = targets.node[open_targets], targets.project[open_targets]
    steps: list[tuple[Index, Index]] = []
    while len(node):
        steps.append((project, node))
        node = driver[node]
        project, node = project[node >= 0], node[node >= 0]
    if not steps:
        return Chains(project, node)
    project = np.concatenate([step[0] for step in reversed(steps)])
    node = np.concatenate([step[1] for step in reversed(steps)])
    order = np.argsort(project, kind="stable")
    project, node = project[order], node[order]
    shown = state.applicable[node]
    return Chains(project[shown], node[shown])


def shrinks_of(
    network: Network,
    order: list[Level],
    work: Work,
    held: Held,
    state: State,
    now: int,
    deadlines: Deadlines,
    targets: Targets,
    chains: Chains,
    moving: Flags,
) -> Shrinks:
    """Durations shortened in proportion along the late chains, never below one workday.

    A backward pass with the chain's nodes shortened evenly says when each node must be finished; a
    forward pass then shortens every late node just enough, so that other chains keep up as well.
    """
    late = np.zeros(len(network.first), dtype=bool)
    late[targets.project[targets.late > 0]] = True
    if not late.any():
        none = np.empty(0, dtype=np.int64)
        return Shrinks(none, none, none)
    order = restrict(order, late[network.project])
    open_nodes = late[network.project] & moving & state.applicable & (work.duration > 0)
    wanted = _evened(network, work, targets, chains, open_nodes)
    _, goal = backward(order, replace(work, duration=wanted), deadlines.bounds(len(network)), state.fixed)
    shorter, finish = _compress(order, work, held, state, now, goal, open_nodes)
    over = (finish[deadlines.node] > deadlines.due) & ~state.done[deadlines.node]
    impossible = np.unique(deadlines.project[over])
    late[impossible] = False
    node = np.flatnonzero((shorter < work.duration) & late[network.project])
    return Shrinks(node, shorter[node], impossible)


def _evened(network: Network, work: Work, targets: Targets, chains: Chains, open_nodes: Flags) -> Index:
    """Durations with each late project's lateness spread evenly over what its chain can give.

    Parallel nodes shrink alike, so that no goal on the chain is tighter than the chain itself needs.
    """
    projects, wanted = len(network.first), work.duration.copy()
    late = np.zeros(projects, dtype=np.int64)
    late[targets.project] = targets.late
    spare = np.maximum(wanted[chains.node] - 1, 0)
    room = np.bincount(chains.project, weights=spare, minlength=projects)
    share = np.minimum(late / np.maximum(room, 1), 1.0)
    at = np.flatnonzero(open_nodes)
    wanted[at] -= np.ceil(share[network.project[at]] * (wanted[at] - 1)).astype(np.int64)
    return wanted


def _compress(
    order: list[Level], work: Work, held: Held, state: State, now: int, goal: Index, open_nodes: Flags
) -> tuple[Index, Index]:
    """A forward pass that shortens open nodes which would miss their goal: (durations, finishes)."""
    start, finish, duration = held.start.copy(), held.finish.copy(), work.duration.copy()
    for level in order:
        nodes = level.nodes
        full, known = work.duration[nodes], finish[nodes]
        running = state.running[nodes]
        # a running node ends no earlier than tomorrow, and gives up all but one of its workdays
        soonest = np.maximum(now + 1, work.advance(nodes, known, -np.maximum(full - 1, 0)))
        hurried = np.minimum(known, np.maximum(goal[nodes], soonest))
        given = work.span(nodes, hurried, known)
        room = np.clip(work.span(nodes, start[nodes], goal[nodes]), 1, np.maximum(full, 1))
        days = np.where(running, full - given, room)
        days = np.where(open_nodes[nodes], days, full)
        reached = np.maximum(work.advance(nodes, start[nodes], days), held.least_finish[nodes])
        fixed = np.where(running & open_nodes[nodes], hurried, known)
        finish[nodes] = np.where(known > NEVER, fixed, reached)
        duration[nodes] = days
        np.maximum.at(start, level.heads, finish[level.tails])
    return duration, finish
