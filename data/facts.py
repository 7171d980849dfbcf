"""What the ledgers say about time, as arrays: one entry a project, one entry a 节点 row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from data.network import OWN, Catalogue, Names, Rows, catalogue, names_in_use
from data.passes import NEVER, Flags
from data.stops import Stops, project_stops
from data.workdays import Calendar, Index

START, CONSTRUCTION = 0, 1
PHASES: Final = ("start", "construction")
# statuses that say work on site has begun; 未开工, 拟开工, 力争开工 do not
_BEGUN: Final = r"^(已|部分)?(开工|复工|在建|停工|停建|竣工|完工|投产|建成|达产)"
_FINISHED: Final = r"^(已|部分)?(竣工|完工|投产|建成|达产)"
_PRODUCING: Final = r"^已?(投产|达产)"


@dataclass(frozen=True)
class Projects:
    """One entry a project; times are workday indices, NEVER where the ledger has no date.

    `begun` site work has started, `phase` START or CONSTRUCTION (a 续建 project is under construction
    even before it resumes), `template` a number of the catalogue or OWN, `stops` the approved stops.
    """

    frame: pl.DataFrame
    phase: Index
    template: Index
    begun: Flags
    finished: Flags
    producing: Flags
    begun_at: Index
    finished_at: Index
    producing_at: Index
    stops: Stops
    industries: dict[int, Flags]


@dataclass(frozen=True)
class NodeRows:
    """One entry a 节点 row of a known project; durations and pauses in workdays, MISSING where empty."""

    frame: pl.DataFrame
    rows: Rows
    predecessors: pl.DataFrame
    applicable: Flags
    done: Flags
    running: Flags
    accepted: Index
    finished: Index
    duration: Index
    paused: Index


MISSING: Final = NEVER


def indices(days: pl.Series, calendar: Calendar) -> Index:
    """The workday index of each date, NEVER for null."""
    numbers = days.to_numpy()
    found = np.full(len(numbers), NEVER, dtype=np.int64)
    told = np.flatnonzero(~np.isnat(numbers))
    found[told] = calendar.index(numbers[told])
    return found


def project_facts(
    frame: pl.DataFrame, nodes: NodeRows, as_of: date, default_type: str, calendar: Calendar
) -> Projects:
    """The projects' own facts; `nodes` tells which untyped projects bring a network of their own."""
    known = catalogue()
    past = frame.select(
        begun=pl.col("actual_start") <= as_of,
        resumed=pl.col("resumed_date") <= as_of,
        finished=pl.col("actual_finish") <= as_of,
        producing=pl.col("actual_production") <= as_of,
        says_begun=pl.col("status").str.contains(_BEGUN),
        says_finished=pl.col("status").str.contains(_FINISHED),
        says_producing=pl.col("status").str.contains(_PRODUCING),
        continued=pl.col("kind") == "续建",
    ).fill_null(False)
    flag = {name: past[name].to_numpy() for name in past.columns}
    producing = flag["producing"] | flag["says_producing"]
    finished = flag["finished"] | flag["says_finished"] | producing
    begun = flag["begun"] | flag["resumed"] | flag["says_begun"] | finished
    phase = np.where(begun | flag["continued"], CONSTRUCTION, START)
    start = _first_past(frame, ("actual_start", "resumed_date", "planned_start"), as_of, calendar)
    return Projects(
        frame=frame,
        phase=phase,
        template=_templates(frame, nodes, phase, default_type, known),
        begun=begun,
        finished=finished,
        producing=producing,
        begun_at=start,
        finished_at=_first_past(frame, ("actual_finish",), as_of, calendar),
        producing_at=_first_past(frame, ("actual_production",), as_of, calendar),
        stops=project_stops(frame, as_of, calendar),
        industries=_industries(frame, known),
    )


def _first_past(frame: pl.DataFrame, columns: tuple[str, ...], as_of: date, calendar: Calendar) -> Index:
    days = frame.select(pl.coalesce(pl.when(pl.col(name) <= as_of).then(pl.col(name)) for name in columns))
    return indices(days.to_series(), calendar)


def _templates(
    frame: pl.DataFrame, nodes: NodeRows, phase: Index, default_type: str, known: Catalogue
) -> Index:
    chosen = np.full(len(frame), known.number(default_type), dtype=np.int64)
    for number, template in enumerate(known.templates):
        if template.phase == "start":
            typed = frame["project_type"].str.contains(template.name, literal=True).fill_null(False)
            chosen[typed.to_numpy()] = number
    chosen[phase == CONSTRUCTION] = len(known.templates) - 1
    own = np.zeros(len(frame), dtype=bool)
    own[nodes.rows.project[nodes.rows.predecessors > 0]] = True
    chosen[own & frame["project_type"].is_null().to_numpy()] = OWN
    return chosen


def _industries(frame: pl.DataFrame, known: Catalogue) -> dict[int, Flags]:
    found: dict[int, Flags] = {}
    for number, node in enumerate(known.nodes):
        if node.industries:
            wanted = frame["industry"].str.contains_any(list(node.industries)).fill_null(False)
            found[number] = wanted.to_numpy()
    return found


def node_facts(
    projects: pl.DataFrame, nodes: pl.DataFrame, as_of: date, calendar: Calendar
) -> tuple[NodeRows, Names]:
    """The 节点 rows whose project is known, and the names in use."""
    project = _places(nodes["project_id"], projects["project_id"])
    listed = project >= 0
    if not listed.all():
        nodes, project = nodes.filter(listed), project[listed]
    names = names_in_use(nodes["node"])
    name = nodes["node"].cast(pl.Enum(names.texts)).to_physical().cast(pl.Int64).to_numpy()
    count = nodes["predecessors"].list.len().fill_null(0).cast(pl.Int64).to_numpy()
    state = nodes.select(
        applicable=pl.col("applicable").fill_null(True) & pl.col("status").ne_missing("not_applicable"),
        done=pl.col("status").eq_missing("done") | (pl.col("actual_finish") <= as_of).fill_null(False),
        running=pl.col("status").eq_missing("running") | (pl.col("accepted_date") <= as_of).fill_null(False),
    )
    flag = {name: state[name].to_numpy() for name in state.columns}
    done = flag["done"] & flag["applicable"]
    facts = NodeRows(
        frame=nodes,
        rows=Rows(project, name, count),
        predecessors=_predecessors(nodes),
        applicable=flag["applicable"],
        done=done,
        running=flag["running"] & flag["applicable"] & ~done,
        accepted=indices(nodes["accepted_date"], calendar),
        finished=indices(nodes["actual_finish"], calendar),
        duration=nodes["duration_workdays"].cast(pl.Int64).fill_null(MISSING).to_numpy(),
        paused=nodes["paused_workdays"].cast(pl.Int64).fill_null(0).clip(lower_bound=0).to_numpy(),
    )
    return facts, names


def _places(ids: pl.Series, listed: pl.Series) -> Index:
    """Where each id stands among the listed ones, −1 for nowhere; a project's rows mostly stand together."""
    runs = ids.rle()
    place = runs.struct.field("value").cast(pl.Enum(listed), strict=False).to_physical()
    found = place.cast(pl.Int64).fill_null(-1).to_numpy()
    return np.repeat(found, runs.struct.field("len").to_numpy())


def _predecessors(nodes: pl.DataFrame) -> pl.DataFrame:
    named = nodes.select(row=pl.int_range(pl.len()), text=pl.col("predecessors"))
    return named.filter(pl.col("text").list.len() > 0).explode("text").filter(pl.col("text").is_not_null())
