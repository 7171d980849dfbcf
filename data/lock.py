"""A lock between programs that dies with its holder.

The operating system's own file lock is used rather than a file that says "locked": a killed program
leaves nothing behind that someone would have to judge stale.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

STEP_SECONDS: Final = 0.02


class BusyError(TimeoutError):
    """Another program kept the lock for longer than we would wait."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"另一个程序正占用 {path}")


class ProgramLock:
    """One lock file. Within a program its thread may enter again; other threads and programs wait."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._thread_lock = threading.RLock()
        self._depth = 0
        self._handle = -1

    @contextmanager
    def held(self, wait_seconds: float) -> Iterator[None]:
        """Hold the lock for the block; BusyError when it isn't free within `wait_seconds`."""
        deadline = time.monotonic() + wait_seconds
        if not self._thread_lock.acquire(timeout=max(wait_seconds, 0.0)):
            raise BusyError(self.path)
        try:
            if self._depth == 0:
                self._handle = self._acquire(deadline)
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    _release(self._handle)
        finally:
            self._thread_lock.release()

    def _acquire(self, deadline: float) -> int:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        while not _try_lock(handle):
            if time.monotonic() >= deadline:
                os.close(handle)
                raise BusyError(self.path)
            time.sleep(STEP_SECONDS)
        return handle


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
        os.close(handle)

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(handle: int) -> None:
        os.close(handle)
