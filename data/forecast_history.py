"""What earlier snapshots add: when nodes without a written day were first seen done, and money by day."""

from __future__ import annotations

from datetime import date
from functools import cached_property

import polars as pl

from data.manifest import Version
from data.past import DAYS_LOOKED_AT, Past


class Recorded(Past):
    """Snapshots up to and including one day, one a day; those of a demo city among themselves."""

    @cached_property
    def _versions(self) -> list[Version]:
        """Oldest first."""
        catalogue = self._store.catalogue()
        upto = [v for v in catalogue.shown if v.day <= self._day]
        demo = bool(upto) and upto[-1] in catalogue.demo
        newest = {v.day: v for v in upto if (v in catalogue.demo) == demo}
        return list(newest.values())[-DAYS_LOOKED_AT:]

    @property
    def days(self) -> list[date]:
        """The days there are snapshots of, oldest first."""
        return [version.day for version in self._versions]

    def first_done(self) -> pl.DataFrame:
        """One node a row that is done on no written day: project_id, node, day it was first seen done.

        One that was done in the oldest snapshot already isn't there: its day is unknown.
        """
        columns = ("project_id", "node", "status", "actual_finish")
        done = self._scan(self._versions, "nodes", columns).filter(
            (pl.col("status") == "done") & pl.col("actual_finish").is_null()
        )
        first = done.group_by("project_id", "node").agg(pl.col("day").min())
        oldest = self.days[0] if self.days else self._day
        return first.filter(pl.col("day") > oldest).collect()

    def spent(self) -> pl.DataFrame:
        """One project on one day a row: day, project_id, invested_this_year_yuan; null where it is empty."""
        columns = ("project_id", "invested_this_year_yuan")
        return self._scan(self._versions, "projects", columns).select("day", *columns).collect()
