"""What a page leads to is drawn while nobody waits, and never before what somebody waits for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest
from dash import html
from starlette.types import Receive, Scope, Send

from components import filter_line, ids, shell
from components.ahead import MOST, Ahead
from components.pages import Asked, Page, Pages
from components.parts import Answers
from data.manifest import Version
from data.query import queries

PATIENCE_SECONDS = 30
ROOM = (1000.0, 230.0)


class Drawing:
    """Notes the addresses it was told to draw; `seen` waits for one of them."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self._changed = asyncio.Event()

    async def draw(self, address: str) -> None:
        self.addresses.append(address)
        self._changed.set()

    async def seen(self, address: str) -> None:
        while address not in self.addresses:
            self._changed.clear()
            await self._changed.wait()


def during(ahead: Ahead, work: Callable[[], Awaitable[None]]) -> None:
    """Do `work` while links are drawn ahead."""

    async def both() -> None:
        running = asyncio.create_task(ahead.run())
        await asyncio.wait_for(work(), PATIENCE_SECONDS)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(both())


def test_links_are_drawn_in_order_each_once() -> None:
    drawing = Drawing()
    ahead = Ahead(drawing.draw, rest_seconds=0)

    async def read() -> None:
        ahead.read("/", ["/a", "/b", "/a", "/c"])
        await drawing.seen("/c")
        ahead.read("/", ["/d"])
        await drawing.seen("/d")

    during(ahead, read)
    assert drawing.addresses == ["/a", "/b", "/c", "/d"]


def test_of_a_long_page_the_first_links_are_drawn() -> None:
    drawing = Drawing()
    ahead = Ahead(drawing.draw, rest_seconds=0)

    async def read() -> None:
        ahead.read("/", (f"/{number}" for number in range(MOST + 5)))
        await drawing.seen(f"/{MOST - 1}")
        ahead.read("/", ["/last"])
        await drawing.seen("/last")

    during(ahead, read)
    assert len(drawing.addresses) == MOST + 1


def test_links_of_a_page_that_was_left_are_forgotten() -> None:
    drawing = Drawing()
    ahead = Ahead(drawing.draw, rest_seconds=0)

    async def read() -> None:
        ahead.read("/", ["/old"])
        ahead.read("/", ["/new"])
        await drawing.seen("/new")

    during(ahead, read)
    assert drawing.addresses == ["/new"]


def test_who_goes_through_the_leaders_finds_the_next_one_drawn_first() -> None:
    drawing = Drawing()
    ahead = Ahead(drawing.draw, rest_seconds=0)
    others = ["/leaders?region=a", "/?region=b&leader=1", "/?region=a&leader=2", "/?region=a"]

    async def read() -> None:
        ahead.read("/?region=a", [])
        ahead.read("/?region=a&leader=1", others)
        await drawing.seen("/?region=b&leader=1")

    during(ahead, read)
    assert drawing.addresses[:2] == ["/?region=a&leader=2", "/?region=a"]


def test_who_waits_is_answered_first() -> None:
    drawing = Drawing()
    ahead = Ahead(drawing.draw, rest_seconds=0)
    answering, may_end = asyncio.Event(), asyncio.Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        answering.set()
        await may_end.wait()
        assert drawing.addresses == []

    async def read() -> None:
        request = asyncio.create_task(ahead.heard(slow)({"type": "http"}, None, None))  # type: ignore[arg-type]  # neither is used
        await answering.wait()
        ahead.read("/", ["/a"])
        # as many turns as it would have needed
        for _ in range(10):
            await asyncio.sleep(0)
        may_end.set()
        await request
        await drawing.seen("/a")

    during(ahead, read)


def test_a_file_that_is_loaded_goes_first() -> None:
    drawing = Drawing()
    looked: list[list[str]] = []

    def busy() -> bool:
        looked.append(list(drawing.addresses))
        return len(looked) < 3

    ahead = Ahead(drawing.draw, busy, rest_seconds=0)

    async def read() -> None:
        ahead.read("/", ["/a"])
        await drawing.seen("/a")

    during(ahead, read)
    assert looked == [[], [], []]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    """What pages were asked to draw, in a frame that leads nowhere."""

    async def nothing(path: str, search: str) -> dict[str, str]:
        return {ids.FILTERS: '<a href="/?region=a&amp;light=red">甲</a>'}

    monkeypatch.setattr(shell, "frame", nothing)
    monkeypatch.setattr(filter_line, "parts", nothing)
    monkeypatch.setattr(queries(), "version", lambda: Version(date(2026, 11, 22), 1))
    return []


def answers_of(asked: list[Asked]) -> Answers:
    async def draw(one: Asked) -> dict[str, str]:
        asked.append(one)
        return {"page": one.search}

    plain, board = (
        Page("/", "总览", html.Div, parts=draw),
        Page("/wall", "挂图", html.Div, parts=draw, board=True),
    )
    return Answers(Pages((plain, board, Page("/intake", "报送", html.Div))))


def test_what_was_drawn_ahead_is_the_answer(asked: list[Asked]) -> None:
    answers = answers_of(asked)

    async def told() -> Any:
        await answers.ahead("/?region=a")
        return await answers.told("/", Asked("?region=a", before="?region=b", room=ROOM))

    drawn = asyncio.run(told())
    assert asked == [Asked("?region=a")]
    assert b'"page": "?region=a"' in drawn.body
    assert drawn.links == ("/?region=a&light=red",)


def test_a_board_is_drawn_ahead_for_the_room_it_had(asked: list[Asked]) -> None:
    answers = answers_of(asked)

    async def told() -> None:
        await answers.ahead("/wall")
        assert asked == []
        await answers.told("/wall", Asked("", room=ROOM))
        await answers.ahead("/wall?region=a")
        await answers.told("/wall", Asked("?region=a", before="", room=ROOM))
        # another row of the same wall is another answer
        await answers.told("/wall", Asked("?region=a&chosen=P1", before="?region=a", room=ROOM))

    asyncio.run(told())
    assert asked == [
        Asked("", room=ROOM), Asked("?region=a", room=ROOM), Asked("?region=a&chosen=P1", "?region=a", ROOM),
    ]  # fmt: skip


def test_a_page_of_callbacks_and_one_that_is_none_are_left_alone(asked: list[Asked]) -> None:
    answers = answers_of(asked)
    asyncio.run(answers.ahead("/intake"))
    asyncio.run(answers.ahead("/nothing"))
    assert asked == []
