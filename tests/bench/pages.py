"""Fifty open pages, live: what each asks when a new snapshot is pushed, and how long the answers take.

The questions are recorded from real pages in Chromium; fifty clients then hold the live socket open and
ask them as a browser would, six at a time, when the push arrives. Fifty browsers on the server's own
two cores would measure the browsers.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path

import httpx
from playwright.sync_api import Browser
from websockets.asyncio.client import connect

from components import ids, parts
from components.live import LIVE_PATH
from data.demo import ledgers, write_workbook
from tests.bench.figures import tell
from tests.program import TODAY, Program

PAGES = 50
PATHS = ("/", "/timeline", "/leaders")
CALLBACKS_AT = "/_dash-update-component"
CONNECTIONS_OF_A_BROWSER = 6
PUSH_SECONDS = 60

# address and body; an empty body is asked by GET
Asked = tuple[str, str]


def fifty_pages(browser: Browser, server: Program) -> None:
    """The longest answer while fifty pages redraw at once, and the server's memory afterwards."""
    recorded = [recorded_questions(browser, server, path) for path in PATHS]
    book = server.data_dir / "五十页.xlsx"
    write_workbook({"projects": ledgers(550, TODAY)["projects"]}, book)
    opened = list(islice(cycle(recorded), PAGES))
    # Playwright's own loop runs in this thread
    with ThreadPoolExecutor(1) as beside:
        spent = beside.submit(lambda: asyncio.run(_all_open(server, opened, book))).result()
    note = f"{len(spent)} answers to {PAGES} pages after one push, median {statistics.median(spent):.2f} s"
    tell("50 pages live: longest callback", max(spent), 1.0, "s", note)
    tell("50 pages live: server resident memory, 550 projects", server.resident_mb(), 500, "MB")


def recorded_questions(browser: Browser, server: Program, path: str) -> list[Asked]:
    """What this page asks when a snapshot comes: its parts, and the callbacks that listen to the version."""
    asked: list[Asked] = []
    page = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN").new_page()
    page.on("request", lambda sent: asked.append((sent.url, sent.post_data or "")))
    page.goto(server.url + path)
    page.wait_for_selector(f"#{ids.PAGE} *")
    page.wait_for_load_state("networkidle")
    page.context.close()
    parts_of_it = [(url, body) for url, body in asked if parts.PATH in url]
    if not parts_of_it:
        raise RuntimeError(f"{path} never asked for its parts")
    # the first may have been asked before the page was measured
    return parts_of_it[-1:] + [(url, body) for url, body in asked if CALLBACKS_AT in url and _listens(body)]


def _listens(body: str) -> bool:
    inputs = json.loads(body).get("inputs", []) if body else []
    return any(isinstance(item, dict) and item.get("id") == ids.VERSION for item in inputs)


async def _all_open(server: Program, pages: list[list[Asked]], book: Path) -> list[float]:
    ready = asyncio.Semaphore(0)
    clients = [asyncio.create_task(_one_page(server, asked, ready)) for asked in pages]
    for _ in clients:
        await asyncio.wait_for(ready.acquire(), PUSH_SECONDS)
    await asyncio.to_thread(book.replace, server.data_dir / "inbox" / "五十页.xlsx")
    spent = await asyncio.wait_for(asyncio.gather(*clients), PUSH_SECONDS * 2)
    return [seconds for page in spent for seconds in page]


async def _one_page(server: Program, asked: list[Asked], ready: asyncio.Semaphore) -> list[float]:
    """Seconds of each answer to this page after the push."""
    address = server.url.replace("http", "ws", 1) + LIVE_PATH
    limits = httpx.Limits(max_connections=CONNECTIONS_OF_A_BROWSER)
    headers = {"Content-Type": "application/json", "Origin": server.url}
    async with (
        connect(address, origin=server.url) as socket,  # type: ignore[arg-type]
        httpx.AsyncClient(limits=limits, headers=headers, timeout=60) as client,
    ):
        version = json.loads(await socket.recv())["version"]
        ready.release()
        while json.loads(await socket.recv())["version"] == version:
            pass
        allowed = asyncio.Semaphore(CONNECTIONS_OF_A_BROWSER)
        return list(await asyncio.gather(*(_ask(client, url, body, allowed) for url, body in asked)))


async def _ask(client: httpx.AsyncClient, url: str, body: str, allowed: asyncio.Semaphore) -> float:
    async with allowed:
        began = time.perf_counter()
        answer = await (client.post(url, content=body.encode()) if body else client.get(url))
        answer.raise_for_status()
        return time.perf_counter() - began
