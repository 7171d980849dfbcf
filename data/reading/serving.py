"""A child's side of data/child.py: one request in, limits set, one answer out."""

from __future__ import annotations

import gc
import json
import marshal
import os
import sys
from collections.abc import Callable
from typing import Any, Final

BROKEN: Final = "文件已损坏,无法读出。请用 Excel 或 WPS 打开并另存为新的 .xlsx 后再报。"


class Fault(Exception):
    """The file can't be used; the text is the sentence for staff."""


def serve(work: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Answer the request on stdin by `work` on stdout; every fault becomes a sentence, never a traceback."""
    gc.disable()  # millions of cells, none in a cycle, and the process is gone in a second
    request = json.loads(sys.stdin.buffer.read())
    limit(request["memory_mb"], request["seconds"])
    sys.stdout.buffer.write(marshal.dumps(answer_to(request, work)))


def answer_to(request: dict[str, Any], work: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    """The answer, or `fault`: the sentence, and `cause` where a library failed in a way of its own."""
    try:
        return work(request)
    except Fault as fault:
        return {"fault": str(fault)}
    except MemoryError:
        return {
            "fault": f"文件太大:读取所需内存超过 {request['memory_mb']} MB。"
            "请拆分文件或删去多余的格式和空行后重报。"
        }
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as failure:  # a Rust library's panic is no Exception
        return {"fault": BROKEN, "cause": f"{type(failure).__name__}: {failure}"[:500]}


def limit(memory_mb: int, seconds: float) -> None:
    """Bound this process's address space and time, and let it leave no core behind.

    Windows has no such limits and relies on the checks before reading.
    """
    # without memory left, printing a backtrace can wait for ever on a lock of its own
    os.putenv("RUST_BACKTRACE", "0")
    try:
        import resource
    except ImportError:
        return
    size, time = memory_mb << 20, int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    # the parent's clock ends it earlier; this one works where the parent is gone
    resource.setrlimit(resource.RLIMIT_CPU, (time, time + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
