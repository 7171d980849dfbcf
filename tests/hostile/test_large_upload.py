"""A file at the upload's limit passes through the server in pieces: its memory stays as it was."""

from __future__ import annotations

import http.client
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from data import pipeline
from data.drafts import Drafts
from data.settings import Settings
from tests.program import program, running
from tests.store.files import project_workbook

_MB = 1024 * 1024
SIZE_MB = 94
# allocators and the judging beside it; a server that kept the file whole would need all of it
MOST_MORE_MB = 60

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")


def peak_mb(pid: int) -> float:
    """The most memory a process has held, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def pieces(size_mb: int) -> Iterator[bytes]:
    """A CSV of one endless line that no reader takes: nothing but the upload costs memory."""
    yield "项目名称,".encode()
    for _ in range(size_mb):
        yield os.urandom(_MB // 2).hex().encode()


def send(port: int, size_mb: int) -> dict[str, str]:
    """The answer to a file sent as a browser does, in pieces and with its length declared."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {"X-File-Name": "large.csv", "Content-Length": str(len("项目名称,".encode()) + size_mb * _MB)}
    with closing(connection):
        connection.request("POST", "/api/upload", body=pieces(size_mb), headers=headers)
        answer = connection.getresponse()
        told: dict[str, str] = json.loads(answer.read())
        assert answer.status == 202, told
        return told


def until_judged(settings: Settings, draft_id: str) -> None:
    """Wait until a draft is ready or refused."""
    until = time.monotonic() + 120
    while Drafts(settings).get(draft_id).state == "working":
        assert time.monotonic() < until, "the draft was not judged"
        time.sleep(0.05)


def test_a_hundred_megabytes_stream_through_flat_memory(tmp_path: Path) -> None:
    settings = program(tmp_path).settings
    # no demo city is built beside the upload
    pipeline.load(project_workbook(tmp_path / "台账.xlsx", 3), settings)
    with running(tmp_path) as served:
        assert served.process is not None
        port, pid = int(served.url.rsplit(":", 1)[1]), served.process.pid
        # the first file brings in what judging needs
        until_judged(settings, send(port, SIZE_MB)["draft_id"])
        Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
        before = served.resident_mb()
        told = send(port, SIZE_MB)
        assert peak_mb(pid) - before < MOST_MORE_MB
        kept = settings.drafts_dir / told["draft_id"] / "file" / "large.csv"
        assert kept.stat().st_size > SIZE_MB * _MB
