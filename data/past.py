"""Earlier snapshots as rules look back on them: only the columns asked for, read once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Final

import polars as pl

from data import contract
from data.snapshots import SnapshotStore, Version

# a year of working days; what was said before it no longer counts
DAYS_LOOKED_AT: Final = 260


class Past:
    """Real snapshots before one day, one a day (its newest revision): data.rulebook.history.History."""

    def __init__(self, store: SnapshotStore, day: date) -> None:
        self._store = store
        self._day = day

    @cached_property
    def _versions(self) -> list[Version]:
        """Oldest first."""
        catalogue = self._store.catalogue()
        newest = {v.day: v for v in catalogue.shown if v.day < self._day and v not in catalogue.demo}
        return list(newest.values())[-DAYS_LOOKED_AT:]

    def at(self, day: date, ledger: str, columns: Sequence[str]) -> tuple[date, pl.DataFrame] | None:
        """These columns of the newest snapshot at or before `day`, with its own day; null where none is."""
        version = next((v for v in reversed(self._versions) if v.day <= day), None)
        return (version.day, self._scan(version, ledger, columns).collect()) if version else None

    def earlier(self, ledger: str, columns: Sequence[str], keys: pl.DataFrame) -> pl.DataFrame:
        """One row a day and row of the ledger whose key is among `keys`, oldest day first.

        Columns: `day`, then `columns` (the keys' own among them); a column an old snapshot lacks is null.
        """
        wanted = keys.unique().lazy()
        parts = [
            self._scan(version, ledger, columns)
            .join(wanted, on=keys.columns, how="semi", maintain_order="left")
            .select(pl.lit(version.day).alias("day"), *columns)
            for version in self._versions
        ]
        if not parts:
            schema = contract.ledger(ledger).schema
            return pl.DataFrame(schema={"day": pl.Date(), **{name: schema[name] for name in columns}})
        return pl.concat(pl.collect_all(parts))

    def _scan(self, version: Version, ledger: str, columns: Sequence[str]) -> pl.LazyFrame:
        """These columns of one stored ledger, in today's schema."""
        schema = contract.ledger(ledger).schema
        path = self._store.path(version) / f"{ledger}.parquet"
        if not path.exists():
            return pl.LazyFrame(schema={name: schema[name] for name in columns})
        found = pl.scan_parquet(path)
        known = set(found.collect_schema().names())
        return found.select(
            pl.col(name).cast(schema[name]) if name in known else pl.lit(None, schema[name]).alias(name)
            for name in columns
        )
