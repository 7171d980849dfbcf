"""Targets of counties, parks and leaders side by side, and the projects that decide the city's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl
from dash import dcc, html
from dash.development.base_component import Component

from components import filters, formats, links
from components.stacked import stacked
from components.targets_card import amount, chance
from components.targets_chart import short
from data.backtest import Score
from data.forecast import INDICATORS, Decider, Forecast

Row = Mapping[str, Any]

# what a scope's row shows, and the one whose forecast stands beside it
SHOWN: Final = ("开复工率", "手续办结率", "投资完成率")
FORECAST: Final = "开复工率"


def table(rows: pl.DataFrame, forecasts: Mapping[str, Forecast], search: str) -> Component:
    """One row a scope with targets; `rows` are those of `targets`, `forecasts` of 开复工率 by scope."""
    if rows.is_empty():
        return html.Div("县区、园区和领导还没有填报目标;请在“目标”台账里写明范围。", className="empty")
    by_kind: dict[str, dict[str, dict[str, Row]]] = {}
    for row in rows.iter_rows(named=True):
        by_kind.setdefault(row["scope_kind"], {}).setdefault(row["scope"], {}).setdefault(
            row["indicator"], row
        )
    counts = rows.filter("is_count")["indicator"].unique(maintain_order=True)
    shown = [name for name in (*SHOWN, *counts) if name in set(rows["indicator"])]
    bodies = []
    for kind, scopes in by_kind.items():
        head = html.Tr(html.Th(kind, colSpan=2 + 2 * len(shown), scope="rowgroup", className="group"))
        own = [
            _row(scope, found, shown, forecasts.get(scope), search) for scope, found in _last_first(scopes)
        ]
        bodies.append(html.Tbody([head, *own]))
    return html.Table([_head(shown), *bodies], className="table target-scopes")


def _last_first(scopes: Mapping[str, Mapping[str, Row]]) -> list[tuple[str, Mapping[str, Row]]]:
    """The scopes furthest behind their first target at the top; those without a figure last."""

    def behind(item: tuple[str, Mapping[str, Row]]) -> tuple[bool, float]:
        gap = next((row["gap_ratio"] for row in item[1].values() if row["gap_ratio"] is not None), None)
        return gap is None, gap or 0.0

    return sorted(scopes.items(), key=behind)


def _head(shown: Sequence[str]) -> Component:
    cells = [html.Th("范围", scope="col")]
    for name in shown:
        cells += [html.Th(name, className="n", scope="col"), html.Th("还差", className="n", scope="col")]
    return html.Thead(html.Tr([*cells, html.Th("达标可能", className="n", scope="col")]))


def _row(
    scope: str, found: Mapping[str, Row], shown: Sequence[str], forecast: Forecast | None, search: str
) -> Component:
    kind = next(iter(found.values()))["scope_kind"]
    choice = {"leader": scope} if kind == "领导" else {"region": scope}
    cells: list[Component] = [html.Td(dcc.Link(scope, href=links.targets(filters.toggled(search, **choice))))]
    for name in shown:
        cells += _cells(found.get(name))
    return html.Tr([*cells, html.Td(_chance(forecast), className="n")])


def _cells(row: Row | None) -> list[Component]:
    if row is None or row["numerator"] is None:
        return [html.Td(formats.NONE, className="n base"), html.Td(formats.NONE, className="n base")]
    behind = " behind" if (row["pace_gap_ratio"] or 0) < 0 else ""
    missing = "达到" if row["missing"] == 0 else _missing(row)
    if row["is_count"]:
        goal, done = amount(row["target_value"], row["unit"]), amount(row["numerator"], row["unit"])
        gap = formats.percent(row["numerator"], row["needed"])
    else:
        goal, done = short(row["target_value"]), formats.ratio(row["ratio"])
        gap = formats.points(row["gap_ratio"])
    return [
        html.Td(stacked(html.B(done), f"目标 {goal}"), className=f"n{behind}"),
        html.Td(stacked(missing, gap), className="n"),
    ]


def _missing(row: Row) -> str:
    if row["unit"] == "元":
        return formats.money(row["missing"])
    return amount(row["missing"], row["unit"])


def _chance(forecast: Forecast | None) -> Component | str:
    if forecast is None or forecast.chance is None:
        return formats.NONE
    last = forecast.last
    return stacked(chance(forecast.chance), f"预计 {last.low}–{last.high} 个")


def deciders(found: Sequence[Decider], until: str, search: str) -> Component:
    """The projects whose getting there by then is least certain."""
    if not found:
        return html.Div("没有悬而未决的项目:要么来得及,要么来不及。", className="empty")
    head = html.Tr(
        [
            html.Th("项目", scope="col"),
            html.Th("卡在", scope="col"),
            html.Th(f"{until}前", className="n", scope="col"),
            html.Th("预计", className="n", scope="col"),
            html.Th("计划", className="n", scope="col"),
        ]
    )
    return html.Table(
        [html.Thead(head), html.Tbody([_decider(one, search) for one in found])], className="table deciders"
    )


def _decider(one: Decider, search: str) -> Component:
    who = "、".join(text for text in (one.region, one.accountable_leader) if text)
    name = [html.Span(one.project_name, className="clip"), html.Span(who, className="base")]
    return html.Tr(
        [
            html.Td(
                dcc.Link(
                    name,
                    href=links.project(one.project_id, search),
                    className="stacked",
                    title=one.project_name,
                )
            ),
            html.Td(
                [
                    html.Div(formats.text(one.node)),
                    html.Div(formats.text(one.department), className="base clip"),
                ]
            ),
            html.Td(html.B(formats.ratio(one.chance, 0)), className="n"),
            html.Td(formats.short_day(one.likely_day), className="n"),
            html.Td(formats.short_day(one.stated_day), className="n"),
        ]
    )


def record(scores: Sequence[Score]) -> Component:
    """How well past forecasts did against what came, the plan and the last rate; the best one is marked."""
    if not scores:
        return html.Div("历史还不够回测:至少要 10 天以上的快照,并隔开 5 个工作日。", className="empty")
    head = html.Tr(
        [
            html.Th("指标,提前", scope="col"),
            html.Th("区间命中", className="n", scope="col"),
            html.Th("本预测误差", className="n", scope="col"),
            html.Th("按计划", className="n", scope="col"),
            html.Th("按近速", className="n", scope="col"),
        ]
    )
    return html.Table(
        [html.Thead(head), html.Tbody([_score(one) for one in scores])], className="table backtest"
    )


def _score(one: Score) -> Component:
    errors = (one.error, one.stated_error, one.carried_error)
    best = min(error for error in errors if error is not None)
    money = INDICATORS[one.indicator] == "money"
    return html.Tr(
        [
            html.Td(
                stacked(
                    html.Span([one.indicator, html.Span(f" {one.workdays}天", className="base")]),
                    f"实际平均新增 {_error(one.mean_actual, money)}",
                )
            ),
            html.Td(f"{formats.ratio(one.coverage, 0)}({one.replays}次)", className="n"),
            *(
                html.Td(
                    html.B(_error(error, money)) if error == best else _error(error, money), className="n"
                )
                for error in errors
            ),
        ]
    )


def _error(value: float | None, money: bool) -> str:
    if value is None:
        return formats.NONE
    return formats.money(round(value)) if money else f"{value:,.1f}"
