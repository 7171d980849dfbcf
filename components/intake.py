"""报送: where to drop the day's workbook, dropping it here, and what became of the last files."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from dash import ClientsideFunction, Input, Output, callback, clientside_callback, dcc, html
from dash.development.base_component import Component

from components import ids, intake_journal, markup
from components.attributes import data
from components.pages import Page
from data import contract
from data.inbox import Inbox
from data.settings import settings

JOURNAL: Final = ids.new("intake", "journal")
JOURNAL_TEXT: Final = ids.new("intake", "journal-text")
NEWEST: Final = ids.new("intake", "newest")
FILES: Final = ids.new("intake", "files")

UPLOAD_PATH: Final = "/api/upload"
KINDS: Final = ".xlsx,.csv,.parquet"
NEWEST_TOLD: Final = 20


def layout() -> Component:
    """The intake page; the journal is filled by its callback."""
    left = html.Div(
        [
            drop_zone(),
            html.Section([html.H2("最近报送"), markup.slot(JOURNAL, JOURNAL_TEXT)], className="card"),
        ]
    )
    right = html.Div([folder(), ledgers()])
    return html.Div([left, right, dcc.Store(id=NEWEST)], className="intake")


def drop_zone() -> html.Section:
    """Where a file is dragged to or chosen; assets/intake.js sends it and fills the list of files."""
    return html.Section(
        [
            html.H2("把当天的台账拖到这里"),
            html.P("可一次放多个文件:Excel 工作簿(.xlsx)、.csv 或 .parquet", className="base"),
            html.Button("选择文件", className="intake-choose", type="button"),
            html.Div(id=FILES, className="intake-files", role="status"),
        ],
        className="card intake-drop",
        **data(upload=UPLOAD_PATH, kinds=KINDS, files=FILES),
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


def newest(outcomes: list[Any]) -> list[dict[str, Any]]:
    """The last outcomes as the page's script needs them to finish the list of sent files."""
    return [
        {"file": o.file_name, "at": o.at.isoformat(), "accepted": o.accepted, "message": o.message}
        for o in outcomes[:NEWEST_TOLD]
    ]


markup.connect(JOURNAL, JOURNAL_TEXT)


@callback(
    Output(JOURNAL_TEXT, "data"),
    Output(NEWEST, "data"),
    Input(ids.INBOX, "data"),
    Input(ids.VERSION, "data"),
)
async def show_journal(_inbox: Any, _version: Any) -> tuple[str, list[dict[str, Any]]]:
    """The outcomes now; asked again whenever a file was accepted or sent back."""
    inbox = Inbox(settings())
    outcomes, pending = await asyncio.gather(
        asyncio.to_thread(inbox.outcomes), asyncio.to_thread(inbox.pending)
    )
    return markup.html_of(intake_journal.journal(outcomes, pending)), newest(outcomes)


clientside_callback(
    ClientsideFunction("intake", "settle"),
    Output(FILES, "data-settled"),
    Input(NEWEST, "data"),
)

PAGES: Final = (Page("/intake", "报送", layout, navigation="报送", filters=False),)
