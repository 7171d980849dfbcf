"""Each hostile file gets one sentence within seconds; program and folder stay as they were."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from data.errors import UnreadableFile
from data.read import read
from data.settings import Settings
from tests.hostile.files import ACCEPTED, REFUSED, write
from tests.hostile.seeds import SEEDS, write_seed

SETTINGS = Settings()
MOST_SECONDS = 30.0


@pytest.mark.parametrize("name", REFUSED)
def test_each_is_refused_with_one_sentence(tmp_path: Path, name: str) -> None:
    path, began = write(tmp_path, name), time.monotonic()
    with pytest.raises(UnreadableFile) as caught:
        read(path, SETTINGS)
    sentence = str(caught.value)
    assert re.search(REFUSED[name][1], sentence), sentence
    assert sentence.startswith(name)
    assert sentence.endswith("。")
    assert time.monotonic() - began < MOST_SECONDS
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ACCEPTED)
def test_odd_but_honest_files_are_read(tmp_path: Path, name: str) -> None:
    _, sheets, height = ACCEPTED[name]
    book = read(write(tmp_path, name), SETTINGS)
    assert len(book.sheets) == sheets
    assert book.sheets[0].height == height


def test_what_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    sheet = read(write(tmp_path, "公式文字.xlsx"), SETTINGS).sheets[0]
    assert sheet.row(0) == ('=HYPERLINK("http://x")', "+1", "-1+cmd", "@SUM(A1)")


@pytest.mark.parametrize("name", ["..\u202e\x07\n名.xlsx", "…" * 70 + ".csv", "a\udcff.xlsx"])
def test_a_sentence_names_no_control_characters(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"not a table")
    try:
        read(path, SETTINGS)
    except UnreadableFile as e:
        assert str(e).isprintable()
        str(e).encode()


@pytest.mark.parametrize("name", SEEDS)
def test_hidden_parts_of_the_seeds_are_told(tmp_path: Path, name: str) -> None:
    book = read(write_seed(tmp_path, name), SETTINGS)
    hidden = {"a.xlsx": ((4,), (2,), ("旧表",)), "c.xls": ((4,), (2,), ()), "d.et": ((4,), (2,), ())}
    sheet = book.sheets[0]
    told = (sheet.hidden_rows, sheet.hidden_columns, book.hidden_sheets)
    assert told == hidden.get(name, ((), (), ()))
