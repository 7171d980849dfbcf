"""Reading's figures: a ledger of 20,000 and of 100,000 projects from the file to judged rows, beside pandas.

Read is the guarded child with its start; the memory told is the child's at its fullest.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from data.conform import conform
from data.read import read
from data.rules import check
from data.settings import PROJECT_DIR, Settings
from tests.bench import pandas_peer
from tests.bench.bench_queries import AS_OF
from tests.bench.figures import tell
from tests.bench.ledger_file import write_ledger

SMALL, LARGE = 20_000, 100_000
RUNS = 3
LIMIT_SMALL_SECONDS, LIMIT_LARGE_SECONDS, LIMIT_CHILD_GB = 2.0, 8.0, 1.5
LIMIT_SHARE_OF_PANDAS = 0.1
IN_CHILD = """
import re, sys
sys.path.insert(0, {root!r})
from data.reading import files
import marshal
answer = marshal.dumps(files.read({request!r}))
print(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1])
"""


def main() -> None:
    """Measure both sizes, the child's memory, and the peer on the smaller one."""
    settings = Settings(today=AS_OF)  # type: ignore[call-arg]  # every field has a default
    with tempfile.TemporaryDirectory() as folder:
        path = write_ledger(Path(folder) / "台账.xlsx", SMALL)
        runs = [steps(path, settings) for _ in range(RUNS)]
        best = min(runs, key=sum)
        tell(f"read + conform + judge {SMALL:,} rows × 40", sum(best), LIMIT_SMALL_SECONDS, "s", told(best))
        peer = pandas_peer.seconds(path)
        tell(
            "  its share of the same through pandas + openpyxl",
            sum(best) / peer,
            LIMIT_SHARE_OF_PANDAS,
            "",
            f"peer {peer:.1f} s, {peer / sum(best):.0f} times as long",
        )
        path = write_ledger(Path(folder) / "台账.xlsx", LARGE)
        taken = steps(path, settings)
        tell(f"read + conform + judge {LARGE:,} rows × 40", sum(taken), LIMIT_LARGE_SECONDS, "s", told(taken))
        memory = child_gigabytes(path, settings)
    tell(
        f"child's memory for {LARGE:,} rows",
        memory,
        LIMIT_CHILD_GB,
        "GB",
        f"limit set {settings.read_memory_mb} MB",
    )


def steps(path: Path, settings: Settings) -> tuple[float, float, float]:
    """Seconds of reading, conforming and judging."""
    began = time.perf_counter()
    book = read(path, settings)
    was_read = time.perf_counter()
    conformed = conform(book, AS_OF)
    was_conformed = time.perf_counter()
    judged = check(conformed, None, AS_OF)
    done = time.perf_counter()
    assert judged.ledgers["projects"].height >= SMALL
    return was_read - began, was_conformed - was_read, done - was_conformed


def told(taken: tuple[float, float, float]) -> str:
    """The steps in words."""
    return ", ".join(f"{word} {s:.2f}" for word, s in zip(("read", "conform", "judge"), taken, strict=True))


def child_gigabytes(path: Path, settings: Settings) -> float:
    """The most memory the child's own code holds when it reads the file (Linux)."""
    request = {
        "path": str(path),
        "unpacked_mb": settings.read_unpacked_mb,
        "max_cells": settings.read_max_cells,
    }
    command = [sys.executable, "-I", "-c", IN_CHILD.format(root=str(PROJECT_DIR), request=request)]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(told.stdout) / (1 << 20)


if __name__ == "__main__":
    main()
