"""Where a decision is typed in one line; assets/dispatch.js shows what was understood before it is kept."""

from __future__ import annotations

from typing import Final

from dash import dcc, html
from dash.development.base_component import Component

from components.attributes import data
from components.dispatch_link import Shown
from data.promise_line import LONGEST

EXAMPLE: Final = "如:王市长 12月5日前 完成用地预审"
HINT: Final = "写完看一眼程序怎样理解,再按回车记下。"
NEXT: Final = f"{HINT}不在会上定的,各种调度的下一次会都列在第一页。"


def composer(shown: Shown) -> Component:
    """The line for decisions, below it the one that puts a project on the agenda, and who writes."""
    held = shown.meeting
    return html.Div(
        [
            line(held.rhythm.name, held.day.isoformat(), shown.search),
            html.Div(
                [
                    html.Form(
                        [
                            _box("补充上会的项目", "agenda-add-text", "项目名称或编号", 60),
                            html.Button("补充到议程", type="submit", className="chip"),
                            html.Span(className="fault-words promise-told", role="status"),
                        ],
                        className="agenda-add",
                        **data(action=shown.route("agenda")),
                    ),
                    html.Label(
                        ["记录人", _input("intake-person", "姓名", 40)], className="base dispatch-person"
                    ),
                ],
                className="dispatch-tools",
            ),
        ]
    )


def line(rhythm: str = "", day: str = "", search: str = "") -> Component:
    """The form for one decision of a meeting within these filters; empty where it is made in none."""
    close = html.Button("×", type="button", className="promise-clear", hidden=True, title="不针对某个项目")
    about = html.Span("不针对某个项目", className="promise-about")
    title = "记一件会上定的事" if rhythm else "记一件要督办的事"
    return html.Form(
        [
            html.Div([html.B(title), about, close], className="promise-head"),
            html.Div(
                [
                    _box(
                        "一行写清谁、何时、何事", "promise-line", f"谁 几月几日前 办什么事,{EXAMPLE}", LONGEST
                    ),
                    html.Button("记下", type="submit", className="chip on promise-keep", disabled=True),
                ],
                className="promise-row",
            ),
            html.Div(HINT if rhythm else NEXT, className="promise-parse base", role="status"),
        ],
        className="promise-form",
        **data(rhythm=rhythm, day=day, search=search),
    )


def _box(label: str, class_name: str, placeholder: str, longest: int) -> Component:
    """A box with a name that is read out and not shown."""
    told = html.Span(label, className="visually-hidden")
    return html.Label([told, _input(class_name, placeholder, longest)], className="dispatch-box")


def _input(class_name: str, placeholder: str, longest: int) -> Component:
    made: Component = dcc.Input(
        type="text", className=class_name, maxLength=str(longest), placeholder=placeholder, autoComplete="off"
    )
    return made
