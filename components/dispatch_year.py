"""What the monthly meeting looks at: targets against actuals, trend, campaigns."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import polars as pl
from dash import html
from dash.development.base_component import Component

from components import filters, formats, links, sparkline, targets_card
from components.dispatch_link import Shown
from components.dispatch_told import Told
from components.rate import Rate
from components.stacked import stacked
from components.targets import all_shown
from data import named as names
from data.campaigns import Run
from data.campaigns import campaigns as configured
from data.query import queries

INDICATORS: Final = (
    "开复工率",
    "开工率(新建)",
    "复工率(续建)",
    "手续办结率",
    "投资完成率",
    "竣工率",
    "问题销号率",
)


async def targets(shown: Shown) -> Told:
    """Rates against target and 序时, what is needed a week from now, and what will likely be reached."""
    rates, ahead = await asyncio.gather(
        queries().ask("rates", **shown.params), all_shown(_filters(shown), shown.as_of)
    )
    further = {one.indicator: one for one in ahead}
    rows = [_target(row, further.get(row["indicator"])) for row in _ordered(rates) if row["denominator"]]
    heads = ("指标、口径", "#完成", "#目标", "#还差", "#序时", "#每周要", "#预计到期", "#达标可能")
    more = [_more("走势、预测、达标名单 ›", links.targets(shown.away))]
    note = f"截至 {formats.day(shown.as_of)};预计为到目标日(没有目标的到年底)的中位数,下面是八成区间"
    return Told("目标、实际和预测", note, heads, rows, "没有目标。", below=more, wide=True)


def _filters(shown: Shown) -> dict[str, str | None]:
    """The meeting's scope with every filter there is, as screens ask with it."""
    return dict.fromkeys(filters.NAMES) | shown.params


def _target(row: dict[str, Any], further: targets_card.Shown | None) -> list[Any]:
    rate = Rate(
        row["indicator"], row["numerator"], row["denominator"], row["unit"], row["base"],
        row["target_ratio"], row["pace_ratio"],
    )  # fmt: skip
    gap = None if rate.ratio is None or rate.pace_ratio is None else rate.ratio - rate.pace_ratio
    counts = f"{_amount(rate.numerator, rate.unit)} / {_amount(rate.denominator, rate.unit)}"
    short = None if rate.ratio is None or rate.target_ratio is None else rate.ratio - rate.target_ratio
    return [
        stacked(html.B(row["indicator"]), row["base"]),
        stacked(html.B(formats.ratio(rate.ratio)), counts),
        formats.ratio(rate.target_ratio),
        stacked(html.B(_amount(rate.missing, rate.unit)), "" if short is None else formats.points(short)),
        stacked(
            html.B(formats.ratio(rate.pace_ratio)), "" if gap is None else formats.points(gap), rate.behind
        ),
        *_ahead(further),
    ]


def _ahead(one: targets_card.Shown | None) -> list[Any]:
    """What is needed a week, what will likely be reached, and how sure the target is."""
    target = one.targets[0] if one is not None and one.targets else None
    needed = target["needed_per_week"] if target and target["missing"] else None
    weekly = formats.NONE if target is None or needed is None else targets_card.weekly(needed, target["unit"])
    found = one.forecast if one is not None else None
    if found is None or not found.enough:
        told = formats.NONE if found is None else "历史还不够"
        return [weekly, told, formats.NONE]
    last = found.last
    band = f"{formats.ratio(found.ratio(last.low))}–{formats.ratio(found.ratio(last.high))}"
    chance = formats.NONE if found.chance is None else targets_card.chance(found.chance)
    return [weekly, stacked(html.B(formats.ratio(found.ratio(last.median))), band), html.B(chance)]


def _amount(value: int | None, unit: str) -> str:
    if value is None:
        return formats.NONE
    return formats.money(value) if unit == "元" else f"{formats.count(value)} {unit}"


def _ordered(found: pl.DataFrame) -> list[dict[str, Any]]:
    rows = {row["indicator"]: row for row in found.iter_rows(named=True)}
    return [rows[name] for name in INDICATORS if name in rows]


async def trend(shown: Shown) -> Told:
    """How the rates went over the snapshots."""
    found = await queries().ask("trend", **shown.params)
    lines = [_line(found.filter(indicator=name)) for name in INDICATORS]
    rows = [line for line in lines if line]
    first = formats.short_day(found["day"].min()) if found.height else formats.NONE  # type: ignore[arg-type]
    days = found["day"].n_unique()
    heads = ("指标", "#起", "走势", "#现在", "#变化")
    note = f"{first}以来 {days} 份快照"
    return Told("走势", note, heads, rows, "快照还不够画走势。", lines=1)


def _line(rows: pl.DataFrame) -> list[Any] | None:
    points = list(rows.sort("day").select("day", "ratio").iter_rows())
    known = [ratio for _, ratio in points if ratio is not None]
    if len(known) < 2:
        return None
    name = rows["indicator"][0]
    return [
        name,
        formats.ratio(known[0]),
        html.Div(sparkline.drawn(points, name), className="dispatch-spark"),
        html.B(formats.ratio(known[-1])),
        formats.points(known[-1] - known[0]),
    ]


async def campaigns(shown: Shown) -> Told:
    """Each campaign of the configuration: which day it is, how many started, who leads and who lags."""
    runs = [one.run(shown.as_of) for one in configured()]
    boards = await asyncio.gather(*(_board(run, shown) for run in runs))
    rows = [_campaign(run, board) for run, board in zip(runs, boards, strict=True) if board is not None]
    heads = ("专项行动", "第几天", "#已开复工 / 项目", "#红灯项目", "县区第一", "县区末位")
    more = [_more("战报、每天进度 ›", links.campaigns(shown.away))]
    note = f"截至 {formats.day(shown.as_of)};名次按开复工率,县区单独排"
    return Told("专项行动", note, heads, rows, "没有专项行动的项目。", below=more)


async def _board(run: Run, shown: Shown) -> pl.DataFrame | None:
    """The campaign's regions as `change_groups` ranks them; null where the meeting's scope has none of it."""
    if any(shown.params.get(name, value) != value for name, value in run.scope.items()):
        return None
    scope = shown.params | run.scope
    found = await queries().ask("change_groups", since=shown.meeting.since, by="region", **scope)
    there = found.filter(pl.col("projects") > 0)
    return None if there.is_empty() else there


def _campaign(run: Run, board: pl.DataFrame) -> list[Any]:
    started, projects, red = (int(board[name].sum()) for name in ("started_numerator", "projects", "red"))
    counties = board.filter(pl.col("region_kind") == "县区", pl.col("rank").is_not_null()).sort("rank")
    ends = [counties.row(place, named=True) for place in (0, -1)] if counties.height > 1 else [None, None]
    left = {"ahead": "尚未开始", "over": "已结束", "running": f"还有 {run.left} 天"}[run.state]
    return [
        html.B(run.name),
        stacked(html.B(f"第 {run.day} 天" if run.day else formats.NONE), f"共 {run.days} 天,{left}"),
        stacked(
            html.B(formats.percent(started, projects)),
            f"{formats.count(started)} / {formats.count(projects)} 个",
        ),
        formats.count(red),
        *(_end(one) for one in ends),
    ]


def _end(row: dict[str, Any] | None) -> Component:
    if row is None:
        return html.Span(formats.NONE)
    counted = f"{row['started_numerator']}/{row['projects']} · {formats.ratio(row['ratio'])}"
    return stacked(html.B(row["group"]), f"{counted}{names.moved_words(row['moved'])}")


def _more(word: str, href: str) -> Component:
    return html.A(word, href=href, className="base")
