"""Two thousand spoilt files: each is read or refused with a sentence, none hangs, nothing stays behind."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from data.errors import UnreadableFile
from data.read import read
from data.settings import Settings
from tests.hostile.seeds import SEEDS, mutated, write_seed
from tests.hostile.worker import Answer, Worker

SETTINGS = Settings()
PER_KIND = 300
THROUGH_THE_REAL_CHILD = 8
MOST_SECONDS = 20.0
# calamine's and Polars's own aborts; the program answers them, but each costs the child its life
MOST_DEATHS = 6


@pytest.mark.parametrize("name", SEEDS)
def test_true_files_are_read(tmp_path: Path, name: str) -> None:
    with Worker(SETTINGS, MOST_SECONDS) as worker:
        answer = worker.read(write_seed(tmp_path, name))
    assert (answer.fault, answer.cause, answer.died) == (None, None, False)
    assert answer.sheets[0][0] >= 21
    assert answer.sheets[0][1] >= 7


@pytest.mark.parametrize("name", SEEDS)
def test_spoilt_files_get_an_answer(tmp_path: Path, name: str) -> None:
    chance, raw, path = random.Random(name), SEEDS[name](), tmp_path / name
    answers = list[tuple[int, Answer]]()
    with Worker(SETTINGS, MOST_SECONDS) as worker:
        for i in range(PER_KIND):
            path.write_bytes(mutated(name, raw, chance))
            answers.append((i, worker.read(path)))
            assert list(tmp_path.iterdir()) == [path]
    assert all(a.fault.endswith("。") for _, a in answers if a.fault)
    assert all(a.fault or a.died or a.sheets is not None for _, a in answers)
    assert sum(a.died for _, a in answers) <= MOST_DEATHS
    # the mutations bite: some files are refused; and they aren't mere rubbish: some are read
    assert any(a.fault for _, a in answers) or name.endswith((".csv", ".txt"))
    assert any(a.sheets for _, a in answers)


@pytest.mark.parametrize("name", SEEDS)
def test_a_sample_through_the_real_child(tmp_path: Path, name: str) -> None:
    chance, raw, path = random.Random(f"{name} sample"), SEEDS[name](), tmp_path / name
    for _ in range(THROUGH_THE_REAL_CHILD):
        path.write_bytes(mutated(name, raw, chance))
        try:
            assert read(path, SETTINGS).sheets
        except UnreadableFile as e:
            assert str(e).startswith(name)
            assert str(e).endswith("。")
        assert list(tmp_path.iterdir()) == [path]
