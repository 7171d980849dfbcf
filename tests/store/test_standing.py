"""Standings and the past made of them: stored, worked out aside, continued, and kept."""

from __future__ import annotations

import shutil
import threading
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest

from data import demo, pipeline
from data.database import Database
from data.errors import BadParameter, SnapshotError
from data.manifest import Version
from data.publish import Source, publish
from data.query import Queries
from data.schedule import schedule
from data.settings import Settings
from data.snapshots import SnapshotStore
from data.standing import DERIVED, FORM, Standing, Standings, standing_in, worked_out
from data.standing_history import History
from data.standing_kept import keep, kept
from data.tables import snapshot_tables
from tests.store.files import project_workbook
from tests.store.small import DAY, MOMENT, bring_back, days_before, ledger

PARTS = f"standing_parts_{FORM}.parquet"


def told(store: SnapshotStore, back: int, *promised: int, note: str = "") -> Version:
    """A snapshot of that many days ago: a project each, whose 能评 is promised in so many days from DAY."""
    ids = [f"P{number}" for number in range(len(promised))]
    projects = ledger(
        "projects",
        project_id=ids,
        project_name=ids,
        region=["连山区"] * len(ids),
        kind=["新建"] * len(ids),
        progress_text=[note] * len(ids),
        last_reported_date=[days_before(back)] * len(ids),
    )
    days = [DAY + timedelta(days=ahead) for ahead in promised]
    nodes = ledger(
        "nodes",
        project_id=ids,
        node=["能评"] * len(ids),
        status=["running"] * len(ids),
        accepted_date=[days_before(60)] * len(ids),
        promised_finish=days,
    )
    day = days_before(back)
    planned = schedule(projects, nodes, day)
    given = {"projects": projects, "nodes": nodes}
    return publish(store, given, planned, day, Source("a", "0"), published_at=MOMENT)


def same(one: Standing, other: Standing) -> bool:
    return all(
        frame.equals(other.tables()[name]) for name, frame in one.tables().items()
    ) and one.parts.height > 0  # fmt: skip


def test_a_load_stores_the_standing_of_the_wall_it_was_proved_on(
    office: Settings, store: SnapshotStore, tmp_path: Path
) -> None:
    version = pipeline.load(project_workbook(tmp_path / "台账.xlsx", 3), office).version
    assert (store.path(version) / PARTS).exists()
    stored = Standings(store, office).of(version)
    whole = standing_in(Database(snapshot_tables(store, version, version.day, office)))
    assert same(stored, whole)
    assert same(stored, worked_out(store, version, office))
    assert not (office.snapshots_dir / DERIVED).exists()


def test_a_snapshot_without_one_gets_it_worked_out_once_and_stays_as_it_is(
    office: Settings, store: SnapshotStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = told(store, 0, 3)
    before = sorted(path.name for path in store.path(version).iterdir())
    found = Standings(store, office).of(version)
    assert found.nodes.select("light").item() == "yellow"
    monkeypatch.setattr("data.standing.worked_out", None)
    assert same(Standings(store, office).of(version), found)
    assert sorted(path.name for path in store.path(version).iterdir()) == before


def test_a_damaged_standing_is_worked_out_again(office: Settings, store: SnapshotStore) -> None:
    version = told(store, 0, 3)
    found = Standings(store, office).of(version)
    (kept_file,) = (office.snapshots_dir / DERIVED).rglob(PARTS)
    kept_file.write_bytes(b"PAR1")
    assert same(Standings(store, office).of(version), found)


def test_slips_and_news_are_told_on_the_day_of_the_snapshot_that_said_so(
    office: Settings, store: SnapshotStore
) -> None:
    told(store, 4, 10, 10)
    told(store, 3, 12, 10)
    told(store, 2, 12, 8)
    told(store, 1, 15, 8, 20, note="进场")
    past = Queries(office, store).past()
    assert past.slips.select("day", "project_id", "committed_date").rows() == [
        (days_before(3), "P0", DAY + timedelta(days=12)),
        (days_before(1), "P0", DAY + timedelta(days=15)),
    ]
    news = past.marks.group_by("project_id", maintain_order=True).agg("day").sort("project_id")
    assert news["day"].to_list() == [
        [days_before(4), days_before(3), days_before(1)],
        [days_before(4), days_before(2), days_before(1)],
        [days_before(1)],
    ]


def test_marks_of_another_engine_are_no_news(office: Settings, store: SnapshotStore) -> None:
    standing = Standings(store, office).of(told(store, 1, 10))
    other = Standing(
        standing.projects.with_columns(mark=pl.lit(7, pl.UInt64), marked_by=pl.lit("duckdb 9/2")),
        standing.nodes,
        standing.parts,
    )
    history = History().followed_by(Version(days_before(1), 1), standing)
    assert history.followed_by(Version(DAY, 1), other).marks.height == 1


def test_a_trend_equals_the_rates_of_each_day(office: Settings, store: SnapshotStore) -> None:
    demo.build(office, projects=40, days=12, today=DAY)
    door = Queries(office, store)
    scope: dict[str, object] = {"by": "region", "base": "due"}
    for light in (None, "blue"):
        trend = door.run("trend", light=light, **scope)
        for (day,), drawn in trend.filter(pl.col("indicator") != "红灯项目").group_by("day"):
            rates = door.run("rates", as_of=day, light=light, **scope).filter(
                (pl.col("indicator") != "走访达标率")
                & (pl.col("numerator").is_not_null() | pl.col("denominator").is_not_null())
            )
            shown = ["group", "indicator", "numerator", "denominator", "ratio", "base", "unit"]
            drawn_of = {(row[0], row[1]): row for row in drawn.select(shown).iter_rows()}
            for row in rates.select(shown).iter_rows():
                assert drawn_of.pop((row[0], row[1]), (*row[:2], 0, 0, None, *row[5:])) == row
            assert not drawn_of
    assert trend["day"].n_unique() > 5


def test_the_past_follows_publications_rollbacks_and_older_files(
    office: Settings, store: SnapshotStore
) -> None:
    door = Queries(office, store)
    first = told(store, 3, 10)
    told(store, 1, 10)
    assert [v.day for v in door.past().versions] == [days_before(3), days_before(1)]
    middle = told(store, 2, 15)
    again = told(store, 2, 18)
    assert door.past().versions[1] == again != middle
    assert door.past().slips.height == 1
    bring_back(store, first)
    assert door.past().versions == (Version(first.day, 2),)
    assert door.run("trend", as_of=DAY, indicator="开复工率").height == 1


def test_a_program_that_starts_continues_the_past_it_kept(
    office: Settings, store: SnapshotStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for back in (3, 2, 1):
        told(store, back, 10 - back)
    known = Queries(office, store).past()
    told(store, 0, 10)
    folded: list[Version] = []
    fold = History.followed_by

    def counted(self: History, version: Version, standing: Standing) -> History:
        folded.append(version)
        return fold(self, version, standing)

    monkeypatch.setattr(History, "followed_by", counted)
    found = Queries(office, store).past()
    assert folded == [Version(DAY, 1)]
    assert found.lit_shares.changes.head(known.lit_shares.changes.height).equals(known.lit_shares.changes)
    whole = History()
    for version in found.versions:
        whole = whole.followed_by(version, Standings(store, office).of(version))
    for light in (None, "blue"):
        assert all(frame.equals(found.tables(light)[name]) for name, frame in whole.tables(light).items())


@pytest.mark.parametrize("harm", ["versions.json", "shares_changes.parquet", "form"])
def test_a_past_that_was_kept_badly_is_folded_again(
    office: Settings, store: SnapshotStore, harm: str
) -> None:
    told(store, 1, 10)
    standings = Standings(store, office)
    past, place = Queries(office, store).past(), office.snapshots_dir / DERIVED / "past"
    if harm == "form":
        text = (place / "versions.json").read_text()
        (place / "versions.json").write_text(text.replace(f'"form": {FORM}', '"form": 0'))
    else:
        (place / harm).write_bytes(b"{")
    assert kept(place, standings).versions == ()
    keep(past, place)
    assert kept(place, standings).versions == past.versions


def test_a_page_never_waits_for_many_days_to_be_worked_out(
    office: Settings, store: SnapshotStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for back in (4, 3, 2, 1):
        told(store, back, 10)
    go_on = threading.Event()
    find = worked_out

    def slowly(*given: object) -> Standing:
        assert go_on.wait(30)
        return find(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("data.standing.worked_out", slowly)
    door = Queries(office, store, patient=False)
    before = door.state()
    assert door.run("trend", as_of=DAY).is_empty()
    go_on.set()
    aside = next(thread for thread in threading.enumerate() if thread.name == "past")
    aside.join(60)
    assert door.state() != before
    assert door.run("trend", as_of=DAY)["day"].n_unique() == 4


def test_a_damaged_snapshot_stays_out_of_the_past(
    office: Settings, store: SnapshotStore, caplog: pytest.LogCaptureFixture
) -> None:
    told(store, 2, 10)
    damaged = told(store, 1, 10)
    told(store, 0, 10)
    (store.path(damaged) / "projects.parquet").write_bytes(b"PAR1")
    assert [v.day for v in Queries(office, store).past().versions] == [days_before(2), DAY]
    assert "已损坏" in caplog.text


def test_derived_files_may_be_removed_at_any_time(office: Settings, store: SnapshotStore) -> None:
    told(store, 8, 10)
    told(store, 0, 12)
    since = {"since": days_before(7)}
    found = Queries(office, store).run("change_nodes", **since)
    assert found.select("kind", "times_slipped").row(0) == ("slipped", 1)
    shutil.rmtree(office.snapshots_dir / DERIVED)
    assert Queries(office, store).run("change_nodes", **since).equals(found)


def test_a_day_compared_with_is_the_snapshot_at_or_before_it_and_must_be_one(
    office: Settings, store: SnapshotStore
) -> None:
    told(store, 5, 10)
    told(store, 0, 12)
    door = Queries(office, store)
    groups = door.run("change_groups", since=days_before(3))
    assert groups["since"].to_list() == [days_before(5)]
    with pytest.raises(BadParameter, match=r"比较的日期 2026-11-16 早于第一份快照 2026-11-17"):
        door.run("change_groups", since=days_before(6))
    with pytest.raises(BadParameter, match="晚于状态日期"):
        door.run("change_groups", as_of=days_before(3), since=days_before(2))
    with pytest.raises(BadParameter, match="缺少参数“since”"):
        door.run("change_groups")


def test_an_older_file_that_comes_late_changes_what_is_compared(
    office: Settings, store: SnapshotStore
) -> None:
    told(store, 5, 10)
    told(store, 0, 12)
    door = Queries(office, store)
    assert door.run("change_nodes", since=days_before(2))["slipped_workdays"].item() == 2
    told(store, 3, 12)
    assert door.run("change_nodes", since=days_before(2)).is_empty()


def test_the_past_of_an_empty_store_is_empty(office: Settings, store: SnapshotStore) -> None:
    assert Queries(office, store).past().versions == ()
    with pytest.raises(SnapshotError, match="还没有任何快照"):
        Queries(office, store).run("trend")
