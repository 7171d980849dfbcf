"""From a real workbook to a snapshot: what is carried over, which day it is, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data import pipeline, query, steps
from data.errors import FaultyLedger, Finding, UnreadableFile
from data.query import Queries
from data.remembered import Remembered
from data.settings import Settings
from data.snapshots import SnapshotStore, Version
from tests.store.files import project_workbook
from tests.store.small import DAY, days_before, put

STEPS = ["读取", "识别", "校验", "排期", "核对", "发布"]


def test_a_workbook_becomes_a_snapshot_step_by_step(
    office: Settings, store: SnapshotStore, tmp_path: Path
) -> None:
    told: list[tuple[str, int, int]] = []
    path = project_workbook(tmp_path / "台账.xlsx", 3)
    loaded = pipeline.load(path, office, progress=lambda *event: told.append(event))
    assert told == [(word, number, 6) for number, word in enumerate(STEPS, 1)]
    assert loaded.version == Version(DAY, 1) == store.current()
    assert loaded.counts["projects"] == 3 and loaded.counts["nodes"] == 6
    assert not loaded.unchanged
    assert "已发布 2026-11-22/1:项目 3 行、节点 6 行" in loaded.message
    projects = store.ledgers(loaded.version)["projects"]
    assert projects["total_investment_yuan"].to_list() == [100_000_000] * 3
    assert projects["accountable_leader"].to_list() == ["领导01"] * 3
    assert set(store.table(loaded.version, "schedule_projects")["project_id"]) == {"P0000", "P0001", "P0002"}
    manifest = store.manifest(loaded.version)
    assert manifest.source_name == "台账.xlsx"
    assert manifest.source_sha256 == pipeline.sha256_of(path)


def test_a_ledger_left_out_is_carried_over_and_scheduled(
    office: Settings, store: SnapshotStore, tmp_path: Path
) -> None:
    pipeline.load(project_workbook(tmp_path / "全.xlsx", 3), office)
    second = pipeline.load(project_workbook(tmp_path / "项目.xlsx", 3, with_nodes=False), office)
    assert second.version == Version(DAY, 2)
    assert second.carried_over == ("nodes",)
    assert "沿用上一版:节点" in second.message
    assert store.ledgers(second.version)["nodes"].height == 6
    assert store.table(second.version, "schedule_nodes")["reported"].sum() == 6


def test_a_project_that_is_not_reported_stays_on_the_wall(
    office: Settings, store: SnapshotStore, tmp_path: Path
) -> None:
    pipeline.load(project_workbook(tmp_path / "全.xlsx", 3), office, days_before(1))
    fewer = pipeline.load(project_workbook(tmp_path / "项目.xlsx", 1, with_nodes=False), office)
    projects = store.ledgers(fewer.version)["projects"]
    assert dict(projects.select("project_id", "last_reported_date").iter_rows()) == {
        "P0000": DAY,
        "P0001": days_before(1),
        "P0002": days_before(1),
    }
    assert set(store.table(fewer.version, "schedule_nodes")["project_id"]) == {"P0000", "P0001", "P0002"}
    assert "project_not_reported" in {f.rule for f in fewer.findings}


def test_nothing_is_carried_over_from_the_demo_city(
    office: Settings, store: SnapshotStore, tmp_path: Path
) -> None:
    put(store, 5, demo=True)
    loaded = pipeline.load(project_workbook(tmp_path / "项目.xlsx", 2, with_nodes=False), office)
    assert loaded.carried_over == ()
    assert store.ledgers(loaded.version)["nodes"].is_empty()
    assert store.versions() == [loaded.version]


def test_the_asked_day_wins_over_the_files_own(office: Settings, tmp_path: Path) -> None:
    path = project_workbook(tmp_path / "台账2026-11-20.xlsx", 1)
    assert pipeline.load(path, office).version.day == date(2026, 11, 20)
    assert pipeline.load(path, office, date(2026, 11, 3)).version.day == date(2026, 11, 3)


def test_an_older_day_is_stored_and_the_sentence_says_so(
    office: Settings, store: SnapshotStore, tmp_path: Path
) -> None:
    newest = pipeline.load(project_workbook(tmp_path / "a.xlsx", 1), office).version
    older = pipeline.load(project_workbook(tmp_path / "b.xlsx", 1), office, days_before(9))
    assert store.current() == newest
    assert "挂图仍显示较新的一天" in older.message


def test_a_cut_off_still_to_come_is_filed_under_today_with_a_warning(
    office: Settings, tmp_path: Path
) -> None:
    loaded = pipeline.load(project_workbook(tmp_path / "台账2026-11-30.xlsx", 1), office)
    assert loaded.version.day == DAY
    [warning] = [f for f in loaded.findings if f.rule == "cutoff_in_future"]
    assert warning.weight == "warning"
    assert "2026-11-30" in warning.message


def test_the_same_file_makes_a_new_revision_unless_told_to_skip(office: Settings, tmp_path: Path) -> None:
    path = project_workbook(tmp_path / "台账.xlsx", 1)
    pipeline.load(path, office)
    skipped = pipeline.load(path, office, skip_unchanged=True)
    assert skipped.unchanged and skipped.version.revision == 1
    assert "内容相同" in skipped.message
    assert pipeline.load(path, office).version.revision == 2
    # another day is another statement, even in the same words
    assert not pipeline.load(path, office, days_before(1), skip_unchanged=True).unchanged


def test_a_refused_file_changes_nothing(office: Settings, store: SnapshotStore, tmp_path: Path) -> None:
    before = pipeline.load(project_workbook(tmp_path / "台账.xlsx", 1), office).version
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(UnreadableFile):
        pipeline.load(broken, office)
    without = tmp_path / "无项目.csv"
    without.write_text("天气,心情\n晴,好\n", encoding="utf-8")
    with pytest.raises(FaultyLedger):
        pipeline.load(without, office)
    assert store.versions(withdrawn=True) == [before]
    assert store.clean_leftovers() == ()


def test_the_wall_answers_from_the_database_it_was_proved_in(
    office: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = Queries(office)
    monkeypatch.setattr(pipeline, "process_settings", lambda: office)
    monkeypatch.setattr(pipeline, "queries", lambda: wall)
    loaded = pipeline.load(project_workbook(tmp_path / "台账.xlsx", 3), office, who="张三")
    monkeypatch.setattr(query, "Database", None)  # no other one can be built
    assert wall.run("freshness").row(0, named=True)["version"] == str(loaded.version)
    assert wall.run("timeline").height == 3


def test_rows_with_errors_are_held_back_when_asked_and_the_manifest_says_so(
    office: Settings, store: SnapshotStore, tmp_path: Path
) -> None:
    path = tmp_path / "台账.csv"
    names = ["甲工程", "乙工程", "", "丁工程", "戊工程", "己工程"]
    rows = "".join(f"P{n},{name},连山区\n" for n, name in enumerate(names))
    path.write_text("项目编号,项目名称,县区\n" + rows, encoding="utf-8")
    with pytest.raises(FaultyLedger):
        pipeline.load(path, office)
    loaded = pipeline.load(path, office, good_rows_only=True)
    assert loaded.held_back == 1 and "有错误未采用 1 行" in loaded.message
    manifest = store.manifest(loaded.version)
    assert manifest.held_back == {"projects": 1} and manifest.findings["error"] == 1
    assert store.ledgers(loaded.version)["projects"].height == 5


def test_a_decision_of_staff_makes_the_same_file_say_something_new(office: Settings, tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text(
        "项目编号,项目名称,县区,心情\nP1,甲工程,连山区,好\nP2,乙工程,连山区,坏\n", encoding="utf-8"
    )
    first = pipeline.load(path, office, skip_unchanged=True)
    assert pipeline.load(path, office, skip_unchanged=True).unchanged
    words = "“台账”的列“心情”就是“备注”"
    Remembered(office.data_dir).add("column", ("台账", "*", "心情"), "note", "张三", words, office.now())
    second = pipeline.load(path, office, skip_unchanged=True)
    assert not second.unchanged and second.version > first.version
    notes = SnapshotStore(office.snapshots_dir).ledgers(second.version)["projects"]["note"]
    assert notes.to_list() == ["好", "坏"]


def test_yesterdays_file_again_is_noted(office: Settings, tmp_path: Path) -> None:
    path = project_workbook(tmp_path / "台账.xlsx", 2)
    pipeline.load(path, office, days_before(1))
    again = pipeline.load(path, office)
    [note] = [f for f in again.findings if f.rule == "same_file_again"]
    assert note.weight == "note" and "2026-11-21" in note.message


def test_a_wall_that_would_contradict_itself_is_not_published(
    office: Settings, store: SnapshotStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = Finding("regions_add_up", "error", "各县区之和与全市不符")
    monkeypatch.setattr(steps, "findings_in", lambda _: (wrong,))
    path = project_workbook(tmp_path / "台账.xlsx", 2)
    with pytest.raises(FaultyLedger, match="与全市不符") as refused:
        pipeline.load(path, office)
    assert wrong in refused.value.findings
    assert store.current() is None


def test_check_file_finds_the_same_and_publishes_nothing(
    office: Settings, store: SnapshotStore, tmp_path: Path
) -> None:
    good = project_workbook(tmp_path / "台账2026-11-30.xlsx", 1)
    assert "cutoff_in_future" in {f.rule for f in pipeline.check_file(good, office)}
    more = project_workbook(tmp_path / "多.xlsx", 2)
    pipeline.load(more, office, days_before(3))
    fewer = project_workbook(tmp_path / "少.xlsx", 1, with_nodes=False)
    assert "project_not_reported" in {f.rule for f in pipeline.check_file(fewer, office)}
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"not a zip")
    assert any(f.weight == "error" for f in pipeline.check_file(broken, office))
    assert store.versions(withdrawn=True) == [Version(days_before(3), 1)]
