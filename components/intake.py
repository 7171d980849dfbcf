"""报送: where to drop the day's workbook, what waits for a person, and what became of the last files."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final

from dash import Input, Output, callback, dcc, html
from dash.development.base_component import Component

from components import formats, ids, intake_draft, intake_journal, links, markup, upload
from components.attributes import data
from components.pages import Page
from data import contract
from data.drafts import Draft, Drafts
from data.inbox import Inbox
from data.remembered import Decision, Remembered
from data.settings import settings

JOURNAL: Final = ids.new("intake", "journal")
JOURNAL_TEXT: Final = ids.new("intake", "journal-text")
DRAFTS: Final = ids.new("intake", "drafts")
DRAFTS_TEXT: Final = ids.new("intake", "drafts-text")
REMEMBERED: Final = ids.new("intake", "remembered")
REMEMBERED_TEXT: Final = ids.new("intake", "remembered-text")
ZONE: Final = ids.new("intake", "zone")
ZONE_TEXT: Final = ids.new("intake", "zone-text")

UPLOAD_PATH: Final = "/api/upload"


def layout() -> Component:
    """The intake page; drafts, journal and decisions are filled by their callbacks."""
    zone = html.Div([dcc.Store(id=ZONE_TEXT, data=markup.html_of(drop_zone())), markup.part(ZONE)])
    past = html.H2(["最近报送", html.Small(dcc.Link("全部历史与比较 ›", href=links.history()))])
    left = html.Div(
        [
            zone,
            markup.slot(DRAFTS, DRAFTS_TEXT),
            html.Section([past, markup.slot(JOURNAL, JOURNAL_TEXT)], className="card"),
        ]
    )
    right = html.Div([template(), folder(), markup.slot(REMEMBERED, REMEMBERED_TEXT), ledgers()])
    return html.Main([left, right], className="intake")


def drop_zone() -> html.Section:
    """Where a file is dragged to or chosen; assets/intake.js sends it and fills the list of files."""
    return html.Section(
        [
            html.H2("把当天的台账拖到这里"),
            html.P(
                "可一次放多个文件:Excel 或 WPS 工作簿、CSV、文本或 Parquet;先校验给您看,确认后才上墙",
                className="base",
            ),
            html.Label(
                ["报送人 ", dcc.Input(className="intake-person", placeholder="您的姓名", maxLength=40)],  # type: ignore[arg-type]  # a number there is meant as text
                className="intake-who",
            ),
            html.Button("选择文件", className="intake-choose", type="button"),
            html.Div(className="intake-files", role="status"),
        ],
        className="card intake-drop",
        **data(upload=UPLOAD_PATH, kinds=",".join(upload.KINDS)),
    )


def template() -> html.Section:
    """The template with today's data: tomorrow's work is to change cells."""
    return html.Section(
        [
            html.H2("下载模板"),
            html.P("含全部台账,已填入挂图上的数据,带下拉选项和填写说明;明天改动几格再报即可。"),
            html.Div(
                [
                    html.A("下载模板(已填数据)", href=links.template(), className="chip on", download=""),
                    html.A(
                        "只报变化的空表", href=links.template(changes=True), className="chip", download=""
                    ),
                ],
                className="draft-actions",
            ),
        ],
        className="card intake-template",
    )


def folder() -> html.Section:
    """The folder way of reporting, in three sentences."""
    rules = (
        "存进去就行,不用改名,也不用通知谁;一两秒后所有打开的屏幕一起更新。",
        "同一天再放一次,就是这一天新的一版;没有变化的工作表可以不带,沿用上一版。",
        "有错的文件原样退回并写明原因,挂图保持不变;改好后再放一次。",
    )
    return html.Section(
        [
            html.H2("或者放进收件文件夹"),
            html.P(html.Code(str(settings().inbox_dir)), className="intake-path"),
            html.Ul([html.Li(rule) for rule in rules], className="intake-rules"),
        ],
        className="card",
    )


def ledgers() -> html.Section:
    """The sheets a workbook may have: what a row is and which columns it can't do without."""
    rows = [
        html.Tr(
            [
                html.Td([html.B(item.sheet), html.Span(" 必有" if item.required else "", className="base")]),
                html.Td(item.grain),
                html.Td("、".join(column.header for column in item.columns if column.required)),
            ]
        )
        for item in contract.LEDGERS
    ]
    head = html.Tr([html.Th(word) for word in ("工作表", "一行是", "不能缺的列")])
    return html.Section(
        [
            html.H2(["工作簿里的工作表", html.Small("一天一个工作簿,一张表一个台账")]),
            html.Table([html.Thead(head), html.Tbody(rows)], className="table intake-ledgers"),
        ],
        className="card",
    )


def remembered(decisions: Sequence[Decision]) -> Component | None:
    """What staff decided once, each with a way to forget it; null where nothing was."""
    if not decisions:
        return None
    return html.Section(
        [
            html.H2(["记住的决定", html.Small("不再合适的可以删除,下次会重新问")]),
            html.Ul([_decision(item) for item in decisions], className="intake-remembered"),
        ],
        className="card",
    )


def _decision(item: Decision) -> html.Li:
    when = f"{item.who or '未署名'} {formats.short_day(item.at.date())}"
    forget = html.Button(
        "删除",
        type="button",
        className="chip",
        **data(post=links.remembered(item.id), method="DELETE", confirm=f"忘掉这个决定?{item.words}"),
    )
    return html.Li([html.Span([item.words, html.Small(f" {when}", className="base")]), forget])


def open_drafts(found: Sequence[Draft]) -> Component | None:
    """The drafts waiting for a person, newest first; null where there are none."""
    lines = intake_draft.listed(found)
    if not lines:
        return None
    return html.Section([html.H2("等待处理的草稿"), *lines], className="card draft-list")


markup.connect(ZONE, ZONE_TEXT)
markup.connect(DRAFTS, DRAFTS_TEXT)
markup.connect(JOURNAL, JOURNAL_TEXT)
markup.connect(REMEMBERED, REMEMBERED_TEXT)


@callback(
    Output(DRAFTS_TEXT, "data"),
    Output(JOURNAL_TEXT, "data"),
    Output(REMEMBERED_TEXT, "data"),
    Input(ids.INBOX, "data"),
    Input(ids.VERSION, "data"),
)
async def show_state(_inbox: Any, _version: Any) -> list[str]:
    """Drafts, outcomes and decisions now; asked again whenever a file was taken, judged or sent back."""
    inbox = Inbox(settings())
    drafts, outcomes, pending, decisions = await asyncio.gather(
        asyncio.to_thread(Drafts(settings()).drafts),
        asyncio.to_thread(inbox.outcomes),
        asyncio.to_thread(inbox.pending),
        asyncio.to_thread(Remembered(settings().data_dir).decisions),
    )
    shown = (open_drafts(drafts), intake_journal.journal(outcomes, pending), remembered(decisions))
    return [markup.html_of(part) for part in shown]


PAGES: Final = (Page("/intake", "报送", layout, navigation="报送", filters=False, look="intake"),)
