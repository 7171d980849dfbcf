"""线索: the funnel of investment leads, what came of each month's contracts, and likely duplicates."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import polars as pl
from dash import Input, Output, callback, dcc, html
from dash.development.base_component import Component

from components import filters, formats, ids, links, markup
from components.empty import empty
from components.pages import Page
from components.shared_work import shared
from components.targets_tabs import card, tabs
from data.query import queries

Row = Mapping[str, Any]

PARTS: Final = ids.new("leads", "parts")
TABS: Final = ids.new("leads", "tabs")
FUNNEL: Final = ids.new("leads", "funnel")
COHORTS: Final = ids.new("leads", "cohorts")
DUPLICATES: Final = ids.new("leads", "duplicates")

# leads know a county and a leader, nothing else of the filters
ASKED: Final = ("as_of", "region", "leader")
PAIRS_SHOWN: Final = 10


def layout() -> Component:
    """The frame; one callback fills it."""
    return html.Main(
        [
            markup.part(TABS, "tabs-place"),
            html.Div(
                [
                    markup.part(FUNNEL, "card"),
                    markup.part(COHORTS, "card"),
                    markup.part(DUPLICATES, "card"),
                ],
                className="lead-parts",
            ),
            markup.parts(PARTS),
        ],
        className="leads",
    )


markup.connect_parts(PARTS)


@callback(Output(PARTS, "data"), Input(ids.VERSION, "data"), Input(ids.LOCATION, "search"))
@shared
async def show_leads(_version: object, search: str) -> dict[str, str]:
    """All parts for the filters in the address."""
    params = {name: value for name, value in filters.parse(search).items() if name in ASKED}
    stages, cohorts, pairs = await asyncio.gather(
        queries().ask("lead_funnel", **params),
        queries().ask("lead_cohorts", **params),
        queries().ask("lead_duplicates", **params),
    )
    kept = filters.only(search)
    return {
        TABS: markup.html_of(tabs("线索", search)),
        FUNNEL: markup.html_of(
            card("线索漏斗", "走到或走过每一步的线索;只按县区和包保领导筛选", funnel(stages, kept))
        ),
        COHORTS: markup.html_of(card("按签约月份", "同一个月签约的,后来落地、开工了几成", _cohorts(cohorts))),
        DUPLICATES: markup.html_of(
            card(
                "可能重复",
                "线索之间、线索和项目之间名称或客商相同相近的,请核对后合并",
                duplicates(pairs, kept),
            )
        ),
    }


def funnel(rows: pl.DataFrame, search: str) -> Component:
    """One bar a stage, as long as its share of all leads."""
    total = int(rows["leads"].sum())
    if not total:
        return html.Div("还没有招商线索;请在台账里加“线索”表。", className="empty")
    cutoff = formats.short_day(rows["cutoff"][0])
    return html.Div(
        [
            html.Div([_stage(row, search) for row in rows.iter_rows(named=True)], className="funnel"),
            html.Div(
                [
                    f"共 {formats.count(total)} 条 · 截至 {cutoff} · ",
                    dcc.Link("线索清单", href=links.lists("leads", search), className="more"),
                ],
                className="base",
            ),
        ]
    )


def _stage(row: Row, search: str) -> Component:
    if row["reached"] is None:
        return html.Div(
            [html.Span(row["stage"]), html.Span(f"{row['leads']} 条没有写明阶段,请补上", className="base")],
            className="stage",
        )
    step = "" if row["step_ratio"] is None else f"上一步的 {formats.ratio(row['step_ratio'], 0)}"
    money = formats.money(row["reached_yuan"])
    return html.Div(
        [
            html.Span(row["stage"]),
            html.Div(
                html.B(
                    f"{row['reached']} 条", style={"width": f"{max((row['all_ratio'] or 0) * 100, 8):.1f}%"}
                ),
                className="stage-bar",
            ),
            html.Span([html.Div(step), html.Div(f"协议 {money}", className="base")], className="stage-told"),
            dcc.Link(
                f"停在这一步 {row['leads']} 条",
                href=links.listed("leads", search, stage=row["stage"]),
                className="base stage-here more",
            ),
        ],
        className="stage",
    )


def _cohorts(rows: pl.DataFrame) -> Component:
    if rows.is_empty():
        return empty("还没有签约的线索", "签约后在台账“线索”表填“签约日期”")
    words = ("签约月份", "签约", "落地", "开工", "协议投资", "到位", "平均签约至今")
    head = html.Tr(
        [html.Th(word, scope="col", className="n" if at else None) for at, word in enumerate(words)]
    )
    return html.Div(
        html.Table(
            [html.Thead(head), html.Tbody([_cohort(row) for row in rows.iter_rows(named=True)])],
            className="table",
        ),
        className="scroll",
    )


def _cohort(row: Row) -> Component:
    month = row["signed_month"]
    return html.Tr(
        [
            html.Td(f"{month.year}年{month.month}月" if month else "没有填签约日期"),
            html.Td(formats.count(row["signed"]), className="n"),
            html.Td(f"{row['landed']}({formats.ratio(row['landed_ratio'], 0)})", className="n"),
            html.Td(f"{row['started']}({formats.ratio(row['started_ratio'], 0)})", className="n"),
            html.Td(formats.money(row["agreed_investment_yuan"]), className="n"),
            html.Td(formats.ratio(row["funds_ratio"]), className="n"),
            html.Td(formats.NONE if row["days_since"] is None else f"{row['days_since']} 天", className="n"),
        ]
    )


def duplicates(rows: pl.DataFrame, search: str) -> Component:
    """Pairs side by side with the reason."""
    if rows.is_empty():
        return html.Div("没有发现可能重复的线索", className="empty")
    rest, shown = rows.height - PAIRS_SHOWN, rows.head(PAIRS_SHOWN).iter_rows(named=True)
    words = ("线索", "和它相像的", "为什么", "相像")
    head = html.Tr([html.Th(w, scope="col", className="n" if w == "相像" else None) for w in words])
    return html.Div(
        html.Table(
            [html.Thead(head), html.Tbody([*(_pair(row, search) for row in shown), *_further(rest)])],
            className="table",
        ),
        className="scroll",
    )


def _further(rest: int) -> list[Component]:
    told = f"另有 {rest} 对;处理了前面的,后面的会补上来"
    return [html.Tr(html.Td(told, colSpan=4, className="base"))] if rest > 0 else []


def _pair(row: Row, search: str) -> Component:
    own = _who(row["lead_name"], row["lead_id"], row["investor"], row["region"], row["leader"])
    other: Component = html.Div(
        _who(
            row["other_name"],
            row["other_id"],
            row["other_investor"],
            row["other_region"],
            row["other_leader"],
        )
    )
    if row["other_kind"] == "项目":
        other = dcc.Link(other, href=links.project(row["other_id"], search), className="stacked")
    return html.Tr(
        [
            html.Td(own),
            html.Td([html.Div(row["other_kind"], className="base pair-kind"), other], className="pair"),
            html.Td(row["because"]),
            html.Td(formats.ratio(row["alike_ratio"], 0), className="n"),
        ]
    )


def _who(
    name: str, number: str, investor: str | None, region: str | None, leader: str | None
) -> list[Component]:
    rest = " · ".join(text for text in (number, investor, region, leader) if text)
    return [html.Div(name), html.Div(rest, className="base")]


PAGES: Final = (Page("/targets/leads", "招商线索", layout, section="/targets"),)
