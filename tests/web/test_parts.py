"""One answer holds all that an address shows; what could not be drawn is named, the rest is there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from dash import html
from fastapi import FastAPI

from components import filter_line, ids, parts, shell
from components.ahead import Ahead
from components.pages import Asked, Page, Pages
from data.errors import BadParameter
from data.manifest import Version
from data.query import queries
from tests.web.support import Visitor


@pytest.fixture
def fails() -> list[Exception]:
    """What the page's drawing ends with, one a question; without any it is drawn."""
    return []


@pytest.fixture
def visitor(monkeypatch: pytest.MonkeyPatch, fails: list[Exception]) -> Visitor:
    """Somebody who opens a page of one place, in a frame of one place."""

    async def frame(path: str, search: str) -> dict[str, str]:
        return {"frame": f"{path}{search}"}

    async def line(path: str, search: str) -> dict[str, str]:
        return {"line": "筛选"}

    async def page(asked: Asked) -> dict[str, str]:
        if fails:
            raise fails.pop()
        return {"page": f"<b>{asked.search}</b>"}

    monkeypatch.setattr(shell, "frame", frame)
    monkeypatch.setattr(filter_line, "parts", line)
    monkeypatch.setattr(queries(), "version", lambda: Version(date(2026, 11, 22), 1))
    pages = Pages((Page("/", "总览", html.Div, parts=page), Page("/intake", "报送", html.Div)))
    app = FastAPI()
    answers = parts.Answers(pages)
    app.include_router(parts.router(answers, Ahead(answers.ahead)))
    return Visitor(app)


def shown(visitor: Visitor, path: str, search: str = "") -> Any:
    return visitor.get(f"{parts.PATH}?path={path}&search={search}").json()


def test_the_frame_and_the_page_come_together(visitor: Visitor) -> None:
    everything = {ids.FAULT_TOLD: "", "frame": "/?region=a", "line": "筛选", "page": "<b>?region=a</b>"}
    assert shown(visitor, "/", "?region=a") == everything


def test_a_page_with_callbacks_of_its_own_gets_the_frame_alone(visitor: Visitor) -> None:
    assert shown(visitor, "/intake").keys() == {ids.FAULT_TOLD, "frame", "line"}
    assert shown(visitor, "/nowhere").keys() == {ids.FAULT_TOLD, "frame", "line"}


def test_what_can_not_be_drawn_is_said_and_asked_again(visitor: Visitor, fails: list[Exception]) -> None:
    fails.append(BadParameter("状态日期 <2020> 早于第一份快照"))
    lacking = shown(visitor, "/", "?as_of=2020-01-01")
    assert lacking[ids.FAULT_TOLD] == "状态日期 &lt;2020&gt; 早于第一份快照"
    assert "page" not in lacking and lacking["line"] == "筛选"
    whole = shown(visitor, "/", "?as_of=2020-01-01")
    assert whole[ids.FAULT_TOLD] == "" and "page" in whole


def test_a_fault_of_the_program_tells_no_secrets(visitor: Visitor, fails: list[Exception]) -> None:
    fails.append(ValueError("column xyz"))
    assert shown(visitor, "/", "?region=z")[ids.FAULT_TOLD] == shell.NOT_SHOWN
