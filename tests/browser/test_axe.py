"""axe, the accessibility checker, on every page in both themes; focus and charts told on each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from data.settings import PROJECT_DIR
from tests.browser.conftest import Watch
from tests.browser.every_page import PATHS, office, shown
from tests.program import Program

pytestmark = pytest.mark.browser

AXE = PROJECT_DIR / "node_modules" / "axe-core" / "axe.min.js"
# only "minor" is left out
GRAVE = ("moderate", "serious", "critical")
RUN = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  return violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map((node) =>
    `${node.target.join(' ')} ${node.any.map((one) => one.message).join(' ')}`) }));
}"""


@pytest.fixture(scope="module")
def told(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with office(city, tmp_path_factory.mktemp("axe") / "city") as served:
        yield served


@cache
def axe() -> str:
    """The checker's script; the set-up for tests brings it."""
    return AXE.read_text(encoding="utf-8")


def faults(page: Page) -> list[str]:
    """What axe calls moderate or worse: rule, how often, the first three places."""
    page.evaluate(axe())
    found: list[dict[str, Any]] = page.evaluate(RUN)
    return [
        f"{one['id']} ×{len(one['nodes'])}: {one['nodes'][:3]}" for one in found if one["impact"] in GRAVE
    ]


# what takes the focus without showing it: neither it nor the label around it has an outline
UNSEEN = """() => {
  const outlined = (node) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(node);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
  };
  const stops = [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex]')]
    .filter((node) => node.tabIndex >= 0 && !node.disabled && !node.closest('.ag-tab-guard'))
    .filter((node) => node.checkVisibility({ checkVisibilityCSS: true }));
  const unseen = stops.filter((node) => {
    node.focus({ focusVisible: true, preventScroll: true });
    const seen = [node, node.closest('label')].some((one) => one && outlined(one));
    return document.activeElement !== node || !seen;
  });
  return unseen.map((node) => node.outerHTML.slice(0, 120));
}"""
# charts without a sentence, or whose table isn't there
UNNAMED = """() => [...document.querySelectorAll('svg')]
  .filter((chart) => chart.checkVisibility() && !chart.closest('[aria-hidden="true"], .ag-root-wrapper'))
  .filter((chart) => !chart.getAttribute('aria-label')
    || !(chart.closest('.projection') || document.getElementById(chart.getAttribute('aria-details'))))
  .map((chart) => chart.outerHTML.slice(0, 160))"""


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_no_fault_and_the_focus_is_seen_everywhere(
    page: Page, watch: Watch, told: Program, path: str
) -> None:
    # a colour that is still fading has no contrast of its own
    page.emulate_media(reduced_motion="reduce")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    shown(page, path, told)
    # 1.2 MB that only a graph of plotly's would need
    assert [url for url in asked if "plotly" in url] == []
    in_light = faults(page)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert (in_light, faults(page)) == ([], [])
    assert page.evaluate(UNSEEN) == []
    assert page.evaluate(UNNAMED) == []


# what has the focus, and whether one sees that
FOCUSED = """() => {
  const node = document.activeElement, { outlineStyle, outlineWidth } = getComputedStyle(node);
  const box = node.getBoundingClientRect();
  const seen = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && box.width > 0 && box.height > 0;
  return [node === document.body ? '' : node.textContent.trim().slice(0, 20), seen];
}"""
# stops from the top of the page to the first thing in it
STOPS = 45


def walked(page: Page) -> list[tuple[str, bool]]:
    """The words of what Tab leads to, one after the other, and whether its focus is seen."""
    stops = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        stops.append(tuple(page.evaluate(FOCUSED)))
    return [(words, seen) for words, seen in stops if words]


def test_the_keyboard_passes_bar_filters_and_page_with_a_visible_focus(page: Page, told: Program) -> None:
    shown(page, "/", told)
    stops = walked(page)
    assert [words for words, seen in stops if not seen] == []
    reached = " ".join(words for words, _ in stops)
    for words in ("倒排工期", "搜索", "县区/园区", "新建", "新增逾期"):
        assert words in reached


def test_a_row_of_the_wall_is_chosen_by_the_keyboard(page: Page, told: Program) -> None:
    shown(page, "/timeline", told)
    page.locator(".wall-row").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("chosen="))
    expect(page.locator(".wall-row.on")).to_have_count(1)
