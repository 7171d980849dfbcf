"""What the reverse schedule costs: `python -m tests.bench.bench_schedule` prints seconds and peak memory."""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from data import contract
from data.network import catalogue
from data.schedule import schedule

AS_OF = date(2026, 11, 20)


@dataclass(frozen=True)
class Measurement:
    """One run: projects, scheduled nodes, best seconds of the repetitions, peak resident memory in MB."""

    projects: int
    nodes: int
    seconds: float
    peak_mb: float


def ledgers(projects: int, seed: int = 7) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Contract frames: projects of the three types, a 节点 row for every template node, in mixed states."""
    rng = np.random.default_rng(seed)
    chosen = rng.integers(0, 3, projects)
    ids = pl.Series([f"P{number:06d}" for number in range(projects)])
    targets = [AS_OF + timedelta(days=int(gap)) for gap in rng.integers(20, 500, projects)]
    frame = pl.DataFrame(
        {
            "project_id": ids,
            "project_name": ids,
            "region": pl.Series(["连山区", "龙港区", "兴城市"]).gather(rng.integers(0, 3, projects)),
            "project_type": pl.Series(["备案", "核准", "审批"]).gather(chosen),
            "planned_start": targets,
        }
    )
    known = catalogue()
    picked = [
        np.arange(known.size[t])[~known.optional[known.first[t] : known.first[t] + known.size[t]]]
        for t in range(3)
    ]
    place = [known.first[t] + picked[t] for t in chosen]
    origin = np.concatenate(place)
    owner = np.repeat(np.arange(projects), [len(item) for item in place])
    done = rng.random(len(origin)) < 0.3
    rows = pl.DataFrame(
        {
            "project_id": ids.gather(owner),
            "node": pl.Series([node.name for node in known.nodes]).gather(origin),
            "status": pl.Series(["done", "running", "waiting"]).gather(np.where(done, 0, 2)),
            "duration_workdays": rng.integers(1, 25, len(origin)).astype(np.int32),
            "actual_finish": pl.select(
                pl.when(pl.Series(done)).then(
                    pl.lit(AS_OF) - pl.duration(days=pl.Series(rng.integers(1, 90, len(origin))))
                )
            ).to_series(),
        }
    )
    return _whole(frame, contract.PROJECTS), _whole(rows, contract.NODES)


def _whole(frame: pl.DataFrame, ledger: contract.Ledger) -> pl.DataFrame:
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in ledger.schema.items()
    )


def measure(projects: int, repetitions: int = 3) -> Measurement:
    """The best of several runs over a city of that many projects."""
    frames = ledgers(projects)
    seconds, nodes = [], 0
    for _ in range(repetitions):
        begin = time.perf_counter()
        nodes = len(schedule(*frames, AS_OF).nodes)
        seconds.append(time.perf_counter() - begin)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measurement(projects, nodes, min(seconds), peak_mb)


def main() -> None:
    """Print the measurements against their limits (550 projects 50 ms; 70,000 projects 1.0 s and 1 GB)."""
    for projects, limit in ((550, 0.05), (70_000, 1.0)):
        got = measure(projects)
        sys.stdout.write(
            f"schedule {got.projects:>6} projects {got.nodes:>9} nodes: {got.seconds * 1000:7.1f} ms "
            f"(limit {limit * 1000:.0f} ms), peak {got.peak_mb:.0f} MB\n"
        )


if __name__ == "__main__":
    main()
