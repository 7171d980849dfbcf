"""A rollback and a load at once: one waits for the other, and the wall is what the later one says."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from data import pipeline
from data.drafts import Draft, Drafts
from data.rollback import roll_back
from data.settings import Settings
from data.snapshots import SnapshotStore, Version
from tests.store.files import project_workbook
from tests.store.small import DAY, MOMENT

FIRST, SECOND = Version(DAY, 1), Version(DAY, 2)


@pytest.fixture
def wall(office: Settings, store: SnapshotStore, tmp_path: Path) -> SnapshotStore:
    """Two versions of a day: three projects, then two of the same with one new."""
    pipeline.load(project_workbook(tmp_path / "甲.xlsx", 3, mark="甲"), office)
    pipeline.load(project_workbook(tmp_path / "乙.xlsx", 4, mark="甲"), office)
    return store


def back(store: SnapshotStore, version: Version) -> Version:
    return roll_back(store, version, "误报", who="张三", published_at=MOMENT)


def held_at(step: str, begun: Event, go_on: Event) -> Callable[[str, int, int], None]:
    """A load's progress that stops before a step until it may go on."""

    def told(word: str, *_: Any) -> None:
        if word == step:
            begun.set()
            assert go_on.wait(30)

    return told


def names(store: SnapshotStore, version: Version) -> list[str]:
    return sorted(store.ledgers(version)["projects"]["project_name"])


@pytest.mark.parametrize("step", ["读取", "校验", "发布"])
def test_a_rollback_waits_for_a_load_and_goes_after_it(
    wall: SnapshotStore, office: Settings, tmp_path: Path, step: str
) -> None:
    begun, go_on, path = Event(), Event(), project_workbook(tmp_path / "丙.xlsx", 5, mark="甲")
    with ThreadPoolExecutor(2) as threads:
        loading = threads.submit(pipeline.load, path, office, None, held_at(step, begun, go_on))
        assert begun.wait(30)
        going_back: Future[Version] = threads.submit(back, wall, FIRST)
        assert wall.current() == SECOND
        assert not going_back.done()
        go_on.set()
        loaded, fresh = loading.result(60), going_back.result(60)
    assert (loaded.version, fresh) == (Version(DAY, 3), Version(DAY, 4))
    assert wall.current() == fresh
    assert names(wall, fresh) == names(wall, FIRST)
    assert len(names(wall, loaded.version)) == 5
    assert wall.manifest(fresh).rolled_back_to == FIRST


def test_a_load_after_a_rollback_continues_what_the_wall_then_says(
    wall: SnapshotStore, office: Settings, tmp_path: Path
) -> None:
    path = project_workbook(tmp_path / "丙.xlsx", 2, mark="甲")
    with ThreadPoolExecutor(1) as threads, wall.publishing():
        loading = threads.submit(pipeline.load, path, office)
        fresh = back(wall, FIRST)
        assert not loading.done()
    loaded = loading.result(60)
    assert (fresh, loaded.version, wall.current()) == (Version(DAY, 3), Version(DAY, 4), Version(DAY, 4))
    assert names(wall, loaded.version) == names(wall, FIRST)


def test_a_draft_judged_before_a_rollback_is_looked_at_again(
    wall: SnapshotStore, office: Settings, tmp_path: Path
) -> None:
    drafts, upload = Drafts(office), tmp_path / "upload.tmp"
    upload.write_bytes(project_workbook(tmp_path / "丙.xlsx", 5, mark="甲").read_bytes())
    draft = drafts.work(drafts.receive(upload, "丙.xlsx").id)
    back(wall, FIRST)
    again: Draft = drafts.publish(draft.id)
    assert again.state == "ready"
    assert "挂图已更新" in again.message
    assert drafts.publish(draft.id).state == "published"
