"""A program that publishes and is killed on the way; run as `python -m tests.store.killer`.

Requests come as JSON lines on stdin, answers go out as lines on stdout. Every request is served by a
fork that kills itself with SIGKILL at the asked step, so nothing of it is tidied up:

    {"dir": …, "day": …, "line": 17, "within": null}
                                          at the 17th line of our code that publishing runs,
                                          counting only the functions of these names (null: all)
    {"dir": …, "day": …, "torn": "nodes"} after half of that file's bytes
    {"dir": …, "day": …, "limit": 4096}   not killed: no file may grow beyond this size (a full disk)
    {…, "back": "2026-11-22/1"}           brings that version back instead of publishing

The answer is "killed", "done", or "refused" and the sentence.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

import polars as pl

from data import disk
from data.errors import SnapshotError
from data.snapshots import SnapshotStore, Version
from tests.store.small import bring_back, put

OURS = {
    *("publish.py", "rollback.py", "placing.py"),
    *("snapshots.py", "disk.py", "lock.py", "pointer.py", "manifest.py"),
}


# any file will do as the one received
RECEIVED = Path(__file__)
COMPREHENSIONS = {"<listcomp>", "<dictcomp>", "<genexpr>"}


def main() -> None:
    for line in sys.stdin:
        # polars starts its threads at the first use, which is always in the fork: forking stays safe
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            serve(json.loads(line), writing)
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as pipe:
            answer = pipe.read()
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        print("killed" if killed else answer or f"died {status}", flush=True)


def serve(request: dict[str, Any], answer: int) -> None:
    if "line" in request:
        sys.settrace(killing_tracer(request["line"], request["within"]))
    if "torn" in request:
        tear(request["torn"])
    if "limit" in request:
        resource.setrlimit(resource.RLIMIT_FSIZE, (request["limit"],) * 2)
    try:
        change(SnapshotStore(Path(request["dir"])), request)
        told = "done"
    except SnapshotError as refused:
        told = f"refused {refused}".replace("\n", " ")
    sys.settrace(None)
    os.write(answer, told.encode())
    os._exit(0)


def change(store: SnapshotStore, request: dict[str, Any]) -> None:
    if "back" in request:
        bring_back(store, Version.parse(request["back"]))
    else:
        put(store, 50, date.fromisoformat(request["day"]), mark="新", file=RECEIVED)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killing_tracer(last: int, within: list[str] | None) -> Callable[..., Any]:
    """A tracer that kills when line number `last` of our files is reached."""
    seen = 0

    def trace(frame: FrameType, event: str, _: Any) -> Callable[..., Any] | None:
        nonlocal seen
        name = frame.f_code.co_name
        # an item of a comprehension is no step: nothing on the disk is different after it
        if Path(frame.f_code.co_filename).name not in OURS or name in COMPREHENSIONS:
            return None
        if within is not None and name not in within:
            return None
        if event == "line":
            seen += 1
            if seen == last:
                die()
        return trace

    return trace


def tear(name: str) -> None:
    """Let writing this file (a table, "manifest" or "pointer") end in the middle."""
    write_parquet, write_text = pl.DataFrame.write_parquet, disk.write_text

    def torn_parquet(frame: pl.DataFrame, path: Path, **options: Any) -> None:
        write_parquet(frame, path, **options)
        halve(path, path.stem)

    def torn_text(path: Path, text: str) -> None:
        write_text(path, text)
        halve(path, "manifest" if path.name == "manifest.json" else "pointer")

    def halve(path: Path, is_called: str) -> None:
        if is_called == name:
            os.truncate(path, path.stat().st_size // 2)
            die()

    pl.DataFrame.write_parquet = torn_parquet  # type: ignore[method-assign,assignment]
    disk.write_text = torn_text


if __name__ == "__main__":
    main()
