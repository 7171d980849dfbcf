"""A server of its own with a demo city, and a Chromium to look at it, for tests that change what it shows."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from data import demo
from data.settings import PROJECT_DIR, Settings

TODAY = date(2026, 11, 22)
START_SECONDS = 90.0
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass(frozen=True)
class Office:
    """A running server: its address and the settings it runs with."""

    address: str
    settings: Settings


@contextmanager
def served(folder: Path, projects: int) -> Iterator[Office]:
    """A server over a demo city of this size on the fixed day, stopped at the end."""
    settings = Settings(data_dir=folder, today=TODAY, settle_seconds=0.1)
    demo.build(settings, projects=projects, days=1)
    port = free_port()
    environment = os.environ | {
        "GUATU_DATA_DIR": str(folder), "GUATU_TODAY": TODAY.isoformat(), "GUATU_PORT": str(port),
        "GUATU_SETTLE_SECONDS": "0.1",
    }  # fmt: skip
    log = folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "app.py"], cwd=PROJECT_DIR, env=environment, stdout=output, stderr=output
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/api/health", server, log)
            yield Office(address, settings)
        finally:
            server.terminate()
            server.wait(20)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium, GUATU_TEST_CHROMIUM before the one on the path."""
    found = os.environ.get("GUATU_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text(encoding="utf-8")
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except (urllib.error.URLError, OSError):
            server.poll()
    raise AssertionError(f"no answer within {START_SECONDS} s\n{log.read_text(encoding='utf-8')}")
