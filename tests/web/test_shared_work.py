"""One rendering serves every page that asks for the same, and nothing outlives a publication."""

from __future__ import annotations

import asyncio

import pytest

from components import shared_work
from components.shared_work import shared


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The state of the store, as the test sets it."""
    state = [1]
    monkeypatch.setattr(shared_work.queries(), "state", lambda: tuple(state))
    return state


def test_pages_that_ask_together_share_one_answer(published: list[int]) -> None:
    asked: list[str] = []

    @shared
    async def draw(search: str) -> str:
        asked.append(search)
        await asyncio.sleep(0)
        return f"画面{search}"

    async def fifty() -> list[str]:
        return await asyncio.gather(*(draw(f"?{n % 2}") for n in range(50)))

    assert set(asyncio.run(fifty())) == {"画面?0", "画面?1"}
    assert sorted(asked) == ["?0", "?1"]


def test_a_publication_asks_again(published: list[int]) -> None:
    drawn = iter("旧新")

    @shared
    async def draw() -> str:
        return next(drawn)

    async def twice() -> tuple[str, str, str]:
        first, again = await draw(), await draw()
        published[0] += 1
        return first, again, await draw()

    assert asyncio.run(twice()) == ("旧", "旧", "新")


def test_a_failure_is_told_and_forgotten(published: list[int]) -> None:
    left = [ValueError("一次")]

    @shared
    async def draw() -> str:
        if left:
            raise left.pop()
        return "好了"

    async def both() -> str:
        with pytest.raises(ValueError, match="一次"):
            await draw()
        return await draw()

    assert asyncio.run(both()) == "好了"


def test_a_page_that_leaves_takes_nothing_from_the_others(published: list[int]) -> None:
    @shared
    async def draw(gate: asyncio.Event) -> str:
        await gate.wait()
        return "画面"

    async def one_leaves() -> str:
        gate = asyncio.Event()
        leaving, staying = asyncio.create_task(draw(gate)), asyncio.create_task(draw(gate))
        await asyncio.sleep(0)
        leaving.cancel()
        gate.set()
        return await staying

    assert asyncio.run(one_leaves()) == "画面"


def test_only_so_many_are_kept(published: list[int]) -> None:
    @shared
    async def draw(number: int) -> int:
        return number

    async def many() -> None:
        for number in range(shared_work.KEPT + 20):
            await draw(number)

    asyncio.run(many())
    assert len(shared_work._kept) <= shared_work.KEPT
