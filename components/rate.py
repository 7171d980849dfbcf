"""A rate as a gauge shows it: counts, ratio, target, 序时 and what it was before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

import polars as pl


@dataclass(frozen=True)
class Before:
    """A rate as it was on the day compared with; `ratio` null when it had no base."""

    day: date
    ratio: float | None


@dataclass(frozen=True)
class Rate:
    """One rate as shown. `numerator` and `denominator` in `unit` (个, 项, 元); ratios null when unknown.

    `before` is null where nothing is compared. `indicator` is the one of `rates` that `name` is short for,
    null for what is none.
    """

    name: str
    numerator: int | None
    denominator: int | None
    unit: str = "个"
    base: str = ""
    target_ratio: float | None = None
    pace_ratio: float | None = None
    cutoff: date | None = None
    before: Before | None = None
    indicator: str | None = None

    @property
    def ratio(self) -> float | None:
        """Numerator over denominator, null for an empty denominator; may exceed 1."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator

    @property
    def behind(self) -> bool:
        """Whether it lies below 序时; without a pace nothing is behind."""
        return self.ratio is not None and self.pace_ratio is not None and self.ratio < self.pace_ratio

    @property
    def change(self) -> float | None:
        """How much the ratio grew since the day compared with; null when either is unknown."""
        if self.ratio is None or self.before is None or self.before.ratio is None:
            return None
        return self.ratio - self.before.ratio

    @property
    def missing(self) -> int | None:
        """How much is missing to the target, in `unit`, rounded up; null without target or base."""
        if self.target_ratio is None or self.numerator is None or not self.denominator:
            return None
        needed = Decimal(str(self.target_ratio)) * self.denominator
        return max(0, int(needed.to_integral_value(ROUND_CEILING)) - self.numerator)


def rate_of(rates: pl.DataFrame, indicator: str, group: str = "全部", name: str | None = None) -> Rate:
    """The rate of one indicator and group from `rates`; one without numbers where there is no such row."""
    rows = rates.filter((pl.col("indicator") == indicator) & (pl.col("group") == group))
    if rows.is_empty():
        return Rate(name or indicator, None, None)
    row = rows.row(0, named=True)
    return Rate(
        name or indicator,
        _whole(row["numerator"]),
        _whole(row["denominator"]),
        row["unit"],
        row["base"],
        row["target_ratio"],
        row["pace_ratio"],
        row["cutoff"],
        indicator=indicator,
    )


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)
