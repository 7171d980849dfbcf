"""One load: the file as received, its marked copy, and everything that was found in it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final

from dash import Input, Output, callback, dcc, html, no_update
from dash.development.base_component import Component

from components import formats, ids, links, markup
from components.intake_findings import by_rule, group, tally
from components.light import light_badge
from components.pages import Page
from data.errors import Finding, GuatuError
from data.history import History, Load
from data.settings import settings

LOAD: Final = ids.new("load", "id")  # dcc.Store; the load of the address
LOAD_BODY: Final = ids.new("load", "body")
LOAD_TEXT: Final = ids.new("load", "body-text")

VIA: Final = {"folder": "文件夹", "page": "网页", "command": "命令行", "rollback": "退回", "demo": "演示"}


def layout(load_id: str = "") -> Component:
    """The empty page of one load."""
    return html.Main([markup.slot(LOAD_BODY, LOAD_TEXT, "draft"), dcc.Store(LOAD, data=load_id)])


markup.connect(LOAD_BODY, LOAD_TEXT)


@callback(Output(LOAD_TEXT, "data"), Input(LOAD, "data"), Input(ids.INBOX, "data"))
async def draw_load(load_id: str, _inbox: object) -> Any:
    """One load with everything that was found in its file."""
    if not load_id:
        return no_update
    history = History(settings())
    try:
        load = await asyncio.to_thread(history.load, load_id)
        found = await asyncio.to_thread(history.findings, load_id)
    except GuatuError as gone:
        return markup.html_of(html.Div([html.H2("没有这次报送"), html.P(str(gone))], className="notice"))
    return markup.html_of([head(load), findings_of(found)])


def head(load: Load) -> Component:
    """One load: outcome, who, when, the files to download."""
    files = [
        html.A("下载原件", href=links.load_file(load.id), className="chip", download="")
        if load.kept_file
        else html.Span("原件已不在", className="base"),
        html.A("下载标注工作簿", href=links.load_file(load.id, marked=True), className="chip", download="")
        if load.marked_file
        else None,
    ]
    return html.Section(
        [
            html.Div(
                [
                    html.H1([status(load), html.Span(load.file_name)]),
                    html.Div(
                        f"{load.who or '未署名'} 于 {formats.day(load.at.date(), with_year=True)} "
                        f"{load.at:%H:%M} 经{VIA[load.via]}报送",
                        className="base",
                    ),
                    dcc.Link("‹ 报送历史", href=links.history(), className="chip draft-back"),
                ],
                className="draft-title",
            ),
            html.P(load.message, className="draft-message"),
            html.P(counts(load), className="base"),
            html.P(["SHA-256 ", html.Code(load.sha256)], className="base load-sha") if load.sha256 else None,
            html.Div([part for part in files if part is not None], className="draft-actions"),
        ],
        className="card draft-head",
    )


def findings_of(found: Sequence[Finding]) -> Component:
    """Everything that was found, by rule."""
    if not found:
        return html.Section(html.P("没有发现问题。", className="empty"), className="card")
    head = html.H2(["校验结果", html.Small(tally(found), className="draft-tally")])
    return html.Section([head, *(group(findings) for findings in by_rule(found))], className="card")


def status(load: Load) -> Component:
    """Accepted as which version, or sent back."""
    if load.accepted:
        return light_badge("green", str(load.version) if load.version else "已接收")
    return light_badge("red", "已退回")


def counts(load: Load) -> str:
    """Projects and nodes of the snapshot, the two ledgers people ask for."""
    known = [f"项目 {load.counts['projects']:,}"] if load.counts.get("projects") else []
    known += [f"节点 {load.counts['nodes']:,}"] if load.counts.get("nodes") else []
    held = [f"未采用 {load.held_back}"] if load.held_back else []
    return " · ".join([*known, *held]) or formats.NONE


PAGES: Final = (
    Page("/intake/load/<load_id>", "一次报送", layout, section="/intake", filters=False, look="intake"),
)
