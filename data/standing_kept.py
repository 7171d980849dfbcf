"""A history kept in a folder: a program that starts continues the past instead of folding it again."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Final

import polars as pl

from data import disk
from data.errors import SnapshotError
from data.manifest import Version
from data.standing import FORM, Standings
from data.standing_history import History
from data.standing_shares import WITH_LIGHT, WITHOUT_LIGHT, Shares

_VERSIONS: Final = "versions.json"
_FRAMES: Final = ("slips", "marks")
_SHARES: Final = {"shares": WITHOUT_LIGHT, "lit_shares": WITH_LIGHT}


def kept(place: Path, standings: Standings) -> History:
    """The history in a folder; an empty one where none is there whole, or it is of another form."""
    try:
        told = json.loads(disk.read_text(place / _VERSIONS))
        if told["form"] != FORM or not told["versions"]:
            return History()
        versions = tuple(map(Version.parse, told["versions"]))
        last = standings.of(versions[-1])
        shares, lit_shares = (_shares(place, name, by).placing(last) for name, by in _SHARES.items())
        slips, marks = (pl.read_parquet(place / f"{name}.parquet") for name in _FRAMES)
        return History(versions, shares, lit_shares, slips, marks, last)
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
            for name, frame in _frames(history).items():
                frame.write_parquet(whole / f"{name}.parquet", compression="zstd")
            disk.write_text(whole / _VERSIONS, json.dumps(told))
            shutil.rmtree(place, ignore_errors=True)
            whole.rename(place)
    except OSError:
        return


def _frames(history: History) -> dict[str, pl.DataFrame]:
    """What is kept, by file name."""
    told = {name: getattr(history, name) for name in _FRAMES}
    for name in _SHARES:
        shares: Shares = getattr(history, name)
        told |= {f"{name}_scopes": shares.scopes, f"{name}_changes": shares.changes}
    return told


def _shares(place: Path, name: str, by: tuple[str, ...]) -> Shares:
    """The shares kept under a name, without the newest parts."""
    scopes, changes = (pl.read_parquet(place / f"{name}_{kind}.parquet") for kind in ("scopes", "changes"))
    return replace(Shares.none(by), scopes=scopes, changes=changes)
