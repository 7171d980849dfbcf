"""A file of which only a part has come over the network is told from a whole one, whatever its kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.settling import is_whole
from tests.hostile.seeds import SEEDS, xlsx_of_openpyxl

WORKBOOKS = [name for name in SEEDS if name.endswith((".xlsx", ".xls", ".et", ".parquet"))]


@pytest.mark.parametrize("name", SEEDS)
def test_a_whole_file_is_whole(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(SEEDS[name]())
    assert is_whole(path)


@pytest.mark.parametrize("name", WORKBOOKS)
@pytest.mark.parametrize("filled", [False, True], ids=["growing", "full size first"])
def test_half_a_file_is_not(tmp_path: Path, name: str, filled: bool) -> None:
    raw, path = SEEDS[name](), tmp_path / name
    half = len(raw) // 2
    path.write_bytes(raw[:half] + bytes(len(raw) - half if filled else 0))
    assert not is_whole(path)
    path.write_bytes(bytes(len(raw)))
    assert not is_whole(path)


def test_an_et_with_a_new_workbook_inside_needs_its_end(tmp_path: Path) -> None:
    path = tmp_path / "台账.et"
    path.write_bytes(xlsx_of_openpyxl())
    assert is_whole(path)
    path.write_bytes(xlsx_of_openpyxl()[:-30])
    assert not is_whole(path)
