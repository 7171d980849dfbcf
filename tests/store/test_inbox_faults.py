"""The inbox on a bad day: whatever can't be written, no file of staff's is lost and the inbox goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from data import inbox as inbox_module
from data import pipeline
from data.aside import ACCEPTED, REFUSED
from data.inbox import Inbox
from data.journal import FILE_NAME
from data.lock import ProgramLock
from data.settings import Settings
from data.snapshots import SnapshotStore, Version
from tests.store.files import project_workbook
from tests.store.small import DAY
from tests.store.test_inbox import Watched, drop, play

IN_THE_WAY = "a file where the folder should be"


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_module, "RETRY_SECONDS", 0.2)


@pytest.fixture
def office(office: Settings) -> Settings:
    return office.model_copy(update={"poll_seconds": 0.05})


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return project_workbook(tmp_path / "made" / "good.xlsx", 2, "甲")


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "made" / "bad.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("天气,心情\n晴,好\n", encoding="utf-8")
    return path


def in_the_way(office: Settings, *parts: str) -> Path:
    """Something that keeps files from being put where they belong."""
    place = office.inbox_dir.joinpath(*parts)
    place.parent.mkdir(parents=True)
    place.write_text(IN_THE_WAY, encoding="utf-8")
    return place


def test_a_published_file_that_cannot_be_put_aside_stays_and_is_put_aside_later(
    office: Settings, store: SnapshotStore, good: Path
) -> None:
    place = in_the_way(office, ACCEPTED, "2026-11-22")

    async def scenario(desk: Watched) -> None:
        dropped = drop(office, good)
        told = await desk.next()
        assert "自动重试" in told.message and dropped.exists()
        assert store.current() == Version(DAY, 1)
        place.unlink()
        again = await desk.next()
        assert again.accepted and again.version == Version(DAY, 1) == store.current()
        assert not dropped.exists()

    play(office, scenario)


def test_a_refused_file_that_cannot_be_put_aside_stays_and_is_refused_later(
    office: Settings, bad: Path
) -> None:
    place = in_the_way(office, REFUSED, "2026-11-22")

    async def scenario(desk: Watched) -> None:
        dropped = drop(office, bad, "心情.csv")
        told = await desk.next()
        assert not told.accepted and "自动重试" in told.message and dropped.exists()
        place.unlink()
        again = await desk.next()
        assert not again.accepted and again.findings and not dropped.exists()
        assert pipeline.sha256_of(place / "心情.csv") == pipeline.sha256_of(bad)
        assert len(desk.inbox.history.loads()) == 1

    play(office, scenario)


@pytest.mark.parametrize("letters", [83, 120, 240])
def test_a_file_with_a_name_as_long_as_can_be_is_sent_back_whole(
    office: Settings, good: Path, bad: Path, letters: int
) -> None:
    sign = "长" if letters == 83 else "a"
    name = f"{sign * letters}.csv"

    async def scenario(desk: Watched) -> None:
        drop(office, bad, name)
        outcome = await desk.next()
        assert not outcome.accepted and outcome.file_name == name
        aside = office.inbox_dir / REFUSED / "2026-11-22"
        assert pipeline.sha256_of(bad) in [pipeline.sha256_of(path) for path in aside.glob("*.csv")]
        assert len(list(aside.glob("*.原因.txt"))) == len(list(aside.glob("*.标注.xlsx"))) == 1
        drop(office, good)
        assert (await desk.next()).accepted

    play(office, scenario)


def test_a_journal_that_another_program_keeps_does_not_stop_the_inbox(
    office: Settings, store: SnapshotStore, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.journal.LOCK_WAIT_SECONDS", 0.01)

    async def scenario(desk: Watched) -> None:
        with ProgramLock(office.inbox_dir / f"{FILE_NAME}.lock").held(5):
            drop(office, good)
            assert (await desk.next()).accepted
        assert store.current() == Version(DAY, 1)

    play(office, scenario)
    assert Inbox(office).pending() == []


def test_a_loading_folder_that_cannot_be_made_leaves_the_file(office: Settings, good: Path) -> None:
    place = in_the_way(office, inbox_module.LOADING)

    async def scenario(desk: Watched) -> None:
        dropped = drop(office, good)
        told = await desk.next()
        assert "自动重试" in told.message and dropped.exists()
        place.unlink()
        assert (await desk.next()).accepted
        assert not dropped.exists()

    play(office, scenario)
