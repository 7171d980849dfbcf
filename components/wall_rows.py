"""The left side of the wall: light, name, who, where it is stuck and the float, level with the bars."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from components import formats, wall_link
from components.light import light_badge
from components.markup import Drawing, html_of
from components.timeline_board import Board, Row


def rows(board: Board, search: str | None, narrow: bool = False) -> Drawing:
    """One link a row, as high as its bars; assets/timeline.js marks the chosen one.

    Written out as text: as components the 40 rows took as long as all their bars.
    """
    lights = {row.record["light"] for row in board.rows}
    badges = {light: html_of(light_badge(light, "")) for light in lights}
    return Drawing(
        "".join(_row(board, row, search, narrow, badges[row.record["light"]]) for row in board.rows)
    )


def _row(board: Board, row: Row, search: str | None, narrow: bool, badge: str) -> str:
    record = row.record
    project, name = escape(record["project_id"]), escape(record["project_name"])
    href = escape(wall_link.choosing(search, record["project_id"]))
    floated = record["float_workdays"]
    return (
        f'<a class="wall-row {board.density}" href="{href}" style="height:{row.height}px">'
        f'<div class="wall-left" data-project="{project}">{badge}<div class="wall-words">'
        f'<div class="wall-name" title="{name}">{name}</div>'
        f'<div class="wall-who">{escape(caption(record, narrow))}</div></div>'
        f'<span class="{float_class(floated)}">{float_words(floated)}</span></div></a>'
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
