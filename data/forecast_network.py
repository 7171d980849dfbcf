"""What is still to be done before each milestone, and how long what is done took, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from data.facts import START, NodeRows, Projects, indices, node_facts, project_facts
from data.forecast_pace import Experience, Floats
from data.network import OWN, Names, catalogue
from data.passes import NEVER, Flags, Work
from data.plan import milestones, work_of
from data.schedule import Layout, laid_out
from data.stops import Stops
from data.winter import Breaks, breaks
from data.workdays import Calendar, Index, calendar

# an extra node nobody gave a duration is taken for one of usual length
UNSTATED_WORKDAYS: Final = 10

Groups = tuple[Index, Index, Index]


@dataclass(frozen=True)
class Ahead:
    """The networks as seen on a day. Arrays have one entry a node unless said otherwise.

    `open` is still to be done; `begun` of these has begun, `taken` workdays ago; `planned` workdays are
    what its plan allows from there; `groups` are codes by node name, department and region, of `sizes`.
    By project: `stops`, and the nodes that stand for 开工 (`start`, before it) and 竣工 (`finish`, after
    it), −1 for none. `reported` holds the 节点 rows the network refers to.
    """

    now: int
    layout: Layout
    work: Work
    breaks: Breaks
    projects: pl.Series
    open: Flags
    begun: Flags
    taken: Floats
    planned: Floats
    groups: tuple[Index, ...]
    sizes: tuple[int, ...]
    stops: Stops
    start: Index
    finish: Index
    reported: pl.DataFrame
    experience: Experience


def ahead(
    projects: pl.DataFrame,
    nodes: pl.DataFrame,
    as_of: date,
    default_type: str,
    winter_break: str | None,
    seen_done: pl.DataFrame | None = None,
) -> Ahead:
    """What lies ahead on `as_of`; `seen_done` (project_id, node, day) dates nodes done on no written day."""
    days = calendar()
    projects = projects.unique("project_id", keep="first", maintain_order=True)
    rows, names = node_facts(projects, nodes, as_of, days)
    facts = project_facts(projects, rows, as_of, default_type, days)
    winter = breaks(days, winter_break)
    layout = laid_out(facts, rows, names, winter)
    network, state = layout.network, layout.state
    finished = _finished(layout, rows, seen_done, days)
    now = int(days.index(as_of))
    work = work_of(network, facts, state, winter)
    began, planned = _beginnings(layout, finished, now)
    open_nodes = state.applicable & ~state.done & (layout.level >= 0)
    until = np.where(state.done, finished, now)
    every = np.arange(len(network))
    spent = np.where(began > NEVER, work.span(every, np.maximum(began, 0), np.maximum(until, 0)), 0)
    taken = np.maximum(spent - np.where(open_nodes, state.paused, 0), 0).astype(float)
    groups = _groups(layout, rows, facts, names)
    known = (began > NEVER) & state.applicable & (layout.level >= 0) & (until >= began)
    known &= open_nodes | (state.done & (finished > NEVER))
    experience = Experience(
        taken[known],
        planned[known],
        state.done[known],
        network.project[known],
        began[known],
        tuple(codes[known] for codes in groups),
    )
    experience = _started(experience, layout, facts, finished, groups)
    start = np.where(facts.phase == START, _milestone(layout, milestones(network, names, "开工")), -1)
    finish = np.where(facts.phase == START, -1, _milestone(layout, milestones(network, names, "竣工")))
    return Ahead(
        now, layout, work, winter, projects["project_id"], open_nodes, open_nodes & (began > NEVER), taken,
        planned, groups, tuple(int(codes.max(initial=0)) + 1 for codes in groups), facts.stops, start, finish,
        rows.frame,
        experience,
    )  # fmt: skip


def _finished(layout: Layout, rows: NodeRows, seen: pl.DataFrame | None, days: Calendar) -> Index:
    """The workday index each done node was done on, NEVER where nobody knows."""
    state, row = layout.state, layout.network.row
    finished = np.where(state.done & state.dated, state.finished, NEVER)
    if seen is None or not len(rows.frame):
        return finished
    first = rows.frame.select("project_id", "node").join(
        seen, on=["project_id", "node"], how="left", maintain_order="left"
    )
    observed = indices(first["day"], days)
    undated = state.done & ~state.dated & (row >= 0)
    finished[undated] = observed[row[undated]]
    return finished


def _beginnings(layout: Layout, finished: Index, now: int) -> tuple[Index, Floats]:
    """When each node began (NEVER: not yet, or unknown) and the planned workdays from there.

    It begins when the last node before it is done, its preparation included, or when it was accepted
    if that came earlier or is all that is known.
    """
    network, state = layout.network, layout.state
    ready, known = _ready(layout, finished)
    accepted = np.where(state.accepted <= now, state.accepted, NEVER)
    by_link = known & (ready <= now) & ((accepted == NEVER) | (ready <= accepted))
    began = np.where(by_link, ready, accepted)
    stated = np.where(state.duration < 0, UNSTATED_WORKDAYS, state.duration)
    origin = network.origin
    waiting = ~state.done & ~state.running & (origin >= 0)
    preparation = np.where(origin >= 0, catalogue().preparation[origin], 0)
    own = stated - np.where(waiting, preparation, 0)
    planned = own + np.where(by_link | (began == NEVER), preparation, 0)
    return began, np.maximum(planned, 1).astype(float)


def _ready(layout: Layout, finished: Index) -> tuple[Index, Flags]:
    """The index at which all nodes before each one were done, and whether that is known."""
    state, links = layout.state, layout.links
    count = len(finished)
    ready, known = np.full(count, NEVER, dtype=np.int64), np.zeros(count, dtype=bool)
    known[links.head] = True
    end = np.where(state.done, finished, NEVER)
    over = state.done & (finished > NEVER)
    for level in layout.order:
        # what doesn't apply passes its links through
        skipped = level.nodes[~state.applicable[level.nodes]]
        over[skipped] = known[skipped] | (ready[skipped] == NEVER)
        end[skipped] = ready[skipped]
        np.maximum.at(ready, level.heads, end[level.tails])
        np.logical_and.at(known, level.heads, over[level.tails])
    return ready, known & (ready > NEVER)


def _groups(layout: Layout, rows: NodeRows, facts: Projects, names: Names) -> Groups:
    """Codes of each node by its name, its department and its project's region."""
    network, known = layout.network, catalogue()
    usual = _usual(layout, names)
    official = pl.Series([node.name for node in known.nodes], dtype=pl.String)
    texts = pl.concat([official, names.texts]).rank("dense").cast(pl.Int64).to_numpy()
    name = texts[np.where(usual >= 0, usual, len(official) + network.name)]
    offices = pl.Series([node.department for node in known.nodes], dtype=pl.String)
    told = rows.frame["department"].fill_null("") if len(rows.frame) else pl.Series([], dtype=pl.String)
    codes = pl.concat([offices, told]).rank("dense").cast(pl.Int64).to_numpy()
    reported = (network.row >= 0) & (len(told) > 0)
    department = np.where(usual >= 0, codes[np.maximum(usual, 0)], 0)
    department[reported] = codes[len(offices) + network.row[reported]]
    region = facts.frame["region"].fill_null("").rank("dense").cast(pl.Int64).to_numpy()[network.project]
    return name, department, region


def _usual(layout: Layout, names: Names) -> Index:
    """The catalogue's node each one is, by its place or else by its name; −1 for none."""
    origin = layout.network.origin
    return np.where(origin >= 0, origin, names.general[layout.network.name])


def _started(
    ahead: Experience, layout: Layout, facts: Projects, finished: Index, groups: Groups
) -> Experience:
    """What was seen, and besides how long begun projects waited for 开工 once their last procedure was done.

    Their network is that of construction, which begins with 开工; what came before is in no link.
    """
    network = layout.network
    latest = np.full(len(network.first), NEVER, dtype=np.int64)
    before = layout.state.done & (network.origin < 0) & (finished > NEVER)
    np.maximum.at(latest, network.project[before], finished[before])
    node = np.flatnonzero(layout.state.done & (network.origin >= 0) & (layout.level == 0))
    project = network.project[node]
    seen = (facts.begun_at[project] >= latest[project]) & (latest[project] > NEVER)
    node, project = node[seen], project[seen]
    return Experience(
        np.concatenate([ahead.taken, (facts.begun_at - latest)[project].astype(float)]),
        np.concatenate([ahead.planned, np.ones(len(node))]),
        np.concatenate([ahead.over, np.ones(len(node), dtype=bool)]),
        np.concatenate([ahead.project, project]),
        np.concatenate([ahead.began, latest[project]]),
        tuple(np.concatenate([old, new[node]]) for old, new in zip(ahead.groups, groups, strict=True)),
    )


def _milestone(layout: Layout, named: Index) -> Index:
    """The node of the milestone; in a network of its own the one furthest from the beginning."""
    network = layout.network
    found = named.copy()
    own = np.flatnonzero(network.template == OWN)
    for project in own[network.size[own] > 0].tolist():
        first = network.first[project]
        found[project] = first + int(np.argmax(layout.level[first : first + network.size[project]]))
    return found
