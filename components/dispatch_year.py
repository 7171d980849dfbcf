"""What the monthly meeting looks at: targets against actuals, trend, campaigns."""

from __future__ import annotations

from typing import Any, Final

import polars as pl
from dash import html
from dash.development.base_component import Component

from components import formats, links, sparkline
from components.dispatch_link import Shown
from components.dispatch_table import card, table
from components.rate import Rate
from data.query import queries

INDICATORS: Final = (
    "开复工率",
    "开工率(新建)",
    "复工率(续建)",
    "手续办结率",
    "投资完成率",
    "竣工率",
    "问题销号率",
)


async def targets(shown: Shown) -> Component:
    """Rates against target and 序时: gap in points, and how many are missing."""
    found = await queries().ask("rates", **shown.params)
    rows = [_target(row) for row in _ordered(found) if row["denominator"]]
    heads = ("指标", "#完成", "#比率", "#目标", "#序时", "#比序时", "#还差", "口径")
    listed = table(heads, rows, "没有目标。")
    body = html.Div([listed, _more("预测、每周还要几个 ›", links.targets(shown.away))])
    return card("目标完成情况", f"截至 {formats.day(shown.as_of)}", body, "dispatch-wide")


def _target(row: dict[str, Any]) -> list[Any]:
    rate = Rate(
        row["indicator"], row["numerator"], row["denominator"], row["unit"], row["base"],
        row["target_ratio"], row["pace_ratio"],
    )  # fmt: skip
    gap = None if rate.ratio is None or rate.pace_ratio is None else rate.ratio - rate.pace_ratio
    return [
        html.B(row["indicator"]),
        f"{_amount(rate.numerator, rate.unit)} / {_amount(rate.denominator, rate.unit)}",
        formats.ratio(rate.ratio),
        formats.ratio(rate.target_ratio),
        formats.ratio(rate.pace_ratio),
        html.Span(formats.points(gap), className="behind" if rate.behind else ""),
        _amount(rate.missing, rate.unit),
        html.Span(row["base"], className="base"),
    ]


def _amount(value: int | None, unit: str) -> str:
    if value is None:
        return formats.NONE
    return f"{formats.yi(value)} 亿元" if unit == "元" else f"{formats.count(value)} {unit}"


def _ordered(found: pl.DataFrame) -> list[dict[str, Any]]:
    rows = {row["indicator"]: row for row in found.iter_rows(named=True)}
    return [rows[name] for name in INDICATORS if name in rows]


async def trend(shown: Shown) -> Component:
    """How the rates went over the snapshots."""
    found = await queries().ask("trend", **shown.params)
    lines = [_line(found.filter(indicator=name)) for name in INDICATORS]
    rows = [line for line in lines if line]
    first = formats.short_day(found["day"].min()) if found.height else formats.NONE  # type: ignore[arg-type]
    days = found["day"].n_unique()
    heads = ("指标", "#起", "走势", "#现在", "#变化")
    return card("走势", f"{first}以来 {days} 份快照", table(heads, rows, "快照还不够画走势。"))


def _line(rows: pl.DataFrame) -> list[Any] | None:
    ratios = rows.sort("day")["ratio"].to_list()
    known = [ratio for ratio in ratios if ratio is not None]
    if len(known) < 2:
        return None
    name = rows["indicator"][0]
    return [
        name,
        formats.ratio(known[0]),
        html.Div(sparkline.drawn(ratios, f"{name}走势"), className="dispatch-spark"),
        html.B(formats.ratio(known[-1])),
        formats.points(known[-1] - known[0]),
    ]


async def campaigns(shown: Shown) -> Component:
    """Each campaign's projects: started, red, and the working days left."""
    found = await queries().ask("dispatch_campaigns", **shown.params)
    rows = [
        [
            html.B(row["campaign"]),
            f"{formats.count(row['started'])} / {formats.count(row['projects'])} 个",
            formats.percent(row["started"], row["projects"]),
            formats.count(row["red"]),
            formats.short_day(row["target_date"]),
            _left(row["workdays_left"]),
        ]
        for row in found.iter_rows(named=True)
    ]
    heads = ("专项行动", "#已开复工 / 项目", "#开复工率", "#红灯项目", "目标日", "#还有")
    listed = table(heads, rows, "台账“专项行动”一列没有填。")
    body = html.Div([listed, _more("战报、每天进度 ›", links.campaigns(shown.away))])
    return card("专项行动", f"截至 {formats.day(shown.as_of)}", body)


def _more(word: str, href: str) -> Component:
    return html.A(word, href=href, className="base")


def _left(workdays: int | None) -> Component:
    if workdays is None:
        return html.Span(formats.NONE)
    if workdays < 0:
        return html.Span(f"已过 {-workdays} 个工作日", className="behind")
    return html.Span(f"{workdays} 个工作日")
