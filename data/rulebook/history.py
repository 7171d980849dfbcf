"""What rules that look back over time may ask about earlier snapshots."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import polars as pl


class History(Protocol):
    """Earlier real snapshots, one a day (its newest revision), all before the day being judged."""

    def at(self, day: date, ledger: str, columns: Sequence[str]) -> tuple[date, pl.DataFrame] | None:
        """These columns of the newest snapshot at or before `day`, with its own day; null where none is."""
        ...

    def earlier(self, ledger: str, columns: Sequence[str], keys: pl.DataFrame) -> pl.DataFrame:
        """One row a day and row of the ledger whose key is among `keys`, oldest day first.

        Columns: `day`, then `columns` (the keys' own among them); a column an old snapshot lacks is null.
        """
        ...
