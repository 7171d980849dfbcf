"""调度: the meeting of a rhythm: what was promised, what changed, what is to be spoken about and decided."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from dash import Input, Output, callback, dcc, html, no_update
from dash.development.base_component import Component

from components import dispatch_agenda, dispatch_composer, dispatch_head, dispatch_promises, ids, markup
from components.dispatch_link import Shown, shown
from components.dispatch_sections import section
from components.pages import Page
from components.shared_work import shared
from components.shell import not_found
from data import promise_heads
from data.agenda import Agenda, agenda
from data.errors import QueryError
from data.record import record
from data.rhythms import rhythm as rhythm_of
from data.rhythms import standard

RHYTHM: Final = ids.new("dispatch", "rhythm")  # dcc.Store; the rhythm of the address
PARTS: Final = ids.new("dispatch", "parts")
HEAD: Final = ids.new("dispatch", "head")
FIRST: Final = ids.new("dispatch", "first")
COMPOSER: Final = ids.new("dispatch", "composer")
AGENDA: Final = ids.new("dispatch", "agenda")
SECTIONS: Final = ids.new("dispatch", "sections")


def layout(rhythm: str = "") -> Component:
    """The frame of one rhythm's meeting; one callback fills it."""
    name = rhythm or standard().name
    if rhythm_of(name) is None:
        return not_found()
    return html.Main(
        [
            markup.part(HEAD, "dispatch-head-place"),
            markup.part(FIRST),
            html.Div(
                [
                    html.Section(
                        [markup.part(COMPOSER, "dispatch-composer"), markup.part(AGENDA)],
                        className="card dispatch-agenda",
                    ),
                    markup.part(SECTIONS, "dispatch-sections"),
                ],
                className="dispatch-body",
            ),
            markup.parts(PARTS),
            dcc.Store(RHYTHM, data=name),
        ],
        className="dispatch",
    )


markup.connect_parts(PARTS)


@callback(
    Output(PARTS, "data"),
    Input(RHYTHM, "data"),
    Input(ids.VERSION, "data"),
    Input(ids.INBOX, "data"),
    Input(ids.LOCATION, "search"),
)
async def show_meeting(rhythm: str, _version: object, _inbox: object, search: str) -> Any:
    """All parts of the meeting; asked again with every publication and whatever anybody decides."""
    found = shown(rhythm, search)
    return no_update if found is None else await drawn(rhythm, search)


@shared
async def drawn(rhythm: str, search: str) -> dict[str, str]:
    """The HTML of the meeting's parts, or one sentence where no snapshot is old enough."""
    found = shown(rhythm, search)
    assert found is not None
    try:
        return await _parts(found)
    except QueryError as told:
        return _told(found, str(told))


async def _parts(found: Shown) -> dict[str, str]:
    names = found.meeting.rhythm.sections
    listed, *sections = await asyncio.gather(
        asyncio.to_thread(agenda, record(), found.meeting, found.params),
        *(section(name, found) for name in names),
    )
    first = [one for name, one in zip(names[:1], sections, strict=False) if name == "promises"]
    assert isinstance(listed, Agenda)
    told, seconds = await asyncio.gather(
        asyncio.to_thread(record().promises, found.as_of), asyncio.to_thread(spent, found)
    )
    decided = promise_heads.decided(told, found.meeting)
    counts = dict(decided["project_id"].drop_nulls().value_counts().iter_rows())
    now = dispatch_promises.decided(decided, listed, found)
    return {
        HEAD: markup.html_of(dispatch_head.head(found, listed)),
        FIRST: markup.html_of(first),
        AGENDA: markup.html_of(dispatch_agenda.body(listed, found, counts, seconds)),
        COMPOSER: markup.html_of(dispatch_composer.composer(found)),
        SECTIONS: markup.html_of([*now, *sections[len(first) :]]),
    }


def spent(found: Shown) -> dict[str, int]:
    """Project number → seconds it was projected in this meeting."""
    seconds: dict[str, int] = {}
    for event in record().file.events("time", found.meeting.subject):
        project = event.body["project"]
        seconds[project] = seconds.get(project, 0) + int(event.body["seconds"])
    return seconds


def _told(found: Shown, sentence: str) -> dict[str, str]:
    told = html.Section([html.P(sentence, className="empty")], className="card")
    return {
        HEAD: markup.html_of(dispatch_head.head(found, None)),
        FIRST: "",
        AGENDA: markup.html_of(html.P("没有议程。", className="empty")),
        COMPOSER: "",
        SECTIONS: markup.html_of(told),
    }


PAGES: Final = (
    Page("/dispatch", "调度", layout, navigation="调度"),
    Page("/dispatch/<rhythm>", "调度", layout, section="/dispatch"),
)
