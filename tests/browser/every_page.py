"""Every page there is, each with an address that shows something: what holds for all is tried on all."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from components.server import PAGES
from data import demo
from data.drafts import Drafts
from data.lists import LISTS
from data.loads import load_id
from data.rhythms import rhythms
from data.snapshots import SnapshotStore
from tests.browser.test_live import three_projects
from tests.program import Program, program, running

PATHS = [page.path for page in PAGES.all]
# what a page looks like before its figures are there
WAITING = ".page [data-markup]:empty:not([data-ready]), .ag-overlay-loading-center"


@contextmanager
def office(city: Path, folder: Path) -> Iterator[Program]:
    """A copy of this city with a draft that waits for a person, served."""
    shutil.copytree(city, folder)
    settings = program(folder).settings
    drafts = Drafts(settings)
    rows = three_projects()
    upload = folder / "upload.csv"
    lines = [",".join([*rows[0], "说不清的列"]), *(",".join([*row.values(), "甲"]) for row in rows)]
    upload.write_text("\n".join([*lines, "X4,,东山县,新建,没有这一天,,"]), encoding="utf-8-sig")
    drafts.work(drafts.receive(upload, "今日台账.csv", "张三").id)
    with running(folder) as started:
        yield started


def address(path: str, server: Program) -> str:
    """The address of a page with its variables filled in; KeyError names one that this file doesn't know."""
    settings = server.settings
    red = demo.ledgers(354, settings.as_of())["projects"].row(0, named=True)
    version = SnapshotStore(settings.snapshots_dir).current()
    assert version is not None
    known: dict[str, Callable[[], str]] = {
        "project_id": lambda: str(red["project_id"]),
        "leader": lambda: str(red["accountable_leader"]),
        "name": lambda: LISTS[0].name,
        "draft_id": lambda: Drafts(settings).drafts()[0].id,
        "load_id": lambda: load_id(version),
        "rhythm": lambda: rhythms()[0].name,
    }
    return re.sub(r"<(\w+)>", lambda variable: known[variable[1]](), path)


def shown(page: Page, path: str, server: Program) -> Page:
    """This page with its figures."""
    page.goto(server.url + address(path, server))
    expect(page.locator(".page > *").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.locator(WAITING)).to_have_count(0)
    return page
