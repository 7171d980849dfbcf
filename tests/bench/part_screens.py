"""Figures seen by the person in front of the screen, at 550 projects and then at 100,000."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.bench.figures import tell
from tests.bench.part_browser import attempt, city
from tests.bench.screens import figures
from tests.chromium import chromium


def main() -> None:
    """All figures of loading, filters, pages, scrolling and clicks."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        for projects in (550, 100_000):
            with city(Path(folder) / str(projects), projects) as server:
                attempt(f"screens, {projects:,} projects", server, lambda: figures(browser, server, projects))  # noqa: B023  (called at once)
                tell(f"server memory, {projects:,} projects", server.resident_mb(), None, "MB")


if __name__ == "__main__":
    main()
