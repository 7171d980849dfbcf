"""材料: what can be made for a meeting, what each paper holds, and the letters the red lights call for."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final

from dash import Input, Output, callback, dcc, html
from dash.development.base_component import Component

from components import formats, ids, links, markup, shell
from components.attributes import aria, data
from components.light import light_badge
from components.pages import Page
from components.papers import catalog, letters
from components.papers.asked import Asked, asked
from components.papers.catalog import Paper
from components.shared_work import shared
from data.errors import GuatuError
from data.query import queries
from data.rhythms import rhythms

PARTS: Final = ids.new("papers", "parts")
HEAD: Final = ids.new("papers", "head")
MEETING: Final = ids.new("papers", "meeting")
LETTERS: Final = ids.new("papers", "letters")


def layout() -> Component:
    """The frame; one callback fills it."""
    return html.Main(
        [
            markup.part(HEAD, "papers-head"),
            markup.part(MEETING, "papers-grid"),
            markup.part(LETTERS, "card papers-letters"),
            markup.parts(PARTS),
        ],
        className="papers",
    )


markup.connect_parts(PARTS)


@callback(
    Output(PARTS, "data"),
    Input(ids.VERSION, "data"),
    Input(ids.INBOX, "data"),
    Input(ids.LOCATION, "search"),
)
@shared
async def show_papers(_version: object, _inbox: object, search: str) -> dict[str, str]:
    """Everything on the page for the meeting and the filters of the address."""
    if queries().version() is None:
        return {HEAD: markup.html_of(shell.no_snapshot()), MEETING: "", LETTERS: ""}
    try:
        return await asyncio.to_thread(_drawn, search)
    except GuatuError as told:
        return {HEAD: markup.html_of(html.P(str(told), className="empty")), MEETING: "", LETTERS: ""}


def _drawn(search: str) -> dict[str, str]:
    order = asked(search)
    drafts = letters.drafts(order)
    return {
        HEAD: markup.html_of(head(order)),
        MEETING: markup.html_of([*(card(one, order) for one in _shown(order)), printing(order)]),
        LETTERS: markup.html_of(letter_card(drafts, order)),
    }


def _shown(order: Asked) -> list[Paper]:
    """The papers of a meeting, or of a single project."""
    return [one for one in catalog.papers() if not one.kind and not (order.project and one.meeting)]


def address(order: Asked, **changes: str | None) -> str:
    """The query string of this page for the same order, with parameters changed."""
    return links.with_params(order.shown.search, **(_own(order) | changes))


def _own(order: Asked) -> dict[str, str | None]:
    held = order.meeting
    return {"rhythm": held.rhythm.name, "date": held.day.isoformat(), "project": order.project}


def head(order: Asked) -> list[Component]:
    """The rhythms, the meeting's day with its neighbours, and what every figure stands for."""
    held = order.meeting
    tabs = [
        dcc.Link(
            one.word,
            href=links.papers(address(order, rhythm=one.name, date=None)),
            className=f"chip{' on' if one.name == held.rhythm.name else ''}",
        )
        for one in rhythms()
    ]
    days = [
        dcc.Link(
            f"‹ {formats.short_day(held.previous)}",
            href=_at(order, held.previous.isoformat()),
            className="chip",
        ),
        dcc.Link(
            f"{formats.short_day(held.next)} ›", href=_at(order, held.next.isoformat()), className="chip"
        ),
        dcc.Link("到会议页", href=links.dispatch(held.rhythm.name, _meeting(order)), className="chip"),
    ]
    if order.project:
        back = dcc.Link("‹ 项目页", href=links.project(order.project, order.shown.away), className="chip")
        return [
            html.H1(["材料", html.Small(f"项目 {order.project}")]),
            back,
            html.P(order.stamp, className="base"),
        ]
    return [
        html.Nav(tabs, className="papers-tabs", **aria(label="调度")),
        html.H1(["材料", html.Small(f"{held.rhythm.word} {formats.day(held.day)}")]),
        html.Div(days, className="papers-tabs"),
        html.P(f"{order.stamp}{_compared(order)}", className="base"),
    ]


def _at(order: Asked, day: str) -> str:
    return links.papers(address(order, date=day))


def _meeting(order: Asked) -> str:
    return links.with_params(order.shown.search, date=order.meeting.day.isoformat())


def _compared(order: Asked) -> str:
    then = order.shown.before
    return f" · 与{formats.short_day(then.day)}的台账比" if then else " · 没有更早的台账可比"


def card(paper: Paper, order: Asked) -> Component:
    """One paper: what is in it, and the button that makes it."""
    return html.Section(
        [html.H2([paper.title, html.Small(paper.suffix)]), html.P(paper.what), _maker(paper, order)],
        className="card papers-card",
    )


def _maker(paper: Paper, order: Asked) -> Component:
    """The link that makes a paper; assets/papers.js shows how far it is."""
    return html.Div(
        [
            html.A(
                f"制作{paper.title}",
                href=links.paper(paper.name, address(order)),
                download="",
                className="chip on papers-make",
                **data(paper=links.paper_steps(paper.name, address(order))),
            ),
            html.Span(className="papers-said", role="status"),
        ],
        className="papers-maker",
    )


def printing(order: Asked) -> Component:
    """Any screen on paper or as a PDF: the browser's own print."""
    kept = order.shown.away
    shown = [("调度", links.dispatch(order.meeting.rhythm.name, _meeting(order)))]
    shown += [
        ("总览", links.overview(kept)),
        ("倒排工期", links.timeline(kept)),
        ("包保", links.leaders(kept)),
    ]
    if order.project:
        shown.append(("项目", links.project(order.project, kept)))
    return html.Section(
        [
            html.H2(["整页打印", html.Small(".pdf")]),
            html.P("打开任何一页,点右下角“打印本页”,打印机选“另存为 PDF”;A4、A3 都已排好版。"),
            html.Div(
                [dcc.Link(word, href=href, className="chip") for word, href in shown], className="papers-tabs"
            ),
        ],
        className="card papers-card",
    )


def letter_card(drafts: Sequence[dict[str, Any]], order: Asked) -> list[Component]:
    """The drafts the ladder calls for, by kind, with addressee, items and the longest delay."""
    made = [
        _kind(paper, [one for one in drafts if one["文种"] == paper.kind], order)
        for paper in catalog.papers()
        if paper.kind
    ]
    note = "按逾期工作日升级;只起草,由人审签、登记后发出"
    if not drafts:
        made = [html.Div(light_badge("green", "当前范围没有要起草的函件"), className="empty")]
    return [html.H2(["函件草稿", html.Small(note)]), *made]


def _kind(paper: Paper, drafts: Sequence[dict[str, Any]], order: Asked) -> Component:
    if not drafts:
        return html.Div(
            [html.H3([paper.title, html.Small(paper.what)]), html.P("没有。", className="base")],
            className="papers-kind",
        )
    heads = ("编号", "主送", "件", "最长逾期(工作日)", "抄送")
    rows = [
        html.Tr([html.Td(one["编号"]), html.Td(one["主送"]), html.Td(one["件数"], className="n"),
                 html.Td(one["最长"], className="n"), html.Td(one["抄送"] or formats.NONE)])
        for one in drafts
    ]  # fmt: skip
    head = html.Tr([html.Th(word, scope="col", className="n" if word[0] in "件最" else "") for word in heads])
    return html.Div(
        [
            html.Div(
                [html.H3([paper.title, html.Small(f"{paper.what},{len(drafts)} 份")]), _maker(paper, order)],
                className="papers-kind-head",
            ),
            html.Div(html.Table([html.Thead(head), html.Tbody(rows)], className="table"), className="scroll"),
        ],
        className="papers-kind",
    )


PAGES: Final = (Page("/papers", "材料", layout, section="/dispatch"),)
