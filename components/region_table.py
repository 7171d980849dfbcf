"""Counties and parks, ranked apart: 开复工率 with its counts, and the lights of their projects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl
from dash import dcc, html
from dash.development.base_component import Component

from components import formats, links
from components.light import light_badge

Row = Mapping[str, Any]

LIGHTS: Final = ("red", "yellow", "blue", "green")
_KINDS: Final = ("县区", "园区", "市直")


def table(rows: pl.DataFrame, search: str) -> Component:
    """The table of `region_table`, one block a kind of region; a name leads to that region's wall."""
    if rows.is_empty():
        return html.Div("没有符合条件的项目", className="empty")
    blocks = []
    for number, (word, own) in enumerate(_by_kind(rows)):
        group = html.Tr(html.Th(word, colSpan=5 + len(LIGHTS), scope="rowgroup", className="group"))
        blocks.append(html.Tbody([*([group] if number else []), *(_row(row, search) for row in own)]))
    return html.Table([_head(), *blocks], className="table regions")


def order(rows: pl.DataFrame) -> list[str | None]:
    """The regions of `region_table` as the table lists them."""
    return [row["region"] for _, own in _by_kind(rows) for row in own]


def _by_kind(rows: pl.DataFrame) -> list[tuple[str, list[Row]]]:
    """Kinds of regions in fixed order, each with its rows by rank."""
    ranked: list[Row] = list(rows.sort("rank", nulls_last=True).iter_rows(named=True))
    kinds = dict.fromkeys((*_KINDS, *(row["region_kind"] for row in ranked)))
    blocks = [(kind or "其他", [row for row in ranked if row["region_kind"] == kind]) for kind in kinds]
    return [(word, own) for word, own in blocks if own]


def _head() -> Component:
    lights = [html.Th(light_badge(code), className="n", scope="col") for code in LIGHTS]
    return html.Thead(
        html.Tr(
            [
                html.Th("名次", scope="col"),
                html.Th("县区/园区", scope="col"),
                html.Th("开复工/项目", className="n", scope="col"),
                html.Th(className="rate-bar"),
                html.Th("%", className="n", scope="col"),
                *lights,
            ]
        )
    )


def _row(row: Row, search: str) -> Component:
    percent = formats.ratio(row["start_ratio"]).removesuffix("%")
    href = links.timeline(links.with_params(search, region=row["region"]))
    return html.Tr(
        [
            html.Td(formats.text(row["rank"])),
            html.Td(dcc.Link(formats.text(row["region"]), href=href)),
            html.Td(f"{formats.count(row['started'])}/{formats.count(row['projects'])}", className="n"),
            html.Td(_bar(row["start_ratio"]), className="rate-bar"),
            html.Td(html.B(percent), className="n"),
            *(_light(code, row[code]) for code in LIGHTS),
        ]
    )


def _bar(ratio: float | None) -> Component:
    return html.I(html.B(style={"width": f"{min(ratio or 0, 1) * 100:.1f}%"}), className="track")


def _light(code: str, number: int | None) -> Component:
    if not number:
        return html.Td("·", className="n base")
    return html.Td(formats.count(number), className=f"n ink-{code}")
