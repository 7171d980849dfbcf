"""The state and limits of every node: what the forward pass must respect, and which days are due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from data.facts import CONSTRUCTION, MISSING, PHASES, START, NodeRows, Projects, indices
from data.links import Links
from data.network import OWN, Names, Network, catalogue
from data.passes import FAR, NEVER, Flags, Held, Work
from data.winter import Breaks
from data.workdays import Calendar, Index

# days the project ledger names, in the order they are aimed at
BASES: Final = ("专项目标", "计划开工", "计划竣工", "计划投产")
_COLUMNS: Final = ("campaign_target_date", "planned_start", "planned_finish", "planned_production")


@dataclass(frozen=True)
class State:
    """One entry a node. `dated` is false for a done node whose finish nobody wrote down."""

    applicable: Flags
    done: Flags
    running: Flags
    dated: Flags
    duration: Index
    accepted: Index
    finished: Index
    paused: Index
    break_row: Index

    @property
    def fixed(self) -> Flags:
        """Done or running: its start is a fact, links no longer move it."""
        return self.done | self.running


@dataclass(frozen=True)
class Deadlines:
    """One entry a due node: node, its project, the due workday index, and which of BASES it is."""

    node: Index
    project: Index
    due: Index
    basis: Index

    def without(self, projects: Iterable[int]) -> Deadlines:
        """The deadlines of all other projects."""
        kept = ~np.isin(self.project, list(projects))
        return Deadlines(self.node[kept], self.project[kept], self.due[kept], self.basis[kept])

    def bounds(self, count: int) -> Index:
        """The deadline of each node, FAR for none."""
        result = np.full(count, FAR, dtype=np.int64)
        np.minimum.at(result, self.node, self.due)
        return result


def state_of(network: Network, projects: Projects, nodes: NodeRows, names: Names, breaks: Breaks) -> State:
    """States and durations: the row's own word first, then the template's."""
    known, row = catalogue(), network.row
    told = row >= 0

    def of_row(values: Index | Flags, default: int | bool) -> np.ndarray:
        return np.where(told, values[row], default) if len(values) else np.full(len(row), default)

    done, running = of_row(nodes.done, False), of_row(nodes.running, False)
    accepted, finished = of_row(nodes.accepted, NEVER), of_row(nodes.finished, NEVER)
    dated = finished > NEVER
    for word, happened, at in (
        ("开工", projects.begun, projects.begun_at),
        ("竣工", projects.finished, projects.finished_at),
        ("投产", projects.producing, projects.producing_at),
    ):
        milestone = milestones(network, names, word)
        there = np.flatnonzero(milestone >= 0)
        node = milestone[there]
        fresh = happened[there] & ~done[node]
        done[node] |= happened[there]
        running[node] &= ~happened[there]
        finished[node] = np.where(fresh, at[there], finished[node])
        dated[node] = np.where(fresh, at[there] > NEVER, dated[node])
    origin = np.where(network.origin >= 0, network.origin, names.general[network.name])
    base = np.where(origin >= 0, known.duration[origin], MISSING)
    waiting = ~done & ~running & (network.origin >= 0)
    base += np.where(waiting, known.preparation[origin], 0)
    own = of_row(nodes.duration, MISSING)
    outdoor = (origin >= 0) & known.outdoor[origin]
    region = breaks.of_regions(projects.frame["region"])
    return State(
        applicable=of_row(nodes.applicable, True),
        done=done,
        running=running,
        dated=dated,
        duration=np.where(own > MISSING, own, base),
        accepted=accepted,
        finished=finished,
        paused=of_row(nodes.paused, 0),
        break_row=np.where(outdoor, region[network.project], 0),
    )


def milestones(network: Network, names: Names, word: str) -> Index:
    """The node of each project that stands for 开工, 竣工 or 投产, −1 for none."""
    code = names.texts.index_of(word)
    slot = np.where(network.template >= 0, names.slot[network.template, code], -1)
    return network.of_slot(np.arange(len(network.template)), slot)


def work_of(network: Network, projects: Projects, state: State, breaks: Breaks) -> Work:
    """What the passes move nodes by; not-applicable nodes pass their links through."""
    usable = np.where(state.applicable & (state.duration > 0), state.duration, 0)
    stops = projects.stops.of(network.project) if projects.stops.any else None
    return Work(usable, state.break_row, breaks, stops)


def held_by(
    network: Network, names: Names, state: State, work: Work, as_of: date, calendar: Calendar
) -> Held:
    """Limits of the forward pass: no begin before as_of, no running node over before the next workday."""
    now, coming = int(calendar.index(as_of)), int(calendar.index_from(as_of))
    begun = np.where(state.accepted > NEVER, state.accepted, now)
    effort = np.where(state.running, work.duration + state.paused, 0)
    running_until = np.maximum(work.advance(np.arange(len(network)), begun, effort), now + 1)
    done_at = np.where(state.dated, state.finished, now)
    finish = np.where(state.done, done_at, np.where(state.running, running_until, NEVER))
    unseen, least = _unseen(network, names, state), np.full(len(network), NEVER, dtype=np.int64)
    for word in ("竣工", "投产"):
        node = milestones(network, names, word)
        least[node[node >= 0]] = now + 1
    soonest: Index | int = coming
    if work.stops is not None:
        soonest = np.where(work.stops.begin <= coming, np.maximum(work.stops.end, coming), coming)
    start = np.where(state.applicable & ~unseen & ~state.fixed, soonest, NEVER)
    return Held(start, least, finish)


def _unseen(network: Network, names: Names, state: State) -> Flags:
    """Construction nodes nobody reports: taken to have followed on from 开工, though no one has said so."""
    building = network.template[network.project] == len(catalogue().templates) - 1
    unseen: Flags = building & (network.origin >= 0) & (network.row < 0) & state.applicable
    start = milestones(network, names, "开工")
    unseen[start[start >= 0]] = False
    return unseen


def blind_projects(network: Network, projects: Projects, state: State) -> Flags:
    """Projects under construction of which neither the first day nor any step is known: no forecast."""
    told = np.zeros(len(network.first), dtype=bool)
    told[network.project[(network.row >= 0) & (network.origin >= 0) & state.applicable]] = True
    building = network.template == len(catalogue().templates) - 1
    undated = projects.begun & ~projects.finished & (projects.begun_at == NEVER)
    blind: Flags = undated & building & ~told
    return blind


def deadlines_of(
    network: Network, links: Links, projects: Projects, names: Names, calendar: Calendar
) -> Deadlines:
    """Due nodes: 开工 before the start; 竣工 and 投产 after it; every end of a network of its own."""
    due = np.stack([indices(projects.frame[column], calendar) for column in _COLUMNS])
    start_basis = np.where(due[0] > NEVER, 0, 1)
    built_basis = np.where(due[2] > NEVER, 2, 3)
    count = len(projects.frame)
    parts: list[tuple[Index, Index, Index]] = []
    for word, basis, wanted in (
        ("开工", start_basis, (projects.phase == START) | ~projects.begun),
        ("竣工", np.full(count, 2), projects.phase == CONSTRUCTION),
        ("投产", np.full(count, 3), projects.phase == CONSTRUCTION),
    ):
        node = milestones(network, names, word)
        at = np.flatnonzero(wanted & (node >= 0))
        parts.append((node[at], at, basis[at]))
    ends = np.ones(len(network), dtype=bool)
    ends[links.tail] = False
    own = np.flatnonzero(ends & (network.template[network.project] == OWN))
    at = network.project[own]
    parts.append((own, at, np.where(projects.phase[at] == START, start_basis[at], built_basis[at])))
    node, project, basis = (np.concatenate(column) for column in zip(*parts, strict=True))
    day = due[basis, project]
    there = day > NEVER
    return Deadlines(node[there], project[there], day[there], basis[there])


def first_basis(projects: Projects) -> Index:
    """Which of BASES each project aims at first, −1 for none; also of projects that can't be scheduled."""
    known = [projects.frame[column].is_not_null().to_numpy() for column in _COLUMNS]
    starting = projects.phase == START
    wanted = [starting, starting, ~starting, ~starting]
    return np.select([have & want for have, want in zip(known, wanted, strict=True)], range(len(BASES)), -1)


def target_column(basis: str | None, phase: str) -> str:
    """The 项目 column a target day stands in; for a project without one, that of its next milestone."""
    usual = "计划开工" if phase == PHASES[START] else "计划竣工"
    return dict(zip(BASES, _COLUMNS, strict=True))[basis or usual]


def target_days(frame: pl.DataFrame) -> pl.DataFrame:
    """The project ledger's due days, one column a basis, in BASES order."""
    return frame.select(pl.col(column).alias(basis) for column, basis in zip(_COLUMNS, BASES, strict=True))
