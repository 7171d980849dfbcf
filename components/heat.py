"""手续办结率 by region and procedure: the deeper the blue, the more is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl
from dash.development.base_component import Component

from components import filters, formats, links
from components.attributes import data
from components.elements import dcc, html
from components.empty import empty
from data.lists import OPEN_PROCEDURES

Row = Mapping[str, Any]

# columns that fit a third of a projector picture
PROCEDURES: Final = 9
LONG: Final = 4


def table(rows: pl.DataFrame, regions: Sequence[str | None], search: str) -> Component:
    """The heat map of `procedure_by_region`; one row a region in the given order.

    The procedures with most 应办 are shown, in usual order.
    """
    if rows.is_empty():
        return empty("没有应办手续", "请去掉一个筛选,或在台账“节点”表报送手续")
    names = procedures(rows)
    known = set(rows["region"])
    cells = {(row["region"], row["procedure"]): row for row in rows.iter_rows(named=True)}
    body = [
        html.Tr(
            [
                html.Th(
                    dcc.Link(
                        formats.text(region), href=links.overview(filters.toggled(search, region=region))
                    ),
                    scope="row",
                ),
                *(_cell(cells.get((region, name)), name, search) for name in names),
            ],
            className="on" if region and region == filters.parse(search)["region"] else None,
        )
        for region in regions
        if region in known
    ]
    head = html.Tr([html.Th(), *(html.Th(_lines(name), scope="col") for name in names)])
    return html.Table([html.Thead(head), html.Tbody(body)], className="heat")


def procedures(rows: pl.DataFrame) -> list[str]:
    """The procedures shown, in the order of the query."""
    order = rows["procedure"].unique(maintain_order=True).to_list()
    due = dict(rows.group_by("procedure").agg(pl.col("due").sum()).iter_rows())
    most = set(sorted(order, key=lambda name: -due[name])[:PROCEDURES])
    return [name for name in order if name in most]


def _lines(name: str) -> list[Any]:
    """A long name in two lines of equal length, so that nine columns fit."""
    half = (len(name) + 1) // 2
    return [name] if len(name) < LONG else [name[:half], html.Br(), name[half:]]


def _cell(row: Row | None, procedure: str, search: str) -> Component:
    if row is None or not row["due"]:
        return html.Td(formats.NONE, className="none", title="没有应办")
    share, region = row["done"] / row["due"], row["region"]
    told = f"{region} {procedure}:应办 {row['due']},已办 {row['done']}"
    said = formats.percent(row["done"], row["due"], 0).removesuffix("%")
    href = open_nodes(procedure, links.with_params(search, region=region))
    return html.Td(
        # the keyboard needn't pass every cell: a row's head chooses the region, the menu the procedure
        html.A(said, href=href, title=f"{told},点击看没有办结的", tabIndex="-1"),
        style={"--v": f"{min(share, 1):.3f}"},
        **data(live=f"{region} {procedure}"),
    )


def open_nodes(procedure: str, search: str | None) -> str:
    """The list of what is due of a procedure and not done, for the filters of `search`."""
    return links.listed(OPEN_PROCEDURES, search, node=procedure)


def menu(rates: pl.DataFrame, search: str | None) -> Component | None:
    """All procedures of `procedure_rates` with 应办, each with its rate, over the heat map; null for none."""
    due = [row for row in rates.iter_rows(named=True) if row["due"]]
    if not due:
        return None
    panel = html.Div([_procedure(row, search) for row in due], className="panel")
    return html.Details(
        [html.Summary(f"全部 {len(due)} 项", className="chip"), panel], className="menu right"
    )


def _procedure(row: Row, search: str | None) -> Component:
    name, share = row["procedure"], row["done"] / row["due"]
    counted = f"{formats.count(row['done'])}/{formats.count(row['due'])} · "
    return dcc.Link(
        [
            html.Span(name),
            html.I(html.B(style={"width": f"{share * 100:.1f}%"}), className="track"),
            html.Span([counted, html.B(formats.ratio(share))], className="n"),
        ],
        href=open_nodes(name, search),
        className="part",
        title=f"看没有办结的{name}",
    )
