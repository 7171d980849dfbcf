"""The marked-up copy's and the templates' figures: a ledger of 20,000 projects × 40 columns."""

from __future__ import annotations

import csv
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from data import demo, marked, template
from data.errors import Finding, Weight
from data.read import read
from data.settings import Settings
from data.workbook import address
from tests.bench.bench_queries import AS_OF
from tests.bench.figures import tell
from tests.bench.ledger_file import write_ledger

PROJECTS, COLUMNS = 20_000, 26
# as many as rules and columns give with 20 findings each; and one a row
USUAL, MOST = 1_000, 20_000
RUNS = 2
LIMIT_SECONDS = 3.0


def main() -> None:
    """Measure marking a workbook in place, a text file as a fresh one, and writing the template."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(data_dir=folder, today=AS_OF)  # type: ignore[call-arg]  # every field has a default
        book = write_ledger(folder / "项目.xlsx", PROJECTS)
        text = _as_text(book, folder / "项目.csv", settings)
        cases = ((book, USUAL, LIMIT_SECONDS), (book, MOST, None), (text, USUAL, LIMIT_SECONDS))
        for source, count, limit in cases:
            found, target = _findings(count), folder / "标注.xlsx"
            seconds = _best(lambda s=source, f=found, t=target: marked.write(s, f, t, settings))
            told = f"{PROJECTS:,} projects × 40 columns, {count:,} findings"
            tell(f"marked copy of an {source.suffix}", seconds, limit, "s", told)
        ledgers = demo.ledgers(354, AS_OF)
        seconds = _best(lambda: template.write(folder / "模板.xlsx", ledgers, AS_OF))
        rows = sum(frame.height for frame in ledgers.values())
        tell(
            "template of a city of 354 projects",
            seconds,
            LIMIT_SECONDS,
            "s",
            f"{rows:,} rows in nine ledgers",
        )


def _best(action: Callable[[], object]) -> float:
    """Seconds of the fastest of some runs."""
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        action()
        taken.append(time.perf_counter() - began)
    return min(taken)


def _as_text(book: Path, path: Path, settings: Settings) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(read(book, settings).sheets[0].rows)
    return path


def _findings(count: int) -> list[Finding]:
    weights: tuple[Weight, ...] = ("error", "warning", "note")
    cells = (address(3 + i * (PROJECTS // count), i % COLUMNS) for i in range(count))
    return [
        Finding("rule", weights[i % 3], f"{cell} 不能读作金额。请改正。", "项目", cell, "三五亿", "数字")
        for i, cell in enumerate(cells)
    ]


if __name__ == "__main__":
    main()
