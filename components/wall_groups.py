"""The row above the projects of one county or leader: how many there are, and which lights they have."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import accumulate

import polars as pl

from components import formats
from components.light import ORDER, light_badge
from components.markup import Drawing, html_of
from components.wall_data import GROUPED, Record
from components.wall_link import View

_NOBODY = {"region": "县区未填", "leader": "没有包保领导"}


def heads(rows: pl.DataFrame, groups: pl.DataFrame, view: View, chunk: bool = False) -> dict[str, Drawing]:
    """Project id → the head of the group that begins with it; none where the order makes no groups.

    A window that begins within a group repeats its head, unless it is a `chunk` that follows another.
    """
    column = GROUPED.get(view.order)
    if column is None or rows.is_empty():
        return {}
    known = {record["group"]: record for record in groups.to_dicts()}
    firsts = dict(_firsts(groups, view.light))
    found = {}
    for place, (project, name, number) in enumerate(
        rows.select("project_id", column, "row_number").iter_rows()
    ):
        begins = firsts.get(name) == number
        if name in known and (begins or (place == 0 and not chunk)):
            found[project] = head(known[name], view.order, begins)
    return found


def _firsts(groups: pl.DataFrame, light: str | None) -> Iterator[tuple[str | None, int]]:
    """Each group with the row number it begins with, among all projects or those of one light."""
    counts = groups["projects" if light is None else light].to_list()
    starts = accumulate(counts, initial=1)
    yield from (
        (name, start) for name, start, held in zip(groups["group"], starts, counts, strict=False) if held
    )


def head(group: Record, order: str, begins: bool = True) -> Drawing:
    """A group's name, its projects, those of each light, and how many have lost days."""
    name = escape(group["group"] or _NOBODY[order])
    lights = "".join(html_of(light_badge(code, formats.count(group[code]))) for code in ORDER if group[code])
    lost = f'<span class="wall-lost">时差为负 {group["lost"]:,} 个</span>' if group["lost"] else ""
    more = "" if begins else "<small>(续)</small>"
    return Drawing(
        f'<div class="wall-group"><h3>{name}{more}</h3>'
        f"<span><b>{group['projects']:,}</b> 个项目</span>{lights}{lost}</div>"
    )
