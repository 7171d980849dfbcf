"""Waiting for the program to have looked back over all its snapshots."""

from __future__ import annotations

import threading


def looked_back() -> None:
    """Return when no thread is at work on the past; one that outlives its test works beside the next."""
    for thread in threading.enumerate():
        if thread.name == "past":
            thread.join(120)
            assert not thread.is_alive()
