"""One warm reading child that takes file after file: the child's own code and limits, without a start each.

A death of the worker is an answer as well (the program tells staff so); it is started anew for the next file.
"""

from __future__ import annotations

import json
import select
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from data.settings import PROJECT_DIR, Settings

LOOP = """
import sys, json
sys.path.insert(0, {root!r})
from data.reading import files, serving
serving.limit({memory_mb}, 600)
for line in sys.stdin:
    answer = serving.answer_to(json.loads(line), files.read)
    sheets = [(s["height"], len(s["columns"])) for s in answer["sheets"]] if "sheets" in answer else None
    told = {{"fault": answer.get("fault"), "cause": answer.get("cause"), "sheets": sheets}}
    print(json.dumps(told), flush=True)
"""


@dataclass(frozen=True)
class Answer:
    """What became of one file: its sheets' sizes, a sentence, or `died`; `cause` of an unforeseen failure."""

    sheets: tuple[tuple[int, int], ...] | None
    fault: str | None
    cause: str | None
    died: bool
    seconds: float


class Worker:
    """Reads files one by one in a limited process; use it in a with statement."""

    def __init__(self, settings: Settings, most_seconds: float) -> None:
        self.settings, self.most_seconds = settings, most_seconds
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, e: BaseException | None, t: TracebackType | None
    ) -> None:
        self._end()

    def read(self, path: Path) -> Answer:
        """The answer for one file; raises TimeoutError where it takes longer than allowed."""
        process = self._running()
        request = {
            "path": str(path),
            "memory_mb": self.settings.read_memory_mb,
            "unpacked_mb": self.settings.read_unpacked_mb,
            "max_cells": self.settings.read_max_cells,
        }
        assert process.stdin is not None
        assert process.stdout is not None
        began = time.monotonic()
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        if not select.select([process.stdout], [], [], self.most_seconds)[0]:
            self._end()
            raise TimeoutError(path.name)
        line = process.stdout.readline()
        seconds = time.monotonic() - began
        if not line:
            self._end()
            return Answer(None, None, None, True, seconds)
        told: dict[str, Any] = json.loads(line)
        sheets = None if told["sheets"] is None else tuple(map(tuple, told["sheets"]))
        return Answer(sheets, told["fault"], told["cause"], False, seconds)

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None:
            code = LOOP.format(root=str(PROJECT_DIR), memory_mb=self.settings.read_memory_mb)
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-c", code],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self.process

    def _end(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            for stream in (self.process.stdin, self.process.stdout):
                assert stream is not None
                stream.close()
            self.process = None
