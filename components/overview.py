"""总览: three gauges, today's counts, the ranking, the heat map and the red list on one picture."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import polars as pl
from dash import html
from dash.development.base_component import Component

from components import (
    arc,
    filters,
    formats,
    gauges,
    heat,
    ids,
    markup,
    red_list,
    region_table,
    snapshot_days,
    sparkline,
    today,
)
from components.attributes import data
from components.pages import Asked, Page, Parts
from components.rate import Before, Rate, rate_of
from components.sparkline import Point
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
SNAPSHOTS_DRAWN: Final = 60
# parts of the 手续办结率 gauge: the procedures most projects have to go through
PROCEDURE_PARTS: Final = 2


def layout() -> Component:
    """The frame; `parts` fills it."""
    return markup.whole(
        html.Main(
            [
                _gauge_card(STARTS, "开复工率", "新建开工、续建复工"),
                _gauge_card(PROCEDURES, "手续办结率", "应办手续中已办"),
                _gauge_card(INVESTMENT, "年度投资完成率", "本年完成 / 年度计划"),
                *(markup.part(card, f"card {'today' if card == TODAY else ''}") for card in CARDS),
            ],
            className="overview",
        )
    )


def _gauge_card(gauge: str, title: str, note: str) -> Component:
    return html.Section(
        [html.H2([title, html.Small(note)]), markup.part(gauge, "gauge-body")], className="card gauge-card"
    )


def _card(title: str, note: str, body: Component) -> str:
    return markup.html_of([html.H2([title, html.Small(note)]), body])


async def parts(asked: Asked) -> Parts:
    """Everything on the page for the filters in the address."""
    search = asked.search
    cards = (today_card, regions_card, heat_card, red_card)
    texts = asyncio.gather(*(card(search) for card in cards))
    return await gauge_bodies(search) | dict(zip(CARDS, await texts, strict=True))


async def gauge_bodies(search: str) -> dict[str, str]:
    """The three gauges."""
    params, since = filters.parse(search), await asyncio.to_thread(snapshot_days.since, search)
    first = await asyncio.to_thread(snapshot_days.first_of_trend, since)
    rates, procedures, trend = await asyncio.gather(
        queries().ask("rates", **params),
        queries().ask("procedure_rates", **params),
        queries().ask("trend", first=first, **params),
    )
    found = gauges_of(rates, procedures)
    return {
        gauge: gauge_body(
            with_before(rate, trend, since),
            [with_before(part, trend, since) for part in parts],
            history(trend, rate.name),
            search,
        )
        for gauge, (rate, parts) in zip(GAUGES, found, strict=True)
    }


def history(trend: pl.DataFrame, indicator: str) -> list[Point]:
    """The last days and ratios of an indicator, oldest first, from `trend` of the whole scope."""
    own = trend.filter(pl.col("indicator") == indicator).tail(SNAPSHOTS_DRAWN)
    return list(own.select("day", "ratio").iter_rows())


def with_before(rate: Rate, trend: pl.DataFrame, since: date | None) -> Rate:
    """The rate with what it was on the day compared with, from `trend` of the whole scope."""
    if since is None:
        return rate
    then = trend.filter((pl.col("indicator") == (rate.indicator or rate.name)) & (pl.col("day") == since))
    if then.is_empty():
        return rate
    return replace(rate, before=Before(since, then["ratio"][0]))


def gauges_of(rates: pl.DataFrame, procedures: pl.DataFrame) -> tuple[tuple[Rate, list[Rate]], ...]:
    """Each gauge's rate and the two rates below it."""
    starts = [
        rate_of(rates, "开工率(新建)", name="新建"),
        rate_of(rates, "复工率(续建)", name="续建"),
    ]
    most = [
        Rate(row["procedure"], row["done"], row["due"], "项")
        for row in _most_due(procedures).iter_rows(named=True)
    ]
    spent = [rate_of(rates, f"投资完成率({kind})", name=kind) for kind in gauges.KINDS]
    return (
        (rate_of(rates, "开复工率"), starts),
        (rate_of(rates, "手续办结率"), most),
        (rate_of(rates, "投资完成率"), spent),
    )


def gauge_body(rate: Rate, parts: list[Rate], past: Sequence[Point] = (), search: str | None = "") -> str:
    """Arc and value; below them marks (small screens), change and pace, the two parts, base and history."""
    shown = html.Span(gauges.value(rate), **data(live=rate.name))
    value = html.Div(shown, className="gauge-value big")
    basis = html.Div(gauges.basis(rate), className="base")
    return markup.html_of(
        [
            html.Div([arc.arc(rate), value], className="gauge"),
            html.Div(arc.legend(rate), className="gauge-legend"),
            gauges.pace(rate),
            html.Div(gauges.parts(parts, search), className="parts"),
            html.Div([basis, sparkline.drawn(past, rate.name)], className="gauge-basis"),
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
    """The ranking and how it moved since the day compared with, a chosen region marked."""
    params, since = _all_regions(search), await asyncio.to_thread(snapshot_days.since, search)
    asked = [queries().ask("region_table", **params)]
    if since is not None:
        asked.append(queries().ask("change_groups", by="region", since=since, **params))
    frame, *changed = await asyncio.gather(*asked)
    moves = region_table.moves(changed[0]) if changed else None
    table = html.Div(region_table.table(frame, filters.only(search), moves), className="scroll")
    then = f" · 升降较{formats.short_day(since)}" if since else ""
    return _card("县区与园区排名", f"按开复工率(年度清单){then}", table)


def _all_regions(search: str) -> dict[str, str | None]:
    # a place in a ranking of one says nothing
    return filters.parse(search) | {"region": None}


async def heat_card(search: str) -> str:
    """The heat map, a chosen region marked; all procedures of the scope in a menu beside its title."""
    params = _all_regions(search)
    frame, ranking, rates = await asyncio.gather(
        queries().ask("procedure_by_region", **params),
        queries().ask("region_table", **params),
        queries().ask("procedure_rates", **filters.parse(search)),
    )
    kept = filters.only(search)
    table = html.Div(heat.table(frame, region_table.order(ranking), kept), className="scroll")
    note = html.Small("县区 × 手续,%(应办中已办)")
    title = html.H2(["手续办结率", note, heat.menu(rates, kept)], className="heat-title")
    return markup.html_of([title, table])


async def red_card(search: str) -> str:
    """The most overdue."""
    params = filters.parse(search)
    rows, counts = await asyncio.gather(
        queries().ask("red_list", limit=RED_SHOWN, **params), queries().ask("today_counts", **params)
    )
    total = counts.row(0, named=True)["overdue"]
    projects = await _projects(params) if rows.is_empty() else None
    table = html.Div(red_list.table(rows, filters.only(search), projects), className="scroll")
    return _card("红灯清单", f"共 {formats.count(total)} 项,按逾期工作日", table)


async def _projects(params: Mapping[str, str | None]) -> int | None:
    """How many projects these filters leave."""
    return rate_of(await queries().ask("rates", **params), "开复工率").denominator


PAGES: Final = (Page("/", "总览", layout, navigation="总览", parts=parts, look="overview"),)
