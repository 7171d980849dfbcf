"""The queries' figures: every question over the whole city, asked cold, at two sizes."""

from __future__ import annotations

import time

import polars as pl

from data.database import Database
from data.schedule import schedule
from data.tables import assembled, status_date
from tests.bench.bench_queries import AS_OF, LIMITS_MS, city, measured, questions
from tests.bench.figures import tell

SHOWN = 3


def main() -> None:
    """Tell the slowest questions of each size, the slowest first."""
    for projects, limit in LIMITS_MS.items():
        base, seconds = built(projects)
        wall = [f"P{number:06}" for number in range(40)]
        spent = [(measured(base, spec, wall), name) for name, spec in questions().items()]
        slowest = sorted(spent, key=lambda item: -item[0][1])
        tell(f"database built, {projects:,} projects", seconds, None, "s", "schedule and views")
        over = [name for (_, p95, _), name in slowest if p95 > limit]
        for (median, p95, rows), name in slowest[: max(SHOWN, len(over))]:
            note = f"median {median:.1f} ms, {rows:,} rows"
            tell(f"query p95, {projects:,} projects: {name}", p95, limit, "ms", note)
        for (_, p95, _), name in slowest[max(SHOWN, len(over)) :][:1]:
            tell(f"query p95, {projects:,} projects: all others, at most", p95, limit, "ms", name)


def built(projects: int) -> tuple[Database, float]:
    """The database of a city of that size, and the seconds it took."""
    ledgers = city(projects)
    began = time.perf_counter()
    found = schedule(ledgers["projects"], ledgers["nodes"], AS_OF)
    status = status_date(AS_OF).with_columns(demo=pl.lit(True))
    base = Database(assembled(ledgers, found.nodes, found.projects, status))
    return base, time.perf_counter() - began


if __name__ == "__main__":
    main()
