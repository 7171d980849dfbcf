"""包保: one panel a leader, and one leader's own page. The role shown is `role` in the address."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any, Final
from urllib.parse import parse_qs

import polars as pl
from dash import Input, Output, State, callback, dcc, html
from dash.development.base_component import Component

from components import (
    filters,
    formats,
    ids,
    leader_change,
    leader_page,
    leader_panel,
    links,
    markup,
    snapshot_days,
)
from components.attributes import aria
from components.leader_change import Besides
from components.leader_panel import NOTHING, ROLES, VISITS_A_MONTH
from components.pages import Asked, Page, Parts
from components.shared_work import shared
from data.query import queries
from data.record import record

BOARD: Final = ids.new("leaders", "board")
OWN: Final = ids.new("leader", "page")
OWN_TEXT: Final = ids.new("leader", "page-text")
NAME: Final = ids.new("leader", "name")

DEADLINES_ON_A_CARD: Final = 3
DEADLINES_ON_A_PAGE: Final = 10


def layout() -> Component:
    """The frame of the panels; `parts` fills it for the address's filters."""
    return markup.whole(html.Main(markup.part(BOARD, "leaders")))


def leader_layout(leader: str = "") -> Component:
    """The frame of one leader's page."""
    return html.Main([dcc.Store(id=NAME, data=leader), markup.slot(OWN, OWN_TEXT, "leader-page")])


def role_of(search: str | None) -> str:
    """The role the address asks for; 包保领导 when it names none or one there isn't."""
    asked = parse_qs((search or "").lstrip("?")).get("role", [""])[0]
    return asked if asked in ROLES else ROLES[0]


def role_switch(role: str, search: str | None) -> html.Nav:
    """Three links to the same address in each role."""
    options = []
    for name in ROLES:
        href = links.leaders(links.with_params(search, role=None if name == ROLES[0] else name))
        options.append(dcc.Link(name, href=href, className="chip on" if name == role else "chip"))
    return html.Nav(options, className="leader-roles", **aria(label="角色"))


def board(
    panels: pl.DataFrame,
    deadlines: pl.DataFrame,
    role: str,
    search: str | None = "",
    besides: Besides = NOTHING,
) -> list[Component]:
    """Role switch, what the numbers mean, and the panels; a sentence when there is nobody."""
    head = [role_switch(role, search), html.P(meaning(panels, role, besides), className="base")]
    line = html.Div(head, className="leader-line")
    if panels.is_empty():
        sentence = f"当前范围没有{role};请清除筛选,或在项目台账“{role}”一列填写姓名。"
        return [line, html.P(sentence, className="card")]
    return [line, html.Div(leader_panel.grid(panels, deadlines, search, besides), className="leader-grid")]


def meaning(panels: pl.DataFrame, role: str, besides: Besides = NOTHING) -> str:
    """How many there are, and base, unit and cut-off of the panels' numbers."""
    if panels.is_empty():
        return ""
    return " · ".join(
        [
            f"{panels.height} 位{role}",
            f"{panels['projects'].sum()} 个项目",
            "按需要本人过问的程度排列",
            "开复工率=已开复工/所包项目(年度清单)",
            f"走访每月不少于 {VISITS_A_MONTH} 次",
            "天数为工作日",
            f"数据截至 {formats.day(panels['cutoff'][0])}",
            *filter(None, [leader_change.compared(besides)]),
        ]
    )


markup.connect(OWN, OWN_TEXT)


async def parts(asked: Asked) -> Parts:
    """The panels of the address's role and filters."""
    return {BOARD: await board_of(asked.search, await _record_mark())}


@callback(
    Output(OWN_TEXT, "data"),
    Input(ids.VERSION, "data"),
    Input(ids.LOCATION, "search"),
    State(NAME, "data"),
)
async def draw_leader(_version: Any, search: str | None, name: str) -> str:
    """One leader's page; the leader filter of the address gives way to the page's own leader."""
    return await page_of(name, search, await _record_mark())


async def _record_mark() -> int:
    # what a meeting writes changes no snapshot: without it a kept answer would stay
    return await asyncio.to_thread(record().mark)


@shared
async def board_of(search: str | None, _mark: int) -> str:
    """The HTML of the panels."""
    role, params = role_of(search), filters.parse(search)
    panels, deadlines, besides = await asyncio.gather(
        queries().ask("leader_panel", role=role, **params),
        queries().ask("leader_deadlines", role=role, per_leader=DEADLINES_ON_A_CARD, **params),
        read_besides(role, search),
    )
    return markup.html_of(board(panels, deadlines, role, search, besides))


@shared
async def page_of(name: str, search: str | None, _mark: int) -> str:
    """The HTML of one leader's page."""
    role, params = role_of(search), filters.parse(search) | {"leader": None}
    leader, besides = await asyncio.gather(
        read_leader(name, role, params), read_besides(role, links.with_params(search, leader=None))
    )
    return markup.html_of(leader_page.page(leader, search, besides))


async def read_besides(role: str, search: str | None) -> Besides:
    """What moved since the day compared with, and the open promises, of everybody in this role."""
    params, since = filters.parse(search), await asyncio.to_thread(snapshot_days.since, search)
    changes, promises = await asyncio.gather(_changes(role, params, since), _promises(role, search))
    return Besides(since, changes, promises)


async def _changes(
    role: str, params: dict[str, str | None], since: date | None
) -> dict[str, leader_change.Row]:
    if since is None:
        return {}
    return leader_change.by_person(await queries().ask("leader_change", role=role, since=since, **params))


async def _promises(role: str, search: str | None) -> dict[str, list[leader_change.Row]]:
    promises = await asyncio.to_thread(record().promises, snapshot_days.status_date(search))
    if promises.is_empty():
        return {}
    held = await queries().ask("leader_projects", role=role, **filters.parse(search))
    holders = dict(held.select("project_id", "leader").iter_rows())
    return leader_change.promised(promises, list(holders.values()), holders)


async def read_leader(name: str, role: str, params: dict[str, str | None]) -> leader_page.Leader:
    """Everything the page of this person in this role shows, within the address's other filters."""
    scope = {**params, "leader": None}
    person = {"role": role, "person": name}
    ask = queries().ask
    panels, deadlines, must, projects, problems, visits, leads = await asyncio.gather(
        ask("leader_panel", role=role, **scope),
        ask("leader_deadlines", role=role, per_leader=DEADLINES_ON_A_PAGE, **scope),
        ask("must_start_today", **scope),
        ask("leader_projects", **person, **scope),
        ask("leader_problems", **person, **scope),
        ask("leader_visits", person=name, as_of=scope["as_of"]),
        ask("leader_leads", person=name, as_of=scope["as_of"], region=scope["region"]),
    )
    mine = pl.col("leader") == name
    return leader_page.Leader(
        name=name,
        role=role,
        panel=next(panels.filter(mine).iter_rows(named=True), None),
        must_start=must.filter(pl.col("project_id").is_in(projects["project_id"].to_list())),
        deadlines=deadlines.filter(mine),
        projects=projects,
        problems=problems,
        visits=visits,
        leads=leads,
    )


PAGES: Final = (
    Page("/leaders", "包保", layout, navigation="包保", parts=parts),
    Page("/leaders/<leader>", "包保", leader_layout, section="/leaders"),
)
