"""Earlier snapshots as rules look back on them: only the columns asked for, read once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

import polars as pl

from data import contract
from data.snapshots import SnapshotStore, Version

# a year of working days; what was said before it no longer counts
DAYS_LOOKED_AT: Final = 260


class Past:
    """Snapshots before one day, one a day (its newest revision): data.rulebook.history.History.

    Rules look back on real ones only; `with_demo` counts the demo city's as well.
    """

    def __init__(self, store: SnapshotStore, day: date, with_demo: bool = False) -> None:
        self._store = store
        self._day = day
        self._with_demo = with_demo

    @cached_property
    def _versions(self) -> list[Version]:
        """Oldest first."""
        catalogue = self._store.catalogue()
        left_out = frozenset[Version]() if self._with_demo else catalogue.demo
        newest = {v.day: v for v in catalogue.shown if v.day < self._day and v not in left_out}
        return list(newest.values())[-DAYS_LOOKED_AT:]

    def at(self, day: date, ledger: str, columns: Sequence[str]) -> tuple[date, pl.DataFrame] | None:
        """These columns of the newest snapshot at or before `day`, with its own day; null where none is."""
        version = next((v for v in reversed(self._versions) if v.day <= day), None)
        if version is None:
            return None
        return version.day, self._scan([version], ledger, columns).select(columns).collect()

    def earlier(self, ledger: str, columns: Sequence[str], keys: pl.DataFrame) -> pl.DataFrame:
        """One row a day and row of the ledger whose key is among `keys`, oldest day first.

        Columns: `day`, then `columns` (the keys' own among them); a column an old snapshot lacks is null.
        """
        found = self._scan(self._versions, ledger, columns)
        wanted = keys.unique().lazy()
        chosen = found.join(wanted, on=keys.columns, how="semi", maintain_order="left")
        return chosen.sort("day", maintain_order=True).select("day", *columns).collect()

    def _scan(self, versions: Sequence[Version], ledger: str, columns: Sequence[str]) -> pl.LazyFrame:
        """These columns of a stored ledger in several versions, and `day`."""
        known = contract.ledger(ledger).schema
        schema = {name: known[name] for name in columns}
        days = {str(path): v.day for v in versions if (path := self._path(v, ledger)).exists()}
        if not days:
            return pl.LazyFrame(schema=schema | {"day": pl.Date()})
        found = pl.scan_parquet(
            list(days),
            schema=schema,
            missing_columns="insert",
            extra_columns="ignore",
            include_file_paths="_",
        )
        day = pl.col("_").replace_strict(days, return_dtype=pl.Date()).alias("day")
        return found.with_columns(day).drop("_")

    def _path(self, version: Version, ledger: str) -> Path:
        return self._store.path(version) / f"{ledger}.parquet"
