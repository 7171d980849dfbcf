"""The agenda of a meeting as it is drawn: each item with its reasons, and what a person may do with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from components import links
from components.attributes import aria, data, json_text
from components.dispatch_link import Shown
from components.light import light_badge
from data.agenda import Agenda
from data.agenda_reasons import Item


def body(
    agenda: Agenda, shown: Shown, promises: Mapping[str, int], spent: Mapping[str, int]
) -> list[Component]:
    """The agenda's card: its state, its items, what was dropped.

    `promises` counts what was decided about a project in this meeting, `spent` the seconds spent on it.
    """
    items = [
        _item(number, item, agenda, shown, promises.get(item.project_id, 0), spent.get(item.project_id, 0))
        for number, item in enumerate(agenda.items, start=1)
    ]
    listed = html.Ol(items, className="agenda-items") if items else html.P(_nothing(), className="empty")
    return [_head(agenda, shown), listed, *_dropped(agenda, shown)]


def _nothing() -> str:
    return "没有该上会的项目:没有红灯、丢掉的时差、逾期的承诺和问题。要议的项目可以在下面加。"


def _head(agenda: Agenda, shown: Shown) -> Component:
    note = f"共 {len(agenda.items)} 项 · {state(agenda)}"
    return html.H2(["议程", html.Small(note), _fixing(agenda, shown)])


def state(agenda: Agenda) -> str:
    """Whether it is still a proposal, being ordered, or fixed and by whom."""
    if agenda.fixed:
        return f"{agenda.fixed_by}已确定" if agenda.fixed_by else "已确定"
    return "调整中" if agenda.touched else "建议稿,按轻重排列,可以调整"


def _fixing(agenda: Agenda, shown: Shown) -> Component:
    if agenda.fixed:
        return _act("解除确定", shown, "unfix", class_name="chip")
    return _act("确定议程", shown, "fix", class_name="chip on")


def _item(number: int, item: Item, agenda: Agenda, shown: Shown, decided: int, seconds: int) -> Component:
    marks = [word for word, holds in (("置顶", item.pinned), ("补充", item.added)) if holds]
    about = " · ".join(
        part
        for part in (
            item.region,
            item.leader and f"包保 {item.leader}",
            item.department and f"在{item.department}",
        )
        if part
    )
    done = [f"已记 {decided} 件"] if decided else []
    done += [f"用时 {spoken(seconds)}"] if seconds else []
    return html.Li(
        [
            html.Div(
                [
                    html.B(str(number), className="agenda-number"),
                    html.Div(
                        [
                            dcc.Link(
                                [light_badge(item.light, ""), html.Span(item.name)],
                                href=links.project(item.project_id, shown.away),
                                className="agenda-name",
                            ),
                            *[html.Span(mark, className="agenda-mark") for mark in marks],
                            html.Span(about, className="base"),
                            *[html.Span(word, className="agenda-done") for word in done],
                        ],
                        className="agenda-what",
                    ),
                    _tools(item, agenda, shown),
                ],
                className="agenda-line",
            ),
            html.Ul([html.Li(reason.words) for reason in item.reasons], className="agenda-reasons"),
        ],
        className="agenda-item",
        **data(project=item.project_id, name=item.name),
    )


def _tools(item: Item, agenda: Agenda, shown: Shown) -> Component:
    record = html.Button(
        "记",
        type="button",
        className="chip agenda-note",
        title="记一件会上定的事",
        **aria(label=f"记:{item.name}"),
    )
    if agenda.fixed:
        return html.Div(record, className="dispatch-acts")
    pin = ("取消置顶", "unpin") if item.pinned else ("置顶", "pin")
    return html.Div(
        [
            _act("↑", shown, "up", item, label="上移"),
            _act("↓", shown, "down", item, label="下移"),
            _act(*pin[:1], shown, pin[1], item),
            _act("去掉", shown, "drop", item),
            record,
        ],
        className="dispatch-acts",
    )


def _dropped(agenda: Agenda, shown: Shown) -> list[Component]:
    if not agenda.dropped or agenda.fixed:
        return []
    lines = [html.Li([html.Span(item.name), _act("放回", shown, "restore", item)]) for item in agenda.dropped]
    return [
        html.Details([html.Summary(f"去掉的 {len(lines)} 项"), html.Ul(lines, className="agenda-dropped")])
    ]


def _act(
    words: str, shown: Shown, act: str, item: Item | None = None, *, label: str = "", class_name: str = "chip"
) -> Component:
    body: dict[str, Any] = {"act": act, "project": item.project_id if item else ""}
    named = f"{label or words}:{item.name}" if item else words
    return html.Button(
        words,
        type="button",
        className=class_name,
        title=label or words,
        **aria(label=named),
        **data(post=shown.route("agenda"), body=json_text(body)),
    )


def numbers(items: Sequence[Item]) -> list[str]:
    """The project numbers of an agenda, in order."""
    return [item.project_id for item in items]


def spoken(seconds: int) -> str:
    """A length of time as people say it: "2分05秒", "40秒"."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}分{rest:02}秒" if minutes else f"{rest}秒"
