"""The intake's figures: a workbook of 5,500 projects × 14 nodes loaded and published, beside its peer.

The peer is python-calamine alone taking every cell of the same file out, in this process: what is
beyond its time is what conforming, checking, scheduling, publishing and the guarded child cost.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from python_calamine import CalamineWorkbook

from data.demo import build, write_workbook
from data.pipeline import load
from data.settings import Settings
from tests.bench.bench_queries import AS_OF, city
from tests.bench.figures import tell

PROJECTS = 5_500


def main() -> None:
    """Measure the load, its steps, the peer, and building the demo city."""
    with tempfile.TemporaryDirectory() as folder:
        _load(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        build(Settings(data_dir=Path(folder), today=AS_OF), today=AS_OF)  # type: ignore[call-arg]
        tell(
            "demo city, 45 days",
            time.perf_counter() - began,
            10,
            "s",
            "354 projects, a snapshot a working day",
        )


def _load(folder: Path) -> None:
    path = folder / "台账.xlsx"
    ledgers = city(PROJECTS)
    write_workbook(ledgers, path)
    settings = Settings(data_dir=folder, today=AS_OF)  # type: ignore[call-arg]  # every field has a default
    steps: list[tuple[str, float]] = []
    began = time.perf_counter()
    load(path, settings, AS_OF, lambda word, _number, _of: steps.append((word, time.perf_counter() - began)))
    seconds = time.perf_counter() - began
    told = ", ".join(f"{word} from {at:.2f}" for word, at in steps)
    nodes = ledgers["nodes"].height
    tell(f"load + publish {PROJECTS:,} projects, {nodes:,} nodes .xlsx", seconds, 4.0, "s", told)
    peer = _peer(path)
    tell("  ratio to calamine alone reading the same cells", seconds / peer, None, "×", f"peer {peer:.2f} s")


def _peer(path: Path) -> float:
    began = time.perf_counter()
    book = CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
