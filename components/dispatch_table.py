"""Tables of a meeting's page: cells that look and lead the same in every section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from components import filters, formats, links
from components.attributes import data
from components.light import light_badge
from data.named import NOBODY

Row = Mapping[str, Any]


def table(heads: Sequence[str], rows: Sequence[Sequence[Any]], empty: str, name: str = "") -> Component:
    """A table with a phone's labels in its cells; a heading that begins with # is one of numbers."""
    if not rows:
        return html.P(empty, className="empty")
    numeric = [head.startswith("#") for head in heads]
    words = [head.lstrip("#") for head in heads]
    top = html.Tr(
        [
            html.Th(word, scope="col", className="n" if n else "")
            for word, n in zip(words, numeric, strict=True)
        ]
    )
    body = [
        html.Tr(
            [
                html.Td(cell, className="n" if n else "", **data(label=word))
                for cell, n, word in zip(row, numeric, words, strict=True)
            ]
        )
        for row in rows
    ]
    made = html.Table([html.Thead(top), html.Tbody(body)], className=f"table dispatch-table {name}")
    return html.Div(made, className="scroll")


def card(title: str, note: str, body: Any, name: str = "") -> Component:
    """One section of the page."""
    return html.Section([html.H2([title, html.Small(note)]), body], className=f"card dispatch-card {name}")


def project(row: Row, search: str) -> Component:
    """The project's name, leading to its page, with its region below."""
    return dcc.Link(
        [html.Span(row["project_name"]), html.Span(formats.text(row["region"]), className="base")],
        href=links.project(row["project_id"], search),
        className="stacked",
    )


def leader(name: str | None, search: str) -> Component | str:
    """A leader's name, leading to their page; nobody has none."""
    if not name or name == NOBODY:
        return formats.text(name)
    return dcc.Link(name, href=links.leader(name, search))


def node(row: Row) -> Component:
    """A node in its light, and whose desk it lies on."""
    return html.Div(
        [
            light_badge(row["light"], row["node"]),
            html.Span(formats.text(row["department"]), className="base"),
        ],
        className="stacked",
    )


def due(row: Row) -> Component:
    """The due day and how many working days are left."""
    late = row["workdays_left"] is not None and row["workdays_left"] < 0
    left = html.Span(formats.workdays_left(row["workdays_left"]), className="behind" if late else "base")
    return html.Div([formats.short_day(row["due_date"]), left], className="stacked")


def moved(before: int | None, now: int | None) -> Component:
    """A count as it is, and by how much it grew since; nothing more where there is no before."""
    if before is None or now is None or before == now:
        return html.Span(formats.count(now))
    step = now - before
    grown = f"{'+' if step > 0 else formats.MINUS}{abs(step)}"
    return html.Span([formats.count(now), html.Small(grown, className="behind" if step > 0 else "ahead")])


def only(search: str, **choice: str | None) -> str:
    """The query string narrowed further."""
    return filters.only(links.with_params(search, **choice))
