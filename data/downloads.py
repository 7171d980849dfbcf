"""Workbooks made on demand from what is on the wall."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from data import template
from data.lists import ListColumn
from data.settings import Settings
from data.snapshots import SnapshotStore
from data.writing import listed


def full_template(settings: Settings, folder: Path) -> Path:
    """The template with the wall's newest data, in `folder`; without any data where none was published."""
    return template.write(folder / template.FILE_NAME, *_told(settings))


def changes_template(settings: Settings, folder: Path) -> Path:
    """The workbook that takes only what changed, in `folder`."""
    return template.write_changes(folder / template.CHANGES_FILE_NAME, *_told(settings))


def list_workbook(
    folder: Path, title: str, base: str, columns: Sequence[ListColumn], rows: pl.DataFrame
) -> Path:
    """A list as it is shown, in `folder`; `base` is the line below its title."""
    return listed.write_list(folder / f"{title}.xlsx", title, base, columns, rows)


def lists_workbook(target: Path, sheets: Iterable[listed.ListSheet]) -> Path:
    """Several lists as one workbook, one a sheet; they are written as they come."""
    return listed.write_lists(target, sheets)


def _told(settings: Settings) -> tuple[dict[str, pl.DataFrame] | None, date]:
    store, day = SnapshotStore(settings.snapshots_dir), settings.as_of()
    version = store.at(day)
    return (store.ledgers(version) if version else None), day
