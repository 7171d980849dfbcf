"""Snapshots: what readers see, which version a day has, rollback, damage, and other contracts."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from data import contract, migrate
from data.errors import SnapshotError
from data.publish import Source, publish
from data.snapshots import MANIFEST, SnapshotStore, Version
from tests.store.small import DAY, MOMENT, bring_back, city, days_before, put, scheduled


def test_an_empty_store_has_nothing(store: SnapshotStore) -> None:
    assert store.current() is None
    assert store.versions() == []
    assert store.at(DAY) is None
    assert store.clean_leftovers() == ()


def test_what_was_published_is_read_back(store: SnapshotStore) -> None:
    version = put(store, 3)
    assert str(version) == "2026-11-22/1"
    ledgers = store.ledgers(version)
    assert list(ledgers) == [item.name for item in contract.LEDGERS]
    assert_frame_equal(ledgers["projects"], city(3)["projects"])
    assert all(dict(ledgers[item.name].schema) == item.schema for item in contract.LEDGERS)
    assert store.table(version, "schedule_nodes").height == 6
    assert store.table(version, "findings").is_empty()


def test_the_manifest_tells_the_origin(store: SnapshotStore) -> None:
    manifest = store.manifest(put(store, 3))
    assert manifest.version == Version(DAY, 1)
    assert manifest.snapshot_date == manifest.as_of == DAY
    assert manifest.source_name == "台账.xlsx"
    assert manifest.counts["projects"] == 3 and manifest.counts["nodes"] == 6
    assert manifest.findings == {"error": 0, "warning": 0, "note": 0}
    assert manifest.published_at == "2026-11-22T09:30:00+00:00"
    assert manifest.contract_version == contract.CONTRACT_VERSION
    assert not manifest.demo


def test_the_same_day_again_is_the_next_revision(store: SnapshotStore) -> None:
    put(store, 3)
    assert put(store, 4) == Version(DAY, 2) == store.current()
    assert store.ledgers(Version(DAY, 1))["projects"].height == 3


def test_an_older_day_is_stored_but_the_wall_keeps_the_newer(store: SnapshotStore) -> None:
    newest = put(store, 3)
    older = put(store, 2, days_before(9))
    assert store.current() == newest
    assert store.versions() == [older, newest]
    assert store.at(days_before(1)) == older
    assert store.at(days_before(10)) is None
    assert store.at(date(2030, 1, 1)) == newest


def test_a_rollback_is_a_new_revision_and_erases_nothing(store: SnapshotStore) -> None:
    first, second, third = put(store, 1, days_before(1)), put(store, 2), put(store, 3)
    back = bring_back(store, first, " 误报了上月的台账 ", "张三")
    assert back == Version(days_before(1), 2) == store.current() == store.at(DAY)
    assert store.versions() == [first, back]
    assert store.versions(withdrawn=True) == [first, back, second, third]
    assert_frame_equal(store.ledgers(back)["projects"], store.ledgers(first)["projects"])
    told = store.manifest(back)
    assert (told.rolled_back_to, told.reason, told.who, told.via) == (
        first,
        "误报了上月的台账",
        "张三",
        "rollback",
    )
    assert told.counts == store.manifest(first).counts and told.snapshot_date == first.day
    again = bring_back(store, third)
    assert again == Version(DAY, 3) == store.current()
    assert store.versions() == [first, back, second, third, again]


def test_after_a_rollback_the_next_file_has_a_new_revision(store: SnapshotStore) -> None:
    put(store, 1)
    put(store, 2)
    assert bring_back(store, Version(DAY, 1)) == Version(DAY, 3)
    assert put(store, 3) == Version(DAY, 4) == store.current()
    assert store.versions() == [Version(DAY, 1), Version(DAY, 3), Version(DAY, 4)]


def test_a_rollback_that_makes_no_sense_is_refused_with_a_sentence(store: SnapshotStore) -> None:
    first, current = put(store), put(store)
    with pytest.raises(SnapshotError, match="guatu snapshots"):
        bring_back(store, Version(DAY, 7))
    with pytest.raises(SnapshotError, match="原因"):
        bring_back(store, first, "  ")
    with pytest.raises(SnapshotError, match="现在就是"):
        bring_back(store, current)
    (store.path(first) / "nodes.parquet").write_bytes(b"PAR1 not really")
    with pytest.raises(SnapshotError, match="已损坏"):
        bring_back(store, first)
    assert store.versions(withdrawn=True) == [first, current]
    assert not list(store.dir.glob(".new-*"))


def test_the_file_as_received_is_kept_and_comes_back_with_a_rollback(
    store: SnapshotStore, tmp_path: Path
) -> None:
    received = tmp_path / "台账 11月.xlsx"
    received.write_bytes(b"as received")
    first = put(store, 1, file=received)
    received.unlink()
    put(store, 2)
    for version in (first, bring_back(store, first)):
        kept = store.kept_file(version)
        assert kept and kept.name == "台账 11月.xlsx" and kept.read_bytes() == b"as received"
    assert store.kept_file(Version(DAY, 2)) is None


@pytest.mark.parametrize("text", ["2026-11-22", "2026-11-22/0", "2026-13-22/1", "1/2026-11-22", "../x"])
def test_a_version_is_a_day_and_a_revision(text: str) -> None:
    with pytest.raises(SnapshotError, match="2026-11-22/1"):
        Version.parse(text)


def test_versions_are_ordered_by_day_then_number() -> None:
    texts = ["2026-11-22/2", "2026-11-21/9", "2026-11-22/10"]
    assert [str(v) for v in sorted(map(Version.parse, texts))] == [texts[1], texts[0], texts[2]]


def test_the_demo_city_gives_way_to_the_first_real_snapshot(store: SnapshotStore) -> None:
    demo = put(store, 5, DAY, demo=True)
    real = put(store, 1, date(2023, 1, 29))
    assert store.current() == real
    assert store.versions() == [real]
    back = bring_back(store, demo)
    assert store.versions() == [demo, back]
    assert store.manifest(back).demo
    assert store.at(DAY, real_only=True) is None


def test_a_newer_contract_is_refused_with_a_sentence(store: SnapshotStore) -> None:
    version = put(store)
    rewrite_manifest(store, version, contract_version=contract.CONTRACT_VERSION + 1)
    with pytest.raises(SnapshotError, match="请升级本程序"):
        store.ledgers(version)


def test_a_manifest_with_unknown_fields_is_read(store: SnapshotStore) -> None:
    version = put(store)
    rewrite_manifest(store, version, mood="good")
    assert store.manifest(version).version == version


def test_an_older_contract_is_migrated_on_read(store: SnapshotStore, monkeypatch: pytest.MonkeyPatch) -> None:
    version = put(store, 3)
    path = store.path(version) / "projects.parquet"
    # an older program called it `name`, and had neither campaign nor targets
    pl.read_parquet(path).rename({"project_name": "name"}).drop("campaign").write_parquet(path)
    (store.path(version) / "targets.parquet").unlink()
    before = path.read_bytes()

    def renamed(ledgers: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
        return ledgers | {"projects": ledgers["projects"].rename({"name": "project_name"})}

    monkeypatch.setitem(migrate.MIGRATIONS, contract.CONTRACT_VERSION, renamed)
    monkeypatch.setattr(contract, "CONTRACT_VERSION", contract.CONTRACT_VERSION + 1)
    ledgers = store.ledgers(version)
    assert ledgers["projects"]["project_name"].to_list() == ["项目0", "项目1", "项目2"]
    assert ledgers["projects"]["campaign"].null_count() == 3
    assert dict(ledgers["targets"].schema) == contract.TARGETS.schema
    assert path.read_bytes() == before


def test_damage_is_told_by_name(store: SnapshotStore) -> None:
    version = put(store)
    (store.path(version) / "nodes.parquet").write_bytes(b"PAR1 not really")
    with pytest.raises(SnapshotError, match=r"nodes\.parquet 已损坏"):
        store.ledgers(version)
    (store.path(version) / "findings.parquet").unlink()
    with pytest.raises(SnapshotError, match=r"缺少 findings\.parquet"):
        store.table(version, "findings")
    (store.path(version) / MANIFEST).write_text("{", encoding="utf-8")
    with pytest.raises(SnapshotError, match=r"manifest\.json 已损坏"):
        store.manifest(version)
    with pytest.raises(SnapshotError, match="没有快照"):
        store.manifest(Version(DAY, 9))


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"published": ["x"], "withdrawn": [], "demo": []}', None])
def test_a_lost_or_damaged_pointer_is_rebuilt_from_complete_snapshots(
    store: SnapshotStore, damage: str | None
) -> None:
    put(store, 1, days_before(1))
    newest = put(store, 2)
    if damage is None:
        store.pointer.unlink()
    else:
        store.pointer.write_text(damage, encoding="utf-8")
        with pytest.raises(SnapshotError):
            store.current()
    store.clean_leftovers()
    assert store.current() == newest
    assert len(store.versions()) == 2


def test_a_damaged_manifest_does_not_keep_the_pointer_from_being_rebuilt(store: SnapshotStore) -> None:
    older, damaged = put(store, 1, days_before(1)), put(store, 2)
    (store.path(damaged) / "manifest.json").write_text("{", encoding="utf-8")
    store.pointer.unlink()
    store.clean_leftovers()
    assert store.current() == older
    # its tables stay, and its number is nobody else's
    assert (store.path(damaged) / "projects.parquet").exists()
    assert put(store, 3) == Version(DAY, 2) == store.current()
    assert store.clean_leftovers() == ()


def test_a_rebuilt_pointer_still_knows_of_the_rollback(store: SnapshotStore) -> None:
    first, second = put(store, 1, days_before(1)), put(store, 2)
    back = bring_back(store, first)
    before = store.catalogue()
    store.pointer.unlink()
    store.clean_leftovers()
    assert store.catalogue() == before
    assert before.shown == (first, back) and second in before.withdrawn


def test_leftovers_are_removed_and_published_versions_stay(store: SnapshotStore) -> None:
    version = put(store)
    unfinished = store.dir / ".new-1-abc"
    unfinished.mkdir()
    (unfinished / "projects.parquet").write_bytes(b"half")
    unnamed = store.path(Version(days_before(3), 1))
    unnamed.mkdir(parents=True)
    assert set(store.clean_leftovers()) == {unfinished, unnamed, unnamed.parent}
    assert {p.name for p in store.dir.iterdir()} == {"2026-11-22", "current.json", ".publish.lock"}
    assert store.ledgers(version)["projects"].height == 3


def test_a_running_publish_is_not_cleaned_away(store: SnapshotStore) -> None:
    put(store)
    unfinished = store.dir / ".new-1-abc"
    unfinished.mkdir()
    other = SnapshotStore(store.dir)
    with store.publishing():
        import threading

        cleaned: list[tuple[object, ...]] = []
        cleaner = threading.Thread(target=lambda: cleaned.append(other.clean_leftovers()))
        cleaner.start()
        cleaner.join()
    assert cleaned == [()]
    assert unfinished.exists()


def test_a_ledger_with_foreign_columns_is_stored_in_the_contracts_form(store: SnapshotStore) -> None:
    ledgers = city(2)
    wide = ledgers | {"projects": ledgers["projects"].with_columns(mood=pl.lit("good"))}
    version = publish(
        store, wide, scheduled(wide), DAY, Source("a.csv", "0"), published_at=MOMENT, carried_over=["tasks"]
    )
    assert dict(store.ledgers(version)["projects"].schema) == contract.PROJECTS.schema
    assert store.manifest(version).carried_over == ["tasks"]


def rewrite_manifest(store: SnapshotStore, version: Version, **changes: object) -> None:
    path = store.path(version) / MANIFEST
    told = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(told | changes), encoding="utf-8")
