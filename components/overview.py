"""总览: three gauges, today's counts, the ranking, the heat map and the red list on one picture."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import polars as pl
from dash import Input, Output, callback, dcc, html
from dash.development.base_component import Component

from components import filters, formats, gauges, heat, ids, red_list, region_table, theme, today
from components.gauges import Rate, rate_of
from components.pages import Page
from data.query import queries

STARTS: Final = ids.new("overview", "starts")
PROCEDURES: Final = ids.new("overview", "procedures")
INVESTMENT: Final = ids.new("overview", "investment")
GAUGES: Final = (STARTS, PROCEDURES, INVESTMENT)
TODAY: Final = ids.new("overview", "today")
TODAY_DAY: Final = ids.new("overview", "today-day")
REGIONS: Final = ids.new("overview", "regions")
HEAT: Final = ids.new("overview", "heat")
HEAT_NOTE: Final = ids.new("overview", "heat-note")
RED: Final = ids.new("overview", "red")
RED_NOTE: Final = ids.new("overview", "red-note")

RED_SHOWN: Final = 20
# parts of the 手续办结率 gauge: the procedures most projects have to go through
PROCEDURE_PARTS: Final = 2


def _part(gauge: str, name: str) -> str:
    return f"{gauge}-{name}"


def layout() -> Component:
    """The frame; each part is filled by its own callback."""
    return html.Div(
        [
            _gauge_card(STARTS, "开复工率", "新建开工、续建复工"),
            _gauge_card(PROCEDURES, "手续办结率", "应办手续中已办"),
            _gauge_card(INVESTMENT, "年度投资完成率", "本年完成 / 年度计划"),
            html.Section(
                [
                    html.H2(["今日要事", html.Small(id=TODAY_DAY)]),
                    html.Div(id=TODAY, className="tiles"),
                ],
                className="card today",
            ),
            _table_card(REGIONS, "县区与园区排名", html.Small("按开复工率,% 为年度清单口径;灯为项目数")),
            _table_card(HEAT, "手续办结率", html.Small(id=HEAT_NOTE)),
            _table_card(RED, "红灯清单", html.Small(id=RED_NOTE)),
        ],
        className="overview",
    )


def _gauge_card(gauge: str, title: str, note: str) -> Component:
    return html.Section(
        [
            html.H2([title, html.Small(note)]),
            html.Div(
                [
                    dcc.Graph(id=gauge, config=theme.STATIC_CONFIG, className="arc"),
                    html.Div(id=_part(gauge, "value"), className="gauge-value big"),
                ],
                className="gauge",
            ),
            html.Div(id=_part(gauge, "legend"), className="gauge-legend"),
            html.Div(id=_part(gauge, "pace")),
            html.Div(id=_part(gauge, "parts"), className="parts"),
            html.Div(id=_part(gauge, "basis"), className="base gauge-basis"),
        ],
        className="card gauge-card",
    )


def _table_card(part: str, title: str, note: Component) -> Component:
    return html.Section([html.H2([title, note]), html.Div(id=part, className="scroll")], className="card")


@callback(
    *(
        Output(identity, prop)
        for gauge in GAUGES
        for identity, prop in (
            (gauge, "figure"),
            (_part(gauge, "value"), "children"),
            (_part(gauge, "legend"), "children"),
            (_part(gauge, "pace"), "children"),
            (_part(gauge, "parts"), "children"),
            (_part(gauge, "basis"), "children"),
        )
    ),
    Input(ids.VERSION, "data"),
    Input(ids.LOCATION, "search"),
    Input(ids.THEME, "data"),
)
async def show_gauges(_version: object, search: str, theme_name: str) -> list[Any]:
    """The three gauges of the filters in the address."""
    params = filters.parse(search)
    everything, by_kind, procedures = await asyncio.gather(
        queries().ask("rates", by="all", **params),
        queries().ask("rates", by="kind", **params),
        queries().ask("procedure_rates", **params),
    )
    shown = (
        (
            rate_of(everything, "开复工率"),
            [
                rate_of(everything, "开工率(新建)", name="新建"),
                rate_of(everything, "复工率(续建)", name="续建"),
            ],
        ),
        (
            rate_of(everything, "手续办结率"),
            [
                Rate(row["procedure"], row["done"], row["due"], "项")
                for row in _most_due(procedures).iter_rows(named=True)
            ],
        ),
        (
            rate_of(everything, "投资完成率"),
            [rate_of(by_kind, "投资完成率", kind, name=kind) for kind in ("新建", "续建")],
        ),
    )
    colours = theme.colours(theme_name)
    return [part for rate, parts in shown for part in _gauge(rate, parts, colours)]


def _most_due(procedures: pl.DataFrame) -> pl.DataFrame:
    """The procedures with most 应办, in usual order."""
    return procedures.filter(pl.col("due").rank("ordinal", descending=True) <= PROCEDURE_PARTS)


def _gauge(rate: Rate, parts: list[Rate], colours: theme.Colours) -> tuple[Any, ...]:
    return (
        gauges.figure(rate, colours),
        gauges.value(rate),
        gauges.legend(rate),
        gauges.pace(rate),
        gauges.parts(parts),
        gauges.basis(rate),
    )


@callback(
    Output(TODAY, "children"),
    Output(TODAY_DAY, "children"),
    Input(ids.VERSION, "data"),
    Input(ids.LOCATION, "search"),
)
async def show_today(_version: object, search: str) -> tuple[Any, str]:
    """Today's counts."""
    frame = await queries().ask("today_counts", **filters.parse(search))
    row = frame.row(0, named=True)
    return today.tiles(row, filters.only(search)), formats.day(row["cutoff"])


@callback(Output(REGIONS, "children"), Input(ids.VERSION, "data"), Input(ids.LOCATION, "search"))
async def show_regions(_version: object, search: str) -> Component:
    """The ranking."""
    frame = await queries().ask("region_table", **filters.parse(search))
    return region_table.table(frame, filters.only(search))


@callback(
    Output(HEAT, "children"),
    Output(HEAT_NOTE, "children"),
    Input(ids.VERSION, "data"),
    Input(ids.LOCATION, "search"),
)
async def show_heat(_version: object, search: str) -> tuple[Component, str]:
    """The heat map."""
    params = filters.parse(search)
    frame, ranking = await asyncio.gather(
        queries().ask("procedure_by_region", **params), queries().ask("region_table", **params)
    )
    left_out = heat.hidden(frame)
    note = "县区 × 手续,%(应办中已办)" + (f",另有 {left_out} 项手续未列" if left_out else "")
    return heat.table(frame, region_table.order(ranking), filters.only(search)), note


@callback(
    Output(RED, "children"),
    Output(RED_NOTE, "children"),
    Input(ids.VERSION, "data"),
    Input(ids.LOCATION, "search"),
)
async def show_red(_version: object, search: str) -> tuple[Component, str]:
    """The most overdue."""
    params = filters.parse(search)
    rows, counts = await asyncio.gather(
        queries().ask("red_list", limit=RED_SHOWN, **params), queries().ask("today_counts", **params)
    )
    total = counts.row(0, named=True)["overdue"]
    return red_list.table(rows, filters.only(search)), f"共 {formats.count(total)} 项,按逾期工作日"


PAGES: Final = (Page("/", "总览", layout, navigation="总览"),)
