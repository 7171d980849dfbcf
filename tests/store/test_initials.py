"""Texts found by what people type."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.initials import AT_START, INSIDE, NOWHERE, WHOLE, Texts, readings, sort_key, spans

NAMES = pl.Series(["连山区化工园", "单县", None, "LED 产业园\n二期", "仇某重工", "XM-0127"])


@pytest.mark.parametrize(
    ("typed", "ranks"),
    [
        ("lsq", {0: AT_START}),
        ("hgy", {0: INSIDE}),
        ("山区", {0: INSIDE}),
        ("连shan", {}),
        ("连sq", {0: AT_START}),
        ("sx", {1: WHOLE}),
        ("dx", {1: WHOLE}),
        ("led", {3: AT_START}),
        ("ＬＥＤ", {3: AT_START}),
        ("二期", {3: INSIDE}),
        ("qm", {4: AT_START}),
        ("cmzg", {4: WHOLE}),
        ("xm-0127", {5: WHOLE}),
        ("园 产", {3: INSIDE}),
        ("x", {1: INSIDE, 5: AT_START}),
        ("", {}),
        ("  ", {}),
        ("\n", {}),
    ],
)  # fmt: skip
def test_every_reading_and_any_mixture_is_found(typed: str, ranks: dict[int, int]) -> None:
    assert Texts(NAMES).find(typed).tolist() == [ranks.get(place, NOWHERE) for place in range(len(NAMES))]


def test_a_word_never_reaches_into_the_next_text() -> None:
    assert Texts(pl.Series(["甲", "乙"])).find("甲乙").tolist() == [NOWHERE, NOWHERE]
    assert Texts(pl.Series(["甲乙"])).find("甲乙丙丁戊").tolist() == [NOWHERE]


def test_one_letter_is_a_whole_text_of_one_character() -> None:
    assert Texts(pl.Series(["单", "单县", "县单", ""])).find("s").tolist() == [
        WHOLE,
        AT_START,
        INSIDE,
        NOWHERE,
    ]


def test_no_texts_at_all() -> None:
    assert Texts(pl.Series([], dtype=pl.String)).find("a").tolist() == []


def test_readings_are_toneless_and_the_commonest_comes_first() -> None:
    assert readings("行")[0] == "xing"
    assert {"hang", "xing"} <= set(readings("行"))
    assert readings("x") == ()


def test_the_order_is_that_of_pinyin() -> None:
    names = ["兴城市", "连山区", "建昌县", "龙港区", "西安", "先锋"]
    assert sorted(names, key=sort_key) == ["建昌县", "连山区", "龙港区", "西安", "先锋", "兴城市"]


def test_spans_are_where_the_words_stand() -> None:
    assert spans("连山区化工园", "hg ls") == [(0, 2), (3, 5)]
    assert spans("连山区", "没有") == []


@given(st.lists(st.text(), max_size=5), st.data())
def test_a_piece_of_a_text_is_always_found_in_it(texts: list[str], data: st.DataObject) -> None:
    texts = [*texts, "连山 led"]
    text = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, max(len(text) - 1, 0)))
    piece = text[start : start + data.draw(st.integers(1, 4))]
    found = Texts(pl.Series(texts)).find(piece)
    assert found[texts.index(text)] >= (INSIDE if piece.split() else NOWHERE)
