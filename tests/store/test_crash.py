"""Killed at any step, disk full, two at once: readers keep the last good snapshot."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from data import contract
from data.settings import PROJECT_DIR
from data.snapshots import FINDINGS_TABLE, SCHEDULE_TABLES, SnapshotStore, Version
from tests.store.killer import RECEIVED
from tests.store.small import DAY, city, days_before, put

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL and fork are POSIX's")

OLD = city(3, "旧")
NEW = city(50, "新")
# where a version gets its name: what happens before is the same for any day
NAMING = ["give_name", "rename", "replace_text", "write_text", "make_dir", "sync_dir"]
TORN = [*(item.name for item in contract.LEDGERS), *SCHEDULE_TABLES, FINDINGS_TABLE, "manifest", "pointer"]


@dataclass
class Killer:
    """The program that is killed on the way; see tests/store/killer.py."""

    process: subprocess.Popen[str]

    def publish(self, store: SnapshotStore, day: date, **how: object) -> str:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps({"dir": str(store.dir), "day": day.isoformat(), **how}) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    command = [sys.executable, "-m", "tests.store.killer"]
    with subprocess.Popen(
        command, cwd=PROJECT_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Killer(process)
        assert process.stdin
        process.stdin.close()


@pytest.fixture(scope="module")
def old_store(tmp_path_factory: pytest.TempPathFactory) -> SnapshotStore:
    store = SnapshotStore(tmp_path_factory.mktemp("old") / "snapshots")
    put(store, 3, mark="旧")
    return store


def seen_by_readers(store: SnapshotStore) -> tuple[Version | None, list[Version]]:
    """What readers see; everything they may open is whole and says what it said when it was published."""
    for version in store.versions():
        is_old = store.manifest(version).source_name == "旧.xlsx"
        expected = OLD if is_old else NEW
        ledgers = store.ledgers(version)
        assert_frame_equal(ledgers["projects"], expected["projects"])
        assert_frame_equal(ledgers["nodes"], expected["nodes"])
        assert store.table(version, "schedule_nodes").height == expected["nodes"].height
        if store.manifest(version).kept_file:
            kept = store.kept_file(version)
            assert kept and kept.read_bytes() == RECEIVED.read_bytes()
    return store.current(), store.versions()


def assert_clean(store: SnapshotStore, versions: list[Version] | None = None) -> None:
    """On disk is what the pointer names, the pointer and the lock, and nothing else."""
    if not store.dir.exists():
        return
    named = {store.path(v) for v in versions or store.versions()}
    days = {path for path in store.dir.iterdir() if path.is_dir()}
    assert days == {path.parent for path in named}
    assert {revision for day in days for revision in day.iterdir()} == named
    assert {p.name for p in store.dir.iterdir() if p.is_file()} <= {"current.json", ".publish.lock"}


@pytest.mark.parametrize(
    ("day", "is_first", "within"),
    [
        (DAY, False, None),
        (days_before(-1), False, NAMING),
        (days_before(1), False, NAMING),
        (DAY, True, [*NAMING, "publishing", "workplace"]),
    ],
    ids=["same day", "next day", "older day", "first ever"],
)
def test_killed_at_every_step(
    killer: Killer,
    old_store: SnapshotStore,
    tmp_path: Path,
    day: date,
    is_first: bool,
    within: list[str] | None,
) -> None:
    before: list[Version] = [] if is_first else [Version(DAY, 1)]
    fresh = Version(day, 2 if day == DAY and before else 1)
    answers = []
    for line in range(1, 2000):
        store = SnapshotStore(tmp_path / str(line))
        if before:
            shutil.copytree(old_store.dir, store.dir)
        answers.append(killer.publish(store, day, line=line, within=within))
        current, versions = seen_by_readers(store)
        assert versions in (before, sorted([*before, fresh]))
        assert current == (versions[-1] if versions else None)
        if answers[-1] == "done":
            break
        store.clean_leftovers()
        # a first publish cut short after its directory was complete has no pointer to say otherwise
        recovered = store.versions()
        assert recovered == versions or (not before and recovered == [fresh])
        assert_clean(store)
        shutil.rmtree(store.dir, ignore_errors=True)
    assert answers == ["killed"] * (len(answers) - 1) + ["done"]
    assert len(answers) > 30


def test_a_rollback_killed_at_every_step(killer: Killer, old_store: SnapshotStore, tmp_path: Path) -> None:
    two = SnapshotStore(tmp_path / "two")
    shutil.copytree(old_store.dir, two.dir)
    assert killer.publish(two, DAY) == "done"
    first, second, third = (Version(DAY, n) for n in (1, 2, 3))
    answers = []
    for line in range(1, 2000):
        store = SnapshotStore(tmp_path / str(line))
        shutil.copytree(two.dir, store.dir)
        answers.append(killer.publish(store, DAY, back=str(first), line=line, within=["roll_back", *NAMING]))
        assert seen_by_readers(store) in ((second, [first, second]), (third, [first, third]))
        if answers[-1] == "done":
            break
        store.clean_leftovers()
        assert_clean(store, [first, second] if store.current() == second else [first, second, third])
        shutil.rmtree(store.dir)
    assert answers == ["killed"] * (len(answers) - 1) + ["done"]
    assert len(answers) > 30
    assert store.manifest(third).rolled_back_to == first
    assert seen_by_readers(store) == (third, [first, third])


@pytest.mark.parametrize("name", TORN)
def test_killed_in_the_middle_of_a_file(
    killer: Killer, old_store: SnapshotStore, tmp_path: Path, name: str
) -> None:
    store = SnapshotStore(tmp_path / "snapshots")
    shutil.copytree(old_store.dir, store.dir)
    assert killer.publish(store, DAY, torn=name) == "killed"
    assert seen_by_readers(store) == (Version(DAY, 1), [Version(DAY, 1)])
    assert store.clean_leftovers()
    assert_clean(store)
    assert killer.publish(store, DAY) == "done"
    assert seen_by_readers(store)[0] == Version(DAY, 2)


def test_killed_without_a_new_start_the_next_file_is_published(
    killer: Killer, old_store: SnapshotStore, tmp_path: Path
) -> None:
    store = SnapshotStore(tmp_path / "snapshots")
    shutil.copytree(old_store.dir, store.dir)
    assert killer.publish(store, DAY, torn="pointer") == "killed"
    assert store.path(Version(DAY, 2)).is_dir()
    assert put(store, 3, mark="旧") == Version(DAY, 2)
    assert seen_by_readers(store)[1] == [Version(DAY, 1), Version(DAY, 2)]


@pytest.mark.parametrize("limit", [0, 200, 1500, 3000])
def test_disk_full(killer: Killer, old_store: SnapshotStore, tmp_path: Path, limit: int) -> None:
    store = SnapshotStore(tmp_path / "snapshots")
    shutil.copytree(old_store.dir, store.dir)
    answer = killer.publish(store, DAY, limit=limit)
    assert answer.startswith("refused 快照写不进"), answer
    assert "磁盘空间" in answer
    assert seen_by_readers(store) == (Version(DAY, 1), [Version(DAY, 1)])
    assert_clean(store)
    assert killer.publish(store, DAY) == "done"
    assert seen_by_readers(store)[0] == Version(DAY, 2)


def test_two_programs_at_once_make_two_revisions(tmp_path: Path) -> None:
    store = SnapshotStore(tmp_path / "snapshots")
    code = (
        "import sys; from pathlib import Path; from data.snapshots import SnapshotStore;"
        "from tests.store.small import put;"
        "input();"
        "[print(put(SnapshotStore(Path(sys.argv[1])), 50, mark='新')) for _ in range(10)]"
    )
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(store.dir)],
            cwd=PROJECT_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for program in programs:
        assert program.stdin
        program.stdin.write("\n")
        program.stdin.flush()
    told = [program.communicate()[0].split() for program in programs]
    assert sorted(map(Version.parse, told[0] + told[1])) == [Version(DAY, n) for n in range(1, 21)]
    assert seen_by_readers(store) == (Version(DAY, 20), [Version(DAY, n) for n in range(1, 21)])
    assert_clean(store)
