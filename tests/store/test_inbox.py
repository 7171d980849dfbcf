"""The inbox: real files dropped into a watched folder, and what becomes of them and of the wall."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from data import demo, pipeline
from data import inbox as inbox_module
from data.inbox import ACCEPTED, LOADING, REFUSED, Inbox, Outcome
from data.query import Queries
from data.settings import PROJECT_DIR, Settings
from data.snapshots import SnapshotStore, Version
from tests.intake.books import REAL
from tests.store.files import project_workbook
from tests.store.small import DAY

LIMIT_SECONDS = 30.0
REAL_LEDGERS = [
    ("00_huludao_2023-01-29.xlsx", date(2023, 1, 29), 9),
    ("00_shuangyashan_2022-05.xlsx", date(2022, 5, 31), 4),
    # and the nine of the snapshot before, which nobody took off the list
    ("01_guilin_2022_preliminary_projects.xlsx", DAY, 241 + 9),
]


@dataclass
class Watched:
    """A running inbox; `next` waits for the next outcome."""

    inbox: Inbox
    outcomes: asyncio.Queue[Outcome]

    async def next(self) -> Outcome:
        return await asyncio.wait_for(self.outcomes.get(), LIMIT_SECONDS)


@asynccontextmanager
async def watched(office: Settings) -> AsyncIterator[Watched]:
    stop, running = asyncio.Event(), Watched(Inbox(office), asyncio.Queue())

    async def collect() -> None:
        async for outcome in running.inbox.watch(stop):
            await running.outcomes.put(outcome)

    task = asyncio.create_task(collect())
    try:
        yield running
    finally:
        stop.set()
        await asyncio.wait_for(task, LIMIT_SECONDS)
    assert running.outcomes.empty(), "an outcome nobody expected"


async def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LIMIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0)


Scenario = Callable[[Watched], Awaitable[None]]


def play(office: Settings, scenario: Scenario) -> None:
    """Run a scenario beside a running inbox."""

    async def whole() -> None:
        async with watched(office) as running:
            await scenario(running)

    run(whole())


def run(whole: Coroutine[Any, Any, None]) -> None:
    asyncio.run(whole)


def drop(office: Settings, made: Path, name: str = "台账.xlsx") -> Path:
    """Copy a file into the inbox under a name, at once."""
    office.inbox_dir.mkdir(parents=True, exist_ok=True)
    target = office.inbox_dir / name
    target.write_bytes(made.read_bytes())
    return target


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return project_workbook(tmp_path / "made" / "first.xlsx", 2, "甲")


@pytest.fixture
def second(tmp_path: Path) -> Path:
    return project_workbook(tmp_path / "made" / "second.xlsx", 3, "乙")


def test_a_dropped_file_is_published_and_put_aside(
    office: Settings, store: SnapshotStore, first: Path
) -> None:
    async def scenario(desk: Watched) -> None:
        dropped = drop(office, first)
        outcome = await desk.next()
        assert outcome.accepted and outcome.version == Version(DAY, 1) == store.current()
        assert outcome.file_name == "台账.xlsx"
        assert not dropped.exists()
        aside = office.inbox_dir / ACCEPTED / "2026-11-22" / "台账.xlsx"
        assert pipeline.sha256_of(aside) == pipeline.sha256_of(first)
        assert desk.inbox.outcomes() == [outcome] == Inbox(office).outcomes()
        assert desk.inbox.pending() == []

    play(office, scenario)


def test_a_refused_file_leaves_the_wall_and_says_why(
    office: Settings, store: SnapshotStore, first: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "made" / "broken.csv"
    broken.write_text("天气,心情\n晴,好\n", encoding="utf-8")

    async def scenario(desk: Watched) -> None:
        drop(office, first)
        good = await desk.next()
        drop(office, broken, "心情.csv")
        refused = await desk.next()
        assert not refused.accepted and refused.version is None
        assert any(f.weight == "error" for f in refused.findings)
        assert store.current() == good.version
        assert store.versions(withdrawn=True) == [good.version]
        aside = office.inbox_dir / REFUSED / "2026-11-22" / "心情.csv"
        assert pipeline.sha256_of(aside) == pipeline.sha256_of(broken)
        assert refused.message in aside.with_name("心情.csv.原因.txt").read_text(encoding="utf-8-sig")
        assert "校验结果" in load_workbook(aside.with_name("心情.标注.xlsx")).sheetnames
        assert not list(office.inbox_dir.rglob(".loading/*"))
        [sent_back, published] = desk.inbox.history.loads()
        assert (sent_back.id, published.id) == (refused.load_id, good.load_id)
        assert sent_back.kept_file == aside and sent_back.marked_file == aside.with_name("心情.标注.xlsx")
        assert desk.inbox.history.findings(sent_back.id) == refused.findings
        assert sent_back.findings["error"] and sent_back.version is None and sent_back.via == "folder"
        assert [o.accepted for o in desk.inbox.outcomes()] == [False, True]

    play(office, scenario)


def test_lock_files_and_unfinished_downloads_are_left_alone(office: Settings, first: Path) -> None:
    names = ["~$别的.xlsx", ".隐藏.xlsx", "台账2.xlsx.tmp"]

    async def scenario(desk: Watched) -> None:
        for name in names:
            drop(office, first, name)
        drop(office, first)
        assert (await desk.next()).file_name == "台账.xlsx"
        assert all((office.inbox_dir / name).exists() for name in names)

    play(office, scenario)


def test_a_half_copied_file_waits_for_its_other_half(
    office: Settings, store: SnapshotStore, first: Path, second: Path
) -> None:
    content = first.read_bytes()

    async def scenario(desk: Watched) -> None:
        office.inbox_dir.mkdir(parents=True, exist_ok=True)
        with (office.inbox_dir / "慢.xlsx").open("wb") as copying:
            copying.write(content[: len(content) // 2])
            copying.flush()
            # a whole file dropped later is through first: the half one was looked at and passed over
            drop(office, second, "快.xlsx")
            assert (await desk.next()).file_name == "快.xlsx"
            copying.write(content[len(content) // 2 :])
        slow = await desk.next()
        assert slow.file_name == "慢.xlsx" and slow.accepted
        assert store.current() == slow.version == Version(DAY, 2)

    play(office, scenario)


def test_dropped_twice_under_one_name_keeps_both(
    office: Settings, store: SnapshotStore, first: Path, second: Path
) -> None:
    async def scenario(desk: Watched) -> None:
        drop(office, first)
        assert (await desk.next()).version == Version(DAY, 1)
        drop(office, second)
        assert (await desk.next()).version == Version(DAY, 2)
        kept = (office.inbox_dir / ACCEPTED / "2026-11-22").iterdir()
        assert sorted(map(pipeline.sha256_of, kept)) == sorted(map(pipeline.sha256_of, (first, second)))
        assert store.ledgers(Version(DAY, 2))["projects"].height == 3

    play(office, scenario)


def test_dropped_again_while_the_first_is_being_loaded(
    office: Settings, store: SnapshotStore, first: Path, second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_load, drops = pipeline.load, iter([second])

    def load(path: Path, *args: Any, **options: Any) -> pipeline.Loaded:
        for again in drops:
            drop(office, again)
        return really_load(path, *args, **options)

    monkeypatch.setattr(inbox_module.pipeline, "load", load)

    async def scenario(desk: Watched) -> None:
        drop(office, first)
        assert (await desk.next()).version == Version(DAY, 1)
        assert (await desk.next()).version == Version(DAY, 2)
        assert store.ledgers(Version(DAY, 1))["projects"].height == 2
        assert store.ledgers(Version(DAY, 2))["projects"].height == 3

    play(office, scenario)


def test_the_same_content_again_is_accepted_as_unchanged(
    office: Settings, store: SnapshotStore, first: Path
) -> None:
    async def scenario(desk: Watched) -> None:
        drop(office, first)
        published = await desk.next()
        drop(office, first, "台账(副本).xlsx")
        again = await desk.next()
        assert again.accepted and again.version == published.version
        assert "内容相同" in again.message
        assert store.versions() == [published.version]
        assert not (office.inbox_dir / "台账(副本).xlsx").exists()
        [second, first_load] = desk.inbox.history.loads()
        assert (second.file_name, second.version) == ("台账(副本).xlsx", published.version)
        assert second.id == again.load_id and first_load.id == published.load_id
        assert second.kept_file and pipeline.sha256_of(second.kept_file) == second.sha256

    play(office, scenario)


def test_a_file_open_in_excel_is_published_and_moved_when_closed(
    office: Settings, store: SnapshotStore, first: Path, second: Path
) -> None:
    async def scenario(desk: Watched) -> None:
        lock = office.inbox_dir / "~$台账.xlsx"
        office.inbox_dir.mkdir(parents=True, exist_ok=True)
        lock.touch()
        dropped = drop(office, first)
        assert (await desk.next()).version == Version(DAY, 1)
        assert dropped.exists()
        # saved again while open
        drop(office, second)
        assert (await desk.next()).version == Version(DAY, 2)
        assert dropped.exists()
        lock.unlink()
        await until(lambda: not dropped.exists())
        assert store.current() == Version(DAY, 2)

    play(office, scenario)


def test_files_dropped_while_the_program_was_off_are_loaded_at_start(
    office: Settings, store: SnapshotStore, first: Path, second: Path
) -> None:
    drop(office, first, "先.xlsx")
    cut_short = office.inbox_dir / LOADING / "0a1b" / "后.xlsx"
    cut_short.parent.mkdir(parents=True)
    cut_short.write_bytes(second.read_bytes())

    async def scenario(desk: Watched) -> None:
        names = {(await desk.next()).file_name, (await desk.next()).file_name}
        assert names == {"先.xlsx", "后.xlsx"}
        assert len(store.versions()) == 2
        assert not cut_short.exists()

    play(office, scenario)


def test_a_load_cut_short_gives_way_to_a_newer_file_of_its_name(
    office: Settings, store: SnapshotStore, first: Path, second: Path
) -> None:
    cut_short = office.inbox_dir / LOADING / "0a1b" / "台账.xlsx"
    cut_short.parent.mkdir(parents=True)
    cut_short.write_bytes(first.read_bytes())
    drop(office, second)

    async def scenario(desk: Watched) -> None:
        assert (await desk.next()).version == Version(DAY, 1)
        older = desk.inbox.outcomes()[1]
        assert not older.accepted and "以新文件为准" in older.message
        assert pipeline.sha256_of(
            office.inbox_dir / REFUSED / "2026-11-22" / "台账.xlsx"
        ) == pipeline.sha256_of(first)

    play(office, scenario)
    assert store.ledgers(Version(DAY, 1))["projects"].height == 3


def test_two_programs_watching_one_inbox_load_a_file_once(
    office: Settings, store: SnapshotStore, first: Path, second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office.model_copy(update={"poll_seconds": 0.05})

    async def whole() -> None:
        async with watched(office) as other:
            async with watched(office) as one:
                drop(office, first)
                waits = {asyncio.create_task(one.next()), asyncio.create_task(other.next())}
                done, idle = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
                assert len(done) == 1
                for task in idle:
                    task.cancel()
            # whichever it was: the one still running takes the next file
            drop(office, second, "乙.xlsx")
            assert (await other.next()).version == Version(DAY, 2)

    run(whole())
    assert len(store.versions()) == 2


def test_a_folder_without_file_events_is_polled(
    office: Settings, store: SnapshotStore, first: Path, second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_events(*_: object, stop_event: asyncio.Event, **__: object) -> AsyncIterator[set[object]]:
        await stop_event.wait()
        return
        yield

    monkeypatch.setattr(inbox_module, "awatch", no_events)
    watching = office.model_copy(update={"poll_seconds": 0.05})

    async def scenario(desk: Watched) -> None:
        drop(watching, first)
        assert (await desk.next()).version == Version(DAY, 1)
        drop(watching, second, "乙.xlsx")
        assert (await desk.next()).version == Version(DAY, 2)

    play(watching, scenario)


def test_a_fault_of_ours_leaves_the_file_and_is_tried_again(
    office: Settings, store: SnapshotStore, first: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_module, "RETRY_SECONDS", 0.2)
    office = office.model_copy(update={"poll_seconds": 0.05})
    office.data_dir.mkdir(parents=True)
    office.snapshots_dir.write_text("a file where the folder should be", encoding="utf-8")

    async def scenario(desk: Watched) -> None:
        dropped = drop(office, first)
        fault = await desk.next()
        assert not fault.accepted and "自动重试" in fault.message and "快照目录" in fault.message
        assert dropped.exists()
        office.snapshots_dir.unlink()
        assert (await desk.next()).version == Version(DAY, 1)
        assert not dropped.exists()

    play(office, scenario)
    assert [o.accepted for o in Inbox(office).outcomes()] == [True, False]


def test_an_internal_fault_refuses_the_file_and_the_inbox_goes_on(
    office: Settings, first: Path, second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_load = pipeline.load

    def load(path: Path, *args: Any, **options: Any) -> pipeline.Loaded:
        if path.name == "怪.xlsx":
            raise ZeroDivisionError
        return really_load(path, *args, **options)

    monkeypatch.setattr(inbox_module.pipeline, "load", load)

    async def scenario(desk: Watched) -> None:
        drop(office, first, "怪.xlsx")
        outcome = await desk.next()
        assert not outcome.accepted and "内部故障" in outcome.message
        drop(office, second)
        assert (await desk.next()).accepted

    play(office, scenario)


def test_a_program_told_to_stop_finishes_the_file_it_is_loading(
    office: Settings, store: SnapshotStore, first: Path
) -> None:
    async def whole() -> None:
        inbox = Inbox(office)
        task = asyncio.create_task(inbox.run(asyncio.Event()))
        await until(lambda: bool(list((office.inbox_dir / LOADING).glob("*/*.xlsx"))))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert inbox.pending() == []

    drop(office, first)
    run(whole())
    assert store.current() == Version(DAY, 1)


@pytest.mark.skipif(not REAL.is_dir(), reason="real ledgers are not beside this repository")
def test_real_ledgers_take_the_demo_citys_place_on_the_wall(office: Settings, store: SnapshotStore) -> None:
    demo.build(office, projects=20, days=3)
    wall = Queries(office)

    async def scenario(desk: Watched) -> None:
        for name, day, projects in REAL_LEDGERS:
            drop(office, REAL / name, name)
            outcome = await desk.next()
            assert outcome.accepted and outcome.version and outcome.version.day == day, outcome
            assert not store.manifest(outcome.version).demo
            shown = wall.run("timeline", as_of=day, limit=1000)
            assert shown.height == projects
        assert {version.day for version in store.versions()} == {day for _, day, _ in REAL_LEDGERS}

    play(office, scenario)


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX's")
def test_a_server_killed_during_a_load_loads_the_file_after_its_start(
    office: Settings, store: SnapshotStore, tmp_path: Path
) -> None:
    large = project_workbook(tmp_path / "made" / "large.xlsx", 2000, "大")
    code = (
        "import asyncio; from data.inbox import Inbox; from data.settings import settings;"
        "asyncio.run(Inbox(settings()).run(asyncio.Event()))"
    )
    variables = os.environ | {
        "GUATU_DATA_DIR": str(office.data_dir),
        "GUATU_TODAY": str(office.today),
        "GUATU_SETTLE_SECONDS": "0.05",
    }
    drop(office, large)
    with subprocess.Popen([sys.executable, "-c", code], cwd=PROJECT_DIR, env=variables) as server:
        deadline = time.monotonic() + LIMIT_SECONDS
        while not list((office.inbox_dir / LOADING).glob("*/*.xlsx")):
            assert server.poll() is None and time.monotonic() < deadline
        server.kill()
    assert store.current() is None
    assert Inbox(office).pending() == ["台账.xlsx"]
    half = store.dir / ".new-1-abc"
    half.mkdir(parents=True)

    async def scenario(desk: Watched) -> None:
        outcome = await desk.next()
        assert outcome.version == Version(DAY, 1) == store.current()

    play(office, scenario)
    assert not half.exists()
    assert store.ledgers(Version(DAY, 1))["projects"].height == 2000
