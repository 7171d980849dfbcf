"""Fixtures every test may use: an office of its own, with a fixed status date."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.settings import Settings
from data.snapshots import SnapshotStore

STATUS_DATE = date(2026, 11, 22)


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    """Settings with empty inbox and snapshots of their own, on 2026-11-22."""
    return Settings(data_dir=tmp_path / "office", today=STATUS_DATE, settle_seconds=0.05)


@pytest.fixture
def store(office: Settings) -> SnapshotStore:
    """The office's snapshots."""
    return SnapshotStore(office.snapshots_dir)
