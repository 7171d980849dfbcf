"""The reverse schedule's figures: 550 projects, and a million nodes with their peak memory."""

from __future__ import annotations

from tests.bench.bench_schedule import measure
from tests.bench.figures import tell

MILLION = 1_000_000


def main() -> None:
    """Measure both sizes; the large one last, for peak memory is the process's."""
    small = measure(550, repetitions=10)
    tell("schedule: 550 projects", small.seconds * 1000, 50, "ms", f"{small.nodes:,} nodes")
    large = measure(70_000)
    tell("schedule: 70,000 projects", large.seconds, None, "s", f"{large.nodes:,} nodes, calendar included")
    tell("schedule: a million nodes", large.seconds * MILLION / large.nodes, 1.0, "s", "in proportion")
    tell(
        "schedule: peak resident memory", large.peak_mb, 1024, "MB", "of the whole process, ledgers included"
    )


if __name__ == "__main__":
    main()
