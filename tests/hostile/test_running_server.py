"""A running server, and every hostile file dropped in its folder and sent to its page: a sentence each."""

from __future__ import annotations

import http.client
import json
import re
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from data import pipeline
from data.drafts import Drafts
from data.inbox import Inbox
from tests.hostile.files import (
    REFUSED,
    a_million_formatted_rows,
    external_link,
    formulas_as_text,
    two_hundred_sheets,
)
from tests.hostile.seeds import SEEDS
from tests.program import Program, program, running
from tests.store.files import project_workbook

MOST_SECONDS = 300.0
CHINESE = re.compile(r"[\u4e00-\u9fff].*")
# what only has sheets or texts that no ledger has; the page takes it, and it is not for the wall
STRANGE = {
    "外部链接.xlsx": external_link,
    "两百个表.xlsx": two_hundred_sheets,
    "公式文字.xlsx": formulas_as_text,
}
# one of each kind; test_hostile_files.py has them all, without a server
HARMFUL = (
    "远.xlsx",
    "炸弹.xlsx",
    "长字符串.xlsx",
    "实体1.xlsx",
    "实体3.xlsx",
    "一行.csv",
    "假行数.parquet",
)
NAMES = (
    "../../坏.xlsx",
    "..\\..\\windows\\坏.xlsx",
    "坏\u0007.xlsx",
    "a\u202exslx.坏.xlsx",
    "/etc/坏.xlsx",
    "坏\n.xlsx",
)


def spoilt() -> Iterator[tuple[str, bytes]]:
    """Every kind of file cut in the middle, and with a bit turned over in its body."""
    for name, make in SEEDS.items():
        raw = bytearray(make())
        yield f"截断{name}", bytes(raw[: len(raw) // 2])
        raw[len(raw) // 3] ^= 0x10
        yield f"翻转{name}", bytes(raw)


def send(served: Program, name: str, content: bytes) -> tuple[int, dict[str, Any]]:
    connection = http.client.HTTPConnection("127.0.0.1", int(served.url.rsplit(":", 1)[1]), timeout=60)
    with closing(connection):
        connection.request("POST", "/api/upload", body=content, headers={"X-File-Name": quote(name)})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())


def version(served: Program) -> str:
    """The version on the wall; the server has to answer within seconds whatever it is reading."""
    connection = http.client.HTTPConnection("127.0.0.1", int(served.url.rsplit(":", 1)[1]), timeout=20)
    with closing(connection):
        connection.request("GET", "/api/queries/freshness")
        told = json.loads(connection.getresponse().read())
        return str(told["rows"][0][told["columns"].index("version")])


def leftovers(served: Program) -> list[Path]:
    """Temporary and unfinished files anywhere in the office's folders."""
    found = served.data_dir.rglob("*")
    return [
        p for p in found if p.name.startswith((".标注", ".new-", ".upload")) or p.suffix in (".tmp", ".new")
    ]


def waited(served: Program, over: Any) -> None:
    """Wait until `over`, seeing to it that the wall stays what it was."""
    until, before = time.monotonic() + MOST_SECONDS, version(served)
    while not over():
        assert time.monotonic() < until, served.last_words()
        assert version(served) == before
        time.sleep(0.2)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    folder = tmp_path_factory.mktemp("office")
    # the folders of downloads and marked copies of this server, to be found empty
    temporary = folder / "tmp"
    temporary.mkdir()
    # no demo city is built beside it
    pipeline.load(project_workbook(folder / "台账.xlsx", 3), program(folder / "data").settings)
    with running(folder / "data", TMPDIR=str(temporary), GUATU_READ_SECONDS="20") as started:
        yield started
        assert list(temporary.iterdir()) == []


@pytest.fixture(scope="module")
def hostile() -> dict[str, bytes]:
    return {name: REFUSED[name][0]() for name in HARMFUL} | dict(spoilt())


def test_the_page_answers_each_with_a_sentence(served: Program, hostile: dict[str, bytes]) -> None:
    files = hostile | {name: make() for name, make in STRANGE.items()}
    drafts, before = Drafts(served.settings), version(served)
    taken = {}
    for name, content in files.items():
        status, told = send(served, name, content)
        assert status == 202, told
        taken[name] = told["draft_id"]
    # a refused one is sent back, with its marked copy, after its page says so
    waited(
        served,
        lambda: all(drafts.get(i).state != "working" for i in taken.values()) and not leftovers(served),
    )
    for name, draft_id in taken.items():
        draft = drafts.get(draft_id)
        assert CHINESE.search(draft.message), name
        assert draft.state == "refused" or name not in REFUSED, name
        assert "Traceback" not in draft.message
    assert version(served) == before


def test_names_lead_nowhere(served: Program) -> None:
    before, outside = version(served), served.data_dir.parent
    content = SEEDS["a.xlsx"]()
    for name in NAMES:
        status, told = send(served, name, content)
        assert (status, CHINESE.search(told["message"]) is None) in ((422, False), (202, False)), name
        assert not {"..", "/", "\\"} & set(told.get("file_name", ""))
    assert not list(outside.glob("坏*"))
    assert version(served) == before
    assert {p.name for p in outside.iterdir()} == {"data", "tmp", "台账.xlsx"}


def test_the_folder_sends_each_back_with_a_sentence(served: Program, hostile: dict[str, bytes]) -> None:
    inbox = Inbox(served.settings)
    before = version(served)
    # text cut in the middle is text
    cut = [name for name in hostile if name.startswith("截断") and not name.endswith((".csv", ".txt"))]
    sure = {name: hostile[name] for name in (*HARMFUL, *cut)}
    sure |= {name: STRANGE[name]() for name in ("外部链接.xlsx", "公式文字.xlsx")}
    sure["坏\u0007名\u202e.xlsx"] = hostile["远.xlsx"]
    for name, content in sure.items():
        (served.inbox / name).write_bytes(content)
    waited(served, lambda: len({o.file_name for o in inbox.outcomes()} & set(sure)) == len(sure))
    told = {outcome.file_name: outcome for outcome in inbox.outcomes()}
    for name in sure:
        assert not told[name].accepted, name
        assert CHINESE.search(told[name].message), name
        assert told[name].message.isprintable(), name
        assert "内部故障" not in told[name].message, name
    assert inbox.pending() == []
    assert version(served) == before
    waited(served, lambda: not leftovers(served))


def test_honest_but_odd_files_are_taken(served: Program) -> None:
    for name, make in (("百万空行.xlsx", a_million_formatted_rows), ("两百个表.xlsx", two_hundred_sheets)):
        before, content = version(served), make()
        (served.inbox / name).write_bytes(content)
        until = time.monotonic() + MOST_SECONDS
        while version(served) == before:
            assert time.monotonic() < until, served.last_words()
            time.sleep(0.1)
    waited(served, lambda: not leftovers(served))
