"""When a demo city is built by itself: never over real data, again when it ends before the present day."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from data import demo
from data.pipeline import load
from data.settings import Settings
from tests.conftest import STATUS_DATE
from tests.store.files import project_workbook


def test_an_empty_office_wants_one(office: Settings) -> None:
    assert demo.wanted(office)


def test_a_demo_that_ends_before_today_is_built_again(office: Settings) -> None:
    demo.build(office, projects=40, days=3, today=STATUS_DATE - timedelta(days=1))
    assert demo.wanted(office)
    demo.build(office, projects=40, days=3)
    assert not demo.wanted(office)


def test_never_over_a_real_ledger(office: Settings, tmp_path: Path) -> None:
    demo.build(office, projects=40, days=3, today=STATUS_DATE - timedelta(days=9))
    load(project_workbook(tmp_path / "台账.xlsx", 3), office, day=STATUS_DATE - timedelta(days=5))
    assert not demo.wanted(office)
