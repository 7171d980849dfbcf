"""Counties and parks, ranked apart: 开复工率 with its counts, and the lights of their projects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl
from dash import dcc, html
from dash.development.base_component import Component

from components import formats, links
from components.light import light_badge, words

Row = Mapping[str, Any]

LIGHTS: Final = ("red", "yellow", "blue", "green")
_HEADS: Final = {"县区": "县区", "园区": "园区", "市直": "市直及其他"}


def table(rows: pl.DataFrame, search: str) -> Component:
    """The table of `region_table`, one block a kind of region; a name leads to that region's wall."""
    if rows.is_empty():
        return html.Div("没有符合条件的项目", className="empty")
    kinds = rows["region_kind"].unique(maintain_order=True).to_list()
    blocks: list[Component] = []
    for kind in sorted(kinds, key=lambda kind: list(_HEADS).index(kind) if kind in _HEADS else len(_HEADS)):
        own = rows.filter(pl.col("region_kind").eq_missing(kind)).sort("rank", nulls_last=True)
        blocks += _block(_HEADS.get(kind, "其他"), list(own.iter_rows(named=True)), search)
    return html.Table(blocks, className="table regions")


def _block(word: str, rows: Sequence[Row], search: str) -> list[Component]:
    lights = [
        html.Th(html.Span(light_badge(code, ""), title=words()[code]), className="n", scope="col")
        for code in LIGHTS
    ]
    head = html.Tr(
        [
            html.Th("名次", scope="col"),
            html.Th(word, scope="col"),
            html.Th("开复工/项目", className="n", scope="col"),
            html.Th(className="rate-bar"),
            html.Th("%", className="n", scope="col"),
            *lights,
        ]
    )
    return [html.Thead(head), html.Tbody([_row(row, search) for row in rows])]


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
    shown = formats.count(number) if number else html.Span("·", className="base")
    return html.Td(shown, className=f"n ink-{code}" if number else "n")
