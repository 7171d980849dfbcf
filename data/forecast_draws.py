"""The remaining work run through many times: when each open node may be done, one column a draw.

Nodes that run on follow their own clock; others begin when the last one before them is done. Projects
share a pace of their own, and all of them the times' pace, so the sum varies as widely as it really does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.forecast_network import Ahead
from data.forecast_pace import Pace
from data.workdays import Index

Draws = NDArray[np.int32]
Shares = NDArray[np.float32]

# a project at a time would be slow, all at once large: nodes drawn together
CHUNK_NODES: Final = 40_000
# good and bad weeks even out over the weeks ahead
WEEKS_EVENED_OUT: Final = 4
# longer than any calendar of use; keeps what never ends inside int32
LONGEST_WORKDAYS: Final = 5_000


def drawn(left: Ahead, pace: Pace, draws: int, seed: int) -> tuple[Index, Draws]:
    """The open nodes, and the workday index each is done at: one row a node, one column a draw."""
    rng = np.random.default_rng(seed)
    variance = pace.common_variance / WEEKS_EVENED_OUT
    common = rng.gamma(1 / variance, variance, draws).astype(np.float32)
    parts = [_chunk(left, pace, first, last, common, rng) for first, last in _chunks(left)]
    if not parts:
        return np.empty(0, np.int64), np.empty((0, draws), np.int32)
    return np.concatenate([nodes for nodes, _ in parts]), np.concatenate([finish for _, finish in parts])


def _chunks(left: Ahead) -> Iterator[tuple[int, int]]:
    """Ranges of nodes, each of whole projects."""
    network = left.layout.network
    ends = network.first + network.size
    first = 0
    while first < len(network):
        last = int(ends[np.searchsorted(ends, first + CHUNK_NODES)]) if first + CHUNK_NODES < ends[-1] else 0
        yield first, last or len(network)
        first = last or len(network)


def _chunk(
    left: Ahead, pace: Pace, first: int, last: int, common: Shares, rng: np.random.Generator
) -> tuple[Index, Draws]:
    layout = left.layout
    # what doesn't apply stays in, as a node of no length: its links hold
    inside = ~layout.state.done[first:last] & (layout.level[first:last] >= 0)
    nodes = np.flatnonzero(inside) + first
    place = np.full(last - first, -1, dtype=np.int64)
    place[nodes - first] = np.arange(len(nodes))
    remaining = _remaining(left, pace, nodes, common, rng)
    finish = np.empty((len(nodes), len(common)), dtype=np.int32)
    heads, tails = _links(left, place, first, last)
    level = layout.level[nodes]
    start_at = np.full(len(nodes), left.now, dtype=np.int32)
    for number in range(int(level.max(initial=-1)) + 1):
        here = np.flatnonzero(level == number)
        start = np.repeat(start_at[here][:, None], len(common), axis=1)
        linked = (level[heads] == number) & ~left.begun[nodes[heads]]
        if linked.any():
            at, groups = np.unique(heads[linked], return_index=True)
            before = np.maximum.reduceat(finish[tails[linked]], groups, axis=0)
            rows = np.searchsorted(here, at)
            start[rows] = np.maximum(start[rows], before)
        finish[here] = _moved(left, nodes[here], start, remaining[here])
    kept = left.open[nodes]
    return nodes[kept], finish[kept]


def _links(left: Ahead, place: Index, first: int, last: int) -> tuple[Index, Index]:
    """Links between the nodes of the chunk, as rows of it, sorted by head."""
    links = left.layout.links
    low, high = np.searchsorted(links.tail, [first, last])
    tail, head = place[links.tail[low:high] - first], place[links.head[low:high] - first]
    kept = (tail >= 0) & (head >= 0)
    order = np.argsort(head[kept], kind="stable")
    return head[kept][order], tail[kept][order]


def _remaining(left: Ahead, pace: Pace, nodes: Index, common: Shares, rng: np.random.Generator) -> Draws:
    """Workdays still to go from where each node stands, at least one; none for what doesn't apply.

    A Weibull time given that so much of it has passed: T = s · ((t/s)^k + E/f)^(1/k), E exponential.
    """
    shape = np.float32(pace.shape)
    groups = tuple(codes[nodes] for codes in left.groups)
    scale = pace.scale(left.planned[nodes], groups).astype(np.float32)[:, None]
    passed = np.where(left.begun[nodes], left.taken[nodes], 0).astype(np.float32)[:, None]
    chance = rng.standard_exponential((len(nodes), len(common)), dtype=np.float32)
    chance /= _own_pace(left, pace, nodes, len(common), rng) * common
    whole = scale * ((passed / scale) ** shape + chance) ** (1 / shape)
    ahead = np.clip(np.ceil(whole - passed), 1, LONGEST_WORKDAYS)
    return np.where(left.open[nodes][:, None], ahead, 0).astype(np.int32)


def _own_pace(left: Ahead, pace: Pace, nodes: Index, draws: int, rng: np.random.Generator) -> Shares:
    """Each project's own pace, as likely as what it has shown makes it: a gamma posterior by draw."""
    project = left.layout.network.project[nodes]
    some, which = np.unique(project, return_inverse=True)
    prior = 1 / pace.project_variance
    shape = (prior + pace.project_done[some]).astype(np.float32)[:, None]
    rate = (prior + pace.project_expected[some]).astype(np.float32)[:, None]
    found = rng.standard_gamma(shape, (len(some), draws), dtype=np.float32) / rate
    own: Shares = np.maximum(found, np.float32(1e-3))[which]
    return own


def _moved(left: Ahead, nodes: Index, start: Draws, workdays: Draws) -> Draws:
    """Where that many workdays of these nodes end, winter breaks and approved stops left out."""
    finish = start + workdays
    row = left.work.break_row[nodes]
    held = np.flatnonzero((row > 0) & left.open[nodes]) if left.breaks.active else row[:0]
    if len(held):
        k, last = row[held][:, None], left.breaks.outdoor.shape[1] - 1
        count = left.breaks.outdoor[k, np.clip(start[held], 0, last)] + workdays[held]
        finish[held] = left.breaks.workday[k, np.clip(count, 0, last)]
    stops = left.stops.of(left.layout.network.project[nodes])
    stopped = np.flatnonzero(stops.end > np.maximum(stops.begin, left.now))
    if len(stopped):
        begin, end = stops.begin[stopped][:, None], stops.end[stopped][:, None]
        inside = (start[stopped] < end) & (finish[stopped] > begin)
        lost = end - np.maximum(begin, start[stopped])
        finish[stopped] += np.where(inside, lost, 0).astype(np.int32)
    return finish
