"""The left side of the wall: light, name, who, where it is stuck and the float, level with the bars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final
from urllib.parse import quote

from components import formats, ids, links, wall_link
from components.light import light_badge
from components.markup import Drawing, html_of
from components.timeline_board import Board, Row

Record = Mapping[str, Any]

# where the rows stand on the wall's page
PLACE: Final = ids.new("wall", "rows")


@dataclass(frozen=True)
class Told:
    """What rows say besides their own record: heads of groups by project, and the day compared with.

    `before` is null where nothing is compared, else project id → its row of `timeline_before`.
    """

    heads: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, Record] | None = None


def rows(board: Board, search: str | None, narrow: bool = False, told: Told | None = None) -> Drawing:
    """One link a row, as high as its bars; assets/timeline.js marks the chosen one.

    Written out as text: as components the 40 rows took as long as all their bars. The links leave the
    time shown out (assets/timeline.js adds it), so that moving it changes nothing here.
    """
    told = told or Told()
    lights = {row.record["light"] for row in board.rows}
    badges = {light: html_of(light_badge(light, "")) for light in lights}
    # the project's id is the last thing in the address
    link = escape(wall_link.choosing(links.unchosen(wall_link.timeless(search)), ""))
    return Drawing(
        "".join([_row(board, row, link, narrow, badges[row.record["light"]], told) for row in board.rows])
    )


def _row(board: Board, row: Row, link: str, narrow: bool, badge: str, told: Told) -> str:
    record = row.record
    project, name = escape(record["project_id"]), escape(record["project_name"])
    href = link + quote(record["project_id"], safe="")
    floated = record["float_workdays"]
    # a number is not torn from its unit
    who = escape(caption(record, narrow)).replace(" 天", "\u00a0天") + _moved(record, told.before)
    return told.heads.get(record["project_id"], "") + (
        f'<a class="wall-row {board.density}" href="{href}" style="height:{row.height}px">'
        f'<div class="wall-left" data-project="{project}">{badge}<div class="wall-words">'
        f'<div class="wall-name" title="{name}">{name}</div>'
        f'<div class="wall-who">{who}</div></div>'
        f'<span class="{float_class(floated)}">{float_words(floated)}</span></div></a>'
    )


def caption(record: Record, narrow: bool = False, before: Mapping[str, Record] | None = None) -> str:
    """Region, leader and where the project is stuck; on a phone the last alone; then dates that moved."""
    parts = [stuck(record)] if narrow else [record["region"], record["accountable_leader"], stuck(record)]
    return " · ".join(part for part in parts if part) + "".join(
        f"{word}{old} {new}".rstrip() for word, old, new in moved(record, before)
    )


def moved(record: Record, before: Mapping[str, Record] | None) -> list[tuple[str, str, str]]:
    """(what, its date on the day compared with, its date now) for each date of the project that moved."""
    if before is None:
        return []
    then = before.get(record["project_id"])
    if then is None:
        return [(" · 当时不在清单", "", "")]
    return [
        (f" · {word} ", formats.short_day(then[name]), formats.short_day(record[name]))
        for word, name in (("预计", "forecast_finish"), ("目标", "target_date"))
        if then[name] != record[name]
    ]


def _moved(record: Record, before: Mapping[str, Record] | None) -> str:
    return "".join(
        f"{word}<s>{old}</s> <b>{new}</b>" if new else word for word, old, new in moved(record, before)
    )


def stuck(record: Record) -> str | None:
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
