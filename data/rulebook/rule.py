"""What a rule is, and the expressions many rules share."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from data.errors import Weight


@dataclass(frozen=True)
class Rule:
    """One rule of one ledger. `broken` is true for a row that breaks it; null counts as not broken.

    `weight`: error stops the file, warning is shown and counted, note informs. `column` is the cell the
    finding points at. `sentence` is filled from the row; {where} is the sheet and cell. Rows that break a
    rule which `drops` are left out of the ledger. `moves` names a planned date whose earlier changes the
    sentence tells as {_moves}. Columns that start with "_" are lent (data/rulebook/lending.py); of those
    `_was_…` is the value last reported.
    """

    name: str
    ledger: str
    weight: Weight
    column: str
    broken: pl.Expr
    sentence: str
    expected: str | None = None
    drops: bool = False
    moves: str | None = None


def future(column: str) -> pl.Expr:
    """True where the day lies after the status date."""
    return pl.col(column) > pl.col("_status_date")


def after(later: str, earlier: str) -> pl.Expr:
    """True where what must come later is dated before what must come earlier."""
    return pl.col(later) < pl.col(earlier)


def negative(column: str) -> pl.Expr:
    """True where the number is below zero."""
    return pl.col(column) < 0


def was(column: str) -> pl.Expr:
    """The value last reported; null for a row that is new."""
    return pl.col(f"_was_{column}")


def same_span(day: str, other: str) -> pl.Expr:
    """True where two dates may be one: equal, or one is a word (三月, 年底前) whose span holds the other.

    Each date stands beside its `<name>_precision`.
    """
    a, b = pl.col(day), pl.col(other)
    year = a.dt.year() == b.dt.year()
    month = year & (a.dt.month() == b.dt.month())
    spans = {
        "ten-day": month & (_third(a) == _third(b)),
        "month": month,
        "quarter": year & (a.dt.quarter() == b.dt.quarter()),
        "half": year & ((a.dt.month() > 6) == (b.dt.month() > 6)),
        "year": year,
    }
    same = a == b
    for precision, span in spans.items():
        worded = pl.col(f"{day}_precision").eq_missing(precision)
        same = same | ((worded | pl.col(f"{other}_precision").eq_missing(precision)) & span)
    return same


def _third(day: pl.Expr) -> pl.Expr:
    return ((day.dt.day() - 1) // 10).clip(upper_bound=2)
