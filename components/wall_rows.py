"""The left side of the wall: light, name, who, where it is stuck and the float, level with the bars."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from components import formats, wall_link
from components.light import light_badge
from components.timeline_board import Board, Row


def rows(board: Board, search: str | None, narrow: bool = False) -> list[Component]:
    """One link a row, as high as its bars; assets/timeline.js marks the chosen one."""
    return [_row(board, row, search, narrow) for row in board.rows]


def _row(board: Board, row: Row, search: str | None, narrow: bool) -> Component:
    record = row.record
    return dcc.Link(
        html.Div(
            [
                light_badge(record["light"], ""),
                html.Div(
                    [
                        html.Div(record["project_name"], className="wall-name", title=record["project_name"]),
                        html.Div(caption(record, narrow), className="wall-who"),
                    ],
                    className="wall-words",
                ),
                html.Span(
                    float_words(record["float_workdays"]), className=float_class(record["float_workdays"])
                ),
            ],
            className="wall-left",
            **{"data-project": record["project_id"]},
        ),
        href=wall_link.choosing(search, record["project_id"]),
        className=f"wall-row {board.density}",
        style={"height": f"{row.height}px"},
    )


def caption(record: Mapping[str, Any], narrow: bool = False) -> str:
    """Region, leader and where the project is stuck; on a phone the last alone."""
    parts = [stuck(record)] if narrow else [record["region"], record["accountable_leader"], stuck(record)]
    return " · ".join(part for part in parts if part)


def stuck(record: Mapping[str, Any]) -> str | None:
    """ "环评 逾期 12 天": the node that gives the project its light; or why it has no schedule."""
    if record["unscheduled_reason"]:
        return "未排工期"
    node = record["light_node"]
    if node is None:
        return None
    if record["light"] in ("red", "yellow") and record["workdays_left"] is not None:
        return f"{node} {formats.workdays_left(record['workdays_left'])}"
    return str(node)


def float_words(float_workdays: int | None) -> str:
    """Float in working days, signed: "−12", "+4", "0"; "—" when the project has none."""
    if float_workdays is None:
        return formats.NONE
    return formats.signed_days(float_workdays).removesuffix(" 天")


def float_class(float_workdays: int | None) -> str:
    """The class of a float: red when days are lost."""
    return "wall-float lost" if float_workdays is not None and float_workdays < 0 else "wall-float"
