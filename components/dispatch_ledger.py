"""督办台账: every promise of every meeting, with what can be done about it, to take along as a file."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import polars as pl
from dash import Input, Output, callback, dcc, html
from dash.development.base_component import Component

from components import dispatch_head, dispatch_promises, filters, ids, links, markup
from components.dispatch_composer import line
from components.dispatch_table import card
from components.pages import Page
from components.shared_work import shared
from components.wall_link import status_date
from data.promises import projects_of
from data.query import queries
from data.record import record

PARTS: Final = ids.new("promises", "parts")
HEAD: Final = ids.new("promises", "head")
BODY: Final = ids.new("promises", "body")
FORM: Final = ids.new("promises", "form")

STATES: Final = {"open": "未办结", "late": "逾期", "done": "已办结", "all": "全部"}


def layout() -> Component:
    """The frame; one callback fills it."""
    return html.Main(
        [
            markup.part(HEAD),
            html.Section(markup.part(FORM), className="card dispatch-agenda"),
            markup.part(BODY),
            markup.parts(PARTS),
        ],
        className="dispatch",
    )


markup.connect_parts(PARTS)


@callback(
    Output(PARTS, "data"),
    Input(ids.VERSION, "data"),
    Input(ids.INBOX, "data"),
    Input(ids.LOCATION, "search"),
)
async def show_promises(_version: object, _inbox: object, search: str) -> Any:
    """The whole list; asked again whenever anybody decides anything."""
    return await drawn(search or "")


@shared
async def drawn(search: str) -> dict[str, str]:
    """Tabs, the line to type in, and the promises of the chosen state."""
    as_of = status_date(search)
    told = await asyncio.to_thread(record().promises, as_of)
    narrowed = await _in_scope(told, search, as_of.isoformat())
    state = state_of(search)
    shown = chosen(narrowed, state)
    names = await _names(shown, as_of.isoformat())
    body = dispatch_promises.listed(shown, names, search, f"没有{STATES[state]}的督办事项。")
    top = html.Div([dispatch_head.tabs("promises", search), _choices(narrowed, state, search)])
    note = f"{dispatch_promises.tally(narrowed)};按期限,撤销的不列"
    return {
        HEAD: markup.html_of(top),
        FORM: markup.html_of(line()),
        BODY: markup.html_of(card("督办台账", note, body)),
    }


def state_of(search: str) -> str:
    """Which promises an address asks for; the open ones when it doesn't say."""
    asked = links.params(search).get("state", "")
    return asked if asked in STATES else "open"


def chosen(promises: pl.DataFrame, state: str) -> pl.DataFrame:
    """The promises in this state."""
    if state == "open":
        return promises.filter(pl.col("done_date").is_null())
    if state == "late":
        return promises.filter(light="red")
    return promises.filter(pl.col("done_date").is_not_null()) if state == "done" else promises


def _choices(promises: pl.DataFrame, state: str, search: str) -> Component:
    marks = [
        dcc.Link(
            [word, html.Small(str(chosen(promises, name).height))],
            href=links.promises(links.with_params(search, state=None if name == "open" else name)),
            className=f"chip{' on' if name == state else ''}",
        )
        for name, word in STATES.items()
    ]
    files = [
        html.A(word, href=links.promises_file(kind), className="chip", download="")
        for kind, word in (("xlsx", "导出 Excel"), ("csv", "导出 CSV"))
    ]
    return html.Div([*marks, html.Span(className="push"), *files], className="dispatch-tabs")


async def _in_scope(promises: pl.DataFrame, search: str, as_of: str) -> pl.DataFrame:
    """The promises about projects that the filters leave; all where none narrows."""
    params = {name: value for name, value in filters.parse(search).items() if value and name != "as_of"}
    if not params or promises.is_empty():
        return promises
    left = await dispatch_promises.covered(promises, params | {"as_of": as_of})
    # a leader's or a department's promises are theirs, whatever project they are about
    return promises.filter(pl.col("project_id").is_in(left) | pl.col("who").is_in(list(params.values())))


async def _names(promises: pl.DataFrame, as_of: str) -> dict[str, str]:
    wanted = projects_of(promises)
    if not wanted:
        return {}
    found = await queries().ask("dispatch_projects", as_of=as_of, also=wanted)
    return dispatch_promises.project_names([found])


PAGES: Final = (Page("/dispatch/promises", "督办台账", layout, section="/dispatch"),)
