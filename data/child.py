"""Work on an untrusted file in a child process that may die alone: bounded in memory and time.

The child starts as `python -I`, so nothing of the environment or the working folder steers it; it imports
only the module named, which calls `data.reading.serving.serve`.
"""

from __future__ import annotations

import json
import marshal
import os
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from data.errors import GuatuError, UnreadableFile
from data.settings import PROJECT_DIR, Settings

# somebody stopped the child; the file is not at fault
STOP_SIGNALS: Final = frozenset({signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)})
_START: Final = "import sys; sys.path.insert(0, {root!r}); from {module} import main; main()"


def ask(module: str, path: Path, settings: Settings, **more: object) -> dict[str, Any]:
    """The answer of a child's `main` (in the module named) to a request about the file at `path`.

    The request holds `path`, `memory_mb`, `unpacked_mb`, `max_cells`, `seconds` and what `more` adds.
    Raises UnreadableFile, with one sentence, where the child says so, dies, or isn't done in time.
    """
    request = {
        "path": str(path.resolve()),
        "memory_mb": settings.read_memory_mb,
        "unpacked_mb": settings.read_unpacked_mb,
        "max_cells": settings.read_max_cells,
        "seconds": settings.read_seconds,
        **more,
    }
    name = shown_name(path)
    done = _run(module, request, name, settings.read_seconds)
    if -done.returncode in STOP_SIGNALS:
        raise GuatuError(f"{name}:读取被中断,文件没有丢失,请稍后再报。")
    if done.returncode != 0 or not done.stdout:
        raise UnreadableFile(
            f"{name}:读取时出错或超出 {settings.read_memory_mb} MB 内存上限。"
            "文件可能已损坏、正被占用或过大,请另存为新的 .xlsx 后再报。"
        )
    answer: dict[str, Any] = marshal.loads(done.stdout)  # noqa: S302 - written by our own child, plain data only
    if "fault" in answer:
        raise UnreadableFile(f"{name}:{answer['fault']}")
    return answer


def _run(
    module: str, request: Mapping[str, object], name: str, seconds: float
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            [sys.executable, "-I", "-c", _START.format(root=str(PROJECT_DIR), module=module)],
            input=json.dumps(request).encode(),
            stdout=subprocess.PIPE,
            # a library out of memory may complain without end
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            # a signal to the program's group (Ctrl+C, a service stop) must not look like a broken file
            start_new_session=os.name != "nt",
        )
    except subprocess.TimeoutExpired:
        raise UnreadableFile(
            f"{name}:{seconds:g} 秒内没有读完,已放弃。请删去多余的行列和格式,或拆分后再报。"
        ) from None


def shown_name(path: Path) -> str:
    """The file's name fit for a sentence: without control and direction marks, at most 80 letters."""
    name = "".join(c for c in path.name if not unicodedata.category(c).startswith("C"))
    return name if len(name) <= 80 else f"{name[:60]}…{name[-16:]}"
