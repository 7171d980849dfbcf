"""报送 in a real browser: files through folder and page, reasons shown, the wall unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

from data import demo
from tests.browser.served import TODAY, Office, chromium, served

pytestmark = pytest.mark.browser
WAIT_MS = 30_000
PROJECTS = 40


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with served(Path(tmp_path_factory.mktemp("intake")), projects=PROJECTS) as running:
        yield running


@pytest.fixture(scope="module")
def pages(office: Office) -> Iterator[tuple[Page, Page]]:
    """The intake page and, in a second window, the leaders' panels."""
    with chromium() as browser:
        context = browser.new_context(viewport={"width": 1920, "height": 1080}, base_url=office.address)
        context.set_default_timeout(WAIT_MS)
        intake, wall = context.new_page(), context.new_page()
        intake.goto("/intake")
        wall.goto("/leaders")
        for page in (intake, wall):
            expect(page.locator(".live[data-state=connected]")).to_be_visible(timeout=WAIT_MS)
        yield intake, wall


def good(path: Path, renamed: str) -> Path:
    """A workbook of the demo city in which one project got another name."""
    ledgers = demo.ledgers(PROJECTS, TODAY)
    first = ledgers["projects"]["project_id"][0]
    name = pl.when(pl.col("project_id") == first).then(pl.lit(renamed)).otherwise("project_name")
    ledgers["projects"] = ledgers["projects"].with_columns(name.alias("project_name"))
    demo.write_workbook(ledgers, path)
    return path


def faulty(path: Path) -> Path:
    """A workbook with one project number twice."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("项目")
        for number, row in enumerate(
            [["项目编号", "项目名称"], ["P1", "甲项目"], ["P1", "乙项目"], ["P3", None]]
        ):
            sheet.write_row(number, 0, row)
    return path


def drop(path: Path, office: Office) -> None:
    """Put a finished file into the folder at once, as a local copy does."""
    path.replace(office.settings.inbox_dir / path.name)


def version(page: Page) -> str:
    return page.locator(".live").get_attribute("data-version") or ""


def test_a_broken_file_in_the_folder_gives_a_notice_and_changes_nothing(
    office: Office, pages: tuple[Page, Page], tmp_path: Path
) -> None:
    intake, wall = pages
    expect(wall.locator(".leader-card").first).to_be_visible(timeout=WAIT_MS)
    before, shown = version(intake), wall.locator(".leaders").inner_text()
    broken = tmp_path / "坏文件.xlsx"
    broken.write_bytes(b"PK\x03\x04 this is no workbook")
    drop(broken, office)
    told = intake.locator(".intake-refused", has_text="坏文件.xlsx")
    expect(told).to_be_visible(timeout=WAIT_MS)
    expect(told).to_contain_text("已退回")
    expect(told).to_contain_text("挂图未变")
    assert version(intake) == before
    assert wall.locator(".leaders").inner_text() == shown


def test_a_faulty_workbook_through_the_page_is_sent_back_with_cells_and_reasons(
    pages: tuple[Page, Page], tmp_path: Path
) -> None:
    intake, wall = pages
    before = version(wall)
    with intake.expect_file_chooser() as chooser:
        intake.locator(".intake-choose").click()
    chooser.value.set_files(faulty(tmp_path / "有错.xlsx"))
    line = intake.locator(".intake-file[data-file='有错.xlsx']")
    expect(line).to_have_attribute("data-state", "refused", timeout=WAIT_MS)
    places = intake.locator(".intake-refused", has_text="有错.xlsx").locator(".intake-places tbody tr")
    expect(places.first).to_be_visible()
    cells = [places.nth(i).locator("td").nth(1).inner_text() for i in range(places.count())]
    assert {"A2", "A3"} <= set(cells)
    assert version(wall) == before


def test_a_file_that_is_no_workbook_is_refused_before_it_is_sent(
    pages: tuple[Page, Page], tmp_path: Path
) -> None:
    intake, _ = pages
    note = tmp_path / "说明.docx"
    note.write_bytes(b"x")
    with intake.expect_file_chooser() as chooser:
        intake.locator(".intake-choose").click()
    chooser.value.set_files(note)
    line = intake.locator(".intake-file[data-file='说明.docx']")
    expect(line).to_have_attribute("data-state", "refused")
    expect(line).to_contain_text("另存为 .xlsx")


def test_an_accepted_workbook_in_the_folder_changes_every_page(
    office: Office, pages: tuple[Page, Page], tmp_path: Path
) -> None:
    intake, wall = pages
    before = version(wall)
    drop(good(tmp_path / "台账.xlsx", "改名后的项目"), office)
    expect(intake.locator(".intake-accepted", has_text="台账.xlsx")).to_be_visible(timeout=WAIT_MS)
    for page in (intake, wall):
        expect(page.locator(".live")).not_to_have_attribute("data-version", before, timeout=WAIT_MS)


def test_an_accepted_workbook_through_the_page_goes_through_its_three_steps(
    pages: tuple[Page, Page], tmp_path: Path
) -> None:
    intake, wall = pages
    before = version(wall)
    with intake.expect_file_chooser() as chooser:
        intake.locator(".intake-choose").click()
    chooser.value.set_files(good(tmp_path / "上传.xlsx", "再次改名的项目"))
    line = intake.locator(".intake-file[data-file='上传.xlsx']")
    expect(line).to_have_attribute("data-state", "done", timeout=WAIT_MS)
    expect(line.locator("li.done")).to_have_count(3)
    expect(line).to_contain_text("已发布")
    expect(wall.locator(".live")).not_to_have_attribute("data-version", before, timeout=WAIT_MS)
