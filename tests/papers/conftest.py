"""A demo city with some weeks behind it, which is this process's while a test of papers runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from components.papers.asked import Asked, asked
from data import demo
from data.query import Queries, queries
from data.record import record
from data.settings import settings
from tests.conftest import STATUS_DATE

CACHES = (settings, queries, record)


def _use(patched: pytest.MonkeyPatch, folder: Path) -> None:
    patched.setenv("GUATU_DATA_DIR", str(folder))
    patched.setenv("GUATU_TODAY", STATUS_DATE.isoformat())
    for kept in CACHES:
        kept.cache_clear()


@pytest.fixture(scope="session")
def whole_city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("papers")
    with pytest.MonkeyPatch.context() as patched:
        _use(patched, folder)
        demo.build(settings(), projects=120, days=12)
    for kept in CACHES:
        kept.cache_clear()
    yield folder


@pytest.fixture
def city(whole_city: Path) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patched:
        _use(patched, whole_city)
        yield whole_city
    for kept in CACHES:
        kept.cache_clear()
    for left in whole_city.glob("meetings.*"):
        left.unlink()


@pytest.fixture
def week(city: Path) -> Asked:
    """The weekly meeting's order, with all of the past known."""
    return asked("?rhythm=week", Queries(settings()))


@pytest.fixture
def day(city: Path) -> Asked:
    """The daily meeting's order."""
    return asked("?rhythm=day", Queries(settings()))
