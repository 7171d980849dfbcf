"""A small demo city served for the browser tests of the wall and of a project's page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from data import demo
from data.settings import Settings
from tests.browser.served import served
from tests.chromium import chromium
from tests.program import TODAY

PROJECTS = 120
DAYS = 8
# a state is waited for; how long only matters where other programs share the machine
expect.set_options(timeout=30_000)


@dataclass(frozen=True)
class City:
    """A running server with its settings; `projects` in the city, `region` is one that has some."""

    address: str
    settings: Settings
    projects: int
    region: str

    def publish_again(self) -> int:
        """The revision the same city was published as once more."""
        return demo.build(self.settings, self.projects, days=1).revision


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """120 projects with snapshots of eight days, served on a port of their own."""
    region = demo.ledgers(PROJECTS, TODAY)["projects"]["region"].mode().sort()[0]
    folder: Path = tmp_path_factory.mktemp("city")
    with served(folder, PROJECTS, DAYS) as office:
        yield City(office.url, office.settings, PROJECTS, region)


@pytest.fixture(scope="module")
def screens() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(screens: Browser) -> Iterator[Page]:
    """A fresh page at 1920×1080; the test fails when a script of the page fails."""
    context = screens.new_context(viewport={"width": 1920, "height": 1080})
    made = context.new_page()
    made.set_default_timeout(20_000)
    faults: list[str] = []
    made.on("pageerror", lambda fault: faults.append(str(fault)))
    yield made
    context.close()
    assert faults == []
