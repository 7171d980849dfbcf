"""The lock between programs: one at a time, again within a thread, free when its holder dies."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from data.errors import SnapshotError
from data.lock import BusyError, ProgramLock
from data.settings import PROJECT_DIR
from data.snapshots import SnapshotStore, Version
from tests.store.small import city, put


def test_a_thread_may_enter_again_and_others_may_not(tmp_path: Path) -> None:
    lock, refused = ProgramLock(tmp_path / "lock"), []

    def other_thread() -> None:
        with pytest.raises(BusyError), lock.held(wait_seconds=0):
            pass
        refused.append(True)

    with lock.held(0), lock.held(0):
        thread = threading.Thread(target=other_thread)
        thread.start()
        thread.join()
        with pytest.raises(BusyError), ProgramLock(tmp_path / "lock").held(0):
            pass
    assert refused == [True]
    with ProgramLock(tmp_path / "lock").held(0):
        pass


def test_a_fault_inside_frees_the_lock(tmp_path: Path) -> None:
    lock = ProgramLock(tmp_path / "lock")
    with pytest.raises(ZeroDivisionError), lock.held(0):
        raise ZeroDivisionError
    with ProgramLock(tmp_path / "lock").held(0):
        pass


def test_a_killed_programs_lock_is_free(store: SnapshotStore) -> None:
    code = (
        "import sys; from pathlib import Path; from data.snapshots import SnapshotStore\n"
        "with SnapshotStore(Path(sys.argv[1])).publishing():\n"
        "    print('held', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(store.dir)],
        cwd=PROJECT_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(SnapshotError, match="另一个程序正在发布"), store.publishing(wait_seconds=0):
            pass
        assert store.clean_leftovers() == ()
        holder.kill()
        holder.wait()
        with store.publishing(wait_seconds=0):
            pass


def test_readers_never_see_a_torn_snapshot_while_others_are_published(store: SnapshotStore) -> None:
    put(store, 1)
    done, reads = threading.Event(), list[Version]()

    def read_on() -> None:
        while not done.is_set():
            version = store.current()
            assert version
            # the n-th revision has n projects
            expected = city(version.revision)["projects"]
            assert_frame_equal(store.ledgers(version)["projects"], expected)
            reads.append(version)

    faults: list[threading.ExceptHookArgs] = []
    threading.excepthook, before = faults.append, threading.excepthook
    readers = [threading.Thread(target=read_on) for _ in range(2)]
    for reader in readers:
        reader.start()
    for projects in range(2, 31):
        put(store, projects)
    done.set()
    for reader in readers:
        reader.join()
    threading.excepthook = before
    assert faults == []
    assert len(set(reads)) > 3
