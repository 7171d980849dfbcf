"""Questions over HTTP, uploads and static files, without a network."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import brotli
import pytest
from fastapi import FastAPI

from components import api, upload
from components.static_files import YEAR, StaticFiles
from data import demo
from data.drafts import Drafts
from data.query import Queries
from tests.web.support import Visitor, settings


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Queries:
    """A small demo city with two days."""
    chosen = settings(tmp_path_factory.mktemp("office"))
    demo.build(chosen, projects=40, days=3)
    return Queries(chosen)


@pytest.fixture
def asking(office: Queries, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """A visitor at the question routes of that city."""
    monkeypatch.setattr(api, "queries", lambda: office)
    app = FastAPI(openapi_url="/api/openapi.json")
    app.include_router(api.router())
    return Visitor(app)


def test_a_question_is_answered_with_version_columns_and_rows(asking: Visitor, office: Queries) -> None:
    told = asking.get("/api/queries/rates?by=kind").json()
    frame = office.run("rates", by="kind")
    assert told["name"] == "rates"
    assert told["version"] == str(office.version())
    assert told["as_of"] == "2026-11-22"
    assert told["columns"] == frame.columns
    assert len(told["rows"]) == frame.height
    first = dict(zip(told["columns"], told["rows"][0], strict=True))
    assert first["cutoff"] == frame["cutoff"][0].isoformat()
    assert first["numerator"] == frame["numerator"][0]


def test_any_day_can_be_asked(asking: Visitor, office: Queries) -> None:
    day = office.snapshot_days()["day"].min()
    assert isinstance(day, date)
    told = asking.get(f"/api/queries/freshness?as_of={day}").json()
    assert told["as_of"] == day.isoformat()
    assert told["version"] == str(office.version(day))


def test_lists_are_given_by_repeating(asking: Visitor) -> None:
    rows = asking.get("/api/queries/timeline?limit=2").json()["rows"]
    columns = asking.get("/api/queries/timeline?limit=2").json()["columns"]
    names = [row[columns.index("project_id")] for row in rows]
    told = asking.get(f"/api/queries/timeline_bars?projects={names[0]}&projects={names[1]}").json()
    place = told["columns"].index("project_id")
    assert {row[place] for row in told["rows"]} == set(names)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/api/queries/nothing", 404, "没有名为“nothing”的查询"),
        ("/api/queries/rates?by=planet", 422, "不在可选范围内"),
        ("/api/queries/rates?colour=red", 422, "没有参数“colour”"),
        ("/api/queries/rates?as_of=tomorrow", 422, "不是日期"),
        ("/api/queries/rates?by=all&by=kind", 422, "给了 2 次"),
        ("/api/queries/project_card", 422, "缺少参数“project”"),
        ("/api/queries/rates?as_of=2001-01-01", 422, "2001-01-01"),
        ("/api/other", 404, "没有 /api/other 这个接口"),
    ],
)
def test_what_cannot_be_asked_gets_a_sentence(asking: Visitor, path: str, status: int, words: str) -> None:
    answer = asking.get(path)
    assert answer.status == status
    assert words in answer.json()["message"]


def test_an_office_without_snapshots_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(api, "queries", lambda: Queries(settings(tmp_path)))
    app = FastAPI()
    app.include_router(api.router())
    answer = Visitor(app).get("/api/queries/rates")
    assert answer.status == 503
    assert "还没有任何快照" in answer.json()["message"]
    assert Visitor(app).get("/api/health").json() == {"status": "ok", "version": None}


def test_the_document_names_every_question(asking: Visitor, office: Queries) -> None:
    paths = asking.get("/api/openapi.json").json()["paths"]
    for name in office.names():
        operation = paths[f"/api/queries/{name}"]["get"]
        given = {p["name"]: p for p in operation["parameters"]}
        assert set(given) == {p.name for p in office.describe(name).parameters}
    assert paths["/api/queries/rates"]["get"]["summary"] == office.describe("rates").question
    listed = {item["name"] for item in asking.get("/api/queries").json()}
    assert listed == set(office.names())


@pytest.fixture
def sending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """A visitor at the upload route of an office that takes at most 1 MB; its files are left unjudged."""
    monkeypatch.setattr(upload, "_work", lambda settings, draft_id, hands: None)
    app = FastAPI()
    app.include_router(upload.router(settings(tmp_path, upload_mb=1)))
    return Visitor(app)


def waiting(folder: Path) -> dict[str, bytes]:
    """Files of drafts, temporary ones included."""
    drafts = folder / "drafts"
    found = [*drafts.glob("*/file/*"), *drafts.glob(".*.tmp")]
    return {path.name: path.read_bytes() for path in found}


def multipart(name: str, body: bytes) -> tuple[bytes, str]:
    """A form with one file."""
    head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    return head + body + b"\r\n--b--\r\n", "multipart/form-data; boundary=b"


def test_an_upload_becomes_a_draft_of_its_sender(sending: Visitor, tmp_path: Path) -> None:
    name, who = "%E5%8F%B0%E8%B4%A6.csv", "%E5%BC%A0%E4%B8%89"
    answer = sending.post("/api/upload", b"a,b\n1,2\n", x_file_name=name, x_person=who)
    assert answer.status == 202
    assert answer.json()["file_name"] == "台账.csv"
    assert waiting(tmp_path) == {"台账.csv": b"a,b\n1,2\n"}
    draft = Drafts(settings(tmp_path)).get(answer.json()["draft_id"])
    assert (draft.file_name, draft.who, draft.state) == ("台账.csv", "张三", "working")


def test_a_form_is_taken_too(sending: Visitor, tmp_path: Path) -> None:
    body, kind = multipart("C:\\报表\\台账.xlsx", b"PK...")
    assert sending.post("/api/upload", body, content_type=kind).status == 202
    assert waiting(tmp_path) == {"台账.xlsx": b"PK..."}


def test_the_same_name_twice_loses_nothing(sending: Visitor, tmp_path: Path) -> None:
    for body in (b"1", b"2", b"3"):
        sending.post("/api/upload", body, x_file_name="a.csv")
    kept = Drafts(settings(tmp_path))
    assert {kept.file(draft.id).read_bytes() for draft in kept.drafts()} == {b"1", b"2", b"3"}
    assert {draft.who for draft in kept.drafts()} == {None}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "为空"),
        ("a.xlsm", "请另存为 .xlsx"),
        ("~$a.xlsx", "临时文件"),
        (".csv", "临时文件"),
        ("a%00b.csv", "特殊符号"),
        ("con.csv", "Windows 保留"),
        ("Lpt1.2026.xlsx", "Windows 保留"),
        ("%E2%80%AE.csv", "临时文件"),
        ("%E9%95%BF" * 100 + ".csv", "缩短"),
    ],
)
def test_names_that_are_not_taken(sending: Visitor, tmp_path: Path, name: str, words: str) -> None:
    answer = sending.post("/api/upload", b"x", x_file_name=name)
    assert answer.status == 422
    assert words in answer.json()["message"]
    assert not (tmp_path / "drafts").exists()


@pytest.mark.parametrize("name", ["../../a.csv", "..%2F..%2Fa.csv", "C:\\windows\\a.csv", "/etc/a.csv"])
def test_a_name_with_folders_stays_in_its_draft(sending: Visitor, tmp_path: Path, name: str) -> None:
    assert sending.post("/api/upload", b"x", x_file_name=name).status == 202
    assert waiting(tmp_path) == {"a.csv": b"x"}


def test_a_file_too_large_or_empty_leaves_nothing(sending: Visitor, tmp_path: Path) -> None:
    # a length that is not told is found out while writing
    assert sending.post("/api/upload", b"x" * 1_000_001, x_file_name="a.csv", content_length="").status == 413
    assert sending.post("/api/upload", b"x" * 2_000_000, x_file_name="a.csv").status == 413
    assert sending.post("/api/upload", b"", x_file_name="a.csv").status == 422
    body, kind = multipart("a.csv", b"x" * 1_020_000)
    assert sending.post("/api/upload", body, content_type=kind, content_length="").status == 413
    assert waiting(tmp_path) == {}


def test_signs_nobody_sees_are_not_in_a_name(sending: Visitor, tmp_path: Path) -> None:
    # U+202E turns the rest of a name around, U+200B stands between letters unseen
    name = "%E2%80%AE%E5%8F%B0%E2%80%8B%E8%B4%A6.csv"
    assert sending.post("/api/upload", b"x", x_file_name=name).json()["file_name"] == "台账.csv"


def test_an_upload_that_cannot_be_kept_is_told_in_a_sentence(sending: Visitor, tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("a file where the folder should be")
    answer = sending.post("/api/upload", b"x", x_file_name="a.csv")
    assert answer.status == 507 and "挂图未变,请检查磁盘空间" in answer.json()["message"]


@pytest.fixture
def files(tmp_path: Path) -> Visitor:
    """A visitor at static files: one asset of our own, one vendored with its twins."""
    (tmp_path / "vendor").mkdir()
    (tmp_path / "own.js").write_text("let a = 1;" * 200)
    vendored = b"let b = 2;" * 200
    (tmp_path / "vendor" / "lib.js").write_bytes(vendored)
    (tmp_path / "vendor" / "lib.js.br").write_bytes(brotli.compress(vendored, quality=11))
    (tmp_path / "vendor" / "lib.js.gz").write_bytes(gzip.compress(vendored))
    app = FastAPI()

    @app.get("/assets/{path:path}")
    async def asset(path: str) -> object:
        from starlette.responses import FileResponse

        return FileResponse(tmp_path / path)

    @app.get("/rows")
    async def rows() -> object:
        return {"rows": list(range(2000))}

    return Visitor(StaticFiles(app, tmp_path))


def test_files_are_compressed_and_kept_by_browsers(files: Visitor, tmp_path: Path) -> None:
    answer = files.get("/assets/own.js?m=1", accept_encoding="gzip, deflate, br")
    assert answer.headers["content-encoding"] == "br"
    assert brotli.decompress(answer.body).decode() == "let a = 1;" * 200
    assert answer.headers["cache-control"] == YEAR
    assert answer.headers["vary"] == "accept-encoding"
    assert gzip.decompress(files.get("/assets/own.js", accept_encoding="gzip").body).startswith(b"let a")
    plain = files.get("/assets/own.js")
    assert plain.text == "let a = 1;" * 200
    assert plain.headers["cache-control"] == "no-cache"
    twin = (tmp_path / "vendor" / "lib.js.br").read_bytes()
    assert files.get("/assets/vendor/lib.js?m=1", accept_encoding="br").body == twin


def test_an_unchanged_file_is_not_sent_again(files: Visitor, tmp_path: Path) -> None:
    tag = files.get("/assets/own.js").headers["etag"]
    again = files.get("/assets/own.js", if_none_match=tag)
    assert (again.status, again.body) == (304, b"")
    (tmp_path / "own.js").write_text("let a = 2;")
    assert files.get("/assets/own.js", if_none_match=tag).status == 200


def test_answers_of_callbacks_are_compressed_as_they_go(files: Visitor) -> None:
    answer = files.get("/rows", accept_encoding="br")
    assert answer.headers["content-encoding"] == "br"
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert json.loads(brotli.decompress(answer.body)) == {"rows": list(range(2000))}
    assert "content-encoding" not in files.get("/rows").headers


def test_nothing_outside_the_assets_is_served(files: Visitor) -> None:
    for path in ("/assets/../conftest.py", "/assets/%2e%2e/x", "/assets/none.js"):
        with pytest.raises(RuntimeError, match="does not exist"):
            files.get(path)
