"""The forecast's figures: a city of 5,500 projects drawn once, and one question asked of the draws."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from data.forecast_draws import drawn
from data.forecast_network import ahead
from data.forecast_outlook import outlook_of
from data.forecast_pace import pace_of
from data.settings import Settings
from tests.bench.bench_queries import AS_OF, city
from tests.bench.figures import tell
from tests.queries.support import ask, database

PROJECTS = 5_500
RUNS = 3


def main() -> None:
    """Measure in processor seconds, so that neighbours on the machine don't count."""
    ledgers = city(PROJECTS)
    stored = database(ledgers, AS_OF)
    projects = ask(stored, "forecast_projects", AS_OF)
    procedures = ask(stored, "forecast_procedures", AS_OF)
    of = Settings()
    whole = best(lambda: outlook_of(ledgers, projects, procedures, None, AS_OF, of))
    outlook = outlook_of(ledgers, projects, procedures, None, AS_OF, of)
    tell(
        "forecast: 5,500 projects drawn", whole, 1.0, "s",
        f"{outlook.draws} draws, {len(outlook.procedures.keys):,} procedures ahead",
    )  # fmt: skip
    left = ahead(ledgers["projects"], ledgers["nodes"], AS_OF, "备案", None)
    tell("forecast: the remaining networks", best(lambda: ahead(
        ledgers["projects"], ledgers["nodes"], AS_OF, "备案", None
    )), None, "s", f"{int(left.open.sum()):,} open nodes")  # fmt: skip
    sizes = len(left.projects)
    tell("forecast: the pace", best(lambda: pace_of(left.experience, left.sizes, sizes)), None, "s")
    pace = pace_of(left.experience, left.sizes, sizes)
    tell("forecast: the draws", best(lambda: drawn(left, pace, outlook.draws, 1)), None, "s")
    keys, days = procedures.select("project_id", "node"), np.arange(0.0, 96.0, 4.0)[:, None]
    tell(
        "forecast: one question of the draws",
        best(lambda: outlook.procedures.of(keys).reached(outlook.now + days)),
        0.25, "s", "24 days of a path",
    )  # fmt: skip


def best(work: Callable[[], Any]) -> float:
    """Processor seconds of the fastest of a few runs."""
    taken = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)


if __name__ == "__main__":
    main()
