"""Counties and parks, ranked apart: 开复工率 with its counts, and the lights of their projects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl
from dash.development.base_component import Component

from components import filters, formats, links
from components.attributes import data
from components.elements import dcc, html
from components.empty import empty
from components.light import light_badge

Row = Mapping[str, Any]

LIGHTS: Final = ("red", "yellow", "blue", "green")
_KINDS: Final = ("县区", "园区", "市直")


def table(rows: pl.DataFrame, search: str, moved: Mapping[str, Row] | None = None) -> Component:
    """The table of `region_table`, one block a kind of region; names filter, lights lead to the wall.

    `moved` are the rows of `change_groups` by region; null leaves the movement out.
    """
    if rows.is_empty():
        return empty("没有符合条件的项目")
    blocks = []
    for number, (word, own) in enumerate(_by_kind(rows)):
        group = html.Tr(
            html.Th(word, colSpan=5 + len(LIGHTS) + (moved is not None), scope="rowgroup", className="group")
        )
        body = [_row(row, search, moved) for row in own]
        blocks.append(html.Tbody([*([group] if number else []), *body]))
    return html.Table([_head(moved is not None), *blocks], className="table regions")


def moves(changed: pl.DataFrame) -> dict[str, Row]:
    """Region → its row of `change_groups`."""
    return {row["group"]: row for row in changed.iter_rows(named=True)}


def order(rows: pl.DataFrame) -> list[str | None]:
    """The regions of `region_table` as the table lists them."""
    return [row["region"] for _, own in _by_kind(rows) for row in own]


def _by_kind(rows: pl.DataFrame) -> list[tuple[str, list[Row]]]:
    """Kinds of regions in fixed order, each with its rows by rank."""
    ranked: list[Row] = list(rows.sort("rank", nulls_last=True).iter_rows(named=True))
    kinds = dict.fromkeys((*_KINDS, *(row["region_kind"] for row in ranked)))
    blocks = [(kind or "其他", [row for row in ranked if row["region_kind"] == kind]) for kind in kinds]
    return [(word, own) for word, own in blocks if own]


def _head(moving: bool) -> Component:
    lights = [html.Th(light_badge(code), className="n", scope="col") for code in LIGHTS]
    return html.Thead(
        html.Tr(
            [
                html.Th("名次", scope="col"),
                *([html.Th("升降", scope="col")] if moving else []),
                html.Th("县区/园区", scope="col"),
                html.Th("开复工/项目", className="n", scope="col"),
                html.Th(className="rate-bar"),
                html.Th("%", className="n", scope="col"),
                *lights,
            ]
        )
    )


def _row(row: Row, search: str, moved: Mapping[str, Row] | None) -> Component:
    region = formats.text(row["region"])
    percent = formats.ratio(row["start_ratio"]).removesuffix("%")
    href = links.overview(filters.toggled(search, region=row["region"]))
    told = f"只看{region},再点一次看全部"
    counted = f"{formats.count(row['started'])}/{formats.count(row['projects'])}"
    return html.Tr(
        [
            html.Td(formats.text(row["rank"])),
            *([_move(moved.get(region))] if moved is not None else []),
            html.Td(dcc.Link(region, href=href, title=told), className="region-name"),
            html.Td(counted, className="n", **data(live=f"{region} 开复工")),
            html.Td(
                html.A(_bar(row["start_ratio"]), href=href, title=told, tabIndex="-1"), className="rate-bar"
            ),
            html.Td(html.B(percent, **data(live=f"{region} %")), className="n"),
            *(_light(code, row, search) for code in LIGHTS),
        ],
        className="on" if row["region"] and row["region"] == filters.parse(search)["region"] else None,
    )


def _move(changed: Row | None) -> Component:
    """Places won ▲ or lost ▼ since the day compared with; a region that had no place then is new."""
    if changed is None or changed["moved"] is None:
        return html.Td("新", className="base", title="上次没有名次")
    places, was = (
        changed["moved"],
        f"原第 {changed['rank_before']} 名,{formats.ratio(changed['ratio_before'])}",
    )
    if not places:
        return html.Td("–", className="base", title=was)
    tone, arrow = ("ahead", "▲") if places > 0 else ("behind", "▼")
    return html.Td(html.B(f"{arrow}{abs(places)}", className=tone), title=was)


def _bar(ratio: float | None) -> Component:
    return html.I(html.B(style={"width": f"{min(ratio or 0, 1) * 100:.1f}%"}), className="track")


def _light(code: str, row: Row, search: str) -> Component:
    number = row[code]
    if not number:
        return html.Td("·", className="n base")
    href = links.timeline(links.with_params(search, region=row["region"], light=code))
    link = dcc.Link(formats.count(number), href=href)
    return html.Td(link, className=f"n ink-{code}", **data(live=f"{row['region']} {code}"))
