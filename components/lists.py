"""清单: every list as a table whose rows come by the window, with a choice of columns and export."""

from __future__ import annotations

from itertools import groupby
from typing import Any, Final

import dash_ag_grid as dag
from dash import ClientsideFunction, Input, Output, clientside_callback, html
from dash._utils import stringify_id
from dash.development.base_component import Component

from components import filters, grid, ids, links
from components.attributes import aria, data
from components.light import words as light_words
from components.lists_routes import WINDOW
from components.pages import Page
from components.shell import not_found
from data.lists import LISTS, Kind, ListColumn, Listing, listing

GRID: Final = "list-grid"  # one component a list, so that none inherits another's columns
TABS: Final = ids.new("lists", "tabs")

_WIDTHS: Final[dict[Kind, int]] = {
    "light": 96, "name": 240, "long": 260, "date": 116, "money": 128, "count": 104, "days": 112, "ratio": 100,
    "flag": 92, "number": 96,
}  # fmt: skip
_FILTERS: Final[dict[Kind, str]] = {
    "date": "agDateColumnFilter",
    **dict.fromkeys(("money", "count", "days", "ratio", "number"), "agNumberColumnFilter"),
}
_NUMBERS: Final = ("money", "count", "days", "ratio", "number")


def layout(name: str = LISTS[0].name) -> Component:
    """The page of one list."""
    found = listing(name)
    return not_found() if found is None else _page(found)


def _page(item: Listing) -> Component:
    return html.Main(
        [
            html.Nav(_tabs(item), id=TABS, className="list-tabs", **aria(label="清单"), **data(markup="")),
            html.Div(
                [
                    html.H2(f"{item.title}清单", className="list-title"),
                    html.P("正在读取…", className="base list-line", role="status"),
                    html.Div(_tools(), className="list-tools"),
                ],
                className="list-head",
            ),
            _table(item),
        ],
        className="card list-page",
        **data(
            list=item.name,
            table=stringify_id(ids.item(GRID, item.name)),
            rows=links.list_rows(item.name),
            workbook=links.list_workbook(item.name),
            filters=" ".join(filters.NAMES),
            compare=filters.COMPARE,
        ),
    )


def _tabs(item: Listing) -> list[Component]:
    """All lists in their groups; assets/lists.js lets the links carry the filters."""
    tabs: list[Component] = []
    for group, members in groupby(LISTS, lambda one: one.group):
        tabs.append(html.Span(group, className="name"))
        tabs += [
            html.A(
                one.title,
                href=links.lists(one.name),
                className=f"chip{' on' if one is item else ''}",
                **(aria(current="page") if one is item else {}),
            )
            for one in members
        ]
    return tabs


def _tools() -> list[Component]:
    """Places and buttons that assets/lists.js brings to life."""
    return [
        html.Div(className="list-find"),
        html.Details(
            [html.Summary("选列", className="chip"), html.Div(className="panel list-columns")],
            className="menu right",
        ),
        html.Button(
            "恢复默认", type="button", className="chip list-reset", title="恢复列、顺序和宽度,清除筛选和排序"
        ),
        html.A("导出 Excel", href="#", className="chip on list-export", title="导出表中所示的行和列"),
    ]


def _table(item: Listing) -> Component:
    table: Component = dag.AgGrid(
        id=ids.item(GRID, item.name),
        rowModelType="infinite",
        columnDefs=[column_definition(column, column.name in item.hidden) for column in item.columns],
        defaultColDef={
            "sortable": True, "resizable": True, "floatingFilter": True, "suppressHeaderMenuButton": True,
            "filterParams": {"debounceMs": 200, "maxNumConditions": 2},
        },
        dashGridOptions={
            "localeText": grid.CHINESE, "cacheBlockSize": WINDOW, "rowBuffer": 20,
            "infiniteInitialRowCount": 30,
            # the table's own source is asked once and never answers; ours must not wait behind it
            "maxConcurrentDatasourceRequests": 8,
            "rowHeight": 40, "headerHeight": 44, "floatingFiltersHeight": 40, "blockLoadDebounceMillis": 40,
            "suppressDragLeaveHidesColumns": True, "multiSortKey": "ctrl", "animateRows": False,
            "suppressColumnMoveAnimation": True, "enableCellTextSelection": True, "tooltipShowDelay": 300,
        },
        className="list-grid",
        style={"height": "var(--list-height)", "width": "100%"},
    )  # fmt: skip
    return table


def column_definition(column: ListColumn, hidden: bool) -> dict[str, Any]:
    """The column as AG Grid takes it."""
    made: dict[str, Any] = {
        "field": column.name,
        "headerName": column.title,
        "filter": _FILTERS.get(column.kind, "agTextColumnFilter"),
        "width": max(_WIDTHS.get(column.kind, 124), 15 * len(column.title) + 44),
        "hide": hidden,
    }
    if column.tip:
        made["headerTooltip"] = column.tip
    if column.kind == "light":
        made |= {"cellRenderer": "ListLight", "cellRendererParams": {"words": light_words()}}
    elif column.name == "project_name":
        made |= {"cellRenderer": "ListProject", "tooltipField": column.name}
    elif column.kind in ("long", "name"):
        made["tooltipField"] = column.name
    if column.kind == "date":
        # two days don't fit over a column: the chosen span is told, and set in the filter's own window
        made["floatingFilterComponent"] = "agReadOnlyFloatingFilter"
    if column.kind in _NUMBERS:
        made |= {"cellClass": "n", "headerClass": "n"}
    return made


clientside_callback(
    ClientsideFunction("lists", "show"),
    Output(TABS, "data-shown"),
    Input(TABS, "id"),
    Input(ids.LOCATION, "search"),
    Input(ids.VERSION, "data"),
)


PAGES: Final = (
    Page("/lists", "清单", layout, navigation="清单", grid=True),
    Page("/lists/<name>", "清单", layout, section="/lists", grid=True),
)
