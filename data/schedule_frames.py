"""The schedule's arrays as frames: workday indices back to dates, codes back to names."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl
import pyarrow as pa

from data.facts import MISSING, PHASES, NodeRows, Projects
from data.links import by_head
from data.network import OWN, catalogue
from data.passes import BEYOND, Flags
from data.plan import BASES, target_days
from data.workdays import Calendar, Index

if TYPE_CHECKING:
    from data.schedule import Result

SHRINK: Final = pl.Struct({"node": pl.String, "from_workdays": pl.Int32, "to_workdays": pl.Int32})


def node_frame(
    result: Result, projects: Projects, rows: NodeRows, as_of: date, days: Calendar
) -> pl.DataFrame:
    """One row a node in drawing order; columns as in Schedule."""
    network, state, passes = result.network, result.state, result.passes
    scheduled = _scheduled(result)[network.project] & state.applicable
    early = scheduled & (~state.done | state.dated)
    # a node whose length nobody knows is shown without dates
    early &= state.fixed | (state.duration != MISSING)
    vague = result.blind[network.project] & (network.origin >= 0) & ~state.fixed
    early &= ~vague
    bound = scheduled & (np.abs(passes.latest_finish) < BEYOND)
    least = np.where(bound & early, passes.latest_finish - passes.earliest_finish, 0)
    now = int(days.index(as_of))
    # what has begun unseen, or what a done node has overtaken unreported, is nobody's to start today
    waiting = ~state.fixed & (passes.earliest_start >= now) & ~vague
    waiting &= (network.row >= 0) | passes.moving
    lowest = project_floats(result)[0]
    critical = bound & early & passes.moving & (least == lowest[network.project])
    return pl.DataFrame(
        {
            "project_id": projects.frame["project_id"].gather(network.project),
            "node": result.names.texts.gather(network.name),
            "phase": pl.Series(PHASES).gather(projects.phase[network.project]),
            "sequence": _sequence(result),
            "reported": network.row >= 0,
            "applicable": state.applicable,
            "duration_workdays": _whole(state.duration, state.duration != MISSING),
            "predecessors": _predecessors(result),
            "department": _departments(result, rows),
            "earliest_start": dates(_earliest_start(result, now), early, days),
            "earliest_finish": dates(passes.earliest_finish, early, days),
            "latest_start": dates(passes.latest_start, bound, days),
            "latest_finish": dates(passes.latest_finish, bound, days),
            "float_workdays": _whole(least, bound & early),
            "critical": critical,
            "must_start_today": bound & waiting & (passes.latest_start <= now),
        }
    )


def project_frame(result: Result, projects: Projects, days: Calendar) -> pl.DataFrame:
    """One row a project; columns as in Schedule."""
    frame, network, targets = projects.frame, result.network, result.targets
    count, scheduled = len(frame), _scheduled(result)
    least, floating = project_floats(result)
    forecast, ends = _forecast(result)
    late = np.zeros(count, dtype=np.int64)
    late[targets.project] = targets.late
    forecast_dates = dates(forecast, scheduled & ends & ~result.blind, days)
    templates = pl.Series([*(t.name for t in catalogue().templates), None], dtype=pl.String)
    reasons = (
        [result.faults.reasons.get(number) for number in range(count)]
        if result.faults.reasons
        else [None] * count
    )
    return pl.DataFrame(
        {
            "project_id": frame["project_id"],
            "phase": pl.Series(PHASES).gather(projects.phase),
            "template": templates.gather(
                np.where(network.template < 0, len(templates) - 1, network.template)
            ),
            "target_date": _target_dates(frame, result.basis),
            "target_basis": pl.Series([*BASES, None]).gather(
                np.where(result.basis < 0, len(BASES), result.basis)
            ),
            "forecast_finish": forecast_dates,
            "float_workdays": _whole(least, floating & scheduled),
            "late_workdays": _whole(late, late > 0),
            "critical_chain": _chain_lists(result, count),
            "shrinks": _shrink_lists(result, count),
            "reachable_date": forecast_dates,
            "unscheduled_reason": pl.Series(reasons, dtype=pl.String),
        }
    )


def project_floats(result: Result) -> tuple[Index, Flags]:
    """The least float of each project's open nodes, and whether it has one."""
    network, passes = result.network, result.passes
    counted = passes.moving & result.state.applicable & (passes.latest_finish < BEYOND)
    least = np.full(len(network.first), BEYOND, dtype=np.int64)
    at = np.flatnonzero(counted)
    np.minimum.at(least, network.project[at], (passes.latest_finish - passes.earliest_finish)[at])
    return least, least < BEYOND


def dates(index: Index, known: Flags, days: Calendar) -> pl.Series:
    """Workday indices as dates, null where not known or before the calendar."""
    known = known & (index > 0)
    values = days.day(np.where(known, index, 0)).astype(np.int32)
    return _nullable(pl.Series(values), known).cast(pl.Date)


def _whole(values: Index, known: Flags) -> pl.Series:
    return _nullable(pl.Series(np.where(known, values, 0).astype(np.int32)), known)


def _nullable(values: pl.Series, known: Flags) -> pl.Series:
    return values if known.all() else values.set(pl.Series(~known), None)


def _scheduled(result: Result) -> Flags:
    fine = np.ones(len(result.network.first), dtype=bool)
    fine[list(result.faults.reasons)] = False
    return fine


def _earliest_start(result: Result, now: int) -> Index:
    """Facts first: done and running nodes began when accepted, else their duration before the end."""
    state, passes = result.state, result.passes
    began = np.where(state.done, passes.earliest_finish - np.maximum(state.duration, 0), now)
    began = np.where(state.accepted > 0, state.accepted, began)
    return np.where(state.fixed, began, passes.earliest_start)


def _sequence(result: Result) -> Index:
    """Drawing order within the project: the template's, or by steps from the beginning."""
    network = result.network
    at = np.arange(len(network))
    own = np.flatnonzero(network.template[network.project] == OWN)
    step = network.project[own] * (len(network) + 1) + result.passes.level[own]
    at[own[np.argsort(step, kind="stable")]] = own.copy()
    return (at - network.first[network.project] + 1).astype(np.int32)


def _predecessors(result: Result) -> pl.Series:
    tail, counts = by_head(result.links.tail, result.links.head, len(result.network))
    return _lists(result.names.texts.gather(result.network.name[tail]), counts)


def _departments(result: Result, rows: NodeRows) -> pl.Series:
    known = catalogue()
    texts = pl.Series([*(node.department for node in known.nodes), None], dtype=pl.String)
    origin = np.where(
        result.network.origin >= 0, result.network.origin, result.names.general[result.network.name]
    )
    usual = texts.gather(np.where(origin < 0, len(texts) - 1, origin))
    if not len(rows.frame):
        return usual
    told = _nullable(pl.Series(np.maximum(result.network.row, 0)), result.network.row >= 0)
    return pl.select(pl.coalesce(rows.frame["department"].gather(told), usual)).to_series()


def _lists(values: pl.Series, counts: Index) -> pl.Series:
    """One list an entry, `counts` values each, taken side by side."""
    offsets = np.concatenate([[0], np.cumsum(counts)])
    lists = pa.LargeListArray.from_arrays(
        pa.array(offsets, pa.int64()), values.to_arrow(compat_level=pl.CompatLevel.newest())
    )
    series = pl.from_arrow(lists)
    assert isinstance(series, pl.Series)
    return series


def _chain_lists(result: Result, count: int) -> pl.Series:
    chains = result.chains
    names = result.names.texts.gather(result.network.name[chains.node])
    return _lists(names, np.bincount(chains.project, minlength=count))


def _shrink_lists(result: Result, count: int) -> pl.Series:
    shrinks, network = result.shrinks, result.network
    values = pl.DataFrame(
        {
            "node": result.names.texts.gather(network.name[shrinks.node]),
            "from_workdays": result.state.duration[shrinks.node].astype(np.int32),
            "to_workdays": shrinks.workdays.astype(np.int32),
        }
    ).to_struct()
    return _lists(values.cast(SHRINK), np.bincount(network.project[shrinks.node], minlength=count))


def _forecast(result: Result) -> tuple[Index, Flags]:
    """When each project reaches its target node; without a target, its phase's last node."""
    network, finish = result.network, result.passes.earliest_finish
    forecast = np.full(len(network.first), -1, dtype=np.int64)
    own = np.flatnonzero(network.last < 0)
    inside = np.isin(network.project, own)
    np.maximum.at(forecast, network.project[inside], finish[inside])
    ended = network.last >= 0
    forecast[ended] = finish[network.last[ended]]
    undated = np.zeros(len(forecast), dtype=bool)
    undated[ended] = (result.state.done & ~result.state.dated)[network.last[ended]]
    forecast[result.targets.project] = result.targets.forecast
    undated[result.targets.project] = (result.state.done & ~result.state.dated)[result.targets.node]
    return forecast, (forecast >= 0) & ~undated


def _target_dates(frame: pl.DataFrame, basis: Index) -> pl.Series:
    """The day aimed at, also in a project that can't be scheduled."""
    number = pl.Series("basis", basis)
    wanted = target_days(frame)
    return wanted.select(
        pl.coalesce(pl.when(number == at).then(pl.col(name)) for at, name in enumerate(BASES))
    ).to_series()
