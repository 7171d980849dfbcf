"""Backward and forward pass over all projects at once, level by level.

Times are workday indices (data/workdays.py): a node starts at the end of one workday and finishes
`duration` workdays later, so a successor may start on the day its predecessor finishes. A level
holds the nodes whose predecessors all lie in earlier levels; the loop runs once a level, not once a node.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.stops import Stops
from data.winter import Breaks
from data.workdays import Index

Flags = NDArray[np.bool_]

# no bound: far beyond every calendar index, yet safe to add durations to
NEVER: Final = -(1 << 40)
FAR: Final = 1 << 40
BEYOND: Final = FAR >> 1


@dataclass(frozen=True)
class Level:
    """Nodes of one level and their outgoing links: `tails[i] → heads[i]`, grouped by `senders`."""

    nodes: Index
    senders: Index
    groups: Index
    tails: Index
    heads: Index


@dataclass(frozen=True)
class Work:
    """What moves each node: duration in workdays, its winter break row and its project's approved stop;
    one entry a node. `stops` is null where no project stops."""

    duration: Index
    break_row: Index
    breaks: Breaks
    stops: Stops | None

    def advance(self, nodes: Index, start: Index, workdays: Index) -> Index:
        """The workday index these nodes reach from `start` after that much work, before it when negative."""
        row = self.break_row[nodes]
        reached = self.breaks.advance(start, workdays, row)
        if self.stops is None:
            return reached
        stops = self.stops.of(nodes)
        onward = (workdays > 0) & (start < stops.end) & (reached > stops.begin)
        back = (workdays < 0) & (start > stops.end) & (reached < stops.end)
        held = np.flatnonzero(onward | back)
        before = np.where(onward, start, stops.begin)[held]
        lost = stops.of(held).lost(before, stops.end[held], row[held], self.breaks)
        more = workdays[held] + np.where(onward[held], lost, -lost)
        reached[held] = self.breaks.advance(start[held], more, row[held])
        return reached

    def span(self, nodes: Index, start: Index, end: Index) -> Index:
        """Workdays on which these nodes can be worked on, from `start` to `end`."""
        row = self.break_row[nodes]
        count = self.breaks.span(start, end, row)
        return (
            count if self.stops is None else count - self.stops.of(nodes).lost(start, end, row, self.breaks)
        )

    def settle(self, nodes: Index, finish: Index, workdays: Index) -> Index:
        """A latest finish inside a break or a stop, moved back to the last day work was possible."""
        row = self.break_row[nodes]
        settled = self.breaks.settle(finish, workdays, row)
        if self.stops is None:
            return settled
        stops = self.stops.of(nodes)
        inside = (workdays > 0) & (settled > stops.begin) & (settled <= stops.end)
        return self.breaks.settle(np.where(inside, stops.begin, settled), workdays, row)


@dataclass(frozen=True)
class Held:
    """What keeps the forward pass back: the earliest start allowed, the earliest finish allowed, and
    `finish`, the known finish of done and running nodes (NEVER where none)."""

    start: Index
    least_finish: Index
    finish: Index


def levels(count: int, tail: Index, head: Index) -> tuple[list[Level], Index]:
    """Levels in order, and each node's level, −1 for nodes in or behind a cycle. Links sorted by tail."""
    fan_out = np.bincount(tail, minlength=count)
    first = np.concatenate([[0], np.cumsum(fan_out)])
    waiting_for = np.bincount(head, minlength=count)
    level_of = np.full(count, -1, dtype=np.int64)
    mark = np.empty(count, dtype=np.int64)
    found: list[Level] = []
    nodes = np.flatnonzero(waiting_for == 0)
    while len(nodes):
        level_of[nodes] = len(found)
        senders = nodes[fan_out[nodes] > 0]
        sizes = fan_out[senders]
        groups = np.cumsum(sizes) - sizes
        links = np.repeat(first[senders] - groups, sizes) + np.arange(int(sizes.sum()))
        heads = head[links]
        found.append(Level(nodes, senders, groups, np.repeat(senders, sizes), heads))
        np.subtract.at(waiting_for, heads, 1)
        ready = heads[waiting_for[heads] == 0]
        mark[ready] = np.arange(len(ready))
        nodes = ready[mark[ready] == np.arange(len(ready))]
    return found, level_of


def restrict(order: list[Level], kept: Flags) -> list[Level]:
    """The same levels with only the kept nodes; links stay within a project, so keep whole projects."""
    found: list[Level] = []
    for level in order:
        nodes, inside = level.nodes[kept[level.nodes]], kept[level.senders]
        if len(nodes):
            senders = level.senders[inside]
            linked = kept[level.tails]
            tails = level.tails[linked]
            groups = (
                np.flatnonzero(np.concatenate([[True], tails[1:] != tails[:-1]])) if len(tails) else tails
            )
            found.append(Level(nodes, senders, groups, tails, level.heads[linked]))
    return found


def forward(order: list[Level], work: Work, held: Held) -> tuple[Index, Index]:
    """Earliest start and finish of each node; the start of a done or running node is its links' only."""
    start, finish = held.start.copy(), held.finish.copy()
    for level in order:
        nodes = level.nodes
        reached = work.advance(nodes, start[nodes], work.duration[nodes])
        known = finish[nodes]
        finish[nodes] = np.where(known > NEVER, known, np.maximum(reached, held.least_finish[nodes]))
        np.maximum.at(start, level.heads, finish[level.tails])
    return start, finish


def backward(
    order: list[Level], work: Work, deadline: Index, free: Flags | None = None
) -> tuple[Index, Index]:
    """Latest start and finish of each node, FAR or thereabouts where no deadline lies downstream.

    A `free` node (one whose start is a fact) does not bind its predecessors.
    """
    start, finish = np.empty_like(deadline), deadline.copy()
    for level in reversed(order):
        if len(level.senders):
            bound = np.minimum.reduceat(start[level.heads], level.groups)
            finish[level.senders] = np.minimum(finish[level.senders], bound)
        nodes = level.nodes
        duration = work.duration[nodes]
        latest = work.settle(nodes, finish[nodes], duration)
        finish[nodes] = latest
        begin = work.advance(nodes, latest, -duration)
        start[nodes] = begin if free is None else np.where(free[nodes], FAR, begin)
    return start, finish


def moves(order: list[Level], wanted: Flags, fixed: Flags) -> Flags:
    """Whether finishing a node still moves a wanted one: a chain of nodes not yet begun leads there."""
    result = wanted.copy()
    for level in reversed(order):
        if len(level.senders):
            heads = result[level.heads] & ~fixed[level.heads]
            result[level.senders] |= np.logical_or.reduceat(heads, level.groups)
    return result
