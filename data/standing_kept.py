"""A history kept in a folder: a program that starts continues the past instead of folding it again."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Final

import polars as pl

from data import disk
from data.errors import SnapshotError
from data.manifest import Version
from data.standing import FORM, Standings
from data.standing_history import History, placed

_VERSIONS: Final = "versions.json"
_FRAMES: Final = ("scopes", "parts", "slips", "marks")


def kept(place: Path, standings: Standings) -> History:
    """The history in a folder; an empty one where none is there whole, or it is of another form."""
    try:
        told = json.loads(disk.read_text(place / _VERSIONS))
        if told["form"] != FORM or not told["versions"]:
            return History()
        versions = tuple(map(Version.parse, told["versions"]))
        frames = {name: pl.read_parquet(place / f"{name}.parquet") for name in _FRAMES}
        last = standings.of(versions[-1])
        return History(versions, **frames, last=last, last_parts=placed(last, frames["scopes"]))
    except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError, SnapshotError):
        return History()


def keep(history: History, place: Path) -> None:
    """Write a history there; where the disk is full or another program writes it, it isn't kept."""
    told = {"form": FORM, "versions": [str(version) for version in history.versions]}
    try:
        disk.make_dir(place.parent)
        with tempfile.TemporaryDirectory(
            dir=place.parent, prefix=".new-", ignore_cleanup_errors=True
        ) as fresh:
            whole = Path(fresh) / "past"
            whole.mkdir()
            for name in _FRAMES:
                getattr(history, name).write_parquet(whole / f"{name}.parquet", compression="zstd")
            disk.write_text(whole / _VERSIONS, json.dumps(told))
            shutil.rmtree(place, ignore_errors=True)
            whole.rename(place)
    except OSError:
        return
