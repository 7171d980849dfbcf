"""What one project's dates and lights were in every snapshot, read from the snapshots as they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Final

import polars as pl

from data import contract
from data.contract import Column
from data.past import Past
from data.settings import Settings
from data.snapshots import SnapshotStore
from data.standing import Standings
from data.workdays import calendar

# days whose lights are drawn
LIGHT_DAYS: Final = 60


@dataclass(frozen=True)
class Spell:
    """A value that held from `first` up to the next spell; null where the cell was empty."""

    first: date
    value: date | None


@dataclass(frozen=True)
class DateHistory:
    """One date cell and what it said, oldest first; `node` is null for the project's own."""

    node: str | None
    header: str
    spells: tuple[Spell, ...]

    @property
    def times_moved(self) -> int:
        """How often it named another day; the first day named and an emptied cell are no move."""
        return len(self._named) - 1

    @property
    def moved_workdays(self) -> int:
        """Workdays from the first day named to the last; negative is earlier."""
        days = calendar()
        return int(days.index(self._named[-1])) - int(days.index(self._named[0]))

    @property
    def _named(self) -> list[date]:
        return [
            value for value, _ in groupby(spell.value for spell in self.spells if spell.value is not None)
        ]


@dataclass(frozen=True)
class LightSpell:
    """A light that showed in each snapshot from `first` to `last`; null where it isn't known yet."""

    first: date
    last: date
    light: str | None


@dataclass(frozen=True)
class ProjectHistory:
    """A project up to a day: the `days` of its lights, dates that moved (most often first), the lights of
    the project (key null) and of each node, and on how many of the days they have yet to be worked out."""

    days: tuple[date, ...]
    dates: tuple[DateHistory, ...]
    lights: dict[str | None, tuple[LightSpell, ...]]
    unknown_days: int = 0


def history(settings: Settings, project_id: str, as_of: date) -> ProjectHistory:
    """Everything the snapshots up to this day say of one project."""
    store = SnapshotStore(settings.snapshots_dir)
    newest = {version.day: version for version in store.versions() if version.day <= as_of}
    kept = list(newest.values())[-LIGHT_DAYS:]
    standings = Standings(store, settings)
    at_hand = {version.day: files for version in kept if (files := standings.files(version))}
    days = tuple(version.day for version in kept)
    past = Past(store, as_of + timedelta(1), with_demo=True)
    try:
        lights = light_history(days, at_hand, project_id)
    except (pl.exceptions.PolarsError, OSError):
        # what is kept aside may be removed or written anew at any moment
        at_hand, lights = {}, {}
    return ProjectHistory(days, date_history(past, project_id), lights, len(days) - len(at_hand))


def date_history(past: Past, project_id: str) -> tuple[DateHistory, ...]:
    """Date cells that said more than one thing, those that moved most often first."""
    key = pl.DataFrame({"project_id": [project_id]})
    found: list[DateHistory] = []
    for item, named in ((contract.PROJECTS, ()), (contract.NODES, ("node",))):
        columns = [column for column in item.columns if column.dtype == contract.DATE and column.filled_in]
        told = past.earlier(item.name, ["project_id", *named, *(c.name for c in columns)], key)
        for node, rows in _by_node(told, named):
            found += [_cell(node, column, rows) for column in columns]
    moved = [cell for cell in found if cell.times_moved > 0]
    return tuple(sorted(moved, key=lambda cell: -cell.times_moved))


def _by_node(told: pl.DataFrame, named: Sequence[str]) -> Iterable[tuple[str | None, pl.DataFrame]]:
    if not named:
        return [(None, told.unique("day", keep="first", maintain_order=True))]
    parts = told.partition_by("node", maintain_order=True)
    return [(str(part["node"][0]), part.unique("day", keep="first", maintain_order=True)) for part in parts]


def _cell(node: str | None, column: Column, rows: pl.DataFrame) -> DateHistory:
    spells = groupby(zip(rows["day"], rows[column.name], strict=True), key=lambda one: one[1])
    return DateHistory(node, column.header, tuple(Spell(next(told)[0], value) for value, told in spells))


def light_history(
    days: Sequence[date], at_hand: Mapping[date, Mapping[str, Path]], project_id: str
) -> dict[str | None, tuple[LightSpell, ...]]:
    """The lights of the project (null) and of each node on these days; `at_hand` are files of standings."""
    lights: dict[str | None, dict[date, str]] = {}
    for name in ("projects", "nodes"):
        for day, node, light in _lit({str(at_hand[day][name]): day for day in at_hand}, name, project_id):
            lights.setdefault(node, {})[day] = light
    return {node: tuple(_spells(days, found, set(at_hand))) for node, found in lights.items()}


def _lit(files: Mapping[str, date], name: str, project_id: str) -> Iterable[tuple[date, str | None, str]]:
    """(day, node or null, light) of a standing's frame; `files` are those of the days it is at hand."""
    if not files:
        return []
    node = pl.col("node") if name == "nodes" else pl.lit(None, pl.String).alias("node")
    found = pl.scan_parquet(
        list(files), include_file_paths="_", extra_columns="ignore", missing_columns="insert"
    )
    rows = (
        found.filter(pl.col("project_id") == project_id)
        .select("_", node, pl.col("light").cast(pl.String))
        .collect()
    )
    return [(files[path], node, light) for path, node, light in rows.iter_rows()]


def _spells(days: Sequence[date], found: dict[date, str], known: set[date]) -> Iterable[LightSpell]:
    """Runs of one light; days on which it is known not to have stood there are left out."""
    shown = [(day, found.get(day)) for day in days if day in found or day not in known]
    for light, run in groupby(shown, key=lambda one: one[1]):
        told = [day for day, _ in run]
        yield LightSpell(told[0], told[-1], light)
