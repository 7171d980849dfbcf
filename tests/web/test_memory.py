"""The program itself is left out of searches for garbage; what pages leave behind is not."""

from __future__ import annotations

import gc

from components import memory


def test_the_program_is_no_garbage() -> None:
    try:
        memory.keep_program()
        kept = gc.get_freeze_count()
        assert kept > 10_000
        later: list[list[object]] = [[] for _ in range(100)]
        assert gc.get_freeze_count() == kept and len(later) == 100
    finally:
        gc.unfreeze()
