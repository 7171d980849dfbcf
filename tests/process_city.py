"""A data folder that is this process's for a while, as `settings()`, `queries()` and `record()` see it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from data.query import queries
from data.record import record
from data.settings import Settings, settings


@contextmanager
def process_city(folder: Path, today: date) -> Iterator[Settings]:
    """The settings of this folder on this day; afterwards nothing of it is left at work or remembered."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("GUATU_DATA_DIR", str(folder))
        patched.setenv("GUATU_TODAY", today.isoformat())
        _forget()
        yield settings()
        _look_back()
    _forget()


def _look_back() -> None:
    """Return when no thread is at work on the past; one that outlives its test works beside the next."""
    for thread in threading.enumerate():
        if thread.name == "past":
            thread.join(120)
            assert not thread.is_alive()


def _forget() -> None:
    for kept in (settings, queries, record):
        kept.cache_clear()
