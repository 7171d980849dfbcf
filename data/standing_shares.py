"""What every project counted in every rate, snapshot after snapshot, as changes: what trends are drawn from.

Day after day nearly everything stays as it is: a share is added on the day it appears and taken out on the
day it differs. Lights change oftener than all else, so shares are kept twice: a trend that asks for no light
reads the few changes of those that know of none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import polars as pl

from data.standing import Standing

WITHOUT_LIGHT: Final = (
    "region",
    "district",
    "accountable_leader",
    "level",
    "kind",
    "campaign",
    "industry",
    "departments",
    "project_id",
)
WITH_LIGHT: Final = (*WITHOUT_LIGHT, "light")
_SCOPE: Final = dict.fromkeys(WITH_LIGHT, pl.String()) | {"departments": pl.List(pl.String())}
_PART: Final[dict[str, pl.DataType]] = {
    "scope_number": pl.Int32(),
    "indicator_order": pl.Int8(),
    "base_number": pl.Int8(),
    "numerator": pl.Int64(),
    "denominator": pl.Int64(),
}
_COUNTS: Final[dict[str, pl.DataType]] = {"numerators": pl.Int8(), "denominators": pl.Int8()}


@dataclass(frozen=True)
class Shares:
    """The shares of all snapshots so far; `by` is what a project is told apart by besides its number.

    `scopes` are rows of the view past_scope without what `by` leaves out, `changes` of past_part; `last`
    are the newest snapshot's parts, without a day.
    """

    by: tuple[str, ...]
    scopes: pl.DataFrame
    changes: pl.DataFrame
    last: pl.DataFrame

    @classmethod
    def none(cls, by: tuple[str, ...]) -> Shares:
        """No snapshot yet."""
        scopes = pl.DataFrame(schema={name: _SCOPE[name] for name in by} | {"scope_number": pl.Int32()})
        changes = pl.DataFrame(schema={"day": pl.Date()} | _PART | _COUNTS)
        return cls(by, scopes, changes, pl.DataFrame(schema=_PART))

    def followed_by(self, standing: Standing, day: date) -> Shares:
        """These and what a later snapshot changes."""
        scopes = self._numbered(standing.projects)
        fresh = replace(self, scopes=scopes).placing(standing)
        return replace(fresh, changes=pl.concat([self.changes, _moved(self.last, fresh.last, day)]))

    def placing(self, standing: Standing) -> Shares:
        """These with the parts of the newest snapshot, whose scopes they know already."""
        numbers = standing.projects.select(self.by).join(self.scopes, on=self.by, nulls_equal=True)
        parts = standing.parts.join(numbers.select("project_id", "scope_number"), on="project_id")
        return replace(self, last=parts.select(_PART.keys()))

    def of_light(self, light: str | None) -> Mapping[str, pl.DataFrame]:
        """The rows of the views past_scope and past_part: of one light, or all where no light is named."""
        scopes = self.scopes.select("scope_number", *(_column(name, self.by) for name in WITH_LIGHT))
        if light is None:
            return {"past_scope": scopes, "past_part": self.changes}
        scopes = scopes.filter(pl.col("light") == light)
        changes = self.changes.filter(pl.col("scope_number").is_in(scopes["scope_number"].implode()))
        return {"past_scope": scopes, "past_part": changes}

    def _numbered(self, projects: pl.DataFrame) -> pl.DataFrame:
        """The scopes known and those a snapshot adds, numbered on."""
        known = self.scopes
        fresh = projects.select(self.by).join(known, on=self.by, how="anti", nulls_equal=True)
        number = pl.int_range(known.height, known.height + fresh.height, dtype=pl.Int32, eager=True)
        return pl.concat([known, fresh.with_columns(number.alias("scope_number"))])


def _column(name: str, by: tuple[str, ...]) -> pl.Expr:
    return pl.col(name) if name in by else pl.lit(None, _SCOPE[name]).alias(name)


def _moved(before: pl.DataFrame, now: pl.DataFrame, day: date) -> pl.DataFrame:
    """What is taken out and what is added: rows of the view past_part."""
    same = list(_PART)
    gone = before.join(now, on=same, how="anti", nulls_equal=True).select(_signed(-1))
    come = now.join(before, on=same, how="anti", nulls_equal=True).select(_signed(1))
    return pl.concat([gone, come]).select(pl.lit(day).alias("day"), pl.all())


def _signed(sign: int) -> tuple[pl.Expr, ...]:
    counts = (
        pl.when(pl.col(name).is_not_null()).then(sign).otherwise(0).cast(pl.Int8).alias(f"{name}s")
        for name in ("numerator", "denominator")
    )
    numbers = (pl.col(name) * sign for name in ("numerator", "denominator"))
    return (pl.col("scope_number"), pl.col("indicator_order"), pl.col("base_number"), *numbers, *counts)
