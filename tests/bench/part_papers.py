"""The papers' figures: every paper made for the weekly meeting of a city of 550 and of 5,500 projects."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from components.papers.asked import asked
from components.papers.catalog import made, papers
from data import demo
from data.errors import GuatuError
from data.query import queries
from data.record import record
from data.settings import settings
from tests.bench.bench_queries import AS_OF
from tests.bench.figures import tell

CITIES = (550, 5_500)
DAYS = 3
LIMIT_SECONDS = 5.0


def main() -> None:
    """Measure in processor seconds, so that neighbours on the machine don't count."""
    for projects in CITIES:
        with tempfile.TemporaryDirectory() as name:
            os.environ |= {"GUATU_DATA_DIR": name, "GUATU_TODAY": AS_OF.isoformat()}
            for kept in (settings, queries, record):
                kept.cache_clear()
            demo.build(settings(), projects=projects, days=DAYS)
            # papers are made from the meeting's page: both days' walls stand by then
            asked("?rhythm=week").ask("region_table")
            asked("?rhythm=week").changed("change_groups", by="region")
            _measure(projects, Path(name))


def _measure(projects: int, folder: Path) -> None:
    for paper in papers():
        began = time.process_time()
        try:
            size = made(paper, asked("?rhythm=week"), folder).stat().st_size
        except GuatuError:
            # nothing is overdue for so long that this letter would be drafted
            continue
        seconds = time.process_time() - began
        told = f"{projects:,} projects, {size / 1e6:.1f} MB"
        tell(f"{paper.name} of {projects:,} projects", seconds, LIMIT_SECONDS, "s", told)


if __name__ == "__main__":
    main()
