"""The demo city: deterministic, dated from the status date, with weeks of daily snapshots.

One story is told once – every event with its date – and each snapshot is what staff knew on its day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final

import numpy as np
import polars as pl

from data.demo import goals, meetings, paperwork, people, sites
from data.demo.axis import Axis
from data.demo.city import cast
from data.demo.history import as_told
from data.demo.moves import with_listing
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
from data.workdays import calendar

__all__ = ["build", "ledgers", "story", "wanted", "write_workbook"]

SEED: Final = 20230129
SOURCE: Final = Source("演示城市", "")
UPDATED_AT: Final = time(8, 30)


def build(
    settings: Settings,
    projects: int = 354,
    days: int = 45,
    today: date | None = None,
    progress: Callable[[int, int], None] | None = None,
    *,
    furnished: bool = False,
) -> Version:
    """The last version of a demo city published over the working days among `days`, today included.

    `progress` is told (snapshots done, snapshots in all) after each. A `furnished` one has held its meetings,
    and sites of it have photos, as it is shown to people. Published figures hold on the
    last day of a city of 354; other sizes keep their proportions.
    """
    last = today or settings.as_of()
    whole = story(projects, last)
    store = SnapshotStore(settings.snapshots_dir)
    shown = snapshot_days(last, days)
    version = Version(last, 0)
    for number, day in enumerate(shown, start=1):
        told = as_told(whole, day, last)
        planned = schedule(
            told["projects"], told["nodes"], day, settings.default_project_type, settings.winter_break
        )
        published_at = datetime.combine(day, UPDATED_AT, settings.now().tzinfo)
        version = publish(store, told, planned, day, SOURCE, published_at=published_at, demo=True)
        if progress:
            progress(number, len(shown))
    if furnished:
        meetings.hold(settings, as_told(whole, last, last), last)
        sites.put_photos(settings)
    return version


def wanted(settings: Settings) -> bool:
    """Whether to build a demo city: nothing real was ever published, and none reaches the present day.

    The second half also mends a build that was cut short, and keeps an old demo city from looking stale.
    """
    catalogue = SnapshotStore(settings.snapshots_dir).catalogue()
    if set(catalogue.published) - catalogue.demo:
        return False
    return catalogue.current is None or catalogue.current.day < settings.as_of()


def ledgers(projects: int, today: date, day: date | None = None) -> dict[str, pl.DataFrame]:
    """The ledgers in contract form as told on `day` (default: the last one), nothing published."""
    return as_told(story(projects, today), day or today, today)


def story(projects: int, today: date) -> dict[str, pl.DataFrame]:
    """The ledgers with every event's date; the story's own columns start with "_"."""
    rng = np.random.default_rng(SEED)
    # what came before the last day has luck of its own, so that the last day stays as published
    put_off, listed, led = rng.spawn(3)
    axis = Axis.around(today)
    who = with_stops(cast(projects, axis, rng), axis, rng)
    nodes = node_rows(procedures(who, axis, rng), works(who, projects, rng), axis, put_off)
    told = {
        "projects": project_rows(who, nodes, axis, rng),
        "nodes": nodes,
        "problems": paperwork.problems(who, axis, rng),
        "needs": paperwork.needs(who, axis, rng),
        "leads": people.leads(axis, rng, led),
        "visits": people.visits(who, axis, rng),
        "tasks": paperwork.tasks(axis, rng),
        "targets": goals.targets(projects, today),
    }  # fmt: skip
    listed_on = with_listing(told | {"projects": with_targets(told, axis, rng)}, axis, listed)
    return listed_on | {"projects": sites.with_photos(listed_on["projects"], listed_on["nodes"], today)}


def snapshot_days(last: date, days: int) -> list[date]:
    """The working days among the `days` up to `last`, and `last` itself."""
    first = last - timedelta(days=days - 1)
    known = calendar().frame().filter(pl.col("day").is_between(first, last))
    return known.filter(pl.col("is_workday") | (pl.col("day") == last)).sort("day")["day"].to_list()
