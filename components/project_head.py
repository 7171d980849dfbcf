"""The head of a project's page: name, light, leader, target and forecast, and what moved."""

from __future__ import annotations

from datetime import date
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from components import filters, formats, links, projection_changes, wall_side
from components.light import light_badge
from components.wall_side import Record


def head(card: Record, wall: str, search: str | None) -> list[Component]:
    """The project's name with its light, whose it is, and the way back to the `wall`."""
    papers = links.papers(links.with_params(filters.only(search), project=card["project_id"]))
    return [
        html.Div(
            [
                html.H1([light_badge(card["light"], ""), card["project_name"]]),
                html.Div(wall_side.subtitle(card), className="base"),
            ],
            className="project-name",
        ),
        html.Dl(
            [
                part
                for name, value in head_facts(card)
                for part in (html.Div([html.Dt(name), html.Dd(value)]),)
            ],
            className="project-facts",
        ),
        dcc.Link("‹ 在挂图上看", href=wall, className="chip"),
        dcc.Link("材料", href=papers, className="chip", title="这个项目的台账和函件草稿"),
    ]


def head_facts(card: Record) -> list[tuple[str, Any]]:
    """Light with its node and due day, leader, target and forecast."""
    light = light_badge(card["light"], wall_side.stuck_words(card))
    due = card["light_due_date"]
    basis = f"应办结 {formats.short_day(due)}({card['light_due_basis']})" if due else ""
    return [
        ("亮灯", [light, html.Small(basis)]),
        ("包保领导", formats.text(card["accountable_leader"])),
        ("目标日", [_year_day(card["target_date"]), html.Small(card["target_basis"] or "")]),
        ("预计完成", _year_day(card["forecast_finish"])),
    ]


def _year_day(value: date | None) -> str:
    return formats.NONE if value is None else f"{value.year}年{value.month}月{value.day}日"


def missing(project_id: str, search: str | None) -> Component:
    """The page of a number no project has on this day."""
    return html.Div(
        [
            html.H2("没有这个项目"),
            html.P(f"当天的快照里没有编号为“{project_id}”的项目;地址可能写错了,或者项目已从清单中移出。"),
            dcc.Link("回到挂图", href=links.timeline(filters.only(search)), className="chip on"),
        ],
        className="notice",
    )


def moved(changed: projection_changes.Since) -> list[Component]:
    """Light, nodes, due days and float against the day compared with, on one line."""
    words = [html.Span(line) for line in projection_changes.lines(changed)] or [html.Span("没有变化")]
    return [html.P([html.Small(f"较 {formats.short_day(changed.day)}"), *words], className="project-moved")]
