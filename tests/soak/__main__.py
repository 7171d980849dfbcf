"""`make soak`: a night of projection compressed; ends with 1 when the heap grew by a tenth or more."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from data import demo
from tests.chromium import chromium
from tests.program import program, running
from tests.soak.projection import MOST_GROWTH, Night, spend

MINUTES = 30.0
PACE_SECONDS = 1.0


def main() -> int:
    """Run it and print what was measured; 0 when the heap held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--pace", type=float, default=PACE_SECONDS, help="seconds from page to page")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        demo.build(program(Path(folder)).settings, days=8)
        with running(Path(folder)) as server, chromium() as browser:
            page = browser.new_page(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
            night = spend(page, server, chosen.minutes * 60, chosen.pace)
    return report(night)


def report(night: Night) -> int:
    """The figures, one a line; 1 when the heap grew too much."""
    first, last = night.samples[0], night.samples[-1]
    print(f"{last.at / 60:.1f} min, {night.changes} page changes, {night.published} snapshots, 1 restart")
    print(f"slowest page change {night.slowest_seconds:.2f} s")
    for name, unit in (("heap_mb", "MB"), ("nodes", "nodes"), ("server_mb", "MB")):
        start, end = getattr(first, name), getattr(last, name)
        print(f"{name:>10}: {start:8.1f} → {end:8.1f} {unit}, growth {night.growth(name):+.1%}")
    return int(night.growth("heap_mb") >= MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main())
