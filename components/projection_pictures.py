"""Each projected page drawn: the parts of the screens in big type, for one shape of picture.

Nothing is figured out here: rows come from the queries and are drawn by the functions of the other
screens; assets/projection.css makes them large.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import polars as pl
from dash import html
from dash.development.base_component import Component

from components import (
    dispatch_projection,
    filters,
    formats,
    leader_page,
    leader_panel,
    leaders,
    links,
    markup,
    overview,
    projection_project,
    projection_wall,
    red_list,
    region_table,
    site,
    wall_link,
    wall_side,
)
from components.markup import Drawing
from components.projection_changes import changed_since
from components.projection_deck import Item, Kind, item_of
from components.projection_stage import Stage, units
from components.shared_work import shared
from components.wall_chosen import project_on
from data.query import queries

_GAUGE_WORDS: Final = ("开复工率", "手续办结率", "年度投资完成率")


@dataclass(frozen=True)
class Picture:
    """One page: what it is about, its HTML, and what its figures stand for."""

    title: str
    body: Any
    base: str


@shared
async def picture(text: str, search: str, days: int, aspect: float) -> dict[str, str] | None:
    """The page of an item's text as HTML; null for a text that is no page."""
    item = item_of(text)
    if item is None:
        return None
    narrowed = links.with_params(search, region=item.region) if item.region else search
    drawn = await PICTURES[item.kind](Asked(item, narrowed, days, Stage(aspect)))
    return {"title": drawn.title, "html": markup.html_of(drawn.body), "base": drawn.base}


@dataclass(frozen=True)
class Asked:
    """One page asked for: within the filters of `search`, compared with `days` before, on this stage."""

    item: Item
    search: str
    days: int
    stage: Stage

    @property
    def params(self) -> dict[str, str | None]:
        """The filters as parameters of the queries."""
        return filters.parse(self.search)

    def page(self, rows: Any) -> Any:
        """The rows of this page out of all of a list."""
        return rows.slice(self.item.skipped, self.stage.per_page[self.item.kind])

    def table(self, table: Component, rows: int, total: int) -> Component:
        """A table in a box as high as its share of a full page."""
        height = units(self.stage.table_height(self.item.kind, rows, total))
        return html.Div(table, className="pj-table", style={"minHeight": height} if rows else {})

    def place(self, shown: int, total: int, unit: str) -> str:
        """ "第 1–12 个,共 354 个"."""
        first = self.item.skipped
        if not shown:
            return f"共 {formats.count(total)} {unit}"
        return f"第 {first + 1:,}–{first + shown:,} {unit},共 {formats.count(total)} {unit}"


async def overview_picture(asked: Asked) -> Picture:
    """The three gauges and today's counts."""
    bodies, today = await asyncio.gather(
        overview.gauge_bodies(asked.search), overview.today_card(asked.search)
    )
    gauges = [
        html.Section([html.H2(word), html.Div(Drawing(body), className="gauge-body")], className="gauge-card")
        for word, body in zip(_GAUGE_WORDS, bodies.values(), strict=True)
    ]
    parts = [html.Div(gauges, className="pj-gauges"), html.Section(Drawing(today), className="today")]
    title = f"{asked.item.region} · 总览" if asked.item.region else "总览"
    base = "序时:到截至日按计划应完成的份额;pp 为百分点"
    return Picture(title, html.Div(parts, className="pj-overview"), base)


async def regions_picture(asked: Asked) -> Picture:
    """The ranking, counties and parks apart."""
    frame, changed = await asyncio.gather(queries().ask("region_table", **asked.params), moved(asked))
    ordered = frame.sort("region_kind", "rank", nulls_last=True)
    rows = asked.page(ordered)
    moves = None if changed is None else region_table.moves(changed)
    body = asked.table(region_table.table(rows, asked.search, moves), rows.height, frame.height)
    since = [] if changed is None else [f"升降与 {formats.short_day(changed['since'].max())} 比"]  # type: ignore[arg-type]
    parts = [asked.place(rows.height, frame.height, "个"), "按开复工率,年度清单;县区、园区分开排", *since]
    return Picture("县区与园区排名", body, ";".join(parts))


async def moved(asked: Asked) -> pl.DataFrame | None:
    """The regions as `change_groups` compares them; null where no snapshot is as old as the day wanted."""
    as_of = wall_link.status_date(asked.search)
    since = as_of - timedelta(asked.days)
    then, now = queries().version(since), queries().version(as_of)
    if then is None or now is None or then >= now:
        return None
    found = await queries().ask("change_groups", by="region", since=since, **asked.params)
    return None if found.is_empty() else found


async def red_picture(asked: Asked) -> Picture:
    """One page of what is overdue."""
    most = asked.item.skipped + asked.stage.per_page["red"]
    rows, counts = await asyncio.gather(
        queries().ask("red_list", limit=most, **asked.params), queries().ask("today_counts", **asked.params)
    )
    shown = asked.page(rows)
    total = counts.row(0, named=True)["overdue"]
    body = asked.table(red_list.table(shown, asked.search), shown.height, total)
    return Picture("红灯清单", body, f"{asked.place(shown.height, total, '项')},按逾期工作日")


async def wall_picture(asked: Asked) -> Picture:
    """One page of the wall."""
    view = wall_link.view(asked.search)
    rows = await queries().ask(
        "timeline",
        order=view.order,
        offset=asked.item.skipped,
        limit=asked.stage.per_page["wall"],
        **asked.params,
    )
    projects = rows["project_id"].to_list()
    bars = await queries().ask("timeline_bars", projects=projects, as_of=asked.params["as_of"])
    total = rows["total_rows"][0] if rows.height else 0
    body = [
        projection_wall.wall(rows, bars, asked.search, asked.stage),
        html.Div(wall_side.legend(), className="pj-legend"),
    ]
    title = f"{asked.item.region} · 倒排工期" if asked.item.region else "倒排工期"
    order = wall_link.ORDERS[view.order]
    return Picture(title, body, f"{asked.place(rows.height, total, '个')},按{order}排列")


async def leader_picture(asked: Asked) -> Picture:
    """One leader: what they answer for, what needs them today, their projects."""
    leader = await leaders.read_leader(asked.item.key, leaders.role_of(asked.search), asked.params)
    if leader.panel is None:
        return Picture("包保", leader_page.nobody(leader.name, leader.role), "")
    columns = html.Div(needs(leader, asked.search), className="leader-column")
    body = [
        leader_page.head(leader.panel, asked.search),
        html.Div([leader_page.projects(leader.projects, asked.search), columns], className="pj-two"),
    ]
    base = "开复工率以所包项目(年度清单)为基数,天数为工作日;各栏按急需排列,列不下的见领导页"
    return Picture(f"包保 · {leader.name}", html.Div(body, className="pj-leader leader-page"), base)


def needs(leader: leader_page.Leader, search: str) -> list[Component]:
    """What needs the leader: today's starts, problems, deadlines; two of them, those with entries first."""
    must, problems, due = leader.must_start, leader.problems, leader.deadlines
    told: list[tuple[str, str, pl.DataFrame, Callable[..., html.Li], str]] = [
        ("今天必须启动", f"{must.height} 个节点", must, leader_page.must_line, "没有今天必须启动的节点"),
        ("未销号问题", f"{problems.height} 个", problems, leader_page.problem_line, "没有未销号问题"),
        ("最近期限", "未办结", due, leader_panel.deadline_line, "没有未办结的期限"),
    ]
    chosen = sorted(told, key=lambda one: one[2].is_empty())[:2]
    return [leader_page.section(*one, search) for one in sorted(chosen, key=told.index)]


async def project_picture(asked: Asked) -> Picture:
    """One project."""
    as_of = wall_link.status_date(asked.search)
    chosen, changed, building_site = await asyncio.gather(
        project_on(asked.item.key, as_of),
        changed_since(asked.item.key, as_of, as_of - timedelta(asked.days)),
        site_on(asked.item.key, as_of),
    )
    if chosen is None:
        return Picture("项目", wall_side.unknown(asked.item.key), "")
    leader = chosen.card["accountable_leader"]
    title = f"{chosen.card['region']} · 包保 {leader}" if leader else formats.text(chosen.card["region"])
    body = projection_project.picture(chosen, changed, asked.stage, building_site)
    return Picture(title, body, projection_project.base(chosen))


async def site_on(project_id: str, as_of: date) -> list[Component]:
    """A project's site as it is projected; nothing where it has neither stream nor photo."""
    cards = await queries().ask("project_card", project=project_id, as_of=as_of)
    return [] if cards.is_empty() else site.of_card(cards.row(0, named=True), projected=True)


async def section_picture(asked: Asked) -> Picture:
    """One page of a section of a meeting."""
    return Picture(*await dispatch_projection.section_page(asked.item.key, asked.search, asked.stage))


async def promises_picture(asked: Asked) -> Picture:
    """One page of what a rhythm's last meetings decided."""
    return Picture(*await dispatch_projection.page(asked.item.key, asked.search))


PICTURES: Final[dict[Kind, Callable[[Asked], Awaitable[Picture]]]] = {
    "overview": overview_picture,
    "regions": regions_picture,
    "red": red_picture,
    "wall": wall_picture,
    "leader": leader_picture,
    "project": project_picture,
    "promises": promises_picture,
    "section": section_picture,
}
