"""Conform: a workbook as staff keep it becomes ledgers of the contract's names, types and units.

Nothing is judged here but what can't be read; data/rules.py judges rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from data.conform.cells import Frame
from data.conform.cutoff import cutoff, stated_year
from data.conform.finish import finish_nodes, finish_problems, finish_projects
from data.conform.headers import Layout, find_layout
from data.conform.identity import ProjectNames, resolve
from data.conform.notices import Notices
from data.conform.rows import fill_merged, sort_rows
from data.conform.suggest import UnknownColumn
from data.conform.tables import sheet_table
from data.conform.totals import check_groups
from data.contract import LEDGERS, PROJECTS, empty, ledger
from data.errors import Finding
from data.text import plain
from data.values import as_text, unit_line
from data.workbook import Sheet, Workbook

__all__ = ["ColumnMapping", "Conformed", "UnknownColumn", "conform"]

# (sheet or "*" for any, header made plain) → the field a person chose, "" to leave the column as extra
ColumnMapping = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Conformed:
    """A file's ledgers in the contract's schema, what was noticed on the way, and the day it speaks of.

    A ledger the file doesn't hold is absent. `as_of` is null where neither a title nor the file's name says
    a day. `columns` tells in which 0-based column of a sheet a field stands, for addresses in findings.
    `unknown_columns` are those whose header is no accepted one and that nobody has mapped yet. `error_rows`
    are rows with an error, as (sheet, Excel row).
    """

    ledgers: dict[str, pl.DataFrame]
    findings: tuple[Finding, ...]
    as_of: date | None
    columns: Mapping[tuple[str, str], int] = field(default_factory=dict)
    unknown_columns: tuple[UnknownColumn, ...] = ()
    error_rows: frozenset[tuple[str, int]] = frozenset()


def conform(
    workbook: Workbook,
    status_date: date,
    previous: Mapping[str, pl.DataFrame] | None = None,
    mapping: ColumnMapping | None = None,
) -> Conformed:
    """The ledgers of a workbook.

    Dates without a year take the title's, else the cut-off day's, else the status date's. Rows that name
    projects are matched to the file's own projects, else to those of `previous`. `mapping` holds columns
    that a person assigned by hand; it goes before the accepted headers.
    """
    notices = Notices()
    laid_out = [(sheet, layout) for sheet in workbook.sheets if (layout := _layout(sheet, notices))]
    titles = [text for sheet, layout in laid_out for text in _titles(sheet, layout)]
    as_of = cutoff(titles, workbook.path.stem, status_date)
    exact = workbook.path.suffix.lower() == ".parquet"
    tables: dict[str, list[pl.DataFrame]] = {}
    columns: dict[tuple[str, str], int] = {}
    for sheet, layout in laid_out:
        table, nodes = _read_sheet(sheet, layout, as_of or status_date, exact, notices)
        tables.setdefault(layout.ledger.name, []).append(table)
        if nodes is not None:
            tables.setdefault("column_nodes", []).append(nodes)
        columns |= {
            (sheet.name, h.field): i for i, h in reversed(list(enumerate(layout.headings))) if h.field
        }
    ledgers = _finish(tables, notices, previous)
    return Conformed(ledgers, notices.all(), as_of, columns, error_rows=frozenset(notices.error_rows))


def _layout(sheet: Sheet, notices: Notices) -> Layout | None:
    layout = find_layout(sheet)
    if layout is None and sheet.height:
        item = next(
            (i for i in LEDGERS if plain(sheet.name) in (plain(i.sheet), *map(plain, i.synonyms))), None
        )
        if item is not None:
            needed = "、".join(c.header for c in item.columns if c.required)
            notices.add(
                "header_not_found",
                "error",
                f"工作表“{sheet.name}”里找不到{item.sheet}台账的表头(至少要有 {needed})。请核对列名后重报。",
                sheet=sheet.name,
                expected=needed,
            )
        else:
            notices.add(
                "sheet_not_recognised",
                "note",
                f"工作表“{sheet.name}”不是八个台账中的任何一个,未读入。",
                sheet=sheet.name,
            )
    return layout


def _titles(sheet: Sheet, layout: Layout) -> list[str]:
    """Texts above the header."""
    cells = (cell for row in range(layout.header_row) for cell in sheet.row(row))
    return [text for cell in cells if isinstance(cell, str) and (text := as_text(cell))]


def _read_sheet(
    sheet: Sheet, layout: Layout, day: date, exact: bool, notices: Notices
) -> tuple[pl.DataFrame, pl.DataFrame | None]:
    filled, continued = fill_merged(sheet, layout)
    rows = sort_rows(filled, layout, continued)
    titles = _titles(sheet, layout)
    unit = next((found for title in titles if (found := unit_line(title))), None)
    year = stated_year(titles) or day.year
    frame = Frame(filled, rows.data, year, day, unit, exact, notices)
    for cell, text in sheet.errors:
        notices.found.append(
            Finding(
                "formula_error",
                "warning",
                f"工作表“{sheet.name}”{cell} 是公式错误 {text},按空处理。请改正公式或填数值。",
                sheet.name,
                cell,
                text,
                "数值",
            )
        )
    table, nodes = sheet_table(frame, layout, rows)
    check_groups(frame, layout, rows, table)
    return table, nodes


def _finish(
    tables: dict[str, list[pl.DataFrame]], notices: Notices, previous: Mapping[str, pl.DataFrame] | None
) -> dict[str, pl.DataFrame]:
    ledgers: dict[str, pl.DataFrame] = {}
    if "projects" in tables:
        ledgers["projects"] = finish_projects(pl.concat(tables["projects"]), notices)
    known_projects = ledgers.get("projects", (previous or {}).get("projects", empty(PROJECTS)))
    known = ProjectNames.of(known_projects)
    for item in LEDGERS:
        if item.name == "projects" or item.name not in tables:
            continue
        table = pl.concat(tables[item.name], how="diagonal")
        if "project_id" in item.schema:
            table, matched = resolve(table, known)
            for short, full in matched.items():
                notices.add(
                    "matched_by_short_name",
                    "note",
                    f"{item.sheet}台账中的“{short}”按简称对应到项目“{full}”。",
                    found=short,
                    expected=full,
                )
        if table.is_empty() and (previous or {}).get(item.name, table).height:
            notices.add(
                "ledger_without_rows",
                "note",
                f"{item.sheet}台账只有表头,没有数据,沿用上一份的{item.sheet}台账。",
                found="0",
            )
            continue
        ledgers[item.name] = table.select(list(item.schema))
    if "column_nodes" in tables:
        ledgers["nodes"] = _with_column_nodes(ledgers, pl.concat(tables["column_nodes"]))
    if "nodes" in ledgers:
        ledgers["nodes"] = finish_nodes(ledgers["nodes"])
    if "problems" in ledgers:
        ledgers["problems"] = finish_problems(ledgers["problems"], known)
    return ledgers


def _with_column_nodes(ledgers: dict[str, pl.DataFrame], found: pl.DataFrame) -> pl.DataFrame:
    """Node rows of procedure columns under their projects; a row of the 节点 sheet goes before them."""
    owners = ledgers["projects"].select("source_sheet", "source_row", owner="project_id")
    found = found.join(owners, on=["source_sheet", "source_row"], how="left", maintain_order="left")
    found = found.with_columns(project_id="owner").select(list(ledger("nodes").schema))
    if "nodes" not in ledgers:
        return found
    own = ledgers["nodes"]
    return pl.concat([own, found.join(own, on=["project_id", "node"], how="anti", maintain_order="left")])
