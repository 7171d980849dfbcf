"""红灯清单: what is overdue, at which step, on whose desk, since when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from dash.development.base_component import Component

from components import filters, formats, links
from components.attributes import data
from components.elements import dcc, html
from components.empty import empty
from components.light import light_badge

Row = Mapping[str, Any]


def table(rows: pl.DataFrame, search: str, projects: int | None = None) -> Component:
    """The rows of `red_list`, most overdue first; a name leads to the project.

    Without rows nothing is overdue, unless there are no `projects` at all; null leaves that open.
    """
    if rows.is_empty():
        good = light_badge("green", "当前范围没有逾期事项")
        return empty("当前范围没有项目") if projects == 0 else html.Div(good, className="empty")
    head = html.Tr(
        [
            html.Th("项目", scope="col"),
            html.Th("卡在", scope="col"),
            html.Th("在谁手里", scope="col"),
            html.Th("逾期", className="n", scope="col"),
            html.Th("包保", scope="col"),
        ]
    )
    body = [_row(row, search) for row in rows.iter_rows(named=True)]
    return html.Table([html.Thead(head), html.Tbody(body)], className="table reds")


def _row(row: Row, search: str) -> Component:
    due = f"{formats.text(row['due_basis'])} {formats.short_day(row['due_date'])}"
    name = row["project_name"]
    leader, department = row["accountable_leader"], row["department"]
    return html.Tr(
        [
            html.Td(
                dcc.Link(
                    [
                        html.Span(name, className="clip"),
                        html.Span(formats.text(row["region"]), className="base"),
                    ],
                    href=links.project(row["project_id"], search),
                    title=name,
                    className="stacked",
                )
            ),
            html.Td(light_badge("red", row["node"])),
            html.Td(
                [
                    html.Div(_narrowing(department, search, department=department), className="clip"),
                    html.Div(due, className="base"),
                ]
            ),
            html.Td(html.B(f"{row['overdue_workdays']} 天"), className="n behind"),
            html.Td(_narrowing(leader, search, leader=leader)),
        ],
        **data(live_row=f"{row['project_id']} {row['node']}"),
    )


def _narrowing(text: str | None, search: str, **choice: str | None) -> Component | str:
    """A link that filters by what it says, or takes that back."""
    if not text:
        return formats.NONE
    href = links.overview(filters.toggled(search, **choice))
    return dcc.Link(text, href=href, title=f"只看{text},再点一次看全部")
