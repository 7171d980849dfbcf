"""What the process does with its memory: threads share heaps, and the program itself is no garbage."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress
from typing import Final

# a number of malloc.h
M_ARENA_MAX: Final = -8
ARENAS: Final = 2


def few_arenas() -> None:
    """Let threads share two heaps: with one each, what a thread gave back stays with the process unused.

    To be called before threads are. Only glibc knows the setting; elsewhere nothing happens.
    """
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)


def keep_program() -> None:
    """Leave out of every search for garbage what the program is made of: it held up pages for 0.1 s."""
    gc.collect()
    gc.freeze()
