"""What a projected meeting opens with: what the last ones decided, then the sections of its page.

Each goes on over as many pages as it needs in big type; one with nothing to tell is left out.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from components import dispatch_promises, formats, links
from components.dispatch_link import Shown, shown
from components.dispatch_sections import TOLD, named_projects
from components.dispatch_table import Row
from components.dispatch_told import Told, page_of, step_of
from components.light import light_badge
from components.projection_deck import (
    OPENINGS,
    PROMISES_A_PAGE,
    WORDS,
    Item,
    Part,
    Place,
    Stock,
    pages_of,
    place_of,
)
from components.projection_stage import Stage, units
from components.shared_work import shared
from data.rhythms import standard

WORD: Final = "上次会议定的事"
NO_MEETING: Final = "没有这种调度会。"


async def opening(found: Shown, there: Stock, stage: Stage) -> list[tuple[Item, str]]:
    """The pages before the agenda, each with its title, on a stage of this shape."""
    parts = OPENINGS[found.meeting.rhythm.name]
    stretches = await asyncio.gather(*(_stretch(part, found, there, stage) for part in parts))
    return [page for stretch in stretches for page in stretch]


async def _stretch(part: Part, found: Shown, there: Stock, stage: Stage) -> list[tuple[Item, str]]:
    if part.kind == "promises":
        held = await dispatch_promises.heading(found)
        return _pages(part, "promises", found, (held.height, PROMISES_A_PAGE), WORD)
    if part.kind == "section":
        told = await told_of(part.section, found.meeting.rhythm.name, _search(found))
        size = (len(told.pages_rows), step_of(told, stage.rows(told.lines)))
        return _pages(part, part.section, found, size, told.title)
    return [(item, WORDS[item.kind]) for item in pages_of(part, there)]


def _pages(
    part: Part, section: str, found: Shown, size: tuple[int, int], title: str
) -> list[tuple[Item, str]]:
    """Pages of a section that has so many rows, so many on one."""
    held, (rows, step) = found.meeting, size
    starts = list(range(0, rows, step))[: part.most]
    places = [Place(held.rhythm.name, held.day, section, start) for start in starts]
    return [(Item(part.kind, place.key), title) for place in places]


def _search(found: Shown) -> str:
    return links.with_params(found.away, date=found.meeting.day.isoformat())


def _held(place: Place, search: str) -> Shown | None:
    return shown(place.rhythm, links.with_params(search, date=place.day.isoformat()))


@shared
async def told_of(section: str, rhythm: str, search: str) -> Told:
    """A section of a rhythm's meeting, asked once for all its pages."""
    found = shown(rhythm, search)
    assert found is not None
    return await TOLD[section](found)


async def section_page(key: str, search: str, stage: Stage) -> tuple[str, Any, str]:
    """Title, body and base of one page of a section; the key names meeting, section and rows before."""
    place = place_of(key)
    found = _held(place, search) if place and place.section in TOLD else None
    if place is None or found is None:
        return WORDS["section"], html.P(NO_MEETING, className="empty"), ""
    told = await told_of(place.section, place.rhythm, _search(found))
    rows, step = len(told.pages_rows), step_of(told, stage.rows(told.lines))
    until = min(place.skipped + step, rows)
    counted = f"第 {place.skipped + 1}–{until} 行/{told.total or rows}" if rows > step else ""
    parts = (counted, told.note)
    table = page_of(told, place.skipped, step)
    height = stage.filled(until - place.skipped)
    body_ = html.Div(table, className="pj-table", style={"minHeight": units(height)} if rows else {})
    return told.title, body_, " · ".join(part for part in parts if part)


async def page(key: str, search: str) -> tuple[str, Any, str]:
    """Title, body and base of one page of promises; the key names the meeting (see `Place`)."""
    place = place_of(key)
    found = _held(place, search) if place else shown(standard().name, search)
    if found is None:
        return WORD, html.P(NO_MEETING, className="empty"), ""
    held = await dispatch_promises.heading(found)
    rows = held.slice(place.skipped if place else 0, PROMISES_A_PAGE)
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
