"""A real `python app.py` over a demo city, for figures measured from outside."""

from __future__ import annotations

import os
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

PROJECT = Path(__file__).resolve().parents[2]
START_SECONDS = 120
TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Server:
    """A running server: its address, its data directory, its process."""

    url: str
    data_dir: Path
    process: subprocess.Popen[bytes]

    def resident_mb(self) -> float:
        """Resident memory now, in MB."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("the server has ended")

    def last_words(self) -> str:
        """The end of what the server logged, and of what its inbox said, on one line."""
        logs = (self.data_dir / "server.log", self.data_dir / "inbox" / ".journal.jsonl")
        return " | ".join(log.read_text()[-300:].replace("\n", " ") for log in logs if log.exists())


@contextmanager
def serving(data_dir: Path) -> Iterator[Server]:
    """A server over this data directory, ended afterwards."""
    port = _free_port()
    settings = {"GUATU_DATA_DIR": str(data_dir), "GUATU_PORT": str(port), "GUATU_TODAY": TODAY.isoformat()}
    with (data_dir / "server.log").open("wb") as log:
        command = [sys.executable, "app.py"]
        process = subprocess.Popen(command, cwd=PROJECT, env=os.environ | settings, stdout=log, stderr=log)
    try:
        server = Server(f"http://127.0.0.1:{port}", data_dir, process)
        _wait_for_health(server)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for_health(server: Server) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.process.poll() is None:
        try:
            with urllib.request.urlopen(server.url + "/api/health", timeout=5):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.05)
    raise RuntimeError(f"no server: {(server.data_dir / 'server.log').read_text()[-2000:]}")
