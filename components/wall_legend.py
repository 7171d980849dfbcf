"""Under the panel: what colours and shapes mean, and how many projects have which light; a light filters."""

from __future__ import annotations

import polars as pl
from dash.development.base_component import Component

from components import formats, timeline, wall_link, wall_side
from components.attributes import aria
from components.elements import html
from components.light import ORDER, light_badge, words


def legend(search: str | None, groups: pl.DataFrame) -> list[Component]:
    """Every light with its number of projects, as a link that shows these alone, or all again; then signs."""
    chosen = wall_link.view(search).light
    return [
        html.Nav(
            [_light(code, count(groups, code), search, chosen) for code in ORDER], **aria(label="按亮灯筛选")
        ),
        html.Div(wall_side.signs(), className="wall-signs"),
    ]


def count(groups: pl.DataFrame, light: str) -> int:
    """Projects of one light in all groups together."""
    return int(groups[light].sum())


def _light(code: str, projects: int, search: str | None, chosen: str | None) -> Component:
    on = code == chosen
    badge = light_badge(code)
    number = html.B(formats.count(projects))
    told = f"{words()[code]} {projects} 个项目,{'再点显示全部' if on else '点击只看这些'}"
    return html.A(
        [badge, timeline.sample(code), number],
        href=wall_link.lit(search, None if on else code),
        className=f"chip wall-light{' on' if on else ''}",
        title=told,
        **(aria(current="true") if on else {}),
    )
