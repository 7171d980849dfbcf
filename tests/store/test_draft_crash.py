"""Drafts when the program is killed at any step: no file is lost, none is published twice."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data import pipeline
from data.disk import STALE_SECONDS
from data.drafts import Draft, Drafts
from data.settings import PROJECT_DIR, Settings
from data.snapshots import SnapshotStore, Version
from tests.store.small import DAY

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL and fork are POSIX's")

OFFICE = "office"

Ask = Callable[..., str]


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    command = [sys.executable, "-m", "tests.store.draft_killer"]
    with subprocess.Popen(
        command, cwd=PROJECT_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def asked(office: Settings, act: str, at: int, **told: str) -> str:
            assert process.stdin and process.stdout
            request = {"dir": str(office.data_dir), "act": act, "at": at, **told}
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            return process.stdout.readline().strip()

        yield asked
        assert process.stdin
        process.stdin.close()


def csv(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("项目编号,项目名称,县区\nP1,甲工程,连山区\n", encoding="utf-8")
    return path


def age(folder: Path) -> None:
    """Let everything below look as if it had been left long ago."""
    for path in folder.rglob("*"):
        moment = path.stat().st_mtime - STALE_SECONDS - 1
        os.utime(path, (moment, moment))


def test_an_upload_killed_at_every_step_is_whole_or_not_there(ask: Ask, tmp_path: Path) -> None:
    answers = []
    for at in range(1, 200):
        office = Settings(data_dir=tmp_path / str(at), today=DAY)
        upload = csv(office.drafts_dir / ".abc.tmp")
        answers.append(ask(office, "receive", at, file=str(upload)))
        drafts = Drafts(office)
        for draft in drafts.drafts():
            assert draft.state == "working"
            assert pipeline.sha256_of(drafts.file(draft.id)) == draft.sha256
        age(office.drafts_dir)
        drafts.store.clean(office.now())
        left = {path.name for path in office.drafts_dir.iterdir()} - {".changed"}
        assert left == {draft.id for draft in drafts.drafts()}
        if answers[-1] == "done":
            break
    assert answers == ["killed"] * (len(answers) - 1) + ["done"]
    assert len(answers) > 15


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    """A draft that waits for a person, in the office at `OFFICE` below the directory it was made in."""
    office = Settings(data_dir=tmp_path_factory.getbasetemp() / OFFICE, today=DAY)
    drafts = Drafts(office)
    return drafts.work(drafts.receive(csv(office.data_dir / "up.tmp"), "台账.csv").id)


# exchanges of a publication: the wish, six steps told, the pointer, the journal, the draft
@pytest.mark.parametrize(
    ("at", "state", "is_up"),
    [(1, "ready", False), (2, "working", False), (8, "working", False), (9, "working", True),
     (10, "working", True), (11, "published", True)],
)  # fmt: skip
def test_a_killed_publication_is_finished_once(
    ask: Ask, ready: Draft, tmp_path: Path, at: int, state: str, is_up: bool
) -> None:
    office = Settings(data_dir=tmp_path / OFFICE, today=DAY)
    shutil.copytree(tmp_path.parent / OFFICE, office.data_dir)
    assert ask(office, "publish", at, draft=ready.id) == ("done" if at == 11 else "killed")
    drafts, store = Drafts(office), SnapshotStore(office.snapshots_dir)
    assert drafts.get(ready.id).state == state
    assert store.versions() == ([Version(DAY, 1)] if is_up else [])
    store.clean_leftovers()
    drafts.tend()
    assert drafts.get(ready.id).state == ("ready" if at == 1 else "published")
    assert store.versions() == ([] if at == 1 else [Version(DAY, 1)])
