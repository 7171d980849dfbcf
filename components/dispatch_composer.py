"""Where a decision is typed in one line; assets/dispatch.js shows what was understood before it is kept."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from components import dispatch_agenda
from components.attributes import aria, data
from components.dispatch_link import Shown
from data.promise_line import LONGEST

EXAMPLE = "如:王市长 12月5日前 完成用地预审"


def composer(shown: Shown) -> Component:
    """The line for decisions, and below it the one that puts a project on the agenda."""
    held = shown.meeting
    return html.Div(
        [
            line(held.rhythm.name, held.day.isoformat()),
            html.Form(
                [
                    dcc.Input(
                        type="text",
                        className="agenda-add-text",
                        maxLength=60,
                        placeholder="项目名称或编号",
                        **aria(label="补充上会的项目"),
                    ),
                    html.Button("补充到议程", type="submit", className="chip"),
                    html.Span(className="base promise-told", role="status"),
                ],
                className="agenda-add",
                **data(action=dispatch_agenda.route(shown)),
            ),
            html.Label(
                [
                    "记录人",
                    dcc.Input(type="text", className="intake-person", maxLength=40, placeholder="姓名"),
                ],
                className="base dispatch-person",
            ),
        ]
    )


def line(rhythm: str, day: str) -> Component:
    """The form for one decision of a meeting."""
    return html.Form(
        [
            html.Div(
                [
                    html.B("记一件会上定的事"),
                    html.Span("不针对某个项目", className="promise-about"),
                    html.Button(
                        "×", type="button", className="promise-clear", hidden=True, title="不针对某个项目"
                    ),
                ],
                className="promise-head",
            ),
            html.Div(
                [
                    dcc.Input(
                        type="text",
                        className="promise-line",
                        maxLength=LONGEST,
                        placeholder=f"谁 几月几日前 办什么事,{EXAMPLE}",
                        autoComplete="off",
                        **aria(label="一行写清谁、何时、何事"),
                    ),
                    html.Button("记下", type="submit", className="chip on promise-keep", disabled=True),
                ],
                className="promise-row",
            ),
            html.Div("写完看一眼程序怎样理解,再按回车记下。", className="promise-parse base", role="status"),
        ],
        className="promise-form",
        **data(rhythm=rhythm, day=day),
    )
