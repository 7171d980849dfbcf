"""Cells of any length are judged in time that grows with their length and no faster."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIMIT_SECONDS = 60
READERS = ("money(text, 1)", "number(text)", "workdays(text)", "worded_date(text, 2026)", "people(text)")
OTHERS = (
    "tick(text)",
    "strokes_are_not_applicable('不涉及' + text)",
    "header_unit(text)",
    "region_name(text)",
)
TEXTS = (
    "'9' * n",
    "'、' * n",
    "'张李' * n",
    "'(' * n",
    "'-' * n",
    "'/不' * n",
    "' ' * n",
    "'1,' * n",
    "'今' * n",
    "'市委' * n",
)


@pytest.mark.parametrize("text", TEXTS)
def test_every_reader_ends(text: str) -> None:
    code = (
        "from data.values import header_unit, money, number, workdays\n"
        "from data.ticks import strokes_are_not_applicable, tick\n"
        "from data.dates import worded_date\n"
        "from data.people import people\n"
        "from data.titles import looks_joined\n"
        "from data.conform.regions import region_name, region_of_unit\n"
        f"n = 100_000\ntext = {text}\n"
        + "\n".join((*READERS, *OTHERS, "looks_joined(text)", "region_of_unit(text)"))
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=LIMIT_SECONDS, check=False)
    assert done.returncode == 0
