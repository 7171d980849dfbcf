"""A night of projection in fewer minutes: pages turned, snapshots published, the server restarted.

Ten hours at 20 seconds a page are 1,800 page changes, as many as half an hour has seconds.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from playwright.sync_api import CDPSession, Page, expect

from data import demo
from tests.program import Program

WAIT_MS = 60_000
# the first rounds fill caches and let the browser compile; they are not part of the comparison
WARM_SHARE = 0.1
SAMPLE_SECONDS = 5.0
PUBLISH_SECONDS = 180.0
MOST_GROWTH = 0.10


@dataclass(frozen=True)
class Sample:
    """One look, garbage collected first: seconds from the start, heap and server in MB, DOM nodes."""

    at: float
    heap_mb: float
    nodes: int
    server_mb: float


@dataclass
class Night:
    """What a night was like: samples, page changes, snapshots published, the slowest page change in s."""

    samples: list[Sample] = field(default_factory=list)
    changes: int = 0
    published: int = 0
    slowest_seconds: float = 0.0

    def growth(self, name: str) -> float:
        """By which share the median of the last fifth lies above that of the first, warm-up left out."""
        warm = self.samples[int(len(self.samples) * WARM_SHARE) :]
        fifth = max(len(warm) // 5, 1)
        first, last = ([getattr(s, name) for s in part] for part in (warm[:fifth], warm[-fifth:]))
        return statistics.median(last) / statistics.median(first) - 1


def spend(page: Page, server: Program, seconds: float, pace_seconds: float, restart: bool = True) -> Night:
    """Turn pages for so long, one every `pace_seconds` at most; halfway through the server is restarted."""
    night = Night()
    look = page.context.new_cdp_session(page)
    look.send("Performance.enable")
    page.goto(f"{server.url}/projection")
    expect(page.locator(".pj-layer.on")).to_be_visible(timeout=WAIT_MS)
    began = time.monotonic()
    due = {"sample": began, "publish": began + PUBLISH_SECONDS, "restart": began + seconds / 2}
    for _ in _ticks(began + seconds, pace_seconds):
        _turn(page, night)
        now = time.monotonic()
        if now >= due["sample"]:
            night.samples.append(_sample(look, server, now - began))
            due["sample"] = now + SAMPLE_SECONDS
        if now >= due["publish"]:
            _publish(server, night)
            due["publish"] = now + PUBLISH_SECONDS
        if restart and now >= due["restart"]:
            _restart(page, server)
            due["restart"] = float("inf")
    return night


def _ticks(until: float, pace_seconds: float) -> Iterator[None]:
    """One tick every `pace_seconds`, later ones where the work between takes longer."""
    while (now := time.monotonic()) < until:
        yield
        time.sleep(max(0.0, now + pace_seconds - time.monotonic()))


def _turn(page: Page, night: Night) -> None:
    """To the next page, from the last one to the first."""
    before = page.locator(".pj-place").inner_text()
    at, pages = (int(number) for number in before.split("/"))
    asked = time.monotonic()
    page.keyboard.press("PageDown" if at < pages else "Home")
    expect(page.locator(".pj-place")).not_to_have_text(before, timeout=WAIT_MS)
    night.slowest_seconds = max(night.slowest_seconds, time.monotonic() - asked)
    night.changes += 1


def _sample(look: CDPSession, server: Program, at: float) -> Sample:
    look.send("HeapProfiler.collectGarbage")
    metrics = {m["name"]: m["value"] for m in look.send("Performance.getMetrics")["metrics"]}
    return Sample(at, metrics["JSHeapUsedSize"] / 2**20, int(metrics["Nodes"]), server.resident_mb())


def _publish(server: Program, night: Night) -> None:
    """The same figures as a new revision, which every open page is told of."""
    demo.build(server.settings, days=1)
    night.published += 1


def _restart(page: Page, server: Program) -> None:
    """An outage: the page stays, says so, and comes back by itself."""
    server.stop()
    expect(page.locator(".live")).to_have_attribute("data-state", "reconnecting", timeout=WAIT_MS)
    server.start()
    expect(page.locator(".live")).to_have_attribute("data-state", "connected", timeout=WAIT_MS)
    expect(page.locator(".pj-place")).to_have_text(re.compile(r"\d+ / \d+"), timeout=WAIT_MS)
