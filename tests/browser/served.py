"""A demo city of some size, served on its own for tests that change what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data import demo
from tests.program import Program, program, running


@contextmanager
def served(folder: Path, projects: int, days: int = 1) -> Iterator[Program]:
    """The program over a demo city of this size on the fixed day, with snapshots of so many days."""
    demo.build(program(folder).settings, projects=projects, days=days)
    with running(folder) as started:
        yield started
