"""材料 over HTTP and as HTML: what can be made, each step told, and refusals in one sentence."""

from __future__ import annotations

import asyncio
import base64
import json
from pathlib import Path
from urllib.parse import unquote

import pytest
from fastapi import FastAPI

from components import lists_window, papers_page, papers_routes
from components.papers import letters
from components.papers.asked import Asked
from components.papers.catalog import papers
from tests.papers.reading import paragraphs
from tests.web.support import Visitor


@pytest.fixture
def asking(city: Path) -> Visitor:
    app = FastAPI()
    app.include_router(papers_routes.router())
    return Visitor(app)


def test_a_paper_is_downloaded_under_its_own_name(asking: Visitor, tmp_path: Path) -> None:
    answer = asking.get("/api/papers/bulletin?rhythm=day")
    assert answer.status == 200
    assert "日调度通报 2026-11-23.docx" in unquote(answer.headers["content-disposition"])
    path = tmp_path / "got.docx"
    path.write_bytes(answer.body)
    assert "日调度" in paragraphs(path)[0]


def test_steps_are_told_and_the_last_line_is_the_file(asking: Visitor, tmp_path: Path) -> None:
    lines = [
        json.loads(line) for line in asking.get("/api/papers/bulletin/steps?rhythm=day").text.splitlines()
    ]
    assert lines[:-1] == [{"step": 1, "of": 2, "word": "取数"}, {"step": 2, "of": 2, "word": "套用模板"}]
    path = tmp_path / lines[-1]["name"]
    path.write_bytes(base64.b64decode(lines[-1]["file"]))
    assert "日调度" in paragraphs(path)[0]


@pytest.mark.parametrize(
    ("address", "status", "word"),
    [
        ("nonsense", 422, "bulletin"),
        ("bulletin?rhythm=hourly", 422, "hourly"),
        ("letter-31?region=没有这个县", 409, "约谈"),
    ],
)  # fmt: skip
def test_what_can_t_be_made_is_said_in_a_sentence(
    asking: Visitor, address: str, status: int, word: str
) -> None:
    name, _, search = address.partition("?")
    whole = asking.get(f"/api/papers/{address}")
    assert (whole.status, word in whole.json()["message"]) == (status, True)
    lines = asking.get(f"/api/papers/{name}/steps?{search}").text.splitlines()
    assert word in json.loads(lines[-1])["message"]


def test_the_page_offers_every_paper_and_counts_the_letters(week: Asked) -> None:
    shown = asyncio.run(papers_page.show_papers(None, None, "?rhythm=week"))
    html = "".join(shown.values())
    drafts = letters.drafts(week)
    for one in papers():
        wanted = not one.kind or any(draft["文种"] == one.kind for draft in drafts)
        assert (f"/api/papers/{one.name}?" in html) == wanted
    assert all(draft["编号"] in html and draft["主送"] in html for draft in drafts)
    assert week.stamp in html and "与11月16日的台账比" in html


def test_a_project_s_page_of_papers_has_no_bulletin(week: Asked) -> None:
    number = week.ask("list_projects")["project_id"][0]
    html = "".join(asyncio.run(papers_page.show_papers(None, None, f"?project={number}")).values())
    assert "/api/papers/ledger?" in html and "/api/papers/bulletin?" not in html
    assert f"/project/{number}" in html


def test_filters_are_told_in_words() -> None:
    params = {"as_of": None, "industry": "装备制造", "department": "市发改委", "light": "red", "region": None}
    assert lists_window.scope_words(params) == "行业“装备制造”、部门“市发改委”、亮灯“逾期”"
    assert lists_window.scope_words({"as_of": "2026-11-22"}) == "全口径"
