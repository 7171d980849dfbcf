"""A demo city with some weeks behind it, which is this process's while a test of papers runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from components.papers.asked import Asked, asked
from data import demo
from data.query import Queries
from data.record import record
from data.settings import settings
from tests.conftest import STATUS_DATE
from tests.process_city import process_city


@pytest.fixture(scope="package")
def whole_city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("papers")
    with process_city(folder, STATUS_DATE) as held:
        demo.build(held, projects=120, days=12)
        yield folder


@pytest.fixture(scope="package")
def answers(whole_city: Path) -> Queries:
    """Answers with all of the past known."""
    return Queries(settings())


@pytest.fixture
def city(whole_city: Path) -> Iterator[Path]:
    """The demo city with nothing decided yet."""
    yield whole_city
    record.cache_clear()
    for left in whole_city.glob("meetings.*"):
        left.unlink()


@pytest.fixture
def week(city: Path, answers: Queries) -> Asked:
    """The weekly meeting's order."""
    return asked("?rhythm=week", answers)


@pytest.fixture
def day(city: Path, answers: Queries) -> Asked:
    """The daily meeting's order."""
    return asked("?rhythm=day", answers)
