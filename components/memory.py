"""What the process does with its memory: the program itself is no garbage."""

from __future__ import annotations

import gc


def keep_program() -> None:
    """Leave out of every search for garbage what the program is made of: it held up pages for 0.1 s."""
    gc.collect()
    gc.freeze()
