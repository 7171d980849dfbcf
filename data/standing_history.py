"""All snapshots folded into changes from one to the next: what trends, slips and stalls are read from.

Day after day nearly everything stays as it is, so a year of snapshots is little more than its changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import polars as pl

from data.manifest import Version
from data.standing import Standing
from data.standing_shares import WITH_LIGHT, WITHOUT_LIGHT, Shares

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

    Frames are rows of the views slip and past_mark; `last` is the newest standing.
    """

    versions: tuple[Version, ...] = ()
    shares: Shares = field(default_factory=lambda: Shares.none(WITHOUT_LIGHT))
    lit_shares: Shares = field(default_factory=lambda: Shares.none(WITH_LIGHT))
    slips: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_SLIP))
    marks: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_MARK))
    last: Standing | None = None

    def tables(self, light: str | None = None) -> Mapping[str, pl.DataFrame]:
        """The frames by the names of their views; of the shares those of one light, if one is named."""
        days = pl.DataFrame({"day": [v.day for v in self.versions]}, schema={"day": pl.Date()})
        shares = self.shares if light is None else self.lit_shares
        return {"past_day": days, "past_mark": self.marks, "slip": self.slips, **shares.of_light(light)}

    def followed_by(self, version: Version, standing: Standing) -> History:
        """This history and one snapshot more."""
        return History(
            (*self.versions, version),
            self.shares.followed_by(standing, version.day),
            self.lit_shares.followed_by(standing, version.day),
            pl.concat([self.slips, _slipped(self.last, standing, version.day)]),
            pl.concat([self.marks, _marked(self.last, standing, version.day)]),
            standing,
        )


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
