"""A file's ledgers on their way to being continued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from data.changes import Changes, marked
from data.conform.notices import Notices
from data.conform.places import Columns
from data.continuity.questions import Question
from data.contract import empty, ledger


@dataclass
class Today:
    """Today's ledgers on their way, beside what stays the same meanwhile."""

    day: date
    before: Mapping[str, pl.DataFrame]
    columns: Columns
    changes: Changes
    ledgers: dict[str, pl.DataFrame]
    reported: dict[str, pl.Series]
    notices: Notices
    questions: list[Question] = field(default_factory=list)

    def put(self, name: str, rows: pl.DataFrame, reported: pl.Series) -> None:
        """Set a ledger's rows, and which of them stand in the file."""
        self.ledgers[name], self.reported[name] = rows, reported

    def is_partial(self, sheet: str) -> bool:
        """Whether a sheet holds only what changed."""
        return sheet in self.changes.sheets or marked(sheet)

    def yesterday(self, name: str) -> pl.DataFrame:
        """A ledger as it was last published; without rows where it wasn't."""
        return self.before.get(name, empty(ledger(name)))
