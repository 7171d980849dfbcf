"""The demo city: deterministic, dated from the status date, with weeks of daily snapshots.

One story is told once – every event with its date – and each snapshot is what staff knew on its day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final

import numpy as np
import polars as pl

from data.demo import paperwork, people
from data.demo.axis import Axis
from data.demo.city import cast
from data.demo.history import as_told
from data.demo.nodes import node_rows
from data.demo.procedures import procedures
from data.demo.projects import project_rows, with_stops
from data.demo.targets import with_targets
from data.demo.workbook import write_workbook
from data.demo.works import works
from data.manifest import Version
from data.publish import Source, publish
from data.schedule import schedule
from data.settings import Settings
from data.snapshots import SnapshotStore

__all__ = ["build", "ledgers", "story", "write_workbook"]

SEED: Final = 20230129
SOURCE: Final = Source("演示城市", "")
UPDATED_AT: Final = time(8, 30)


def build(
    settings: Settings,
    projects: int = 354,
    days: int = 45,
    today: date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Version:
    """The last version of a demo city published over the working days among `days`, today included.

    `progress` is told (snapshots done, snapshots in all) after each. Published figures hold on the
    last day of a city of 354; other sizes keep their proportions.
    """
    last = today or settings.as_of()
    whole = story(projects, last)
    store = SnapshotStore(settings.snapshots_dir)
    wanted = snapshot_days(last, days)
    version = Version(last, 0)
    for number, day in enumerate(wanted, start=1):
        told = as_told(whole, day, last)
        planned = schedule(told["projects"], told["nodes"], day, settings.default_project_type)
        published_at = datetime.combine(day, UPDATED_AT, settings.now().tzinfo)
        version = publish(store, told, planned, day, SOURCE, published_at=published_at, demo=True)
        if progress:
            progress(number, len(wanted))
    return version


def ledgers(
    projects: int = 354, today: date | None = None, day: date | None = None
) -> dict[str, pl.DataFrame]:
    """The eight ledgers of one day in contract form (default: the last day), nothing published."""
    last = today or Settings().as_of()
    return as_told(story(projects, last), day or last, last)


def story(projects: int, today: date) -> dict[str, pl.DataFrame]:
    """The eight ledgers with every event's date; the story's own columns start with "_"."""
    rng = np.random.default_rng(SEED)
    axis = Axis.around(today)
    who = with_stops(cast(projects, axis, rng), axis, rng)
    nodes = node_rows(procedures(who, axis, rng), works(who, projects, rng), axis)
    stalls = nodes.group_by("project_id").agg(pl.col("_stall").max())
    told = {
        "projects": project_rows(who, axis, rng).join(stalls, on="project_id", how="left", maintain_order="left")
        .with_columns(pl.col("_stall").fill_null(0), _target_moved=pl.lit(None, pl.Date), _target_before=pl.lit(None, pl.Date),
                      planned_production=pl.lit(None, pl.Date)),
        "nodes": nodes,
        "problems": paperwork.problems(who, axis, rng),
        "needs": paperwork.needs(who, axis, rng),
        "leads": people.leads(axis, rng),
        "visits": people.visits(who, axis, rng),
        "tasks": paperwork.tasks(axis, rng),
        "targets": paperwork.targets(today),
    }  # fmt: skip
    return told | {"projects": with_targets(told, axis, rng)}


def snapshot_days(last: date, days: int) -> list[date]:
    """The working days among the `days` up to `last`, and `last` itself."""
    known = {
        row["day"]: row["is_workday"] for row in _calendar_between(last - timedelta(days=days - 1), last)
    }
    return [day for day, worked in known.items() if worked or day == last]


def _calendar_between(first: date, last: date) -> list[dict[str, object]]:
    from data.workdays import calendar

    return calendar().frame().filter(pl.col("day").is_between(first, last)).sort("day").to_dicts()
