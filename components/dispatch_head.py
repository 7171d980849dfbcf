"""The head of a meeting's page: which rhythm, which day, compared with what; and the way to project it."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from components import dispatch_agenda, filters, formats, links
from components.attributes import aria
from components.dispatch_asked import since
from components.dispatch_link import Shown
from components.lists_window import scope_words
from data.agenda import Agenda
from data.rhythms import rhythms


def tabs(chosen: str, search: str) -> Component:
    """The rhythms and the list of all promises, as tabs that keep the filters."""
    kept = filters.only(search)
    named = [(one.name, one.word, links.dispatch(one.name, kept)) for one in rhythms()]
    named.append(("promises", "督办台账", links.promises(kept)))
    return html.Nav(
        [
            html.A(
                word,
                href=href,
                className=f"chip{' on' if name == chosen else ''}",
                **(aria(current="page") if name == chosen else {}),
            )
            for name, word, href in named
        ],
        className="dispatch-tabs",
        **aria(label="调度"),
    )


def head(shown: Shown, agenda: Agenda | None) -> Component:
    """Tabs, the day with its neighbours, whose meeting it is, what it is compared with, 投屏."""
    held = shown.meeting
    return html.Div(
        [
            tabs(held.rhythm.name, shown.search),
            html.Div(
                [
                    html.H1([held.rhythm.word, html.Span(formats.day(held.day), className="dispatch-day")]),
                    html.Div(_neighbours(shown), className="dispatch-neighbours"),
                    html.P(_about(shown), className="base"),
                    *([_project(shown, agenda)] if agenda is not None else []),
                ],
                className="dispatch-title",
            ),
            *_choose_first(shown),
        ],
        className="dispatch-head",
    )


def _choose_first(shown: Shown) -> list[Component]:
    """A reminder where everybody looks at their own projects and nobody has said whose these are."""
    chosen = filters.parse(shown.search)
    if not shown.meeting.rhythm.own or any(
        chosen[name] for name in ("region", "district", "department", "leader")
    ):
        return []
    words = f"{shown.meeting.rhythm.word}各看各的:请先在上面选本县区、本片区、本部门或本人;现在是全部项目。"
    return [html.P(words, className="dispatch-own")]


def _neighbours(shown: Shown) -> list[Component]:
    held = shown.meeting
    return [
        dcc.Link(
            f"‹ 上次 {formats.short_day(held.previous)}", href=shown.at(held.previous), className="chip"
        ),
        dcc.Link("最近一次", href=shown.at(None), className="chip"),
        dcc.Link(f"下次 {formats.short_day(held.next)} ›", href=shown.at(held.next), className="chip"),
        dcc.Link("材料", href=_papers(shown), className="chip", title="通报、会议材料、台账和函件草稿"),
    ]


def _papers(shown: Shown) -> str:
    held = shown.meeting
    return links.papers(links.with_params(shown.search, rhythm=held.rhythm.name, date=held.day.isoformat()))


def _about(shown: Shown) -> str:
    held = shown.meeting
    ahead = "(会前)" if shown.as_of < held.day else ""
    scope = scope_words(shown.params)
    figures = f"数据按 {formats.day(shown.as_of)}{ahead}"
    return " · ".join(part for part in (held.rhythm.audience, scope, figures, since(shown)) if part)


def _project(shown: Shown, agenda: Agenda) -> Component:
    address = shown.projected(dispatch_agenda.numbers(agenda.items))
    return dcc.Link("投屏", href=address, className="chip on dispatch-project", title="按议程逐项投屏")
