"""A project's page: one task force, one node chart, one ledger, one plan (一专班一节点图一台账一方案)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback, dcc, html, no_update
from dash.development.base_component import Component

from components import (
    filters,
    ids,
    links,
    markup,
    project_chart,
    project_head,
    project_history,
    project_ledger,
    project_plan,
    project_team,
    project_trial,
    project_try,
    shell,
    site,
    snapshot_days,
    wall_link,
)
from components.attributes import aria, data
from components.pages import Page
from components.projection_changes import changed_since
from components.shared_work import shared
from components.timeline_board import Room
from data.project_history import history
from data.query import queries
from data.settings import settings

PROJECT: Final = ids.new("project", "id")  # dcc.Store; the project id of the address
ROOM: Final = ids.new("project", "room")  # dcc.Store; px the plot is wide, set by assets/timeline.js
PARTS: Final = ids.new("project", "parts")  # the HTML of the four parts below
HEAD: Final = ids.new("project", "head")
SITE: Final = ids.new("project", "site")
TABS: Final = ids.new("project", "tabs")
BODY: Final = ids.new("project", "body")

TAB_WORDS: Final = {"team": "专班", "nodes": "节点图表", "ledger": "台账", "plan": "方案"}
FIRST_TAB: Final = "nodes"
# the parameters of this page in its address; the others are filters
OWN: Final = ("tab", *project_try.NAMES)


def layout(project_id: str = "") -> Component:
    """The empty page of one project."""
    ruler = html.Div(
        [
            html.Div(className="node-left"),
            html.Div(className="node-time", **data(room_store=ROOM)),
        ],
        className="node-axis ruler",
    )
    return html.Main(
        [
            html.Div(
                [markup.part(HEAD, "card project-head"), markup.part(SITE, "project-site")],
                className="project-top",
            ),
            html.Nav(markup.part(TABS, "project-tabs"), **aria(label="项目的四个部分")),
            html.Section([ruler, markup.part(BODY, "project-body")], className="project-panel"),
            markup.parts(PARTS),
            dcc.Store(PROJECT, data=project_id),
            dcc.Store(ROOM),
        ],
        className="project",
    )


def tab_of(search: str | None) -> str:
    """The tab an address asks for; the node chart when it names none."""
    asked = links.params(search).get("tab")
    return asked if asked in TAB_WORDS else FIRST_TAB


def tabs(search: str | None, project_id: str) -> list[Component]:
    """The four tabs as links, so that a tab can be sent to somebody."""
    return [
        dcc.Link(
            word,
            href=links.project(project_id, links.with_params(search, tab=None if tab == FIRST_TAB else tab)),
            className="project-tab on" if tab == tab_of(search) else "project-tab",
        )
        for tab, word in TAB_WORDS.items()
    ]


clientside_callback(
    ClientsideFunction("timeline", "measure"),
    Output(ROOM, "data"),
    Input(PROJECT, "data"),
    State(ROOM, "data"),
)


markup.connect_parts(PARTS)


@callback(
    Output(PARTS, "data"),
    Input(ids.VERSION, "data"),
    Input(ids.LOCATION, "search"),
    Input(PROJECT, "data"),
    Input(ROOM, "data"),
)
@shared
async def draw_project(
    _version: object, search: str | None, project_id: str, room: dict[str, float] | None
) -> Any:
    """Name, light and the few facts everybody asks for; the tabs; the tab this address asks for."""
    if not project_id or not room:
        return no_update
    if queries().version() is None:
        return {HEAD: markup.html_of(shell.no_snapshot()), SITE: "", TABS: "", BODY: ""}
    asked = Asked(project_id, search, Room(room["plot"]))
    cards, body, changes = await asyncio.gather(
        asked.rows("project_card"), BODIES[tab_of(search)](asked), asked.changes()
    )
    drawn = (
        [
            [*project_head.head(cards[0][0], back(project_id, search), search), *changes],
            site.of_card(cards[0][0]),
            tabs(search, project_id),
            body,
        ]
        if cards[0]
        else [project_head.missing(project_id, search), None, None, None]
    )
    return {place: markup.html_of(part) for place, part in zip((HEAD, SITE, TABS, BODY), drawn, strict=True)}


def about(project_id: str, search: str | None) -> dict[str, Any]:
    """The parameters of every question about this project."""
    return {"project": project_id, "as_of": filters.parse(search)["as_of"]}


def back(project_id: str, search: str | None) -> str:
    """The wall with this project chosen, under the filters of the page."""
    return links.timeline(links.with_params(search, **dict.fromkeys(OWN), chosen=project_id))


class Asked:
    """One project on one day, as one screen asks for it."""

    def __init__(self, project_id: str, search: str | None, room: Room) -> None:
        self._about = about(project_id, search)
        self.project_id = project_id
        self.search = search
        self.room = room
        self.as_of = wall_link.status_date(search)
        self.filters = wall_link.only_filters(links.with_params(search, **dict.fromkeys(OWN)))

    async def rows(self, *names: str) -> list[list[dict[str, Any]]]:
        """The rows of several questions about the project."""
        frames = await asyncio.gather(*(queries().ask(name, **self._about) for name in names))
        return [frame.to_dicts() for frame in frames]

    async def changes(self) -> list[Component]:
        """What moved since the day compared with; nothing where none is."""
        since = await asyncio.to_thread(snapshot_days.since, self.search)
        if since is None:
            return []
        changed = await changed_since(self.project_id, self.as_of, since)
        return [] if changed is None else project_head.moved(changed)


async def team_body(page: Asked) -> list[Component]:
    """专班."""
    cards, visits = await page.rows("project_card", "project_visits")
    return project_team.body(cards[0], visits, page.as_of, page.filters) if cards else []


async def nodes_body(page: Asked) -> list[Component]:
    """节点图表."""
    nodes, schedules = await page.rows("project_nodes", "project_schedule")
    return project_chart.body(nodes, schedules[0] if schedules else None, page.room, page.as_of)


async def ledger_body(page: Asked) -> list[Component]:
    """台账."""
    names = ("project_card", "project_problems", "project_needs", "project_findings", "project_nodes")
    cards, problems, needs, findings, nodes = await page.rows(*names)
    if not cards:
        return []
    told = await asyncio.to_thread(history, settings(), page.project_id, page.as_of)
    if told.unknown_days:
        # whoever asks for a trend has what it lacks worked out aside
        await queries().ask("trend", project=page.project_id, as_of=page.as_of)
    drawn = project_history.body(told, [node["node"] for node in nodes])
    return [*project_ledger.body(cards[0], problems, needs, findings, nodes), *drawn]


async def plan_body(page: Asked) -> list[Component]:
    """方案."""
    nodes, schedules = await page.rows("project_nodes", "project_schedule")
    body = project_plan.body(schedules[0] if schedules else None, nodes, page.as_of)
    trial = await project_trial.trial(page.project_id, page.search)
    return body if trial is None else [*body, project_try.section(trial, page.room, page.as_of)]


BODIES: Final[dict[str, Callable[[Asked], Awaitable[list[Component]]]]] = {
    "team": team_body,
    "nodes": nodes_body,
    "ledger": ledger_body,
    "plan": plan_body,
}

PAGES: Final = (Page("/project/<project_id>", "项目", layout, section="/timeline", filters=False),)
