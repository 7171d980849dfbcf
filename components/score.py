"""考核: points of counties and parks, ranked apart, with what each item earned and how places moved."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl
from dash import Input, Output, callback, dcc, html
from dash.development.base_component import Component

from components import filters, formats, ids, links, markup, snapshot_days
from components.empty import empty
from components.pages import Page
from components.shared_work import shared
from components.targets_tabs import card, tabs
from data.query import queries
from data.score import RED, Item, Sheet, full_score, items, sheets

PARTS: Final = ids.new("score", "parts")
TABS: Final = ids.new("score", "tabs")
SHEET: Final = ids.new("score", "sheet")

_KINDS: Final = ("县区", "园区", "市直")


def layout() -> Component:
    """The frame; one callback fills it."""
    return html.Main(
        [markup.part(TABS, "tabs-place"), markup.part(SHEET, "card"), markup.parts(PARTS)], className="score"
    )


markup.connect_parts(PARTS)


@callback(Output(PARTS, "data"), Input(ids.VERSION, "data"), Input(ids.LOCATION, "search"))
@shared
async def show_score(_version: object, search: str) -> dict[str, str]:
    """The sheet for the filters in the address."""
    params = filters.parse(search)
    since = await asyncio.to_thread(snapshot_days.since, search)
    rates, trend, places, targets = await asyncio.gather(
        queries().ask("rates", by="region", **params),
        queries().ask("trend", by="region", first=since, **params),
        queries().ask("region_table", **params),
        queries().ask("targets", as_of=params["as_of"]),
    )
    kinds = {row["region"]: row["region_kind"] or "其他" for row in places.iter_rows(named=True)}
    goals = targets_of(targets)
    now = sheets(items(), kinds, ratios_of(rates) | red_of(places), goals)
    then = trend.filter(pl.col("day") == since) if since else trend.clear()
    before = {one.group: one.rank for one in sheets(items(), kinds, ratios_of(then), goals)}
    body = table(items(), now, before, filters.only(search))
    told = f";升降和 {formats.short_day(since)} 相比" if since and then.height else ""
    cutoff = places["cutoff"][0] if places.height else None
    note = f"满分 {full_score(items()):g} 分,县区、园区分开排{told};截至 {formats.short_day(cutoff)}"
    return {
        TABS: markup.html_of(tabs("考核", search)),
        SHEET: markup.html_of([*card("考核得分", note, body), html.P(_how(), className="base score-note")]),
    }


def ratios_of(rows: pl.DataFrame) -> dict[tuple[str, str], float | None]:
    """(group, indicator) → ratio, from `rates` or one day of `trend`."""
    return {
        (group, name): ratio for group, name, ratio in rows.select("group", "indicator", "ratio").iter_rows()
    }


def red_of(places: pl.DataFrame) -> dict[tuple[str, str], float | None]:
    """(region, 红灯项目) → share of red projects, from `region_table`."""
    return {
        (region, RED): red / projects
        for region, red, projects in places.select("region", "red", "projects").iter_rows()
    }


def targets_of(targets: pl.DataFrame) -> dict[tuple[str, str], float]:
    """(scope, indicator) → the target of the widest period that isn't over."""
    known = targets.filter(~pl.col("over") & ~pl.col("is_count")).sort("width", descending=True)
    found: dict[tuple[str, str], float] = {}
    for scope, indicator, value in known.select("scope", "indicator", "target_value").iter_rows():
        found.setdefault((scope, indicator), value)
    return found


def table(
    of: Sequence[Item], found: Sequence[Sheet], before: Mapping[str, int | None], search: str
) -> Component:
    """One row a county or park, its total first."""
    if not found:
        return empty("没有符合条件的项目")
    heads = [
        html.Th([item.indicator, html.Div(f"{item.points:g} 分")], className="n", scope="col") for item in of
    ]
    head = html.Thead(
        html.Tr(
            [
                html.Th("名次", className="n", scope="col"),
                html.Th("升降", className="n", scope="col"),
                html.Th("县区/园区", scope="col"),
                html.Th("得分", className="n", scope="col"),
                html.Th(className="rate-bar"),
                *heads,
            ]
        )
    )
    bodies = []
    kinds = [*_KINDS, *sorted({s.kind for s in found} - set(_KINDS))]
    for kind in kinds:
        own = [s for s in found if s.kind == kind]
        if own:
            group = html.Tr(html.Th(kind, colSpan=5 + len(of), scope="rowgroup", className="group"))
            bodies.append(html.Tbody([group, *(_row(s, of, before, search) for s in own)]))
    return html.Div(html.Table([head, *bodies], className="table score-table"), className="scroll")


def _row(one: Sheet, of: Sequence[Item], before: Mapping[str, int | None], search: str) -> Component:
    total = formats.NONE if one.total is None else f"{one.total:.1f}"
    share = 0 if one.total is None else one.total / full_score(of)
    href = links.targets(filters.toggled(search, region=one.group))
    return html.Tr(
        [
            html.Td(formats.text(one.rank), className="n"),
            _moved(one.rank, before.get(one.group)),
            html.Td(dcc.Link(one.group, href=href)),
            html.Td(html.B(total), className="n score-total"),
            html.Td(
                html.I(html.B(style={"width": f"{share * 100:.1f}%"}), className="track"),
                className="rate-bar",
            ),
            *(_item(ratio, earned) for ratio, earned in zip(one.ratios, one.earned, strict=True)),
        ]
    )


def _item(ratio: float | None, earned: float | None) -> Component:
    if earned is None:
        return html.Td(formats.NONE, className="n base", title="没有分母,不计分")
    return html.Td([html.B(f"{earned:.1f}"), html.Div(formats.ratio(ratio), className="base")], className="n")


def _moved(rank: int | None, before: int | None) -> Component:
    if rank is None or before is None:
        return html.Td("–", className="n base")
    if rank == before:
        return html.Td("–", className="n base", title=f"原第 {before} 名")
    up = rank < before
    text = f"{'▲' if up else '▼'}{abs(before - rank)}"
    return html.Td(
        html.B(text, className="ahead" if up else "behind"), className="n", title=f"原第 {before} 名"
    )


def _how() -> str:
    """How points are given, from the configuration itself."""
    parts = []
    for item in items():
        full = "达到目标" if item.full == "target" else formats.ratio(item.full, 0)
        parts.append(f"{item.indicator}{full}得 {item.points:g} 分,{formats.ratio(item.zero, 0)}得 0 分")
    return (
        ";".join(parts) + "。两者之间按比例;没有分母的指标不计分,其余折成满分。"
        "分值在 data/score.toml。得分供研究,通报和表彰名单由人定。"
    )


PAGES: Final = (Page("/targets/score", "考核", layout, section="/targets"),)
