"""Amounts as real tables hold them: units in odd places, slips of ten thousand, quantities like money."""

from __future__ import annotations

from typing import Any

import pytest

from tests.intake.books import conformed, rules_of


def project_amounts(header: str, *cells: Any, top: str | None = None) -> tuple[list[int | None], set[str]]:
    rows: list[list[Any]] = [[top, None]] if top else []
    rows += [["项目名称", header], *([f"项目{chr(0x4E00 + i)}", cell] for i, cell in enumerate(cells))]
    result = conformed(("项目", rows))
    return result.ledgers["projects"]["total_investment_yuan"].to_list(), rules_of(result)


def test_two_units_in_one_sheet() -> None:
    rows = [["项目名称", "总投资（亿元）", "年度计划投资（万元)"], ["甲", 3.5, 2000]]
    row = conformed(("项目", rows)).ledgers["projects"].row(0, named=True)
    assert (row["total_investment_yuan"], row["annual_plan_yuan"]) == (350_000_000, 20_000_000)


def test_every_place_a_unit_may_stand() -> None:
    cells = ["120.5亿元", "120000万元", "120,000", "1,584,946.56", 32890747.21, "6973148", "约2.8亿元"]
    amounts, rules = project_amounts("总投资(万元)", *cells)
    assert amounts == [
        12_050_000_000,
        1_200_000_000,
        1_200_000_000,
        15_849_465_600,
        328_907_472_100,
        69_731_480_000,
        280_000_000,
    ]
    assert "approximate_money" in rules


def test_quantities_are_no_money() -> None:
    cells = ["年产3万套", "300萬平方米", "120万千瓦", "5万亩", "3000吨", "2亿美元"]
    amounts, rules = project_amounts("总投资(万元)", *cells)
    assert amounts == [None] * len(cells)
    assert "unreadable_money" in rules


def test_a_glued_number_is_no_amount() -> None:
    amounts, rules = project_amounts("总投资(万元)", "7089078737500", 100)
    assert amounts == [None, 1_000_000]
    assert "unreadable_money" in rules


def test_new_taiwan_dollars_are_not_yuan() -> None:
    rows = [["項目名稱", "總投資(新臺幣千元)"], ["甲", 500]]
    projects = conformed(("项目", rows)).ledgers["projects"]
    assert projects["total_investment_yuan"].to_list() == [None]


def test_traditional_and_full_width_digits() -> None:
    amounts, _ = project_amounts("總投資", "5。41億元", "５億元", "1.2萬億元")
    assert amounts == [541_000_000, 500_000_000, 1_200_000_000_000]


@pytest.mark.parametrize(
    ("cells", "cell"),
    [
        ((3.5, 2, 8, 35000), "B5"),
        ((3.5, 2, "3.06萬元", 5, 4), "B4"),
        ((3.5, 35000), "B2"),
    ],
)
def test_a_slip_of_ten_thousand_is_told(cells: tuple[Any, ...], cell: str) -> None:
    rows = [["项目名称", "总投资(亿元)"], *([f"项目{i}", amount] for i, amount in enumerate(cells))]
    found = [f for f in conformed(("项目", rows)).findings if f.rule == "amount_out_of_scale"]
    assert cell in [f.cell for f in found]
    assert all(f.weight == "warning" and "中位数" in f.message for f in found)


def test_a_great_project_among_small_ones_is_no_slip() -> None:
    # a nuclear plant of 800 亿 beside village roads of 0.05 to 50 亿
    _, rules = project_amounts("总投资(亿元)", 0.05, 0.4, 0.5, 0.6, 3, 12, 50, 800)
    assert "amount_out_of_scale" not in rules


def test_nothing_spent_yet_is_no_slip() -> None:
    _, rules = project_amounts("总投资(亿元)", 0, 0, 0, 3, 5)
    assert "amount_out_of_scale" not in rules


def test_rates_above_one_are_kept() -> None:
    rows = [
        ["指标", "范围", "期间", "目标值"],
        ["投资完成率", "全市", "2026", "122.6%"],
        ["x", "全市", "2026", "151.47%"],
    ]
    assert conformed(("目标", rows)).ledgers["targets"]["target_value"].to_list() == [1.226, 1.5147]


@pytest.mark.parametrize("cells", [(95, "80%"), (0.95, "80%"), ("95%", "80")])
def test_a_header_in_percent(cells: tuple[Any, ...]) -> None:
    rows = [
        ["指标", "范围", "期间", "目标值(%)"],
        *(["x", f"范围{i}", "2026", v] for i, v in enumerate(cells)),
    ]
    assert conformed(("目标", rows)).ledgers["targets"]["target_value"].to_list() == [0.95, 0.8]
