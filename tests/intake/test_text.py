"""What makes two texts the same, and what a cell says that says nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from data.text import is_empty, is_nothing, name_characters, plain, simplified


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("總投資（億元）", "总投资(亿元)"),
        ("項    目  名  称", "项目名称"),
        ("責任\n單位", "责任单位"),
        ("２０２３．３．１５", "2023.3.15"),
        ("2023—2025", "2023-2025"),
        ("瀋陽市皇姑區", "沈阳市皇姑区"),
        ("開(kāi)工", "开工"),
        ("\u200b项目\ufeff", "项目"),
        ("待上位規劃確定後", "待上位规划确定后"),
    ],
)
def test_the_same_in_another_writing(one: str, other: str) -> None:
    assert plain(one) == plain(other) == other


def test_remarks_in_brackets_are_no_readings() -> None:
    assert plain("光伏(PV)项目(kA)") == "光伏(PV)项目(kA)"


@pytest.mark.parametrize("name", ["乾县", "乾安县", "李昇", "於潜镇", "濛江乡", "陈堃", "刘喆"])
def test_characters_kept_for_names_stay(name: str) -> None:
    assert name_characters(name) == name


def test_traditional_names_become_simplified() -> None:
    assert [name_characters(n) for n in ("張國榮", "劉曉東", "遼寧省")] == ["张国荣", "刘晓东", "辽宁省"]


@pytest.mark.parametrize(
    "cell", [None, "", " ", "\n", "/", "—", "——", "--", "\\", "…", "?", "待定", "暂无", "/" * 40]
)
def test_empty(cell: object) -> None:
    assert is_empty(cell)
    assert is_nothing(cell)


@pytest.mark.parametrize("cell", ["无", "没有", "不详", "N/A", "null", "None"])
def test_words_that_are_empty_only_for_facts(cell: str) -> None:
    assert is_nothing(cell)
    assert not is_empty(cell)


@pytest.mark.parametrize("cell", [0, 0.0, False, "0", "无锡", "—— 见附件", "待定方案比选", "-5"])
def test_not_empty(cell: object) -> None:
    assert not is_empty(cell)
    assert not is_nothing(cell)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_blanks_never_matter(text: str) -> None:
    assert plain(f" {text}\n") == plain(text)
    assert is_empty(f"\t{text} ") == is_empty(text)


@pytest.mark.parametrize(
    ("text", "simple"),
    [
        ("答覆", "答复"),
        ("藉口", "借口"),
        ("慰藉", "慰藉"),
        ("不瞭解", "不了解"),
        ("縣區", "县区"),
        ("县区", "县区"),
    ],
)
def test_characters_that_change_only_in_words(text: str, simple: str) -> None:
    assert (simplified(text), plain(text)) == (simple, simple)


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=12))
def test_simplifying_is_what_the_converter_does(text: str) -> None:
    assert simplified(text) == OpenCC("t2s").convert(text)
