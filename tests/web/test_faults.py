"""Requests that can't be read are answered in a sentence, never with the program's own fault."""

from __future__ import annotations

import json
from typing import Annotated, Any

import pytest
from fastapi import Body, FastAPI

from components import faults
from components.faults import JSON_BYTES, Readable
from tests.web.support import Visitor

JSON = "application/json"


@pytest.fixture
def visitor() -> Visitor:
    """A visitor at an application with one question and one order, and one that stands for Dash."""
    app = FastAPI()
    faults.install(app)

    @app.get("/api/page")
    async def page(item: str, days: int = 7) -> dict[str, Any]:
        return {"item": item, "days": days}

    @app.post("/api/order")
    async def order(version: Annotated[str, Body(embed=True)]) -> dict[str, str]:
        version.encode()
        return {"version": version}

    @app.post("/_dash-update-component")
    async def dash(told: dict[str, Any]) -> dict[str, Any]:
        return told

    return Visitor(Readable(app))


def order(visitor: Visitor, body: bytes) -> tuple[int, str]:
    answer = visitor.post("/api/order", body, content_type=JSON)
    return answer.status, answer.json().get("message", "")


def test_what_is_missing_or_of_another_kind_is_named(visitor: Visitor) -> None:
    answer = visitor.get("/api/page?days=abc")
    assert answer.status == 422
    assert answer.json() == {"message": "请求缺少“item”;“days”应为整数;请改正后再试。"}
    assert order(visitor, b'{"version": 1}') == (422, "请求“version”应为文字;请改正后再试。")
    assert order(visitor, b"{}") == (422, "请求缺少“version”;请改正后再试。")


@pytest.mark.parametrize("body", [b"{bad", b"", b'{"version": "\xff"}', b"[" * 100_000])
def test_what_is_no_json_is_refused(visitor: Visitor, body: bytes) -> None:
    status, message = order(visitor, body)
    assert status == 400
    assert "不是完整的 JSON" in message


def test_too_much_is_not_read(visitor: Visitor) -> None:
    status, message = order(visitor, b'{"version": "' + b"x" * JSON_BYTES + b'"}')
    assert status == 413
    assert "4 MB" in message


@pytest.mark.parametrize("kind", ["Application/JSON", "application/problem+json", "text/plain", ""])
def test_too_much_is_not_read_whatever_it_is_called(visitor: Visitor, kind: str) -> None:
    answer = visitor.post("/api/order", b'{"version": "' + b"x" * JSON_BYTES + b'"}', content_type=kind)
    assert answer.status == 413


def test_half_a_character_is_replaced(visitor: Visitor) -> None:
    answer = visitor.post("/api/order", rb'{"version": "\ud800 \ud83d\ude00 \u4e2d"}', content_type=JSON)
    assert answer.status == 200
    assert answer.json() == {"version": "? 😀 中"}


def test_whole_texts_pass_as_they_are(visitor: Visitor) -> None:
    sent = {"output": "a.b", "inputs": [{"value": "东山县 \\ud8"}]}
    answer = visitor.post("/_dash-update-component", json.dumps(sent).encode(), content_type=JSON)
    assert answer.json() == sent


@pytest.mark.parametrize("body", [b"[]", b"{}", b'"x"', b'{"output": "a.b"}'])
def test_what_no_page_asks_is_refused(visitor: Visitor, body: bytes) -> None:
    assert visitor.post("/_dash-update-component", body, content_type=JSON).status == 400


def test_addresses_there_are_not(visitor: Visitor) -> None:
    assert visitor.get("/nowhere").json() == {"message": "没有这个地址;请核对后再试。"}
    answer = visitor.post("/api/page", b"x=1")
    assert (answer.status, answer.json()) == (405, {"message": "这个地址不接受这种请求。"})
