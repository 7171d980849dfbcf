"""What a person in front of the screen feels: loading, filters, pages, scrolling and clicks, in Chromium.

Chromium runs on the same cores as the server.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from components import ids
from tests.bench.figures import tell
from tests.program import Program

SIZE = {"width": 1920, "height": 1080}
QUIET_MS = 300
# a person looks at what was asked for before asking for more; the server draws ahead meanwhile
LOOKED_AT_MS = 1000
# the first question at 100,000 projects waits for the day's database
PATIENCE_MS = 120_000
NOTES = Path(__file__).with_name("screens.js").read_text(encoding="utf-8")
SETTLED = """quiet => { const seen = window.__seen;
  return seen.painted && !seen.asking && performance.now() - seen.painted > quiet; }"""
# 清单 is loaded anew for its table; these change in place
PAGES = ("/timeline", "/leaders", "/")
FILTERED = ("region", "leader")
CHOICES = 12
SCROLL_PX, SCROLL_FRAMES = 60, 180


def figures(browser: Browser, server: Program, projects: int) -> None:
    """Every figure of one city."""
    size = f"{projects:,} projects"
    loading(browser, server, size)
    changing(browser, server, size)
    scrolling(browser, server, size)
    clicking(browser, server, size)


def loading(browser: Browser, server: Program, size: str) -> None:
    """The overview with an empty cache, and again with a full one."""
    cold, warm, received, shifts = [], [], 0, []
    for _ in range(3):
        context = _visitor(browser)
        sizes: list[int] = []
        page = context.new_page()
        counter = context.new_cdp_session(page)
        counter.send("Network.enable")
        counter.on(
            "Network.loadingFinished", lambda told, kept=sizes: kept.append(int(told["encodedDataLength"]))
        )
        cold.append(_shown(page, server))
        received = max(received, sum(sizes))
        shifts.append(page.evaluate("() => window.__seen.shift"))
        warm.append(_shown(page, server))
        context.close()
    tell(f"cold load: largest paint, {size}", statistics.median(cold), 1.2, "s", _told(cold))
    tell("  bytes over the wire", received / 1e6, 0.9, "MB", "all files and answers of the overview")
    tell("  layout shift while it loads", max(shifts), 0.0, "", _told(shifts))
    tell(f"warm load: largest paint, {size}", statistics.median(warm), 0.6, "s", _told(warm))


def _shown(page: Page, server: Program) -> float:
    """Seconds until the largest part of the overview was painted."""
    page.goto(server.url + "/")
    _settled(page)
    return float(page.evaluate("() => window.__seen.lcp")) / 1000


def changing(browser: Browser, server: Program, size: str) -> None:
    """From a click on a county, a leader or another page to the last change painted."""
    for path, name in (("/", "overview"), ("/timeline", "wall")):
        page = _opened(browser, server, path)
        wanted = [
            (filtered, value)
            for filtered in FILTERED
            for value in page.evaluate("([line, name]) => __choices(line, name)", [ids.FILTERS, filtered])[
                :CHOICES
            ]
        ]
        find = "([line, name, value, quiet]) => __click(__choice(line, name, value), quiet)"
        spent = [page.evaluate(find, [ids.FILTERS, *choice, LOOKED_AT_MS]) / 1000 for choice in wanted]
        page.context.close()
        _tell_changes(f"filter change to painted, {size}, {name}", spent)
    page = _opened(browser, server, "/")
    click = "([path, quiet]) => __click(document.querySelector(`header a[href^='${path}']`), quiet)"
    spent = [page.evaluate(click, [path, LOOKED_AT_MS]) / 1000 for path in PAGES * 3]
    page.context.close()
    _tell_changes(f"page change to painted, {size}", spent)


def _tell_changes(name: str, spent: list[float]) -> None:
    ordered = sorted(spent)
    tell(f"{name}: median", statistics.median(spent), 0.12, "s", _told(spent))
    tell("  95 of 100", ordered[math.ceil(0.95 * len(ordered)) - 1], 0.2, "s")


def scrolling(browser: Browser, server: Program, size: str) -> None:
    """The wall while one scrolls on through some thousand rows' windows."""
    page = _opened(browser, server, "/timeline")
    spent = page.evaluate("([px, frames]) => __scroll(px, frames)", [SCROLL_PX, SCROLL_FRAMES])
    rows = page.locator(".wall-chunk").count()
    page.context.close()
    frame = statistics.median(spent)
    note = f"{1000 / frame:.0f} frames/s, {rows} windows of rows, longest {max(spent):.0f} ms"
    tell(f"scrolling the wall: a frame, median, {size}", frame, 20, "ms", note)


def clicking(browser: Browser, server: Program, size: str) -> None:
    """Real clicks and keys on the wall: until the next paint."""
    page = _opened(browser, server, "/timeline")
    for place in range(2, 12):
        page.locator(".wall-row").nth(place).locator(".wall-left").click()
    for key in ("ArrowRight", "ArrowLeft", "+", "-", "j", "k", "j", "k"):
        page.keyboard.press(key)
        page.evaluate("() => new Promise(requestAnimationFrame)")
    _settled(page)
    spent = sorted(page.evaluate("() => [...window.__seen.slowest.values()]"))
    page.context.close()
    # an interaction painted within 16 ms is not even reported
    told = f"{len(spent)} of 18 interactions took more than a frame"
    tell(
        f"clicks and keys on the wall to the next paint, three of four, {size}",
        _upper_quarter(spent),
        150,
        "ms",
        told,
    )


def _upper_quarter(spent: list[float]) -> float:
    return spent[round(0.75 * (len(spent) - 1))] if spent else 0.0


def _visitor(browser: Browser) -> BrowserContext:
    context = browser.new_context(viewport=SIZE, locale="zh-CN")
    context.set_default_timeout(PATIENCE_MS)
    start = (
        "const start = () => document.getElementById(%r) ? window.__watch(%r) : requestAnimationFrame(start);"
    )
    context.add_init_script(f"{NOTES};{start % (ids.PAGE, ids.PAGE)} requestAnimationFrame(start);")
    return context


def _opened(browser: Browser, server: Program, path: str) -> Page:
    page = _visitor(browser).new_page()
    page.goto(server.url + path)
    _settled(page)
    return page


def _settled(page: Page) -> None:
    page.wait_for_function(SETTLED, arg=QUIET_MS)


def _told(spent: Iterable[float]) -> str:
    return ", ".join(f"{seconds:.2f}" for seconds in spent)
