"""A real server over a demo city, and a real Chromium that notes whatever goes wrong."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from data import demo
from data.settings import Settings
from tests import chromium as browsers
from tests.conftest import STATUS_DATE
from tests.program import Program, running

# generous: a busy machine is slow, a wrong page stays wrong
WAIT_MS = 30_000
expect.set_options(timeout=WAIT_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: quick ones speak first, and Playwright keeps an event loop running."""
    items.sort(key=lambda item: item.path.is_relative_to(Path(__file__).parent))


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo city with a few days of snapshots, made once; tests that write copy it."""
    folder = tmp_path_factory.mktemp("city")
    demo.build(Settings(data_dir=folder, today=STATUS_DATE), days=8)
    return folder


@pytest.fixture(scope="session")
def server(city: Path) -> Iterator[Program]:
    """The demo city served to tests that only look."""
    with running(city) as started:
        yield started


@pytest.fixture
def own_server(city: Path, tmp_path: Path) -> Iterator[Program]:
    """A copy of the demo city served to one test that drops files or stops the server."""
    folder = tmp_path / "city"
    shutil.copytree(city, folder)
    with running(folder) as started:
        yield started


# a module's own: while one Playwright runs, another can't be started in the same process
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One Chromium: the one named in GUATU_TEST_CHROMIUM, else the machine's, else Playwright's own."""
    with browsers.chromium() as browser:
        yield browser


@dataclass
class Watch:
    """What pages did that they must not: console errors, failed answers, requests to other hosts."""

    faults: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Note this page's faults."""
        page.on("console", lambda m: m.type == "error" and self._note(f"console: {m.text}"))
        page.on("pageerror", lambda e: self._note(f"script: {e}"))
        page.on("response", lambda r: r.status >= 400 and self._note(f"{r.status}: {r.url}"))
        page.on("request", lambda r: self._look(r.url))
        # of a test that fails the output tells where it was
        page.on("framenavigated", lambda frame: print(frame.url))

    def _note(self, fault: str) -> None:
        print(fault)
        self.faults.append(fault)

    def _look(self, url: str) -> None:
        if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).hostname != "127.0.0.1":
            self._note(f"外部请求: {url}")


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh visitor at a meeting room's 1920×1080 picture."""
    fresh = chromium.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
    fresh.set_default_timeout(WAIT_MS)
    yield fresh
    fresh.close()


@pytest.fixture
def watch() -> Watch:
    """Faults of the pages it follows."""
    return Watch()


@pytest.fixture
def page(context: BrowserContext, watch: Watch) -> Iterator[Page]:
    """A page whose faults fail the test."""
    opened = context.new_page()
    watch.follow(opened)
    yield opened
    assert watch.faults == []
