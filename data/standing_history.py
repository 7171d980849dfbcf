"""All snapshots folded into changes from one to the next: what trends, slips and stalls are read from.

Day after day nearly everything stays as it is, so a year of snapshots is little more than its changes:
each rate's share of a project is added on the day it appears and taken out on the day it differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import polars as pl

from data.manifest import Version
from data.standing import Standing

SCOPE: Final = (
    "region",
    "district",
    "accountable_leader",
    "level",
    "kind",
    "campaign",
    "industry",
    "departments",
    "light",
    "project_id",
)
_PART: Final = ("scope_number", "indicator_order", "base_number", "numerator", "denominator")
_NO_SCOPES: Final = pl.DataFrame(
    schema=dict.fromkeys(SCOPE, pl.String())
    | {"departments": pl.List(pl.String()), "scope_number": pl.Int32()}
)
_NO_PARTS: Final = pl.DataFrame(
    schema=dict(zip(_PART, (pl.Int32(), pl.Int8(), pl.Int8(), pl.Int64(), pl.Int64()), strict=True))
)
_SLIP: Final = {
    "day": pl.Date(),
    "project_id": pl.String(),
    "node": pl.String(),
    "department": pl.String(),
    "region": pl.String(),
    "committed_before": pl.Date(),
    "committed_date": pl.Date(),
}
_MARK: Final = {"day": pl.Date(), "project_id": pl.String()}


@dataclass(frozen=True)
class History:
    """The snapshots of `versions`, one a day and oldest first, as changes from each to the next.

    Frames are rows of the views past_scope, past_part, slip and past_mark; `last` is the newest standing.
    """

    versions: tuple[Version, ...] = ()
    scopes: pl.DataFrame = field(default_factory=lambda: _NO_SCOPES)
    parts: pl.DataFrame = field(default_factory=lambda: _moved(_NO_PARTS, _NO_PARTS, date.min))
    slips: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_SLIP))
    marks: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_MARK))
    last: Standing | None = None
    last_parts: pl.DataFrame = field(default_factory=lambda: _NO_PARTS)

    def tables(self) -> Mapping[str, pl.DataFrame]:
        """The frames by the names of their views."""
        days = pl.DataFrame({"day": [v.day for v in self.versions]}, schema={"day": pl.Date()})
        return {
            "past_day": days,
            "past_scope": self.scopes,
            "past_part": self.parts,
            "past_mark": self.marks,
            "slip": self.slips,
        }

    def followed_by(self, version: Version, standing: Standing) -> History:
        """This history and one snapshot more."""
        scopes = _numbered(self.scopes, standing.projects)
        parts = placed(standing, scopes)
        return History(
            (*self.versions, version),
            scopes,
            pl.concat([self.parts, _moved(self.last_parts, parts, version.day)]),
            pl.concat([self.slips, _slipped(self.last, standing, version.day)]),
            pl.concat([self.marks, _marked(self.last, standing, version.day)]),
            standing,
            parts,
        )


def _numbered(known: pl.DataFrame, projects: pl.DataFrame) -> pl.DataFrame:
    """The scopes known and those a snapshot adds, numbered on."""
    fresh = projects.select(SCOPE).join(known, on=SCOPE, how="anti", nulls_equal=True)
    number = pl.int_range(known.height, known.height + fresh.height, dtype=pl.Int32, eager=True)
    return pl.concat([known, fresh.with_columns(number.alias("scope_number"))])


def placed(standing: Standing, scopes: pl.DataFrame) -> pl.DataFrame:
    """A snapshot's parts by scope: rows of the view past_part without their day."""
    numbers = standing.projects.select(SCOPE).join(scopes, on=SCOPE, nulls_equal=True)
    return standing.parts.join(numbers.select("project_id", "scope_number"), on="project_id").select(_PART)


def _moved(before: pl.DataFrame, now: pl.DataFrame, day: date) -> pl.DataFrame:
    """What is taken out and what is added: rows of the view past_part."""
    gone = before.join(now, on=_PART, how="anti", nulls_equal=True).select(_shares(-1))
    come = now.join(before, on=_PART, how="anti", nulls_equal=True).select(_shares(1))
    return pl.concat([gone, come]).select(pl.lit(day).alias("day"), pl.all())


def _shares(sign: int) -> tuple[pl.Expr, ...]:
    counts = (
        pl.when(pl.col(name).is_not_null()).then(sign).otherwise(0).cast(pl.Int8).alias(f"{name}s")
        for name in ("numerator", "denominator")
    )
    numbers = (pl.col(name) * sign for name in ("numerator", "denominator"))
    return (*map(pl.col, _PART[:3]), *numbers, *counts)


def _slipped(before: Standing | None, now: Standing, day: date) -> pl.DataFrame:
    """Committed days of open nodes that are later than the snapshot before said."""
    if before is None:
        return pl.DataFrame(schema=_SLIP)
    earlier = before.nodes.select("project_id", "node", committed_before="committed_date")
    later = now.nodes.join(earlier, on=["project_id", "node"]).filter(
        pl.col("committed_date") > pl.col("committed_before"), pl.col("state") != "done"
    )
    regions = now.projects.select("project_id", "region")
    told = later.join(regions, on="project_id").with_columns(day=pl.lit(day))
    return told.select(pl.col(name).cast(dtype) for name, dtype in _SLIP.items())


def _marked(before: Standing | None, now: Standing, day: date) -> pl.DataFrame:
    """Projects whose rows say something new; where marks don't compare only new projects count."""
    found = now.projects
    if before is not None:
        earlier = before.projects.select("project_id", _mark="mark", _by="marked_by")
        is_new = pl.col("_by").is_null()
        differs = (pl.col("marked_by") == pl.col("_by")) & pl.col("mark").ne_missing(pl.col("_mark"))
        found = found.join(earlier, on="project_id", how="left", maintain_order="left").filter(
            is_new | differs
        )
    return found.select(pl.lit(day).alias("day"), "project_id")
