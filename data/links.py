"""The links of every network: template links, 前置节点 of 节点 rows, and what must precede the last node."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.network import OWN, Names, Network, Rows, catalogue
from data.passes import Flags
from data.workdays import Index


@dataclass(frozen=True)
class Links:
    """`tail[i]` precedes `head[i]`, sorted by tail; `unknown`: (节点 row, predecessor text) not found."""

    tail: Index
    head: Index
    unknown: tuple[tuple[int, str], ...]


def connect(network: Network, rows: Rows, names: Names, predecessors: pl.DataFrame, phase: Index) -> Links:
    """All links. `predecessors` has one row a named predecessor: row (节点 row), text."""
    own_tail, own_head, unknown = _own(network, rows, names, predecessors, phase)
    template_tail, template_head = _from_templates(network, rows)
    tail, head = np.concatenate([template_tail, own_tail]), np.concatenate([template_head, own_head])
    loose = _must_precede_last(network, names, phase, tail, head)
    tail = np.concatenate([tail, loose])
    head = np.concatenate([head, network.last[network.project[loose]]])
    key = np.sort(tail * len(network) + head)
    key = key[np.concatenate([[True], key[1:] != key[:-1]])] if len(key) else key
    return Links(key // max(len(network), 1), key % max(len(network), 1), unknown)


def by_head(tail: Index, head: Index, count: int) -> tuple[Index, Index]:
    """The same links sorted by head then tail: (tail, number of predecessors of each node)."""
    key = np.sort(head * count + tail)
    return key % max(count, 1), np.bincount(head, minlength=count)


def _from_templates(network: Network, rows: Rows) -> tuple[Index, Index]:
    tails, heads = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for number, template in enumerate(catalogue().templates):
        projects = np.flatnonzero(network.template == number)
        if len(projects) and template.links:
            pairs = np.array(template.links, dtype=np.int64)
            at = network.grid[projects][:, None]
            tails.append(network.place[at + pairs[:, 0]].ravel())
            heads.append(network.place[at + pairs[:, 1]].ravel())
    tail, head = np.concatenate(tails), np.concatenate(heads)
    kept = (tail >= 0) & (head >= 0)
    tail, head = tail[kept], head[kept]
    row = network.row[head]
    own = (row >= 0) & (rows.predecessors[row] > 0) if len(rows.predecessors) else np.zeros(len(row), bool)
    return tail[~own], head[~own]


def _own(
    network: Network, rows: Rows, names: Names, predecessors: pl.DataFrame, phase: Index
) -> tuple[Index, Index, tuple[tuple[int, str], ...]]:
    row = predecessors["row"].to_numpy().astype(np.int64)
    if not len(row):
        return row, row, ()
    texts = predecessors["text"]
    code = (
        texts.cast(pl.Enum(names.texts), strict=False).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
    )
    project, listed = rows.project[row], code >= 0
    chosen = network.template[project]
    slot = np.where(listed & (chosen >= 0), names.slot[chosen, code], -1)
    tail = network.of_slot(project, slot)
    tail = np.where(tail >= 0, tail, _extra(network, project, code, len(names.texts)))
    node_of_row = np.full(len(rows.project), -1, dtype=np.int64)
    reported = np.flatnonzero(network.row >= 0)
    node_of_row[network.row[reported]] = reported
    # a name the other phase knows, or an optional node this project does not have, binds nobody
    elsewhere = listed & (chosen != OWN) & (names.foreign[phase[project], code] | (slot >= 0))
    missing = np.flatnonzero((tail < 0) & ~elsewhere)
    unknown = tuple((int(row[i]), texts[int(i)]) for i in missing)
    linked = tail >= 0
    return tail[linked], node_of_row[row[linked]], unknown


def _extra(network: Network, project: Index, code: Index, width: int) -> Index:
    """The extra node of this name in the project, −1 for none."""
    extra = np.flatnonzero(network.origin < 0)
    if not len(extra):
        return np.full(len(code), -1, dtype=np.int64)
    key = network.project[extra] * width + network.name[extra]
    order = np.argsort(key, kind="stable")
    key, extra = key[order], extra[order]
    wanted = project * width + code
    at = np.minimum(np.searchsorted(key, wanted), len(extra) - 1)
    return np.where((key[at] == wanted) & (code >= 0), extra[at], -1)


def foreign_nodes(network: Network, names: Names, phase: Index) -> Flags:
    """Extra nodes that belong to the other phase (主体 before the start): shown, not scheduled."""
    extra = (network.origin < 0) & (network.template[network.project] != OWN)
    foreign: Flags = extra & names.foreign[phase[network.project], network.name]
    return foreign


def _must_precede_last(network: Network, names: Names, phase: Index, tail: Index, head: Index) -> Index:
    """Nodes without a successor that don't come after the phase's last node."""
    after = np.zeros(len(network), dtype=bool)
    after[network.last[network.last >= 0]] = True
    reached = int(after.sum())
    while True:
        after[head[after[tail]]] = True
        grown = int(after.sum())
        if grown == reached:
            break
        reached = grown
    ends = np.ones(len(network), dtype=bool)
    ends[tail] = False
    bound = ends & ~after & (network.last[network.project] >= 0)
    return np.flatnonzero(bound & ~foreign_nodes(network, names, phase))
