"""A program that works on drafts and is killed on the way; run as `python -m tests.store.draft_killer`.

Requests come as JSON lines on stdin, one answer a line on stdout: "killed", "done", or what went wrong.

    {"dir": …, "act": "receive", "file": …, "at": 17}   takes an uploaded file in
    {"dir": …, "act": "publish", "draft": …, "at": 8}   publishes a draft

Each is served by a fork that kills itself with SIGKILL: taking in at that line of the functions TAKING_IN
names, publishing before that exchange of a file's content (the draft, the pointer, the journal).
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from data import disk
from data.drafts import Drafts
from data.settings import Settings
from tests.conftest import STATUS_DATE
from tests.store import killer

killer.OURS = {"draft_store.py", "disk.py"}
TAKING_IN = ["begin", "rename", "write_text", "sync_file", "sync_dir", "_tell"]


def main() -> None:
    for line in sys.stdin:
        request = json.loads(line)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            serve(request, writing)
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as pipe:
            answer = pipe.read()
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        print("killed" if killed else answer or f"died {status}", flush=True)


def serve(request: dict[str, Any], answer: int) -> None:
    settings = Settings(data_dir=Path(request["dir"]), today=STATUS_DATE)
    drafts = Drafts(settings)
    if request["act"] == "receive":
        sys.settrace(killer.killing_tracer(request["at"], TAKING_IN))
        drafts.receive(Path(request["file"]), "台账.csv", "张三")
        sys.settrace(None)
    else:
        kill_before_exchange(request["at"])
        drafts.publish(request["draft"], "张三")
    os.write(answer, b"done")
    os._exit(0)


def kill_before_exchange(number: int) -> None:
    replace_text, seen = disk.replace_text, itertools.count(1)

    def killing(path: Path, text: str) -> None:
        if next(seen) == number:
            killer.die()
        replace_text(path, text)

    disk.replace_text = killing


if __name__ == "__main__":
    main()
