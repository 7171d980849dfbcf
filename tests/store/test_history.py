"""The history: every load with its file and findings, comparing snapshots, and the way back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from data import disk, pipeline
from data.errors import Finding, SnapshotError
from data.history import History
from data.settings import Settings
from data.snapshots import SnapshotStore
from tests.store.files import project_workbook
from tests.store.small import MOMENT, days_before, put

FINDING = Finding("money_without_unit", "error", "金额没有单位", "项目", "E12", "3.5", "3.5亿元")


@pytest.fixture
def history(office: Settings) -> History:
    return History(office)


def test_an_office_without_loads_has_no_history(history: History) -> None:
    assert history.loads() == [] and history.versions() == []


def test_a_published_file_is_told_with_all_that_is_known_of_it(
    history: History, office: Settings, tmp_path: Path
) -> None:
    made = project_workbook(tmp_path / "台账2026-11-30.xlsx", 3)
    loaded = pipeline.load(made, office, who="张三")
    [load] = history.loads()
    assert (load.id, load.who, load.via, load.file_name) == (
        "2026-11-22-1",
        "张三",
        "command",
        "台账2026-11-30.xlsx",
    )
    assert load.accepted and load.version == loaded.version and load.message == loaded.message
    assert load.sha256 == pipeline.sha256_of(made)
    assert load.kept_file and pipeline.sha256_of(load.kept_file) == load.sha256
    assert load.counts["projects"] == 3 and load.findings["warning"] >= 1
    assert history.load(load.id) == load
    assert "cutoff_in_future" in {f.rule for f in history.findings(load.id)}
    assert set(history.findings(load.id)) == set(loaded.findings)


def test_a_refused_file_is_told_with_what_was_found(history: History, office: Settings) -> None:
    kept = office.data_dir / "inbox" / "已退回" / "坏.xlsx"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"bad")
    written = history.refused("page", "张三", "坏.xlsx", "ab", "金额没有单位", (FINDING,), kept_file=kept)
    [load] = history.loads()
    assert load.id == written.id and not load.accepted and load.version is None
    assert load.findings == {"error": 1, "warning": 0, "note": 0}
    assert load.kept_file == kept and load.marked_file is None
    assert history.findings(load.id) == (FINDING,)
    kept.unlink()  # staff tidied up
    assert history.loads()[0].kept_file is None


def test_loads_come_newest_first_and_limited(history: History, store: SnapshotStore) -> None:
    now = history.settings.now()
    for number in range(3):
        put(store, 1, published_at=now - timedelta(hours=3 - number))
    refused = history.refused("folder", None, "坏.xlsx", "ab", "坏", ())
    assert [load.id for load in history.loads(3)] == [refused.id, "2026-11-22-3", "2026-11-22-2"]
    assert len(history.loads()) == 4


def test_a_rollback_is_a_load_with_its_reason(history: History, store: SnapshotStore) -> None:
    earlier = history.settings.now() - timedelta(hours=1)
    first = put(store, 1, days_before(1), published_at=earlier)
    second = put(store, 2, published_at=earlier)
    back = history.roll_back(first, "误报了上月的台账", "张三")
    load = history.load(f"{back.day}-{back.revision}")
    assert (load.via, load.who, load.reason, load.rolled_back_to) == (
        "rollback",
        "张三",
        "误报了上月的台账",
        first,
    )
    assert history.loads()[0] == load and "退回到 2026-11-21/1" in load.message
    assert history.versions() == [second, back, first]


def test_demo_days_are_told_as_demo(history: History, store: SnapshotStore) -> None:
    put(store, 1, demo=True)
    assert [load.via for load in history.loads()] == ["demo"]


@pytest.mark.parametrize(
    "load_id", ["", "none", "../x", "2026-11-22-9", "2026-13-22-1", "20261122-093000-1a2b3c"]
)
def test_an_unknown_load_is_told_so(history: History, load_id: str) -> None:
    with pytest.raises(SnapshotError):
        history.load(load_id)
    with pytest.raises(SnapshotError):
        history.findings(load_id)


def test_damaged_entries_are_passed_over(history: History, store: SnapshotStore) -> None:
    refused = history.refused("folder", None, "坏.xlsx", "ab", "坏", ())
    (history.dir / "20261122-093000-000000.json").write_text('{"load": {', encoding="utf-8")
    broken = put(store, 1)
    (store.path(broken) / "manifest.json").write_text("{", encoding="utf-8")
    assert [load.id for load in history.loads()] == [refused.id]


def test_what_changed_between_two_snapshots(history: History, store: SnapshotStore) -> None:
    before, after = put(store, 2, days_before(1), "旧"), put(store, 2, mark="新")
    found = history.changes(before, after)
    assert found.select("project_id", "column", "before", "after").rows() == [
        ("P0000", "项目名称", "旧项目0", "新项目0"),
        ("P0001", "项目名称", "旧项目1", "新项目1"),
    ]
    assert history.changes(after, after).is_empty()


def test_a_years_manifests_are_read_once(
    history: History, store: SnapshotStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(5):
        put(store, 1, days_before(day), published_at=MOMENT - timedelta(days=day))
    refused = history.refused("folder", None, "坏.xlsx", "ab", "坏", ())
    first = history.loads()
    read: list[Path] = []
    really_read = disk.read_text

    def counted(path: Path) -> str:
        read.append(path)
        return really_read(path)

    monkeypatch.setattr(disk, "read_text", counted)
    assert History(history.settings).loads() == first
    assert refused.id in {load.id for load in first}
    assert [path.name for path in read] == ["current.json"]
