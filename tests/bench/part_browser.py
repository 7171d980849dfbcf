"""Figures of what is published: from a dropped file to the page, and fifty pages at once.

A change counts as painted at the first frame after the last change of the page's part, once nothing
is asked of the server any more. Chromium runs on the same cores as the server.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
from playwright.sync_api import Browser, Page

from components import ids
from data.demo import build, ledgers, write_workbook
from data.settings import Settings
from tests.bench.bench_queries import NODES
from tests.bench.figures import tell
from tests.bench.pages import fifty_pages
from tests.chromium import chromium
from tests.program import TODAY, Program, running

SIZE = {"width": 1920, "height": 1080}
QUIET_MS = 300
PATIENCE_MS = 120_000

# notes the time of the last change of the page's part and counts what is being asked
WATCH = """([part]) => {
  const watch = window.__watch = {changed: 0, asking: 0, asked: 0};
  const fetched = window.fetch;
  window.fetch = (...args) => {
    watch.asking += 1; watch.asked += 1;
    return fetched(...args).finally(() => { watch.asking -= 1; });
  };
  new MutationObserver(() => { watch.changed = performance.now(); }).observe(
    document.getElementById(part), {childList: true, subtree: true, characterData: true, attributes: true});
}"""
SETTLED = """([quiet]) => { const w = window.__watch;
  return w && !w.asking && w.changed && performance.now() - w.changed > quiet; }"""


def main() -> None:
    """All figures, at 550 projects."""
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium() as browser,
        city(Path(folder) / "city", 550) as server,
    ):
        attempt("dropped file", server, lambda: dropped_file(browser, server))
        attempt("50 pages live", server, lambda: fifty_pages(browser, server))


def attempt(name: str, server: Program, measure: Callable[[], None]) -> None:
    """Measure; what fails is told as not measured, with the reason, and the others go on."""
    try:
        measure()
    except Exception as fault:
        tell(
            name,
            None,
            None,
            "",
            f"{type(fault).__name__}: {str(fault).splitlines()[0]}; {server.last_words()}",
        )


@contextmanager
def city(folder: Path, projects: int) -> Iterator[Program]:
    """The program over a demo city of this size."""
    folder.mkdir()
    settings = Settings(data_dir=folder, today=TODAY)  # type: ignore[call-arg]  # every field has a default
    build(settings, projects, 1, TODAY)
    with running(folder) as server:
        yield server


def dropped_file(browser: Browser, server: Program) -> None:
    """From a workbook lying complete in the inbox to every part of the open page redrawn."""
    book = server.data_dir / "台账.xlsx"
    told = ledgers(550, TODAY)
    spent = []
    for attempt in range(3):
        write_workbook(_changed(told, attempt), book)
        page = _opened(browser, server, "/timeline")
        before = page.inner_text(f"#{ids.FRESHNESS}")
        page.evaluate("() => { window.__watch.changed = 0; window.__watch.asked = 0; }")
        book.replace(server.data_dir / "inbox" / f"台账{attempt}.xlsx")
        dropped = time.time() * 1000
        page.wait_for_function("([id, old]) => document.getElementById(id).innerText !== old",
                               arg=[ids.FRESHNESS, before])  # fmt: skip
        page.wait_for_function(SETTLED, arg=[QUIET_MS])
        painted = page.evaluate("() => performance.timeOrigin + window.__watch.changed")
        spent.append((painted - dropped) / 1000)
        page.context.close()
    note = "550 projects × 14 nodes: " + ", ".join(f"{s:.2f}" for s in spent)
    tell("from dropped file to changed page", statistics.median(spent), 1.5, "s", note)


def _changed(told: dict[str, pl.DataFrame], attempt: int) -> dict[str, pl.DataFrame]:
    """The projects with 14 nodes each, further on at every attempt."""
    rows = told["projects"].select("project_id").join(pl.DataFrame({"node": NODES}), how="cross")
    order = pl.int_range(pl.len()) % len(NODES)
    state = pl.when(order <= attempt).then(pl.lit("running")).otherwise(pl.lit("waiting"))
    nodes = pl.concat([told["nodes"].clear(), rows.with_columns(status=state)], how="diagonal")
    return {"projects": told["projects"], "nodes": nodes}


def _opened(browser: Browser, server: Program, path: str) -> Page:
    page = browser.new_context(viewport=SIZE, locale="zh-CN").new_page()
    # the first question at 100,000 projects waits for the day's database
    page.set_default_timeout(PATIENCE_MS)
    page.goto(server.url + path)
    page.wait_for_selector(f"#{ids.PAGE} *")
    page.evaluate(WATCH, [ids.PAGE])
    page.wait_for_load_state("networkidle")
    return page


if __name__ == "__main__":
    main()
