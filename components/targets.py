"""目标: what is done against the targets, what will likely be reached, and how good forecasts have been."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import polars as pl
from dash import Input, Output, callback, html
from dash.development.base_component import Component

from components import (
    filters,
    formats,
    ids,
    markup,
    snapshot_days,
    targets_card,
    targets_strip,
    targets_table,
)
from components.hands import Hands
from components.pages import Page
from components.shared_work import shared
from components.targets_card import Shown
from components.targets_tabs import card, tabs
from data.backtest import record, scores
from data.forecast import INDICATORS, Forecast, Goal, forecasts
from data.query import queries
from data.settings import settings

PARTS: Final = ids.new("targets", "parts")
TABS: Final = ids.new("targets", "tabs")
CARDS: Final = ids.new("targets", "cards")
STRIP: Final = ids.new("targets", "strip")
SCOPES: Final = ids.new("targets", "scopes")
DECIDERS: Final = ids.new("targets", "deciders")
RECORD: Final = ids.new("targets", "record")
RECORD_TEXT: Final = ids.new("targets", "record-text")

# targets are set for the city, a county or a leader; within anything else there is none
TARGETED: Final = ("region", "leader")
# the county's forecasts beside its target are for so many scopes at most
SCOPES_FORECAST: Final = 40
# a target in 个 or 元 is forecast by what the rate beside it is forecast by, among projects of one kind
COUNTED_BY: Final[dict[str, tuple[str, dict[str, str]]]] = {
    **{name: (name, {}) for name in INDICATORS},
    "开工率(新建)": ("开复工率", {"kind": "新建"}),
    "复工率(续建)": ("开复工率", {"kind": "续建"}),
}

_replaying: Final = Hands(1)
# drawing a snapshot's future takes seconds, and one page asks for it forty times at once
_forecasting: Final = Hands(2)


def layout() -> Component:
    """The frame; one callback fills it, another the record, which takes longer."""
    return html.Main(
        [
            markup.part(TABS, "tabs-place"),
            markup.part(CARDS, "target-cards"),
            markup.part(STRIP, "target-strip"),
            html.Div(
                [
                    markup.part(SCOPES, "card"),
                    markup.part(DECIDERS, "card"),
                    markup.slot(RECORD, RECORD_TEXT, "card"),
                ],
                className="target-tables",
            ),
            markup.parts(PARTS),
        ],
        className="targets",
    )


markup.connect_parts(PARTS)
markup.connect(RECORD, RECORD_TEXT)


@callback(Output(PARTS, "data"), Input(ids.VERSION, "data"), Input(ids.LOCATION, "search"))
@shared
async def show_targets(_version: object, search: str) -> dict[str, str]:
    """All parts but the record, for the filters in the address."""
    params, today = filters.parse(search), snapshot_days.status_date(search)
    shown, listed = await asyncio.gather(
        all_shown(params, today), queries().ask("targets", as_of=params["as_of"])
    )
    lead = next((one for one in shown if one.indicator == targets_table.FORECAST), None)
    found = lead.forecast if lead else None
    return {
        TABS: markup.html_of(tabs("目标", search)),
        CARDS: markup.html_of(
            [
                html.Section(targets_card.card(one, today), className="card")
                for one in shown
                if one.ahead and one.there
            ]
        ),
        STRIP: markup.html_of(targets_strip.strip([one for one in shown if not one.ahead])),
        SCOPES: markup.html_of(await scopes_card(listed, today, search)),
        DECIDERS: markup.html_of(deciders_card(found, filters.only(search))),
    }


@callback(Output(RECORD_TEXT, "data"), Input(ids.VERSION, "data"), Input(ids.LOCATION, "search"))
@shared
async def show_record(_version: object, search: str) -> str:
    """How past forecasts did, up to the snapshot in use."""
    version = queries().version(snapshot_days.status_date(search))
    if version is None:
        return ""
    found = await _replaying.do(lambda: record(settings(), version))
    note = "用过去的数据重做预测,与后来的实际对照;误差为平均绝对误差,80%区间应命中八成,各次有重叠"
    return markup.html_of(card("预测准不准", note, targets_table.record(scores(found))))


async def all_shown(params: Mapping[str, str | None], today: date) -> list[Shown]:
    """The indicators of the scope: those that can be forecast, and others with a target."""
    scope = {name: params[name] for name in TARGETED}
    narrowed = any(value for name, value in params.items() if name not in (*TARGETED, "as_of"))
    both = all(scope.values())
    rows, rates, trend = await asyncio.gather(
        queries().ask("targets", as_of=params["as_of"]),
        queries().ask("rates", **params),
        queries().ask("trend", **params),
    )
    own = rows.filter(pl.col("scope") == (params["region"] or params["leader"] or "全市"))
    if narrowed or both:
        own = own.clear()
    extra = [name for name in own["indicator"].unique(maintain_order=True) if name not in INDICATORS]
    return list(
        await asyncio.gather(
            *(_shown(name, own, rates, trend, params, today) for name in (*INDICATORS, *extra))
        )
    )


async def _shown(
    indicator: str,
    rows: pl.DataFrame,
    rates: pl.DataFrame,
    trend: pl.DataFrame,
    params: Mapping[str, str | None],
    today: date,
) -> Shown:
    own = list(rows.filter(pl.col("indicator") == indicator).iter_rows(named=True))
    targets = sorted(own, key=lambda row: (row["over"], -row["width"], row["last_day"]))
    rate = rates.filter(pl.col("indicator") == indicator)
    counted = targets[0]["rate"] if targets and targets[0]["is_count"] else indicator
    past = trend.filter(pl.col("indicator") == counted)
    found = await forecast(counted, targets[0] if targets else None, params, today)
    return Shown(indicator, targets, past, rate.row(0, named=True) if rate.height else None, found)


async def forecast(
    indicator: str, target: Mapping[str, Any] | None, params: Mapping[str, str | None], today: date
) -> Forecast | None:
    """The forecast of what a rate counts, for the target's last day, else for the year's end.

    Null where nothing can be told.
    """
    if indicator not in COUNTED_BY or queries().version(today) is None:
        return None
    name, among = COUNTED_BY[indicator]
    until = target["last_day"] if target and not target["over"] else date(today.year, 12, 31)
    goal = None if target is None else Goal(target["target_value"], target["is_count"])
    return await _forecasting.do(lambda: forecasts().ask(name, until, goal, **{**params, **among}))


async def scopes_card(listed: pl.DataFrame, today: date, search: str) -> list[object]:
    """Counties, parks and leaders with targets of their own; the widest period of each that isn't over."""
    own = listed.filter((pl.col("scope") != "全市") & ~pl.col("over"))
    own = own.sort("width", descending=True, maintain_order=True).unique(
        ["scope", "indicator"], keep="first", maintain_order=True
    )
    wanted = own.filter(pl.col("indicator") == targets_table.FORECAST).head(SCOPES_FORECAST)
    as_of = filters.parse(search)["as_of"]
    rows = list(wanted.iter_rows(named=True))
    found = await asyncio.gather(
        *(forecast(targets_table.FORECAST, row, _scope(row, as_of), today) for row in rows)
    )
    by_scope = {row["scope"]: one for row, one in zip(rows, found, strict=True) if one is not None}
    # the query's order of kinds, which the sort by width has kept within each width only
    order = ["县区", "园区", "市直", "领导", "其他"]
    ranked = own.sort(
        pl.col("scope_kind").replace_strict(order, range(len(order)), default=9), maintain_order=True
    )
    body = html.Div(targets_table.table(ranked, by_scope, filters.only(search)), className="scroll")
    return card("指标到县区、到人", "全年目标,差得多的在前;达标可能和八成区间指开复工率", body)


def _scope(row: Mapping[str, Any], as_of: str | None) -> dict[str, str | None]:
    return {"as_of": as_of, ("leader" if row["scope_kind"] == "领导" else "region"): row["scope"]}


def deciders_card(found: Forecast | None, search: str) -> list[object]:
    """The projects that decide 开复工率."""
    title = "哪些项目决定达标"
    if found is None or not found.enough:
        return card(title, "", html.Div("历史还不够,尚不能指出。", className="empty"))
    until = formats.short_day(found.until)
    body = html.Div(targets_table.deciders(found.deciders, until, search), className="scroll")
    return card(title, f"{until}前能否开复工最说不准的,先办它们", body)


PAGES: Final = (Page("/targets", "目标", layout, navigation="目标"),)
