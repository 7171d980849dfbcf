"""What hangs on the wall stays there whatever is dropped after it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.errors import RejectedFile
from data.pipeline import load
from data.settings import Settings
from data.snapshots import SnapshotStore
from tests.hostile.files import write
from tests.hostile.seeds import write_seed


def test_the_wall_is_unchanged(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", today=date(2026, 11, 22))
    store = SnapshotStore(settings.snapshots_dir)
    load(write_seed(tmp_path, "b.xlsx"), settings)
    before = store.current(), sorted(settings.snapshots_dir.rglob("*"))
    assert before[0] is not None
    for name in ("远.xlsx", "炸弹.xlsx", "环.xls", "假页脚.parquet", "一行.csv"):
        with pytest.raises(RejectedFile):
            load(write(tmp_path, name), settings)
    assert (store.current(), sorted(settings.snapshots_dir.rglob("*"))) == before
