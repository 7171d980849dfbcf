from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.ticks import TICKS, flag, is_struck, strokes_are_not_applicable, tick, ticks
from data.values import (
    UNIT_YUAN,
    as_text,
    header_unit,
    list_of_nodes,
    money,
    number,
    unit_line,
    workdays,
)

UNTIMED = settings(deadline=None)


@pytest.mark.parametrize(
    ("cell", "unit", "yuan"),
    [
        (100, 10**8, 10_000_000_000),
        ("120000万元", 10**8, 1_200_000_000),
        ("120.5亿元", None, 12_050_000_000),
        ("1,584,946.56", 10**4, 15_849_465_600),
        (32890747.21, 10**4, 328_907_472_100),
        ("6973148", 10**4, 69_731_480_000),
        ("5。41億元", None, 541_000_000),
        ("3.5", 10**8, 350_000_000),
        (0, None, 0),
        (0.00005, 10**4, 1),
        ("人民币3亿元", None, 300_000_000),
        ("-20", 10**4, -200_000),
        ("1亿2000万元", None, 120_000_000),
        ("3亿5千万", 10**4, 350_000_000),
        ("5000W", None, 50_000_000),
        ("3.5亿(其中中央资金1亿)", None, 350_000_000),
        ("三千万", None, 30_000_000),
        ("三千万", 10**4, 30_000_000),
        ("一亿二千万元", None, 120_000_000),
        ("壹仟伍佰万元整", None, 15_000_000),
        ("两亿元", 10**4, 200_000_000),
        ("五百八十", 10**4, 5_800_000),
        ("一千零五十万", None, 10_500_000),
        ("两点五亿", None, 250_000_000),
        ("2.5个亿", None, 250_000_000),
    ],
)
def test_amounts_are_exact(cell: object, unit: int | None, yuan: int) -> None:
    amount = money(cell, unit)
    assert (amount.yuan, amount.fault, amount.approximate) == (yuan, None, False)


@pytest.mark.parametrize(
    "cell",
    ["约2.8亿元", "９０００多万元", "1.2亿元左右", "近3亿", "约279亿元", "1.2E+08元", "约三千万", "两亿左右"],
)
def test_rough_amounts_are_taken_and_marked(cell: str) -> None:
    amount = money(cell, None)
    assert amount.yuan is not None
    assert amount.approximate


@pytest.mark.parametrize("cell", [None, "", "  ", "/", "—", "——", "--", "\\", "待定"])
def test_an_empty_cell_is_null_without_fault(cell: object) -> None:
    amount = money(cell, 1)
    assert amount.yuan is None
    assert amount.fault is None


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("约42.5亿(新增)", "part"),
        ("2亿美元", "unreadable"),
        ("年产3万套", "unreadable"),
        ("1.2亿+3000万", "unreadable"),
        ("12%", "unreadable"),
        (date(2026, 1, 1), "unreadable"),
        (True, "unreadable"),
        (5, "no_unit"),
        ("5", "no_unit"),
        (float("inf"), "unreadable"),
        ("3,5", "unreadable"),
        ("1万2亿", "unreadable"),
        ("7089078737500亿", "unreadable"),
        ("1.5亿(其中)", "part"),
        ("二三千万", "unreadable"),  # two or three
        ("一亿二", "unreadable"),
        ("三百五", "unreadable"),
        ("三千", "no_unit"),
    ],
)
def test_nothing_is_guessed(cell: object, fault: str) -> None:
    amount = money(cell, None)
    assert amount.yuan is None
    assert amount.fault == fault


@UNTIMED
@given(st.integers(-(10**9), 10**9), st.sampled_from(sorted(UNIT_YUAN)))
def test_unit_in_the_cell_goes_before_the_columns(whole: int, unit: str) -> None:
    yuan = whole * UNIT_YUAN[unit]
    found = money(f"{whole:,}{unit}", 7)
    assert found.yuan == yuan if abs(yuan) < 10**16 else found.fault == "unreadable"


@UNTIMED
@given(st.decimals(min_value=0, max_value=10**7, places=4), st.sampled_from([1, 10**4, 10**8]))
def test_text_and_number_give_the_same_yuan(amount: Decimal, unit: int) -> None:
    exact = (amount * unit).to_integral_value("ROUND_HALF_UP")
    assert money(str(amount), unit).yuan == exact
    assert money(float(amount), unit).yuan == exact


@UNTIMED
@given(st.text(max_size=12))
def test_any_text_gives_an_amount_or_says_why_not(text: str) -> None:
    amount = money(text, 10**4)
    assert amount.yuan is None or amount.fault is None


@pytest.mark.parametrize(
    ("header", "bare", "unit"),
    [
        ("总投资(亿元)", "总投资", 10**8),
        ("年度计划投资(万元)", "年度计划投资", 10**4),
        ("年度计划投资(万元)", "年度计划投资", 10**4),
        ("总投资万元", "总投资", 10**4),
        ("总投资(单位:万元)", "总投资", 10**4),
        ("投资\n规模", "投资规模", None),
        ("单元", "单元", None),
    ],
)
def test_header_states_its_unit(header: str, bare: str, unit: int | None) -> None:
    assert header_unit(header) == (bare, unit)


def test_unit_line_is_about_money_only() -> None:
    assert unit_line("编制单位:桂林市重大项目推进办公室  单位:万元") == 10**4
    assert unit_line("单位:億元") == 10**8
    assert unit_line("编制单位:桂林市重大项目推进办公室") is None


def test_predecessors_keep_slashes() -> None:
    assert list_of_nodes("用地/供地、立项") == ["用地/供地", "立项"]
    assert list_of_nodes(2.0) == ["2"]
    assert list_of_nodes("") is None


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        *((word, state) for state, words in TICKS.items() for word in words.split()),
        ("已办结。", "done"),
        ("完成50%", None),
        ("也许", None),
        ("是", None),
        ("无", None),
        ("/", None),
        (None, None),
        (1, None),
    ],
)
def test_ticks(cell: object, state: str | None) -> None:
    assert tick(cell) == state


def test_answers_are_read_a_column_together() -> None:
    assert ticks(["√", "无", "/", "", None, "随便"]) == ["done", "not_applicable", None, None, None, None]
    assert ticks(["有", "无", "在办"]) == ["done", "waiting", "running"]
    assert ticks(["是", "否", "—"]) == ["done", "waiting", None]


def test_strokes_mean_what_the_legend_says() -> None:
    assert [is_struck(v) for v in ("/", "——", "\\", "", None, "无", "1/2")] == [True] * 3 + [False] * 4
    said = ("注:“/”表示不涉及", "“—”、“/”代表不涉及", "√已办,/不涉及", "不涉及的划“/”")
    assert all(strokes_are_not_applicable(text) for text in said)
    other = ("注:“/”“—”为未明确;不涉及的手续不计入应办。", "已办/在办/待办/不涉及", "不涉及", None)
    assert not any(strokes_are_not_applicable(text) for text in other)


def test_flags_numbers_days_and_text() -> None:
    assert [flag(v) for v in ("是", "否", "√", True, 0, "不详")] == [True, False, True, True, False, None]
    assert [number(v) for v in ("95%", "122.6%", "5‰", "1,200.5", 3)] == [0.95, 1.226, 0.005, 1200.5, 3.0]
    assert [number(v) for v in ("三", "1,20", True, float("nan"))] == [None] * 4
    assert [workdays(v) for v in ("5个工作日内", 20.0, "-3", "2.5", "十天")] == [5, 20, -3, None, None]
    assert [as_text(v) for v in (2.0, 2.5, " a ", "", date(2026, 1, 2))] == [
        "2",
        "2.5",
        "a",
        None,
        "2026-01-02",
    ]
