"""axe, the accessibility checker, on every page in both themes; the keyboard reaches what there is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from data.settings import PROJECT_DIR
from tests.browser.conftest import Watch
from tests.browser.every_page import PATHS, office, shown
from tests.program import Program

pytestmark = pytest.mark.browser

AXE = PROJECT_DIR / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")
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
    """What axe calls serious or critical: rule, how often, the first three places."""
    page.evaluate(axe())
    found: list[dict[str, Any]] = page.evaluate(RUN)
    return [
        f"{one['id']} ×{len(one['nodes'])}: {one['nodes'][:3]}" for one in found if one["impact"] in GRAVE
    ]


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_no_serious_fault(page: Page, watch: Watch, told: Program, path: str) -> None:
    # a colour that is still fading has no contrast of its own
    page.emulate_media(reduced_motion="reduce")
    shown(page, path, told)
    in_light = faults(page)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert (in_light, faults(page)) == ([], [])
