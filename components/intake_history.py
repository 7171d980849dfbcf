"""Every load there ever was, what changed cell by cell between two snapshots, and the way back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final

import dash_ag_grid as dag
import polars as pl
from dash import Input, Output, callback, dcc, html
from dash.development.base_component import Component

from components import formats, ids, links, markup
from components.attributes import aria, data, json_text
from components.grid import CHINESE
from components.intake_findings import WEIGHTS
from components.intake_load import VIA, counts, status
from components.light import light_badge
from components.pages import Page
from data.errors import SnapshotError
from data.history import History, Load
from data.manifest import Version
from data.query import queries
from data.settings import settings

LOADS: Final = ids.new("history", "loads")
LOADS_TEXT: Final = ids.new("history", "loads-text")
CHOICE: Final = ids.new("history", "choice")
CHOICE_TEXT: Final = ids.new("history", "choice-text")
GRID: Final = ids.new("history", "grid")

LOADS_SHOWN: Final = 100
# more changed cells than a person reads; the sentence above the grid says how many there are
CHANGES_SHOWN: Final = 5_000
KINDS: Final = {"added": "新增", "removed": "移除", "changed": "改动"}
GRID_COLUMNS: Final = (
    ("ledger", "台账", 110), ("kind", "变化", 90), ("project_name", "项目", 260),
    ("row_key", "节点/条目", 160), ("column", "列", 150), ("before", "原来", 200), ("after", "现在", 200),
)  # fmt: skip


def layout() -> Component:
    """The empty history; callbacks fill it."""
    grid = dag.AgGrid(
        id=GRID,
        columnDefs=[
            {
                "field": field,
                "headerName": word,
                "width": width,
                "flex": width,
                "filter": True,
                "tooltipField": field,
            }
            for field, word, width in GRID_COLUMNS
        ],
        rowData=[],
        dashGridOptions={"localeText": CHINESE, "tooltipShowDelay": 300, "rowHeight": 36, "headerHeight": 38},
        className="ag-theme-alpine history-grid",
    )
    compare = html.Section([markup.slot(CHOICE, CHOICE_TEXT), grid], className="card history-compare")
    loads = html.Section(
        [html.H2("报送历史"), markup.slot(LOADS, LOADS_TEXT, "history-loads")], className="card"
    )
    return html.Main([compare, loads], className="history")


markup.connect(LOADS, LOADS_TEXT)
markup.connect(CHOICE, CHOICE_TEXT)


@callback(Output(LOADS_TEXT, "data"), Input(ids.INBOX, "data"), Input(ids.VERSION, "data"))
async def draw_loads(_inbox: object, _version: object) -> str:
    """The loads, newest first."""
    found = await asyncio.to_thread(History(settings()).loads, LOADS_SHOWN)
    return markup.html_of(loads_table(found, queries().version()))


@callback(
    Output(CHOICE_TEXT, "data"),
    Output(GRID, "rowData"),
    Input(ids.LOCATION, "search"),
    Input(ids.VERSION, "data"),
)
async def draw_changes(search: str | None, _version: object) -> tuple[str, list[dict[str, Any]]]:
    """The two snapshots of the address compared; the last two where it names none."""
    history = History(settings())
    versions = await asyncio.to_thread(history.versions)
    pair = chosen(search, versions, queries().version())
    if pair is None:
        return markup.html_of(too_few()), []
    try:
        found = await asyncio.to_thread(history.changes, *pair)
    except SnapshotError as fault:
        return markup.html_of([*choice(pair, versions), html.P(str(fault), className="behind")]), []
    return markup.html_of([*choice(pair, versions), outcome(found)]), rows_of(found)


def chosen(
    search: str | None, versions: Sequence[Version], on_wall: Version | None = None
) -> tuple[Version, Version] | None:
    """The two versions an address names, else the one on the wall (or the newest) and the one before.

    Null with fewer than two.
    """
    if len(versions) < 2:
        return None
    named = links.params(search)
    known = {str(version): version for version in versions}
    after = known.get(named.get("after", ""), on_wall or max(versions))
    earlier = [version for version in versions if version < after] or [min(versions)]
    return known.get(named.get("before", ""), max(earlier)), after


def choice(pair: tuple[Version, Version], versions: Sequence[Version]) -> list[Component]:
    """The two boxes that choose the snapshots; assets/intake.js puts the choice into the address."""
    boxes = [
        html.Label([word, _versions_box(name, version, versions)])
        for word, name, version in (("从", "before", pair[0]), ("到", "after", pair[1]))
    ]
    return [
        html.H2(["两个快照逐格比较", html.Small("改了哪个格子、原来是什么、现在是什么")]),
        html.Div(boxes, className="history-choice"),
    ]


def _versions_box(name: str, chosen_one: Version, versions: Sequence[Version]) -> Component:
    options = [
        html.Option(
            f"{version.day} 第{version.revision}版", value=str(version), selected=version == chosen_one
        )
        for version in sorted(versions, reverse=True)
    ]
    return html.Select(options, **data(param=name))


def too_few() -> list[Component]:
    """What stands there before there are two snapshots."""
    return [html.H2("两个快照逐格比较"), html.P("只有一个快照,还没有可以比较的。", className="empty")]


def outcome(found: pl.DataFrame) -> Component:
    """How much differs, in a sentence."""
    if found.is_empty():
        return html.P("两个快照内容相同。", className="base")
    projects = found["project_id"].drop_nulls().n_unique()
    kinds = "、".join(
        f"{word} {found.filter(pl.col('kind') == kind).height:,} {'格' if kind == 'changed' else '行'}"
        for kind, word in KINDS.items()
    )
    left = f";只列出前 {CHANGES_SHOWN:,} 处" if found.height > CHANGES_SHOWN else ""
    return html.P(f"涉及 {projects:,} 个项目:{kinds}{left}。", className="base")


def rows_of(found: pl.DataFrame) -> list[dict[str, Any]]:
    """The grid's rows."""
    shown = found.head(CHANGES_SHOWN).with_columns(pl.col("kind").replace(KINDS))
    return shown.select(field for field, _, _ in GRID_COLUMNS).to_dicts()


def loads_table(found: Sequence[Load], on_wall: Version | None = None) -> Component:
    """One line a load: when, who, file, outcome, rows, findings, version and what can be done."""
    if not found:
        return html.P("还没有报送过文件。", className="empty")
    head = html.Tr([html.Th(word) for word in ("时间", "报送人", "文件", "结果", "数据", "校验", "说明", "")])
    body = [html.Tr([html.Td(cell) for cell in _load_cells(load, on_wall)]) for load in found]
    return html.Table([html.Thead(head), html.Tbody(body)], className="table")


def _load_cells(load: Load, on_wall: Version | None) -> list[Any]:
    return [
        f"{formats.short_day(load.at.date())} {load.at:%H:%M}",
        [load.who or "未署名", html.Small(f" {VIA[load.via]}", className="base")],
        dcc.Link(load.file_name, href=links.load(load.id)),
        status(load),
        counts(load),
        [light_badge(WEIGHTS[weight][0], str(n)) for weight, n in load.findings.items() if n],
        html.Small(load.reason or load.message),
        "现在的挂图" if load.version and load.version == on_wall else _undo(load),
    ]


def _undo(load: Load) -> Component | None:
    if load.version is None:
        return None
    return html.Button(
        "退回到此",
        type="button",
        className="chip",
        **data(
            post="/api/rollback",
            body=json_text({"version": str(load.version)}),
            ask="为什么退回?(会写入历史)",
            confirm="",
        ),
        **aria(label=f"退回到此:{load.version}"),
    )


PAGES: Final = (
    Page("/intake/history", "报送历史", layout, section="/intake", filters=False, grid=True, look="intake"),
)
