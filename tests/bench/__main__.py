"""Every figure of speed and size with its limit: `python -m tests.bench [part …]`, ten minutes at most.

Parts run one after the other, each in a process of its own, so that memory and caches are not shared.
The last line counts what was not reached; the exit code is 1 when anything was not reached or measured.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.figures import Figure

PARTS = (
    "schedule", "reading", "marked", "intake", "queries", "change", "forecast", "papers", "search",
    "browser", "screens",
)  # fmt: skip
PROJECT = Path(__file__).resolve().parents[2]
PART_SECONDS = 400


def main(chosen: list[str]) -> int:
    """Run the parts named (default: all) and print their figures as they come."""
    began = time.monotonic()
    print(f"Guatu bench · {os.cpu_count()} cores · Python {platform.python_version()} · {platform.machine()}")
    figures = [figure for part in chosen or PARTS for figure in run(part)]
    missed = [figure.name for figure in figures if figure.verdict in ("not reached", "not measured")]
    print(f"{len(figures) - len(missed)} of {len(figures)} figures reached, {time.monotonic() - began:.0f} s")
    for name in missed:
        print(f"  not reached or not measured: {name}")
    return 1 if missed else 0


def run(part: str) -> list[Figure]:
    """The figures of one part, printed as they come; a part that fails is a figure not measured."""
    figures = []
    print(f"\n{part}")
    command = [sys.executable, "-m", f"tests.bench.part_{part}"]
    with subprocess.Popen(
        command, cwd=PROJECT, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            figure = Figure(**json.loads(line))
            figures.append(figure)
            print(figure.line(), flush=True)
        code = process.wait(PART_SECONDS)
    if code:
        figures.append(Figure(f"{part}: ended with code {code}", None, None, ""))
        print(figures[-1].line())
    return figures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
