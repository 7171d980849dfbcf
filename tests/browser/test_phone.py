"""On a phone no page scrolls sideways, and no text is smaller than can be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data import demo
from tests.browser.served import served
from tests.chromium import chromium
from tests.program import TODAY, Program

pytestmark = pytest.mark.browser
WAIT_MS = 30_000
PROJECTS = 60
PROJECT = demo.ledgers(PROJECTS, TODAY)["projects"].row(0, named=True)
# address → what is there once the page is drawn
PAGES = {
    "/": ".gauge-value:not(:empty)",
    "/timeline": ".wall-main",
    "/leaders": ".leader-card",
    f"/leaders/{PROJECT['accountable_leader']}": ".leader-head",
    f"/project/{PROJECT['project_id']}": ".project-head",
    "/intake": ".intake-drop",
    "/dispatch": ".dispatch-head",
    "/papers": ".papers-card",
    "/targets": ".forecast-chart",
    "/targets/campaigns": ".campaign-steps",
    "/targets/leads": ".funnel",
    "/lists": ".list-line",
}
# the widest thing sticking out, for the message of a failing test
STICKS_OUT = """() => {
  const wide = [...document.querySelectorAll('main *, header *, .filters *')]
    .map((node) => [node.getBoundingClientRect().right, node.tagName + '.' + node.className])
    .filter(([right]) => right > window.innerWidth + 1).sort((a, b) => b[0] - a[0]);
  return [document.documentElement.scrollWidth, window.innerWidth, wide.slice(0, 3).map(String)];
}"""
SMALL_TEXT = """() => [...document.querySelectorAll('body *')]
  .filter((node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim()))
  .filter((node) => node.getClientRects().length && parseFloat(getComputedStyle(node).fontSize) < 13)
  .map((node) => `${getComputedStyle(node).fontSize} ${node.textContent.trim().slice(0, 20)}`).slice(0, 5)"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with served(Path(tmp_path_factory.mktemp("phone")), projects=PROJECTS) as running:
        yield running


@pytest.fixture(scope="module")
def phone(office: Program) -> Iterator[Page]:
    with chromium() as browser:
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, base_url=office.url
        )
        page = context.new_page()
        page.set_default_timeout(WAIT_MS)
        yield page


@pytest.mark.parametrize("address", PAGES)
def test_no_page_scrolls_sideways(phone: Page, address: str) -> None:
    phone.goto(address)
    expect(phone.locator(PAGES[address]).first).to_be_visible(timeout=WAIT_MS)
    width, window, sticking_out = phone.evaluate(STICKS_OUT)
    assert width <= window, sticking_out
    assert window <= 390, sticking_out


@pytest.mark.parametrize("address", ["/leaders", "/intake"])
def test_no_text_is_too_small(phone: Page, address: str) -> None:
    phone.goto(address)
    expect(phone.locator(PAGES[address]).first).to_be_visible(timeout=WAIT_MS)
    assert phone.evaluate(SMALL_TEXT) == []
