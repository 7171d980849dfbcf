"""总览: three gauges, today's counts, the ranking, the heat map and the red list on one picture."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import polars as pl
from dash import Input, Output, callback, dcc, html
from dash.development.base_component import Component

from components import filters, formats, gauges, heat, ids, markup, red_list, region_table, theme, today
from components.gauges import Rate, rate_of
from components.pages import Page
from components.shared_work import shared
from data.query import queries

STARTS: Final = ids.new("overview", "starts")
PROCEDURES: Final = ids.new("overview", "procedures")
INVESTMENT: Final = ids.new("overview", "investment")
GAUGES: Final = (STARTS, PROCEDURES, INVESTMENT)
TODAY: Final = ids.new("overview", "today")
REGIONS: Final = ids.new("overview", "regions")
HEAT: Final = ids.new("overview", "heat")
RED: Final = ids.new("overview", "red")
CARDS: Final = (TODAY, REGIONS, HEAT, RED)

RED_SHOWN: Final = 20
# parts of the 手续办结率 gauge: the procedures most projects have to go through
PROCEDURE_PARTS: Final = 2


def _text(place: str) -> str:
    return f"{place}-text"


def _value(gauge: str) -> str:
    return f"{gauge}-value"


def _words(gauge: str) -> str:
    return f"{gauge}-words"


def layout() -> Component:
    """The frame; each part is filled by its own callback."""
    return html.Div(
        [
            _gauge_card(STARTS, "开复工率", "新建开工、续建复工"),
            _gauge_card(PROCEDURES, "手续办结率", "应办手续中已办"),
            _gauge_card(INVESTMENT, "年度投资完成率", "本年完成 / 年度计划"),
            *(markup.slot(card, _text(card), f"card {'today' if card == TODAY else ''}") for card in CARDS),
        ],
        className="overview",
    )


def _gauge_card(gauge: str, title: str, note: str) -> Component:
    arc = dcc.Graph(id=gauge, config=theme.STATIC_CONFIG, className="arc")
    value = markup.slot(_value(gauge), _text(_value(gauge)), "gauge-value big")
    return html.Section(
        [
            html.H2([title, html.Small(note)]),
            html.Div([arc, value], className="gauge"),
            markup.slot(_words(gauge), _text(_words(gauge)), "gauge-words"),
        ],
        className="card gauge-card",
    )


def _card(title: str, note: str, body: Component) -> str:
    return markup.html_of([html.H2([title, html.Small(note)]), body])


for _gauge in GAUGES:
    markup.connect(_value(_gauge), _text(_value(_gauge)))
    markup.connect(_words(_gauge), _text(_words(_gauge)))
for _place in CARDS:
    markup.connect(_place, _text(_place))


@callback(
    *(
        Output(identity, prop)
        for gauge in GAUGES
        for identity, prop in (
            (gauge, "figure"),
            (_text(_value(gauge)), "data"),
            (_text(_words(gauge)), "data"),
        )
    ),
    Input(ids.VERSION, "data"),
    Input(ids.LOCATION, "search"),
    Input(ids.THEME, "data"),
)
@shared
async def show_gauges(_version: object, search: str, theme_name: str) -> list[Any]:
    """The three gauges of the filters in the address."""
    params = filters.parse(search)
    everything, by_kind, procedures = await asyncio.gather(
        queries().ask("rates", by="all", **params),
        queries().ask("rates", by="kind", **params),
        queries().ask("procedure_rates", **params),
    )
    colours = theme.colours(theme_name)
    return [
        part
        for rate, parts in gauges_of(everything, by_kind, procedures)
        for part in (
            gauges.figure(rate, colours),
            markup.html_of(gauges.value(rate)),
            gauge_words(rate, parts),
        )
    ]


def gauges_of(
    everything: pl.DataFrame, by_kind: pl.DataFrame, procedures: pl.DataFrame
) -> tuple[tuple[Rate, list[Rate]], ...]:
    """Each gauge's rate and the two rates below it."""
    starts = [
        rate_of(everything, "开工率(新建)", name="新建"),
        rate_of(everything, "复工率(续建)", name="续建"),
    ]
    most = [
        Rate(row["procedure"], row["done"], row["due"], "项")
        for row in _most_due(procedures).iter_rows(named=True)
    ]
    spent = [rate_of(by_kind, "投资完成率", kind, name=kind) for kind in ("新建", "续建")]
    return (
        (rate_of(everything, "开复工率"), starts),
        (rate_of(everything, "手续办结率"), most),
        (rate_of(everything, "投资完成率"), spent),
    )


def gauge_words(rate: Rate, parts: list[Rate]) -> str:
    """What stands below an arc: marks (small screens), pace, the two parts, base and cut-off."""
    return markup.html_of(
        [
            html.Div(gauges.legend(rate), className="gauge-legend"),
            gauges.pace(rate),
            html.Div(gauges.parts(parts), className="parts"),
            html.Div(gauges.basis(rate), className="base gauge-basis"),
        ]
    )


def _most_due(procedures: pl.DataFrame) -> pl.DataFrame:
    """The procedures with most 应办, in usual order."""
    return procedures.filter(pl.col("due").rank("ordinal", descending=True) <= PROCEDURE_PARTS)


async def today_card(search: str) -> str:
    """Today's counts."""
    frame = await queries().ask("today_counts", **filters.parse(search))
    row = frame.row(0, named=True)
    tiles = html.Div(today.tiles(row, filters.only(search)), className="tiles")
    return _card("今日要事", formats.day(row["cutoff"]), tiles)


async def regions_card(search: str) -> str:
    """The ranking."""
    frame = await queries().ask("region_table", **filters.parse(search))
    table = html.Div(region_table.table(frame, filters.only(search)), className="scroll")
    return _card("县区与园区排名", "按开复工率,% 为年度清单口径;灯为项目数", table)


async def heat_card(search: str) -> str:
    """The heat map."""
    params = filters.parse(search)
    frame, ranking = await asyncio.gather(
        queries().ask("procedure_by_region", **params), queries().ask("region_table", **params)
    )
    left_out = heat.hidden(frame)
    note = "县区 × 手续,%(应办中已办)" + (f",另有 {left_out} 项手续未列" if left_out else "")
    table = heat.table(frame, region_table.order(ranking), filters.only(search))
    return _card("手续办结率", note, html.Div(table, className="scroll"))


async def red_card(search: str) -> str:
    """The most overdue."""
    params = filters.parse(search)
    rows, counts = await asyncio.gather(
        queries().ask("red_list", limit=RED_SHOWN, **params), queries().ask("today_counts", **params)
    )
    total = counts.row(0, named=True)["overdue"]
    table = html.Div(red_list.table(rows, filters.only(search)), className="scroll")
    return _card("红灯清单", f"共 {formats.count(total)} 项,按逾期工作日", table)


@callback(
    *(Output(_text(card), "data") for card in CARDS),
    Input(ids.VERSION, "data"),
    Input(ids.LOCATION, "search"),
)
@shared
async def show_cards(_version: object, search: str) -> list[str]:
    """Today's counts, ranking, heat map and red list; one answer, as four would be four redraws."""
    parts = (today_card, regions_card, heat_card, red_card)
    return await asyncio.gather(*(part(search) for part in parts))


PAGES: Final = (Page("/", "总览", layout, navigation="总览"),)
