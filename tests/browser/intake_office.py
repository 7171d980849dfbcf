"""A small office of six projects, published yesterday, served to the tests of the intake pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Locator, Page, expect

from data import pipeline
from tests.browser.conftest import WAIT_MS, Watch
from tests.chromium import chromium
from tests.program import TODAY, Program, program, running

HEADER = ("项目编号", "项目名称", "县区/园区", "总投资(万元)", "业主")
ROWS: tuple[tuple[Any, ...], ...] = (
    ("P1", "钢铁厂改造项目", "连山区", 12000, "钢铁公司"),
    ("P2", "人行天桥项目", "连山区", 800, "城投公司"),
    ("P3", "污水处理厂项目", "龙港区", 5600, "水务公司"),
    ("P4", "产业园道路项目", "龙港区", 900, "城投公司"),
    ("P5", "医院新建项目", "建昌县", 33000, "卫健局"),
    ("P6", "学校新建项目", "建昌县", 7000, "教育局"),
)


def workbook(path: Path, rows: Sequence[Sequence[Any]] = ROWS, header: Sequence[str] = HEADER) -> Path:
    """A ledger of projects as staff keep it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "项目"
    for row in (header, *rows):
        sheet.append(list(row))
    book.save(path)
    return path


def changed(number: str, **cells: Any) -> list[tuple[Any, ...]]:
    """The six rows with cells of one project replaced: name, region, total (万元), owner."""
    places = {"name": 1, "region": 2, "total": 3, "owner": 4}
    made = []
    for row in ROWS:
        new = list(row)
        if row[0] == number:
            for word, value in cells.items():
                new[places[word]] = value
        made.append(tuple(new))
    return made


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The office's program, over yesterday's snapshot."""
    folder = tmp_path_factory.mktemp("office")
    first = workbook(tmp_path_factory.mktemp("files") / "台账.xlsx")
    pipeline.load(first, program(folder).settings, TODAY - timedelta(days=1))
    with running(folder) as started:
        yield started


@pytest.fixture(scope="module")
def screens() -> Iterator[Browser]:
    """One Chromium for the module."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def pages(screens: Browser, office: Program) -> Iterator[tuple[Page, Page]]:
    """Two windows of one member of staff; whatever goes wrong in them fails the test."""
    context = screens.new_context(
        viewport={"width": 1920, "height": 1080}, base_url=office.url, locale="zh-CN", accept_downloads=True
    )
    context.set_default_timeout(WAIT_MS)
    opened, watch = (context.new_page(), context.new_page()), Watch()
    for page in opened:
        watch.follow(page)
    yield opened
    context.close()
    assert watch.faults == []


def open_page(page: Page, address: str) -> None:
    """Open an address and wait for its live connection."""
    page.goto(address)
    expect(page.locator(".live[data-state=connected]")).to_be_visible()


def version(page: Page) -> str:
    """The version a page shows."""
    return page.locator(".live").get_attribute("data-version") or ""


def upload(page: Page, path: Path) -> None:
    """Choose one file on the intake page; its draft opens by itself."""
    open_page(page, "/intake")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="选择文件").click()
    chooser.value.set_files(path)
    expect(draft(page).locator("h1")).to_contain_text(path.name)


def draft(page: Page, state: str = "") -> Locator:
    """The head of the draft's page, in a state when one is named."""
    return page.locator(f".draft-head[data-state={state}]" if state else ".draft-head")


def publish(page: Page) -> None:
    """Press the button that publishes, say yes where it asks, and wait until it is done."""
    draft(page, "ready").locator("button.chip.on").click()
    sure = page.locator("dialog.ask")
    expect(sure.or_(draft(page, "published")).first).to_be_visible()
    if sure.is_visible():
        sure.get_by_role("button", name="确定").click()
    expect(draft(page, "published")).to_be_visible()


def download(page: Page, name: str, folder: Path) -> Path:
    """The file behind a link of this name, under the name it is given."""
    with page.expect_download() as loading:
        page.get_by_role("link", name=name).first.click()
    target = folder / loading.value.suggested_filename
    loading.value.save_as(target)
    return target
