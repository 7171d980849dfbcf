"""Figures seen by the person in front of the screen: cold load, filters, a dropped file, fifty pages.

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
REGIONS = ("连山区", "龙港区", "南票区", "兴城市", "绥中县")
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
# clicks the choice of that name in the filter line and waits until its change is painted; milliseconds
CLICK = """([line, name, quiet]) => new Promise((resolve, reject) => {
  const chip = [...document.querySelectorAll('#' + line + ' a')].find(a => a.textContent.startsWith(name));
  if (!chip) { reject(new Error('no choice ' + name)); return; }
  const watch = window.__watch, began = performance.now();
  watch.changed = 0; watch.asked = 0;
  chip.click();
  const look = () => {
    const now = performance.now();
    if (now - began > 20000) { reject(new Error('nothing painted')); return; }
    if (watch.asked && !watch.asking && watch.changed && now - watch.changed > quiet) {
      resolve(watch.changed - began); return;
    }
    requestAnimationFrame(look);
  };
  look();
})"""
SETTLED = """([quiet]) => { const w = window.__watch;
  return w && !w.asking && w.changed && performance.now() - w.changed > quiet; }"""


def main() -> None:
    """All figures of the browser, at 550 projects and then at 100,000."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        with _city(Path(folder) / "small", 550) as server:
            attempt("first cold load", server, lambda: cold_load(browser, server))
            attempt("filter change", server, lambda: filter_change(browser, server, 550))
            attempt("dropped file", server, lambda: dropped_file(browser, server))
            attempt("50 pages live", server, lambda: fifty_pages(browser, server))
        with _city(Path(folder) / "large", 100_000) as server:
            attempt(
                "filter change, 100,000 projects", server, lambda: filter_change(browser, server, 100_000)
            )
            tell("server memory, 100,000 projects", server.resident_mb(), None, "MB")


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
def _city(folder: Path, projects: int) -> Iterator[Program]:
    folder.mkdir()
    settings = Settings(data_dir=folder, today=TODAY)  # type: ignore[call-arg]  # every field has a default
    build(settings, projects, 1, TODAY)
    with running(folder) as server:
        yield server


def cold_load(browser: Browser, server: Program) -> None:
    """First visit with an empty cache: seconds until the overview stands, bytes over the wire."""
    seconds, received = [], 0
    for _ in range(3):
        context = browser.new_context(viewport=SIZE, locale="zh-CN")
        page = context.new_page()
        counter = context.new_cdp_session(page)
        counter.send("Network.enable")
        sizes: list[int] = []
        counter.on("Network.loadingFinished", lambda told, kept=sizes: kept.append(told["encodedDataLength"]))
        page.add_init_script(f"addEventListener('DOMContentLoaded', () => {{ const part = {ids.PAGE!r};"
                             f" const start = () => document.getElementById(part) ? ({WATCH})([part])"
                             " : requestAnimationFrame(start); start(); })")  # fmt: skip
        page.goto(server.url + "/")
        page.wait_for_function(SETTLED, arg=[QUIET_MS])
        seconds.append(page.evaluate("() => window.__watch.changed") / 1000)
        received = max(received, sum(int(size) for size in sizes))
        context.close()
    note = f"of {len(seconds)} visits, the longest {max(seconds):.2f} s"
    tell("first cold load, 550 projects", statistics.median(seconds), 1.5, "s", note)
    tell("  bytes over the wire", received / 1e6, 1.0, "MB", "all files and answers of the overview")


def filter_change(browser: Browser, server: Program, projects: int) -> None:
    """From a click on a county to the painted wall and overview."""
    for path, name in (("/", "overview"), ("/timeline", "wall")):
        page = _opened(browser, server, path)
        spent = [page.evaluate(CLICK, [ids.FILTERS, region, QUIET_MS]) / 1000 for region in REGIONS]
        page.context.close()
        told = ", ".join(f"{s:.2f}" for s in spent)
        tell(
            f"filter change to painted, {projects:,} projects, {name}",
            statistics.median(spent),
            0.25,
            "s",
            told,
        )


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
