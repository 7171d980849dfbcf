"""One target: what is done, what is missing, what is needed a week, and what will likely be reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import polars as pl
from dash import html
from dash.development.base_component import Component

from components import formats, targets_chart
from components.targets_chart import Chart, short
from data.forecast import INDICATORS, Forecast

Row = Mapping[str, Any]

# what the last weeks brought is told beside what is needed
RECENT_DAYS: Final = 28
# a chance nearer than this to sure is told as below or above it
SURE: Final = 0.01


@dataclass(frozen=True)
class Shown:
    """One indicator of the scope: the targets of its periods, the widest first, its past and forecast."""

    indicator: str
    targets: Sequence[Row]
    trend: pl.DataFrame
    rate: Row | None
    forecast: Forecast | None

    @property
    def ahead(self) -> bool:
        """Whether anything can be said of the days ahead."""
        return self.indicator in INDICATORS

    @property
    def there(self) -> bool:
        """Whether there is anything to show: a target, or a base to be counted."""
        return bool(self.targets) or bool(self.rate is not None and self.rate["denominator"])


def card(shown: Shown, today: date) -> list[Component]:
    """Title, big number, gaps, chart, forecast in a sentence, further periods, base."""
    main = shown.targets[0] if shown.targets else None
    return [
        html.H2([shown.indicator, html.Small(_period(main))]),
        html.Div([_value(shown), *_gaps(main)], className="target-head"),
        html.P(needed(main, shown.trend), className="target-need"),
        *targets_chart.drawn(chart_of(shown, today), _label(shown)),
        html.P(likely(shown.forecast, main), className="target-likely"),
        html.Ul([_further(row) for row in shown.targets[1:]], className="target-periods"),
        html.Div(based(shown.rate), className="base"),
    ]


def chart_of(shown: Shown, today: date) -> Chart:
    """The drawing of the past, the forecast and the targets still to come."""
    past = [(d, r) for d, r in shown.trend.select("day", "ratio").iter_rows() if r is not None]
    if shown.rate is not None and shown.rate["ratio"] is not None and (not past or past[-1][0] < today):
        past.append((today, shown.rate["ratio"]))
    goals = [
        (row["last_day"], row["target_value"])
        for row in shown.targets
        if not (row["is_count"] or row["over"])
    ]
    found = shown.forecast
    if found is None or not found.denominator:
        return Chart(past, (), (), (), (), goals, today)

    def line(name: str) -> list[tuple[date, float]]:
        return [(point.day, getattr(point, name) / found.denominator) for point in found.points]

    if not found.enough:
        return Chart(past, (), (), (), line("stated"), goals, today)
    return Chart(past, line("low"), line("median"), line("high"), line("stated"), goals, today)


def likely(found: Forecast | None, target: Row | None) -> list[Component | str]:
    """What will be reached, how sure that is, and what the plans say."""
    if found is None:
        return []
    unit = target["unit"] if target else "元" if found.indicator.startswith("投资") else "个"
    last, day = found.last, formats.short_day(found.until)
    stated = f"按各项目自己的计划是 {amount(last.stated, unit)}"
    if not found.enough:
        seen = f"{found.days} 份快照、{found.nodes} 个办结节点"
        return [f"历史还不够预测(只有 {seen});{stated}。"]
    middle = html.B(f"{amount(last.median, unit)}({formats.ratio(found.ratio(last.median))})")
    span = "" if last.low == last.high else f",八成可能在 {between(last.low, last.high, unit)}之间"
    reached: list[Component | str] = (
        [] if found.chance is None else [";达到目标的可能 ", html.B(chance(found.chance))]
    )
    return [f"预计到{day} ", middle, span, *reached, f"。{stated}。"]


def between(low: int, high: int, unit: str | None) -> str:
    """Two counts with their unit said once."""
    if unit == "元":
        return formats.money_span(low, high)
    return f"{formats.count(low)}–{formats.count(high)} {unit or ''}".strip()


def chance(share: float) -> str:
    """A share of draws in words that promise no more than draws can: 不到1%, 35%, 99%以上."""
    if share < SURE:
        return "不到1%"
    return "99%以上" if share > 1 - SURE else formats.ratio(share, 0)


def amount(count: int | float | None, unit: str | None) -> str:
    """A count with its unit, money by its size."""
    if count is None:
        return formats.NONE
    return formats.money(int(count)) if unit == "元" else f"{formats.count(int(count))} {unit or ''}".strip()


def _period(target: Row | None) -> str:
    if target is None:
        return "没有填报目标"
    until = formats.short_day(target["last_day"])
    return f"{target['scope']} · {target['period']} · 到{until}还有 {target['workdays_left']} 个工作日"


def _value(shown: Shown) -> Component:
    ratio = shown.rate["ratio"] if shown.rate is not None else None
    text = formats.ratio(ratio)
    return html.Div([text.removesuffix("%"), html.Small("%" if text.endswith("%") else "")], className="big")


def _gaps(target: Row | None) -> list[Component]:
    if target is None or target["numerator"] is None:
        return []
    goal = (
        amount(target["target_value"], target["unit"])
        if target["is_count"]
        else short(target["target_value"])
    )
    lines: list[Component] = [html.Div(["目标 ", html.B(goal)])]
    if target["missing"]:
        behind = [] if target["gap_ratio"] is None else [f"({formats.points(target['gap_ratio'])})"]
        lines.append(html.Div(["还差 ", html.B(amount(target["missing"], target["unit"])), *behind]))
    else:
        lines.append(html.Div("已达到", className="ahead"))
    if target["pace_gap_ratio"] is not None:
        ahead = target["pace_gap_ratio"] >= 0
        word = (
            f"{'快于' if ahead else '落后'}序时 {formats.points(abs(target['pace_gap_ratio'])).lstrip('+')}"
        )
        lines.append(html.Div(word, className="ahead" if ahead else "behind"))
    return [html.Div(lines, className="target-gaps")]


def needed(target: Row | None, trend: pl.DataFrame) -> list[Component | str]:
    """What is needed a week from now, and what the last four weeks brought; nothing once it is reached."""
    if target is None or not target["missing"] or target["needed_per_week"] is None:
        return []
    unit = target["unit"]
    need = target["needed_per_week"]
    told: list[Component | str] = ["从现在起每周要 ", html.B(weekly(need, unit))]
    recent = per_week(trend)
    return told if recent is None else [*told, ",近四周每周 ", html.B(weekly(recent, unit))]


def per_week(trend: pl.DataFrame) -> float | None:
    """What came a week within the last four of the year, whose counts begin anew; null with less than one."""
    known = trend.filter(pl.col("numerator").is_not_null()).sort("day")
    if known.height < 2:
        return None
    last = known["day"][-1]
    recent = known.filter(pl.col("day") >= max(last - timedelta(days=RECENT_DAYS), date(last.year, 1, 1)))
    days: int = (last - recent["day"][0]).days
    if days < 7:
        return None
    came = recent["numerator"].to_list()
    return float(came[-1] - came[0]) * 7 / days


def weekly(value: float, unit: str | None) -> str:
    """What is needed or came a week, with its unit."""
    if unit == "元":
        return formats.money(round(value))
    return f"{value:,.1f} {unit or ''}".strip()


def _further(row: Row) -> Component:
    """A narrower period in one line; of one that is over, only what is still missing."""
    goal = amount(row["target_value"], row["unit"]) if row["is_count"] else short(row["target_value"])
    state = "已达到" if row["missing"] == 0 else f"还差 {amount(row['missing'], row['unit'])}"
    left = "已过期" if row["over"] else f"剩 {row['workdays_left']} 个工作日"
    name = "behind" if row["over"] and row["missing"] else ""
    return html.Li(
        [html.Span(row["period"]), html.Span(f"目标 {goal}"), html.Span(f"{state},{left}", className=name)]
    )


def based(rate: Row | None) -> str:
    """What a rate's counts are, its base and its cut-off."""
    if rate is None or rate["numerator"] is None:
        return formats.NONE
    if rate["unit"] == "元":
        counts = formats.money_of(rate["numerator"], rate["denominator"])
    else:
        counts = f"{formats.count(rate['numerator'])}/{formats.count(rate['denominator'])} {rate['unit']}"
    return f"{counts} · {rate['base']} · 截至 {formats.short_day(rate['cutoff'])}"


def _label(shown: Shown) -> str:
    return f"{shown.indicator}的历次实际、预测区间和目标"
