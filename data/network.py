"""The network of every project at once: templates × projects, with 节点 rows laid over them.

Arrays, one entry a node, nodes of a project side by side in drawing order. A 节点 row whose name is a
template node's (or one of its aliases) replaces that node and keeps the ledger's name; other rows are
extra nodes. All names are codes into one list, so that nothing here compares texts row by row.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import polars as pl

from data.errors import ConfigurationError
from data.passes import Flags
from data.procedures import CONSTRUCTION, Template, TemplateNode, templates
from data.workdays import Index

OWN: Final = -1
PREFERRED: Final = ("备案", "核准", "审批")


@dataclass(frozen=True)
class Catalogue:
    """All templates laid end to end: node g of template t is `first[t] + place`."""

    templates: tuple[Template, ...]
    nodes: tuple[TemplateNode, ...]
    first: Index
    size: Index
    last: Index
    duration: Index
    preparation: Index
    outdoor: Flags
    optional: Flags

    def number(self, name: str) -> int:
        """The template of this name; raises ConfigurationError when GUATU_DEFAULT_PROJECT_TYPE is wrong."""
        for number, template in enumerate(self.templates):
            if template.name == name:
                return number
        known = "、".join(t.name for t in self.templates if t.phase == "start")
        raise ConfigurationError(f"GUATU_DEFAULT_PROJECT_TYPE 是“{name}”,应为{known}之一,请改正设置。")


@dataclass(frozen=True)
class Names:
    """Every node name in use as a code; tables answer for a code without looking at the text.

    `slot[t, code]` is the place in template t the name stands for (−1 none), `general[code]` a node of
    the catalogue it stands for in any template (−1 none), `foreign[phase, code]` whether only the
    other phase knows it (phase 0 = start, 1 = construction).
    """

    texts: pl.Series
    slot: Index
    general: Index
    foreign: Flags


@dataclass(frozen=True)
class Rows:
    """节点 rows as arrays: project number, name code, number of predecessors; `kept` rows of the ledger."""

    project: Index
    name: Index
    predecessors: Index


@dataclass(frozen=True)
class Network:
    """One entry a node: project, name code, 节点 row or −1, catalogue node or −1; `first` per project.

    `place` finds the node of a template place: `place[grid[project] + slot]`, −1 when it was left out.
    """

    project: Index
    name: Index
    row: Index
    origin: Index
    first: Index
    size: Index
    template: Index
    grid: Index
    place: Index
    last: Index

    def __len__(self) -> int:
        return len(self.project)

    def of_slot(self, project: Index, slot: Index) -> Index:
        """The node at a template place of each project, −1 for none."""
        if not len(self.place):
            return np.full(len(project), -1, dtype=np.int64)
        known = slot >= 0
        return np.where(known, self.place[np.where(known, self.grid[project] + slot, 0)], -1)


@cache
def catalogue() -> Catalogue:
    """The catalogue of this process, the usual templates first."""
    found = templates()
    names = [name for name in PREFERRED if name in found]
    ordered = tuple(
        found[name] for name in [*names, *sorted(set(found) - {*names, CONSTRUCTION}), CONSTRUCTION]
    )
    nodes = tuple(node for template in ordered for node in template.nodes)
    size = np.array([len(template.nodes) for template in ordered], dtype=np.int64)
    return Catalogue(
        templates=ordered,
        nodes=nodes,
        first=np.cumsum(size) - size,
        size=size,
        last=np.array([template.position(template.last) for template in ordered], dtype=np.int64),
        duration=np.array([node.duration_workdays for node in nodes], dtype=np.int64),
        preparation=np.array([node.preparation_workdays for node in nodes], dtype=np.int64),
        outdoor=np.array([node.outdoor for node in nodes]),
        optional=np.array([node.optional for node in nodes]),
    )


def names_in_use(reported: pl.Series) -> Names:
    """Codes for all template names and all reported ones."""
    known = catalogue()
    texts = list(dict.fromkeys([name for node in known.nodes for name in (node.name, *node.also)]))
    listed = set(texts)
    texts += [name for name in reported.drop_nulls().unique(maintain_order=True) if name not in listed]
    code = {name: number for number, name in enumerate(texts)}
    slot = np.full((len(known.templates), len(texts)), -1, dtype=np.int64)
    general = np.full(len(texts), -1, dtype=np.int64)
    in_phase = np.zeros((2, len(texts)), dtype=bool)
    for t, template in enumerate(known.templates):
        for place, node in enumerate(template.nodes):
            codes = [code[name] for name in node.names]
            slot[t, codes] = place
            in_phase[int(template.phase == "construction"), codes] = True
            fresh = [c for c in codes if general[c] < 0]
            general[fresh] = known.first[t] + place
    return Names(pl.Series("node", texts, dtype=pl.String), slot, general, ~in_phase & in_phase[::-1])


def expand(template: Index, rows: Rows, names: Names, wanted_by_industry: dict[int, Flags]) -> Network:
    """The network of all projects; `template` per project (OWN = its own rows only).

    `wanted_by_industry` tells, for a catalogue node that depends on 行业, which projects have it.
    """
    known, projects = catalogue(), len(template)
    sizes = np.where(template >= 0, known.size[template], 0)
    grid = np.cumsum(sizes) - sizes
    grid_project = np.repeat(np.arange(projects), sizes)
    place = np.arange(len(grid_project)) - grid[grid_project]
    origin = known.first[template[grid_project]] + place
    grid_row, extra = _match(template, rows, names, grid, len(grid_project))
    keep = ~known.optional[origin] | (grid_row >= 0)
    for node, projects_with_it in wanted_by_industry.items():
        keep |= (origin == node) & projects_with_it[grid_project]

    extra_project = rows.project[extra]
    extras = np.bincount(extra_project, minlength=projects)
    kept = np.bincount(grid_project[keep], minlength=projects)
    size = kept + extras
    first = np.cumsum(size) - size
    # extras are drawn just before the node they all must precede
    ordinal = np.cumsum(keep) - keep - (np.cumsum(kept) - kept)[grid_project]
    at_last = place == known.last[template[grid_project]]
    before_last = np.zeros(projects, dtype=np.int64)
    before_last[grid_project[at_last]] = ordinal[at_last]
    shift = np.where(place >= known.last[template[grid_project]], extras[grid_project], 0)
    position = np.where(keep, first[grid_project] + ordinal + shift, -1)
    extra_position = (first + before_last)[extra_project] + _rank(extra_project, extras)

    total = int(size.sum())
    row_of = np.full(total, -1, dtype=np.int64)
    row_of[position[keep]] = grid_row[keep]
    row_of[extra_position] = extra
    origin_of = np.full(total, -1, dtype=np.int64)
    origin_of[position[keep]] = origin[keep]
    template_code = _codes_of_catalogue(names)
    name = np.where(row_of >= 0, rows.name[row_of] if len(rows.name) else -1, template_code[origin_of])
    last = np.full(projects, -1, dtype=np.int64)
    last[grid_project[at_last]] = position[at_last]
    project = np.repeat(np.arange(projects), size)
    return Network(project, name, row_of, origin_of, first, size, template, grid, position, last)


def _codes_of_catalogue(names: Names) -> Index:
    code = {name: number for number, name in enumerate(names.texts)}
    return np.array([code[node.name] for node in catalogue().nodes], dtype=np.int64)


def _match(template: Index, rows: Rows, names: Names, grid: Index, count: int) -> tuple[Index, Index]:
    """The row that replaces each template node (−1 none), and the rows that replace none."""
    chosen = template[rows.project]
    slot = np.where(chosen >= 0, names.slot[chosen, rows.name], -1)
    grid_row = np.full(count, -1, dtype=np.int64)
    found = np.flatnonzero(slot >= 0)
    target = grid[rows.project[found]] + slot[found]
    official = _codes_of_catalogue(names)[catalogue().first[chosen[found]] + slot[found]] == rows.name[found]
    # later assignments win: aliases first, the node's own name over them, and the first row of a name last
    for which in (~official, official):
        grid_row[target[which][::-1]] = found[which][::-1]
    taken = np.zeros(len(slot), dtype=bool)
    taken[grid_row[grid_row >= 0]] = True
    return grid_row, np.flatnonzero(~taken)


def _rank(project: Index, counts: Index) -> Index:
    """The running number of each entry within its project, in ledger order."""
    order = np.argsort(project, kind="stable")
    rank = np.empty(len(project), dtype=np.int64)
    rank[order] = np.arange(len(project)) - (np.cumsum(counts) - counts)[project[order]]
    return rank
