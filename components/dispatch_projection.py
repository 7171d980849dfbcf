"""The first page of a projected meeting: what the last ones decided, large, the most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import dispatch_promises, formats, links
from components.dispatch_link import Shown, shown
from components.dispatch_sections import named_projects
from components.dispatch_table import Row
from components.light import light_badge
from components.projection_deck import PROMISES_A_PAGE, promises_of
from data.rhythms import standard

WORD = "上次会议定的事"


async def page(key: str, search: str) -> tuple[str, Any, str]:
    """Title, body and base of one page of promises; the key names the meeting (see `promise_key`)."""
    name, day, skipped = promises_of(key) or (standard().name, None, 0)
    found = shown(name, links.with_params(search, date=day.isoformat() if day else None))
    if found is None:
        return WORD, html.P("没有这种调度会。", className="empty"), ""
    held = await dispatch_promises.heading(found)
    rows = held.slice(skipped, PROMISES_A_PAGE)
    names = await named_projects(rows, found)
    return WORD, body(rows.to_dicts(), names), _base(dispatch_promises.tally(held), found)


def body(rows: Sequence[Row], names: dict[str, str]) -> Component:
    """The promises of one page."""
    if not rows:
        return html.P("以前的会议没有留下未办的事。", className="empty")
    return html.Ol([_line(row, names) for row in rows], className="pj-promises pj-fit")


def _line(row: Row, names: dict[str, str]) -> Component:
    project = names.get(row["project_id"]) if row["project_id"] else None
    about = " · ".join(part for part in (project, dispatch_promises.given(row)) if part)
    due = "未定期限" if row["due_date"] is None else formats.short_day(row["due_date"])
    return html.Li(
        [
            light_badge(row["light"], dispatch_promises.light_word(row)),
            html.Div(
                [html.Div([html.B(row["who"]), html.Span(row["what"])], className="pj-promise"),
                 html.Div(about, className="base")],
            ),
            html.Span(due, className="pj-promise-due"),
        ]
    )  # fmt: skip


def _base(tally: str, found: Shown) -> str:
    word = found.meeting.rhythm.word
    day = formats.short_day(found.as_of)
    return f"{tally or '共 0 件'};以前的{word}定的、未办结的,和上次会后办结的;截至 {day}"
