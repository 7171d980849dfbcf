"""What a rule is, and the expressions many rules share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from data.errors import Weight

# columns lent to every ledger while it is judged: the status date, whether project_id is a known project,
# and the project's actual start
LENT: Final = ("_status_date", "_known", "_started")


@dataclass(frozen=True)
class Rule:
    """One rule of one ledger. `broken` is true for a row that breaks it; null counts as not broken.

    `weight`: error stops the file, warning is shown and counted, note informs. `column` is the cell the
    finding points at. `sentence` is filled from the row; {where} is the sheet and cell. Rows that break a
    rule which `drops` are left out of the ledger.
    """

    name: str
    ledger: str
    weight: Weight
    column: str
    broken: pl.Expr
    sentence: str
    expected: str | None = None
    drops: bool = False


def future(column: str) -> pl.Expr:
    """True where the day lies after the status date."""
    return pl.col(column) > pl.col("_status_date")


def after(later: str, earlier: str) -> pl.Expr:
    """True where what must come later is dated before what must come earlier."""
    return pl.col(later) < pl.col(earlier)


def negative(column: str) -> pl.Expr:
    """True where the number is below zero."""
    return pl.col(column) < 0
