"""A project's page: one task force, one node chart, one ledger, one plan (一专班一节点图一台账一方案)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from components import (
    filters,
    ids,
    links,
    markup,
    pages,
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
from components.attributes import aria
from components.pages import Page, Parts
from components.projection_changes import changed_since
from components.timeline_board import Room
from data.project_history import history
from data.query import queries
from data.settings import settings

HEAD: Final = ids.new("project", "head")
SITE: Final = ids.new("project", "site")
TABS: Final = ids.new("project", "tabs")
BODY: Final = ids.new("project", "body")

TAB_WORDS: Final = {"team": "专班", "nodes": "节点图表", "ledger": "台账", "plan": "方案"}
FIRST_TAB: Final = "nodes"
# the parameters of this page in its address; the others are filters
OWN: Final = ("tab", *project_try.NAMES)


def layout(**_variables: str) -> Component:
    """The empty page, the same for every project; its ruler is as wide as the bars (assets/timeline.js)."""
    ruler = html.Div(
        [html.Div(className="node-left"), html.Div(className="node-time")], className="node-axis ruler"
    )
    return markup.whole(
        html.Main(
            [
                html.Div(
                    [markup.part(HEAD, "card project-head"), markup.part(SITE, "project-site")],
                    className="project-top",
                ),
                html.Nav(markup.part(TABS, "project-tabs"), **aria(label="项目的四个部分")),
                html.Section([ruler, markup.part(BODY, "project-body")], className="project-panel"),
            ],
            className="project",
        )
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


async def parts(asked: pages.Asked) -> Parts:
    """Name, light and the few facts everybody asks for; the tabs; the tab this address asks for.

    The tab comes only once it is known how wide its bars may be.
    """
    if queries().version() is None:
        return {HEAD: markup.html_of(shell.no_snapshot()), SITE: "", TABS: "", BODY: ""}
    project_id, search = links.project_at(asked.path) or "", asked.search
    page = Asked(project_id, search, Room(asked.room[0] if asked.room else 0.0))
    cards, body, changes = await asyncio.gather(page.rows("project_card"), _body(page), page.changes())
    if not cards[0]:
        return {HEAD: markup.html_of(project_head.missing(project_id, search)), SITE: "", TABS: "", BODY: ""}
    head = [*project_head.head(cards[0][0], back(project_id, search), search), *changes]
    shown = {HEAD: head, SITE: site.of_card(cards[0][0]), TABS: tabs(search, project_id), BODY: body}
    return {place: markup.html_of(part) for place, part in shown.items() if part is not None}


async def _body(page: Asked) -> list[Component] | None:
    return await BODIES[tab_of(page.search)](page) if page.room.plot else None


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

PAGES: Final = (
    Page(
        "/project/<project_id>", "项目", layout, section="/timeline", filters=False, parts=parts, board=True
    ),
)
