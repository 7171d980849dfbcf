"""督办: promises and decisions of meetings, each with its light and what can be done about it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
from dash import dcc, html
from dash.development.base_component import Component

from components import formats, links, markup
from components.attributes import data, json_text
from components.dispatch_link import Shown
from components.dispatch_table import Row, card, table
from components.light import light_badge
from data import promise_heads
from data.agenda import Agenda
from data.promise_line import Line
from data.promises import projects_of
from data.query import queries
from data.record import record
from data.rhythms import rhythm

Names = Mapping[str, str]


async def heading(shown: Shown) -> pl.DataFrame:
    """What was promised before this meeting, in its scope: open, or done since the last one."""
    told = await asyncio.to_thread(record().promises, shown.as_of)
    return promise_heads.heading(told, shown.meeting, await covered(told, shown.params))


async def covered(promises: pl.DataFrame, params: Mapping[str, Any]) -> set[str]:
    """The projects of promises that these parameters of the queries leave."""
    about_ = projects_of(promises)
    if not about_:
        return set()
    found = await queries().ask("dispatch_projects", also=about_, **params)
    return set(found["project_id"].to_list())


def tally(promises: pl.DataFrame) -> str:
    """ "共 5 件,办结 2,逾期 1,临期 1"."""
    if promises.is_empty():
        return ""
    done = promises["done_date"].count()
    red, yellow = (promises.filter(light=light).height for light in ("red", "yellow"))
    parts = [f"共 {promises.height} 件", f"办结 {done}"]
    parts += [f"{word} {count}" for word, count in (("逾期", red), ("临期", yellow)) if count]
    return ",".join(parts)


def listed(
    promises: pl.DataFrame, names: Names, search: str, empty: str, *, acting: bool = True
) -> Component:
    """Promises as a table, with buttons where one may act on them."""
    heads = ["灯", "由谁", "办什么", "项目", "期限", "何时定的", *([""] if acting else [])]
    rows = [
        [*cells(row, names, search), *([actions(row)] if acting else [])]
        for row in promises.iter_rows(named=True)
    ]
    return table(heads, rows, empty, "promises")


def cells(row: Row, names: Names, search: str) -> list[Any]:
    """Light, who, what, project, due day and where it was decided."""
    return [
        light_badge(row["light"], light_word(row)),
        html.B(row["who"]),
        html.Div([html.Span(row["what"]), *_notes(row)], className="stacked"),
        about(row["project_id"], names, search),
        due(row),
        given(row),
    ]


def light_word(row: Row) -> str:
    """ "逾期 3 天", "剩 2 天", "办结 11月20日"."""
    if row["done_date"] is not None:
        late = f"(超期 {row['done_late_workdays']} 天)" if row["done_late_workdays"] else ""
        return f"{formats.short_day(row['done_date'])}办结{late}"
    return row["word"] if row["workdays_left"] is None else formats.workdays_left(row["workdays_left"])


def _notes(row: Row) -> list[Component]:
    postponed = f"推后 {row['times_postponed']} 次,原定 {formats.short_day(row['first_due_date'])}"
    notes = [postponed] if row["times_postponed"] else []
    notes += [row["note"]] if row["note"] and row["done_date"] is not None else []
    return [html.Span(note, className="base") for note in notes]


def due(row: Row) -> Component:
    """The promised day."""
    return html.Span("未定期限" if row["due_date"] is None else formats.short_day(row["due_date"]))


def given(row: Row) -> str:
    """The meeting it was decided in: "11月23日 周两调(连山区)"; of one in no meeting the day alone."""
    held = rhythm(row["rhythm"]) if row["rhythm"] else None
    day: date = row["meeting_day"] or row["opened_on"]
    scope = "、".join(links.params(row["scope"]).values())
    return f"{formats.short_day(day)} {held.word if held else ''}{f'({scope})' if scope else ''}".strip()


def about(project_id: str | None, names: Names, search: str) -> Component | str:
    """The project it is about; its number alone where the snapshot doesn't know it."""
    if project_id is None:
        return formats.NONE
    return dcc.Link(names.get(project_id, project_id), href=links.project(project_id, search))


def actions(row: Row) -> Component:
    """办结, 改期, 撤销; or 重新打开 once it is done."""
    number = row["promise_id"]
    if row["done_date"] is not None:
        return html.Div(
            act("重开", number, "reopen", ask="为什么重新打开?请写明原因。"), className="dispatch-acts"
        )
    change = html.Button(
        "改", type="button", className="chip promise-edit", **data(promise=number, text=line(row))
    )
    return html.Div(
        [
            act("办结", number, "finish", strong=True),
            change,
            act("撤销", number, "withdraw", ask=f"撤销“{row['what']}”?请写明原因,记录会保留。"),
        ],
        className="dispatch-acts",
    )


def line(row: Row) -> str:
    """The promise as one types it, to be changed."""
    day: date | None = row["due_date"]
    return " ".join([row["who"], *([f"{day.year}年{day.month}月{day.day}日前"] if day else []), row["what"]])


def act(words: str, number: str, what: str, *, ask: str = "", strong: bool = False) -> Component:
    """A button that posts to a promise's route; assets/intake.js sends it with the person's name."""
    return html.Button(
        words,
        type="button",
        className="chip on" if strong else "chip",
        **data(post=f"/api/promises/{number}/{what}", body=json_text({}), ask=ask),
    )


def project_names(frames: Sequence[pl.DataFrame]) -> dict[str, str]:
    """Project number → name, from any frames that hold both."""
    return {
        number: name
        for frame in frames
        for number, name in frame.select("project_id", "project_name").iter_rows()
    }


def decided(promises: pl.DataFrame, agenda: Agenda, shown: Shown) -> list[Component]:
    """The card of what this meeting has decided so far; nothing where nothing was."""
    if promises.is_empty():
        return []
    names = {item.project_id: item.name for item in (*agenda.items, *agenda.dropped)}
    body = listed(promises, names, shown.away, "")
    return [card("本次会议定的事", tally(promises), body, "dispatch-wide dispatch-decided")]


def understanding(line: Line) -> dict[str, Any]:
    """What the page shows of a typed line before it is kept: HTML, and whether it can be kept."""
    due_ = "未定期限" if line.due is None else formats.day(line.due, with_year=True)
    parts = [("谁", line.who), ("何时", f"{due_}前" if line.due else due_), ("何事", line.what)]
    shown = [
        html.Span([html.Small(word), html.B(formats.text(value))], className="promise-part")
        for word, value in parts
    ]
    told = [html.Span(fault, className="fault-words") for fault in line.faults]
    told += [html.Span(hint) for hint in line.hints if not line.faults]
    return {"html": markup.html_of([*shown, *told]), "good": not line.faults, "text": line.text}
