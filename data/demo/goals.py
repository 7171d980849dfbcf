"""Targets of the demo city: the year's goals of city, regions and a few leaders, by half, quarter, month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import polars as pl

from data.demo.city import PUBLISHED_PROJECTS, list_year
from data.demo.words import REGIONS

ANNUAL: Final = (("开复工率", 0.91), ("手续办结率", 0.95), ("投资完成率", 1.0), ("问题销号率", 0.9))
# of the year's goal, the share to be reached by the end of each month: little is built in winter
STARTS_BY_MONTH: Final = (0.02, 0.05, 0.12, 0.20, 0.29, 0.38, 0.47, 0.56, 0.66, 0.78, 0.89, 1.0)
MONEY_BY_MONTH: Final = (0.03, 0.08, 0.16, 0.25, 0.34, 0.44, 0.53, 0.62, 0.72, 0.82, 0.92, 1.0)
NEW_STARTS: Final = 80
# a count must not look like a rate, which is at most 2
LEAST_COUNT: Final = 3
# all have the city's goal at the year's end; on the way there, each tier is asked for this share of it
TIERS: Final = (0.7, 0.55, 0.4)
LEADERS: Final = (("领导01", 1), ("领导02", 2), ("领导03", 0), ("领导04", 1))
COLUMNS: Final = ("indicator", "scope", "period", "target_value", "definition")

Row = tuple[str, str, str, float, str]


def targets(projects: int, today: date) -> pl.DataFrame:
    """One row a target of the list year, with months as of today; rates are ratios, counts whole numbers."""
    year = str(list_year(today))
    rows: list[Row] = [
        (name, scope, year, value, "年度清单")
        for name, value in ANNUAL
        for scope in ("全市", *(r.name for r in REGIONS))
    ]
    rows.append(("走访达标率", "全市", year, 1.0, "每月不少于2次"))
    return pl.DataFrame([*rows, *_of_city(projects, today), *_of_regions(today), *_of_leaders(today)],
                        schema=list(COLUMNS), orient="row")  # fmt: skip


def periods(today: date) -> list[tuple[str, int]]:
    """Every half of the list year, the quarters of today's half and the months of today's quarter.

    Each with the number of its last month. In January and February the list year is the one before, whose
    last half is shown; the months are today's own.
    """
    year = list_year(today)
    month = today.month if today.year == year else 12
    quarter = (month + 2) // 3
    quarters = (1, 2) if quarter <= 2 else (3, 4)
    own = (today.month + 2) // 3 * 3
    return [
        (f"{year}上半年", 6),
        (f"{year}下半年", 12),
        *((f"{year}Q{q}", q * 3) for q in quarters),
        *((f"{today.year}-{m:02d}", m) for m in range(own - 2, own + 1)),
    ]


def current(today: date) -> list[tuple[str, int]]:
    """The half, quarter and month of `periods` that hold today, or the last of the list year."""
    half, quarter, months = periods(today)[:2], periods(today)[2:4], periods(today)[4:]
    month = today.month if today.year == list_year(today) else 12
    return [half[month > 6], quarter[(month - 1) // 3 % 2], months[(today.month - 1) % 3]]


def _of_city(projects: int, today: date) -> Iterator[Row]:
    starts = NEW_STARTS * projects / PUBLISHED_PROJECTS
    for period, month in periods(today):
        yield "开复工率", "全市", period, _by(month, "开复工率"), "年度清单"
        yield "投资完成率", "全市", period, _by(month, "投资完成率"), "年度清单"
    for period, month in [(str(list_year(today)), 12), *periods(today)]:
        count = float(round(starts * STARTS_BY_MONTH[month - 1]))
        if count >= LEAST_COUNT:
            yield "新开工项目数", "全市", period, count, "新建项目,累计"


def _of_regions(today: date) -> Iterator[Row]:
    """Stronger regions are asked for more."""
    for region in REGIONS:
        tier = TIERS[(region.strength < 0.75) + (region.strength < 0.45)]
        for period, month in current(today):
            yield "开复工率", region.name, period, _by(month, "开复工率", tier), "年度清单,分档推进"
            yield "投资完成率", region.name, period, _by(month, "投资完成率", tier), "年度清单,分档推进"


def _of_leaders(today: date) -> Iterator[Row]:
    for leader, tier in LEADERS:
        for period, month in [(str(list_year(today)), 12), *current(today)]:
            yield "开复工率", leader, period, _by(month, "开复工率", TIERS[tier]), "包保项目"


def _by(month: int, indicator: str, tier: float = 1.0) -> float:
    """The rate to be reached by the end of a month."""
    shares = STARTS_BY_MONTH if indicator == "开复工率" else MONEY_BY_MONTH
    return round(dict(ANNUAL)[indicator] * shares[month - 1] * (1.0 if month == 12 else tier), 3)
