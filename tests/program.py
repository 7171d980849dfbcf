"""The program itself, started as staff start it, over a folder of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.settings import PROJECT_DIR, Settings

# the status date of every served test
TODAY = date(2026, 11, 22)
START_SECONDS = 120.0


@dataclass
class Program:
    """A server: its address, the folder it works in, and its process once it was started."""

    url: str
    data_dir: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    @property
    def settings(self) -> Settings:
        """The settings a test in this process shares with it."""
        return Settings(data_dir=self.data_dir, today=TODAY, settle_seconds=0.05)  # type: ignore[call-arg]  # every field has a default

    @property
    def inbox(self) -> Path:
        """Where a test drops files."""
        return self.data_dir / "inbox"

    @property
    def log(self) -> Path:
        """What the program says of itself."""
        return self.data_dir / "server.log"

    def start(self) -> None:
        """Start the program and wait until it answers; RuntimeError with its last words when it doesn't."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "app.py"], cwd=PROJECT_DIR, env=self.environment, stdout=log, stderr=log
            )
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            with suppress(OSError), urllib.request.urlopen(f"{self.url}/api/health", timeout=5):
                return
            time.sleep(0.05)
        raise RuntimeError(self.last_words())

    def stop(self) -> None:
        """Stop the program at once."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def resident_mb(self) -> float:
        """Resident memory now, in MB."""
        assert self.process is not None
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("the program has ended")

    def last_words(self) -> str:
        """The end of what it logged, and of what its inbox said, on one line."""
        logs = (self.log, self.inbox / ".journal.jsonl")
        return " | ".join(log.read_text()[-2000:].replace("\n", " ") for log in logs if log.exists())


def program(data_dir: Path, **environment: str) -> Program:
    """The program over this folder on a port of its own, not yet started."""
    port = free_port()
    given = {"GUATU_DATA_DIR": str(data_dir), "GUATU_PORT": str(port), "GUATU_TODAY": TODAY.isoformat(),
             "GUATU_SETTLE_SECONDS": "0.05"}  # fmt: skip
    return Program(f"http://127.0.0.1:{port}", data_dir, os.environ | given | environment)


@contextmanager
def running(data_dir: Path, **environment: str) -> Iterator[Program]:
    """The program over this folder, stopped afterwards."""
    started = program(data_dir, **environment)
    try:
        started.start()
        yield started
    finally:
        if started.process:
            started.stop()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
