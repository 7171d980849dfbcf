"""The program itself is left out of searches for garbage; what pages leave behind is not."""

from __future__ import annotations

import ctypes
import gc

import pytest

from components import memory


def test_the_program_is_no_garbage() -> None:
    try:
        memory.keep_program()
        kept = gc.get_freeze_count()
        assert kept > 10_000
        later = [[] for _ in range(100)]  # type: list[list[object]]
        assert gc.get_freeze_count() == kept and len(later) == 100
    finally:
        gc.unfreeze()


def test_a_system_without_the_setting_goes_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    memory.few_arenas()
