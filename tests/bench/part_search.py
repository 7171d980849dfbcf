"""The search box's figures: one key press over 100,000 projects, from the words typed to the HTML shown."""

from __future__ import annotations

import time
from datetime import date
from unittest.mock import patch

import numpy as np
import polars as pl

from components import search as box
from components.pages import Pages
from data.search import Entries, Found
from tests.bench.figures import tell

PROJECTS = 100_000
LIMIT_MS = 100.0
RUNS = 10
# what is typed letter by letter, and by pasting: initials, characters, a number, several words, nothing there
TYPED = (
    "l",
    "ls",
    "lsx",
    "lsxc",
    "连山",
    "材料 产业园",
    "P0777",
    "2026-01",
    "xcl cy",
    "qzzzj",
    "领导07",
    "企业",
)
CHARACTERS = "连山龙港兴城绥中新材料产业园区化工装备制造项目二期扩建工程清洁供热再生铝精深加工单仇曾重行"


def main() -> None:
    """Tell how long making ready takes once a snapshot, and each key press."""
    frame = entries()
    began = time.perf_counter()
    made = Entries(frame)
    note = f"{frame.height:,} entries, once a snapshot"
    tell("search made ready, 100,000 projects", time.perf_counter() - began, None, "s", note)
    spent = {typed: [pressed(made, typed) for _ in range(RUNS)] for typed in TYPED}
    every = [one for runs in spent.values() for one in runs]
    slowest = max(spent, key=lambda typed: float(np.median(spent[typed])))
    note = f"{len(TYPED)} words, median {np.median(every):.1f} ms, slowest “{slowest}”"
    tell("search key press p95, 100,000 projects", float(np.percentile(every, 95)), LIMIT_MS, "ms", note)


class Held:
    """The process's search box over entries made for the bench."""

    def __init__(self, made: Entries) -> None:
        self._made = made

    def find(self, typed: str, limit: int, _as_of: date | str | None) -> list[Found]:
        """What was found."""
        return self._made.find(typed, limit)


def pressed(made: Entries, typed: str) -> float:
    """Milliseconds from the words typed to the HTML that is sent."""
    began = time.perf_counter()
    with patch.object(box, "search", lambda: Held(made)):
        box.markup.html_of(box.answer(Pages(()), typed, ""))
    return (time.perf_counter() - began) * 1000


def entries() -> pl.DataFrame:
    """Projects with names of 8 to 20 characters, nearly as many firms, 300 leaders; the same every time."""
    random = np.random.default_rng(5)
    characters = np.array(list(CHARACTERS))
    lengths = random.integers(8, 21, PROJECTS)
    names = ["".join(random.choice(characters, length)) for length in lengths]
    number = range(PROJECTS)
    projects = pl.DataFrame(
        {
            "found": "project", "name": names, "project_id": [f"P{i:06}" for i in number],
            "project_code": [f"2026-{i:06}-04-01-{i * 7 % PROJECTS:06}" for i in number],
            "region": [f"县区{i % 18:02}" for i in number], "light": "blue", "projects": 1,
            "leader": [f"领导{i % 300:03}" for i in number],
        }
    )  # fmt: skip
    firms = _others("firm", [f"{name[:6]}有限公司{i}" for i, name in enumerate(names[: PROJECTS * 9 // 10])])
    leaders = _others("leader", [f"领导{i:03}" for i in range(300)])
    regions = _others("region", [f"县区{i:02}" for i in range(18)])
    return pl.concat([projects, firms, leaders, regions], how="diagonal_relaxed")


def _others(found: str, names: list[str]) -> pl.DataFrame:
    return pl.DataFrame({"found": found, "name": names, "light": "blue", "projects": 2})


if __name__ == "__main__":
    main()
