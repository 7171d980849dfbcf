"""What came of what was ahead on an earlier day: gains between two snapshots, and the pace they correct.

A gain counts only what was ahead on the first day and is still listed on the second, so that projects
added or taken off the list are neither progress nor loss.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np
import polars as pl

from data.forecast_pace import Floats
from data.query import Queries

Kind = Literal["starts", "procedures", "finishes", "money"]

# what was expected of the last weeks weighs as much as this many events that came
EXPECTED_WEIGHT: Final = 5.0
_KEYS: Final = {"procedures": ["project_id", "node"]}
_REACHED: Final = {"starts": "started_or_resumed", "finishes": "finished"}


@dataclass(frozen=True)
class Trim:
    """The last weeks against what was expected of them: events that came, and their expected number."""

    came: int
    expected: float

    def drawn(self, draws: int, rng: np.random.Generator) -> Floats:
        """How fast things go as a multiple of the drawn pace, by draw: a gamma posterior around 1."""
        found: Floats = rng.gamma(self.came + EXPECTED_WEIGHT, 1 / (self.expected + EXPECTED_WEIGHT), draws)
        return found


UNTRIMMED: Final = Trim(0, 0.0)


def ahead_on(queries: Queries, kind: Kind, day: date) -> pl.DataFrame:
    """Keys of what was ahead on a day: projects, or procedures of projects."""
    if kind == "procedures":
        keys = _KEYS[kind]
        return queries.run("forecast_procedures", as_of=day).select(keys).unique(maintain_order=True)
    projects = queries.run("forecast_projects", as_of=day)
    if kind == "finishes":
        projects = projects.filter("finish_planned")
    return projects.filter(~pl.col(_REACHED[kind])).select("project_id")


def gain(queries: Queries, kind: Kind, day: date, until: date) -> tuple[int, int]:
    """What was reached by `until` of what was ahead on `day`, and how much that was; money in yuan."""
    later = queries.run("forecast_projects", as_of=until)
    if kind == "money":
        both = queries.run("forecast_projects", as_of=day).join(later, on="project_id", suffix="_later")
        spent = int(both["invested_this_year_yuan_later"].sum()) - int(both["invested_this_year_yuan"].sum())
        return spent, int(both["annual_plan_yuan"].sum())
    ahead = ahead_on(queries, kind, day).join(later.select("project_id"), on="project_id", how="semi")
    if kind == "procedures":
        still = ahead_on(queries, kind, until)
        return ahead.join(still, on=_KEYS[kind], how="anti").height, ahead.height
    reached = later.filter(pl.col(_REACHED[kind]))
    return ahead.join(reached, on="project_id", how="semi").height, ahead.height
