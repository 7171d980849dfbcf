"""专项行动: day n of a campaign, who leads and who lags, each procedure's way up, and the days left."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import polars as pl
from dash import Input, Output, callback, dcc, html
from dash.development.base_component import Component

from components import campaigns_board, campaigns_steps, filters, formats, ids, links, markup, snapshot_days
from components.attributes import aria
from components.empty import empty
from components.pages import Page
from components.shared_work import shared
from components.targets_tabs import card, tabs
from data import campaigns
from data.campaigns import Run
from data.query import queries

PARTS: Final = ids.new("campaigns", "parts")
TABS: Final = ids.new("campaigns", "tabs")
HEAD: Final = ids.new("campaigns", "head")
REGIONS: Final = ids.new("campaigns", "regions")
LEADERS: Final = ids.new("campaigns", "leaders")
STEPS: Final = ids.new("campaigns", "steps")
COUNTDOWN: Final = ids.new("campaigns", "countdown")
# the page's own parameter: the filter `campaign` is a word of the ledger, this one is of the configuration
CHOSEN: Final = "action"

_STATES: Final = {"ahead": "尚未开始", "running": "进行中", "over": "已结束"}


def layout() -> Component:
    """The frame; one callback fills it."""
    return html.Main(
        [
            markup.part(TABS, "tabs-place"),
            markup.part(HEAD, "card campaign-head"),
            html.Div(
                [
                    markup.part(REGIONS, "card"),
                    markup.part(LEADERS, "card"),
                    markup.part(STEPS, "card"),
                    markup.part(COUNTDOWN, "card"),
                ],
                className="campaign-parts",
            ),
            markup.parts(PARTS),
        ],
        className="campaigns",
    )


markup.connect_parts(PARTS)


@callback(Output(PARTS, "data"), Input(ids.VERSION, "data"), Input(ids.LOCATION, "search"))
@shared
async def show_campaign(_version: object, search: str) -> dict[str, str]:
    """All parts for the campaign and the filters in the address."""
    name = links.params(search).get(CHOSEN)
    found = campaigns.campaign(name) or campaigns.campaign(None)
    shown = {TABS: markup.html_of(tabs("专项行动", search))}
    if found is None:
        empty = html.Div(
            "还没有专项行动;在 data/campaigns.toml 里写明名称、第一天和天数。", className="empty"
        )
        return {**shown, HEAD: markup.html_of(empty), REGIONS: "", LEADERS: "", STEPS: "", COUNTDOWN: ""}
    return shown | await parts(found.run(snapshot_days.status_date(search)), search)


async def parts(run: Run, search: str) -> dict[str, str]:
    """The HTML of the campaign's parts."""
    params: dict[str, Any] = {**filters.parse(search), **run.scope}
    since = await asyncio.to_thread(snapshot_days.since, search)
    compared = {"since": since or snapshot_days.status_date(search), **params}
    whole, regions, leaders, steps, countdown = await asyncio.gather(
        queries().ask("change_groups", by="all", **compared),
        queries().ask("change_groups", by="region", **compared),
        queries().ask("change_groups", by="leader", **compared),
        queries().ask("campaign_burnup", first=run.first, last=run.last, **params),
        queries().ask("campaign_countdown", **params),
    )
    kept = filters.only(search)
    told = f"和 {formats.short_day(since)} 相比" if since else "还没有可比的上一份快照"
    return {
        HEAD: markup.html_of([_chosen(run, search), *head(run, whole)]),
        REGIONS: markup.html_of(
            card("县区、园区排名", f"开复工率;{told}", campaigns_board.regions(regions, kept))
        ),
        LEADERS: markup.html_of(card("领导排名", f"开复工率;{told}", campaigns_board.leaders(leaders, kept))),
        STEPS: markup.html_of(
            card("手续推进", "虚线为从第一天匀速到最后一天全部办结", campaigns_steps.steps(steps, run))
        ),
        COUNTDOWN: markup.html_of(
            card(
                "开工倒计时",
                f"未开复工 {countdown.height} 个,离目标日近的在前",
                campaigns_board.countdown(countdown, kept),
            )
        ),
    }


def head(run: Run, whole: pl.DataFrame) -> list[Component]:
    """Day n, the way gone, and what is reached."""
    row = whole.row(0, named=True) if whole.height else None
    return [
        html.Div([html.H2(run.name), html.Div(_when(run), className="base")], className="campaign-name"),
        html.Div(
            [
                html.Div(_day(run), className="big"),
                html.I(html.B(style={"width": f"{run.day / run.days * 100:.1f}%"}), className="track"),
            ],
            className="campaign-day",
        ),
        html.Div(_reached(row), className="campaign-reached"),
    ]


def _when(run: Run) -> str:
    first, last = (formats.day(day, with_year=True) for day in (run.first, run.last))
    return f"{first}为第1天,{last}为第{run.days}天 · {_STATES[run.state]}"


def _day(run: Run) -> list[Component | str]:
    if run.state == "ahead":
        return [html.Small(f"{run.days} 天,尚未开始")]
    if run.state == "over":
        return [html.Small(f"{run.days} 天已满")]
    return [html.Small("第 "), str(run.day), html.Small(f" 天 / {run.days},还剩 {run.left} 天")]


def _reached(row: Mapping[str, Any] | None) -> list[Component | str]:
    if row is None or not row["projects"]:
        return [empty("当前筛选下没有这项行动的项目", class_name="base")]
    came = row["started_numerator"] - row["started_numerator_before"]
    return [
        html.Div(formats.ratio(row["ratio"]), className="big"),
        html.Div(
            [
                html.Div(f"已开复工 {row['started_numerator']}/{row['projects']} 个"),
                html.Div(
                    f"自 {formats.short_day(row['since'])} 新增 {came} 个,办结节点 {row['done_nodes']} 个"
                ),
                html.Div(f"红灯 {row['red']} 个 · 截至 {formats.short_day(row['cutoff'])}", className="base"),
            ]
        ),
    ]


def _chosen(run: Run, search: str) -> Component:
    """Which campaign: a chip each."""
    kept = filters.only(search)
    return html.Nav(
        [
            dcc.Link(
                item.name,
                href=links.campaigns(links.with_params(kept, **{CHOSEN: item.name})),
                className=f"chip{' on' if item.name == run.name else ''}",
            )
            for item in campaigns.campaigns()
        ],
        className="campaign-choice",
        **aria(label="专项行动"),
    )


PAGES: Final = (Page("/targets/campaigns", "专项行动", layout, section="/targets"),)
