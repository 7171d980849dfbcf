"""When a dropped file may be read; the clock is a number the test moves."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import polars as pl
import pytest

from data.settling import Settling, dropped_files, is_dropped, is_open_elsewhere, is_whole


@pytest.fixture
def workbook_bytes(tmp_path: Path) -> bytes:
    path = tmp_path / "made.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>" * 50)
    content = path.read_bytes()
    path.unlink()
    return content


def test_a_file_is_ready_after_standing_still(tmp_path: Path, workbook_bytes: bytes) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(workbook_bytes)
    settling = Settling(0.3)
    assert settling.ready(tmp_path, 10.0) == []
    assert settling.ready(tmp_path, 10.09) == []
    assert settling.ready(tmp_path, 10.11) == [path]


def test_a_file_whose_end_proves_nothing_stands_still_longer(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text("项目名称\n", encoding="utf-8")
    settling = Settling(0.3)
    assert settling.ready(tmp_path, 10.0) == []
    assert settling.ready(tmp_path, 10.29) == []
    assert settling.ready(tmp_path, 10.31) == [path]


def test_a_growing_file_starts_anew(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text("项目名称\n", encoding="utf-8")
    settling = Settling(0.3)
    settling.ready(tmp_path, 10.0)
    with path.open("a", encoding="utf-8") as file:
        file.write("一号\n")
    assert settling.ready(tmp_path, 10.4) == []
    assert settling.ready(tmp_path, 10.71) == [path]


def test_a_file_rewritten_at_the_same_size_starts_anew(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text("a\n", encoding="utf-8")
    settling = Settling(0.3)
    settling.ready(tmp_path, 10.0)
    os.utime(path, ns=(1, 1))
    assert settling.ready(tmp_path, 10.4) == []


@pytest.mark.parametrize("cut", ["half", "preallocated"])
def test_half_a_workbook_waits_until_patience_ends(tmp_path: Path, workbook_bytes: bytes, cut: str) -> None:
    path = tmp_path / "台账.xlsx"
    half = workbook_bytes[: len(workbook_bytes) // 2]
    # network copies set the full size first and fill it later
    path.write_bytes(half if cut == "half" else half + bytes(len(workbook_bytes) - len(half)))
    settling = Settling(0.3)
    settling.ready(tmp_path, 10.0)
    assert settling.ready(tmp_path, 15.9) == []
    assert settling.ready(tmp_path, 16.1) == [path]


def test_a_parquet_file_is_whole_with_its_foot(tmp_path: Path) -> None:
    path = tmp_path / "台账.parquet"
    pl.DataFrame({"a": [1, 2, 3]}).write_parquet(path)
    assert is_whole(path)
    os.truncate(path, path.stat().st_size - 1)
    assert not is_whole(path)


def test_an_empty_or_vanished_file_is_not_whole(tmp_path: Path) -> None:
    (tmp_path / "空.csv").touch()
    assert not is_whole(tmp_path / "空.csv")
    assert not is_whole(tmp_path / "没有.xlsx")


@pytest.mark.parametrize(
    "name",
    ["~$台账.xlsx", ".~台账.xlsx", ".journal.jsonl", "台账.xlsx.tmp", "台账.xlsx.part", "a.CRDOWNLOAD"],
)
def test_locks_hidden_and_unfinished_files_are_ignored(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert not is_dropped(name)
    assert dropped_files(tmp_path) == []


def test_folders_are_not_files_and_a_missing_inbox_is_empty(tmp_path: Path) -> None:
    (tmp_path / "已接收").mkdir()
    assert dropped_files(tmp_path) == []
    assert dropped_files(tmp_path / "没有") == []


@pytest.mark.parametrize("lock", ["~$重点项目台账.xlsx", "~$项目台账.xlsx", ".~重点项目台账.xlsx"])
def test_a_lock_beside_means_open_elsewhere(tmp_path: Path, lock: str) -> None:
    path = tmp_path / "重点项目台账.xlsx"
    assert not is_open_elsewhere(path)
    (tmp_path / lock).touch()
    assert is_open_elsewhere(path)


def test_the_next_look_is_when_the_file_will_have_settled(tmp_path: Path) -> None:
    settling = Settling(0.3)
    assert settling.next_look_seconds([], 10.0) is None
    path = tmp_path / "台账.csv"
    path.write_text("a\n", encoding="utf-8")
    settling.ready(tmp_path, 10.0)
    assert settling.next_look_seconds([], 10.0) == pytest.approx(0.1)
    assert settling.next_look_seconds([], 10.15) == pytest.approx(0.15)
    assert settling.next_look_seconds([], 10.5) == pytest.approx(0.15)
    assert settling.next_look_seconds([path], 10.15) is None


def test_the_longest_waiting_file_is_first(tmp_path: Path) -> None:
    settling = Settling(0.3)
    later, earlier = tmp_path / "a.csv", tmp_path / "b.csv"
    earlier.write_text("1\n", encoding="utf-8")
    settling.ready(tmp_path, 10.0)
    later.write_text("2\n", encoding="utf-8")
    settling.ready(tmp_path, 10.2)
    assert settling.ready(tmp_path, 11.0) == [earlier, later]
