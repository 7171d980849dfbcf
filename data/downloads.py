"""Workbooks made on demand from what is on the wall."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from data import template
from data.settings import Settings
from data.snapshots import SnapshotStore


def full_template(settings: Settings, folder: Path) -> Path:
    """The template with the wall's newest data, in `folder`; without any data where none was published."""
    return template.write(folder / template.FILE_NAME, *_told(settings))


def changes_template(settings: Settings, folder: Path) -> Path:
    """The workbook that takes only what changed, in `folder`."""
    return template.write_changes(folder / template.CHANGES_FILE_NAME, *_told(settings))


def _told(settings: Settings) -> tuple[dict[str, pl.DataFrame] | None, date]:
    store, day = SnapshotStore(settings.snapshots_dir), settings.as_of()
    version = store.at(day)
    return (store.ledgers(version) if version else None), day
