"""A standing: what the projects and nodes of one snapshot were on its own day, kept to be compared with.

It is read from the database the health checks ran in and stored with the snapshot. One that was written
without it (by an older program, or where no database stood) gets it worked out once and kept in a folder
beside the snapshots, which may be removed at any time; the snapshot itself never changes.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Final

import polars as pl

from data import disk
from data.catalog import views
from data.contract import CONTRACT_VERSION
from data.database import ENGINE, Database, Plan, needed_by, plan_of
from data.manifest import Version
from data.settings import Settings
from data.snapshots import SnapshotStore
from data.tables import snapshot_tables

DERIVED: Final = "derived"
# raised with every change of the views a standing is read from: one of another form is worked out again
FORM: Final = 2
_VIEWS: Final = {"projects": "standing_project", "nodes": "standing_node", "parts": "standing_part"}


@dataclass(frozen=True)
class Standing:
    """One snapshot on its own day: rows of the views standing_project, standing_node and standing_part.

    A project has besides what its mark was reckoned by: marks compare only where that is the same.
    """

    projects: pl.DataFrame
    nodes: pl.DataFrame
    parts: pl.DataFrame

    def tables(self) -> dict[str, pl.DataFrame]:
        """The frames by the names they are stored under."""
        return {_file_name(item.name): getattr(self, item.name) for item in fields(self)}


def standing_in(database: Database) -> Standing:
    """The standing of the ledgers a database holds, on the database's day."""
    # view names are the program's own
    frames = {name: database.ask(f"from {view}", {}) for name, view in _VIEWS.items()}
    marked_by = pl.lit(f"{ENGINE}/{CONTRACT_VERSION}").alias("marked_by")
    return Standing(**frames | {"projects": frames["projects"].with_columns(marked_by)})


@cache
def _plan() -> Plan:
    """How only the views a standing is read from are built."""
    return plan_of(needed_by(_VIEWS.values(), views()))


def worked_out(store: SnapshotStore, version: Version, settings: Settings) -> Standing:
    """The standing of a published version, worked out from its ledgers on its own day."""
    day = store.manifest(version).as_of
    # of the past, beside what somebody waits for
    return standing_in(Database(snapshot_tables(store, version, day, settings), _plan(), at_once=1))


class Standings:
    """The standings of a store's versions; safe to use from any number of threads."""

    def __init__(self, store: SnapshotStore, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        # goes with the snapshots when somebody removes them: the next ones may bear the same names
        self.derived = store.dir / DERIVED

    def files(self, version: Version) -> Mapping[str, Path] | None:
        """The standing's files by frame; null where it has yet to be worked out."""
        return next((_paths(place) for place in self._places(version) if _whole(place)), None)

    def of(self, version: Version) -> Standing:
        """The standing of one version: stored with it, kept beside it, or worked out and kept now."""
        for place in self._places(version):
            if found := _read(place):
                return found
        found = worked_out(self._store, version, self._settings)
        _keep(found, self._kept(version))
        return found

    def _places(self, version: Version) -> tuple[Path, Path]:
        return self._store.path(version), self._kept(version)

    def _kept(self, version: Version) -> Path:
        """The folder of a standing kept aside; a revision's number is given once."""
        return self.derived / version.day.isoformat() / str(version.revision)


def _read(place: Path) -> Standing | None:
    """The standing in a folder; null where it isn't there whole, or can't be read."""
    if not _whole(place):
        return None
    try:
        return Standing(**{name: pl.read_parquet(path) for name, path in _paths(place).items()})
    except (pl.exceptions.PolarsError, OSError):
        return None


def _whole(place: Path) -> bool:
    return all(path.exists() for path in _paths(place).values())


def _paths(place: Path) -> dict[str, Path]:
    return {item.name: place / f"{_file_name(item.name)}.parquet" for item in fields(Standing)}


def _file_name(frame: str) -> str:
    return f"standing_{frame}_{FORM}"


def _keep(standing: Standing, place: Path) -> None:
    """Write a standing aside, there whole or not at all; a disk that is full only costs time again."""
    try:
        disk.make_dir(place.parent)
        with tempfile.TemporaryDirectory(dir=place.parent, prefix=".new-") as fresh:
            for name, frame in standing.tables().items():
                frame.write_parquet(Path(fresh) / f"{name}.parquet", compression="zstd", compression_level=1)
            shutil.copytree(fresh, place, dirs_exist_ok=True)
    except OSError:
        return
