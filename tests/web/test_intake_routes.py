"""What is asked of the intake over HTTP: answers in sentences, and no page waits for long work."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from components import intake_routes, upload
from data.drafts import Drafts
from data.lock import ProgramLock
from data.settings import Settings
from tests.store.files import project_workbook
from tests.web.support import Visitor

# more than asyncio's own threads on the smallest machine
MANY = 8


def application(office: Settings) -> FastAPI:
    app = FastAPI()
    app.include_router(intake_routes.router(office))
    app.include_router(upload.router(office))
    return app


@pytest.fixture
def asking(office: Settings) -> Visitor:
    return Visitor(application(office))


@pytest.fixture
def draft_id(office: Settings, tmp_path: Path) -> str:
    """An uploaded file, judged and ready."""
    made = project_workbook(tmp_path / "made" / "a.xlsx", 2)
    drafts = Drafts(office)
    return drafts.work(drafts.receive(made, "台账.xlsx").id).id


def post(asking: Visitor, path: str, **body: Any) -> tuple[int, str]:
    answer = asking.post(path, json.dumps(body).encode(), content_type="application/json")
    return answer.status, answer.json()["message"]


def test_pages_are_answered_while_many_wait_to_publish(office: Settings, draft_id: str) -> None:
    async def scenario() -> None:
        # as on the smallest machine, where the fewest threads answer all queries
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(2))
        async with client(office) as pages:
            place = f"/api/drafts/{draft_id}/publish"
            with ProgramLock(office.drafts_dir / draft_id / ".lock").held(5):
                waiting = [asyncio.create_task(pages.post(place, json={})) for _ in range(MANY)]
                await asyncio.sleep(0)
                for _ in range(2 * MANY):
                    await asyncio.wait_for(asyncio.to_thread(Drafts(office).get, draft_id), 20)
                assert not any(task.done() for task in waiting)
            answers = await asyncio.gather(*waiting)
        assert {answer.status_code for answer in answers} == {200}
        assert {answer.json()["state"] for answer in answers} == {"published"}

    asyncio.run(scenario())


def client(office: Settings) -> AsyncClient:
    return AsyncClient(transport=ASGITransport(application(office)), base_url="http://127.0.0.1")


def test_a_template_is_sent_and_its_folder_goes(
    asking: Visitor, office: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    answer = asking.get("/api/template")
    assert answer.status == 200 and answer.body.startswith(b"PK")
    assert "filename*=UTF-8''%E5%8F%B0%E8%B4%A6" in answer.headers["content-disposition"]
    # no published version can be read: the answer is a sentence
    office.snapshots_dir.mkdir(parents=True)
    (office.snapshots_dir / "current.json").write_text("{")
    broken = asking.get("/api/template")
    assert broken.status == 404 and "已损坏" in broken.json()["message"]
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_template_whose_visitor_went_away_leaves_no_folder(
    office: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()

    async def gone(_: object) -> None:
        await asyncio.Event().wait()

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    scope = {
        "type": "http", "method": "GET", "path": "/api/template", "raw_path": b"/api/template",
        "query_string": b"", "headers": [], "http_version": "1.1", "scheme": "http", "root_path": "",
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 2), "asgi": {"version": "3.0"},
    }  # fmt: skip
    asyncio.run(application(office)(scope, receive, gone))
    assert list((tmp_path / "tmp").iterdir()) == []


def test_what_cannot_be_written_is_told_in_a_sentence(
    asking: Visitor, draft_id: str, office: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    # what a full disk does to the first thing publishing writes
    place = office.drafts_dir / draft_id / f".draft.json.{os.getpid()}.new"
    place.mkdir()
    status, sentence = post(asking, f"/api/drafts/{draft_id}/publish")
    assert status == 507 and "请检查磁盘空间和写入权限" in sentence
    place.rmdir()
    assert Drafts(office).get(draft_id).state == "ready"
    assert post(asking, f"/api/drafts/{draft_id}/publish")[0] == 200


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("/api/rollback", {"version": "../../etc/1", "reason": "试"}, "不是快照版本"),
        ("/api/rollback", {"version": "2026-11-22/1", "reason": " "}, "写明原因"),
        ("/api/rollback", {"version": "2026-11-22/7", "reason": "误报"}, "没有快照 2026-11-22/7"),
        ("/api/drafts/..%2F..%2Fx/publish", {}, "已经不在了"),
        ("/api/drafts/20261122-093000-1a2b3c/publish", {}, "已经不在了"),
        ("/api/drafts/20261122-093000-1a2b3c/answer", {"question": "a", "value": "b"}, "已经不在了"),
    ],
)
def test_what_is_not_there_is_told_in_a_sentence(
    asking: Visitor, path: str, body: dict[str, str], words: str
) -> None:
    status, sentence = post(asking, path, **body)
    assert status == 409 and words in sentence


@pytest.mark.parametrize(
    "path", ["/api/loads/../../x/file", "/api/loads/none/marked", "/api/drafts/none/marked"]
)
def test_downloads_that_are_not_there(asking: Visitor, path: str) -> None:
    assert asking.get(path).status == 404
