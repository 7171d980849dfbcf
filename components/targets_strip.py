"""Targets in one line each: counts (新开工 200 个), and rates that can't be forecast."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components import formats
from components.targets_card import Row, Shown, amount, based, between, chance, needed
from components.targets_chart import short
from data.forecast import Forecast


def strip(shown: Sequence[Shown]) -> list[Component]:
    """The indicators, a line each."""
    return [html.Div([html.B(one.indicator), *line(one)], className=_name(one)) for one in shown]


def _name(one: Shown) -> str:
    return "strip-line wide" if one.targets[0]["is_count"] else "strip-line"


def line(one: Shown) -> list[Component | str]:
    """What is done, the target with its gap, what is needed a week, what is likely, the base."""
    target = one.targets[0]
    if target["numerator"] is None:
        return [
            html.Span(f"目标 {_goal(target)}"),
            html.Span("台账里没有数它的地方,请换用开工、竣工、投产、入库、投资等词。", className="base"),
        ]
    if target["is_count"]:
        return _count(one, target)
    return [
        html.B(formats.ratio(target["ratio"]), className="strip-value"),
        html.Span(f"目标 {_goal(target)},{missing(target)}"),
        html.Span(needed(target, one.trend)),
        html.Span(based(one.rate), className="base"),
    ]


def _count(one: Shown, target: Row) -> list[Component | str]:
    share = formats.percent(target["numerator"], target["needed"])
    pace = _pace(target)
    return [
        html.B(amount(target["numerator"], target["unit"]), className="strip-value"),
        html.Span(f"{target['period']} 目标 {_goal(target)},完成 {share},{missing(target)}"),
        *([html.Span(pace, className="behind" if target["pace_missing"] else "ahead")] if pace else []),
        html.Span(needed(target, one.trend)),
        html.Span(_likely(one.forecast, target)),
        *(html.Span(_further(row), className="base") for row in one.targets[1:] if _is_open(row)),
        html.Span(
            f"按{target['rate']}的完成数 · 截至 {formats.short_day(target['cutoff'])}", className="base"
        ),
    ]


def _goal(target: Row) -> str:
    if target["is_count"]:
        return amount(target["target_value"], target["unit"])
    return short(target["target_value"])


def missing(target: Row) -> str:
    """ "还差 16 个", "已达到"."""
    if target["missing"] == 0:
        return "已达到"
    return f"还差 {amount(target['missing'], target['unit'])}"


def _pace(target: Row) -> str:
    if target["pace_missing"] is None:
        return ""
    if target["pace_missing"] == 0:
        return "赶上序时"
    return f"比序时({formats.ratio(target['pace_ratio'])})少 {amount(target['pace_missing'], target['unit'])}"


def _likely(found: Forecast | None, target: Row) -> list[Component | str]:
    if found is None or not found.enough or target["over"]:
        return []
    last, unit = found.last, target["unit"]
    span = "" if last.low == last.high else f"(八成在 {between(last.low, last.high, unit)})"
    told: list[Component | str] = [
        f"预计到{formats.short_day(found.until)} ", html.B(amount(last.median, unit)), span
    ]  # fmt: skip
    return told if found.chance is None else [*told, ",达标可能 ", html.B(chance(found.chance))]


def _is_open(row: Row) -> bool:
    """Whether a further period is still to come, or was missed."""
    return not row["over"] or bool(row["missing"])


def _further(row: Row) -> str:
    return f"{row['period']} 目标 {_goal(row)},{missing(row)}{',已过期' if row['over'] else ''}"
