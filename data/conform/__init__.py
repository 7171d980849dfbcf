"""Conform: a workbook as staff keep it becomes ledgers of the contract's names, types and units.

Nothing is judged here but what can't be read; data/rules.py judges rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from data.conform.cells import Frame
from data.conform.cutoff import cutoff, stated_year
from data.conform.finish import finish_nodes, finish_problems, finish_projects, finish_visits
from data.conform.headerless import ask_columns, headerless_layout
from data.conform.headers import ColumnMapping, Layout, titles
from data.conform.identity import ProjectNames, loose, resolve, tell_same_names
from data.conform.multi import find_layouts
from data.conform.notices import Notices
from data.conform.places import NOWHERE, Columns, Place
from data.conform.region_title import with_region
from data.conform.rows import fill_merged, sort_rows
from data.conform.settle import settle
from data.conform.sheet_notes import tell_hidden_sheets, tell_shown, tell_unrecognised
from data.conform.suggest import UnknownColumn, kept_before, tell_unknown
from data.conform.tables import SheetTable, sheet_table
from data.conform.totals import check_groups
from data.contract import LEDGERS, OWN_SHEETS, PROJECTS, empty, ledger
from data.errors import Finding
from data.values import unit_line
from data.workbook import Sheet, Workbook

__all__ = ["ColumnMapping", "Conformed", "UnknownColumn", "conform"]


@dataclass(frozen=True)
class Conformed:
    """A file's ledgers in the contract's schema, what was noticed on the way, and the day it speaks of.

    A ledger the file doesn't hold is absent. `as_of` is null where neither a title nor the file's name says
    a day. `columns` tells in which 0-based column of a table a field stands, for addresses in findings.
    `unknown_columns` are those whose header is no accepted one and that nobody has mapped yet. `error_rows`
    are rows with an error, as (sheet, Excel row); `unscheduled_rows` those whose error only keeps their
    project from being scheduled.
    """

    ledgers: dict[str, pl.DataFrame]
    findings: tuple[Finding, ...]
    as_of: date | None
    columns: Columns = NOWHERE
    unknown_columns: tuple[UnknownColumn, ...] = ()
    error_rows: frozenset[tuple[str, int]] = frozenset()
    unscheduled_rows: frozenset[tuple[str, int]] = frozenset()


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
    notices, before = Notices(), previous or {}
    sheets = [sheet for sheet in workbook.sheets if sheet.name not in OWN_SHEETS]
    laid_out, unknown = _lay_out(sheets, mapping or {}, notices)
    texts = [text for sheet, layout in laid_out for text in titles(sheet, layout.top, layout.header_row)]
    as_of = cutoff(texts, workbook.path.stem, status_date)
    known = frozenset(before.get("projects", empty(PROJECTS))["region"].drop_nulls())
    exact = workbook.path.suffix.lower() == ".parquet"
    tables: dict[str, list[pl.DataFrame]] = {}
    places: list[Place] = []
    for sheet, layout in laid_out:
        read = _read_table(sheet, layout, as_of or status_date, exact, notices)
        table = read.table
        if layout.ledger.name == "projects":
            said = (*titles(sheet, layout.top, layout.header_row), sheet.name, workbook.path.stem)
            table = with_region(table, said, known, sheet.name, notices)
        tables.setdefault(layout.ledger.name, []).append(table)
        for name, sideways in (("column_nodes", read.nodes), ("column_months", read.monthly)):
            if sideways is not None:
                tables.setdefault(name, []).append(sideways)
        tell_unknown(read.unknown, notices, kept_before(before.get(layout.ledger.name)))
        unknown.extend(read.unknown)
        places.append(_place(sheet, layout))
    tell_hidden_sheets(workbook, notices)
    ledgers, columns = _finish(tables, notices, before), Columns(tuple(places))
    if "projects" in ledgers:
        tell_same_names(ledgers["projects"], columns, notices)
    rows = frozenset(notices.error_rows)
    return Conformed(ledgers, notices.all(), as_of, columns, tuple(unknown), rows)


def _place(sheet: Sheet, layout: Layout) -> Place:
    fields = {h.field: i for i, h in reversed(list(enumerate(layout.headings))) if h.field}
    rows = range(layout.top + 1, layout.end_row(sheet) + 1)
    return Place(sheet.name, layout.ledger.name, rows, fields, layout.panel)


def _lay_out(
    sheets: Sequence[Sheet], mapping: ColumnMapping, notices: Notices
) -> tuple[list[tuple[Sheet, Layout]], list[UnknownColumn]]:
    """Every table of the sheets with its part of the sheet, and what to ask where there is no header."""
    laid_out: list[tuple[Sheet, Layout]] = []
    others: list[Sheet] = []
    for sheet in sheets:
        tables = find_layouts(sheet, mapping)
        if not tables and mapping and (layout := headerless_layout(sheet, mapping)):
            tables = [(sheet, layout)]
        if tables:
            tell_shown(sheet, [layout for _, layout in tables], notices)
        elif sheet.height:
            others.append(sheet)
        laid_out.extend((part, settle(part, layout, notices)) for part, layout in tables)
    asked: list[UnknownColumn] = []
    listed = any(layout.ledger.required for _, layout in laid_out)
    for sheet in others:
        columns = () if listed else ask_columns(sheet, notices)
        asked.extend(columns)
        if not columns:
            tell_unrecognised(sheet, notices)
    return laid_out, asked


def _read_table(sheet: Sheet, layout: Layout, day: date, exact: bool, notices: Notices) -> SheetTable:
    filled, continued = fill_merged(sheet, layout, notices)
    rows = sort_rows(filled, layout, continued)
    texts = titles(sheet, layout.top, layout.header_row)
    unit = next((found for text in texts if (found := unit_line(text))), None)
    year = stated_year(texts) or day.year
    frame = Frame(filled, rows.data, year, day, unit, exact, notices)
    read = sheet_table(frame, layout, rows)
    check_groups(frame, layout, rows, read.table)
    return read


def _finish(
    tables: dict[str, list[pl.DataFrame]], notices: Notices, previous: Mapping[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    ledgers: dict[str, pl.DataFrame] = {}
    if "projects" in tables:
        ledgers["projects"] = finish_projects(pl.concat(tables["projects"]), notices)
    known = ProjectNames.of(
        _known_projects(ledgers.get("projects"), previous.get("projects", empty(PROJECTS)))
    )
    for item in LEDGERS:
        if item.name == "projects" or item.name not in tables:
            continue
        table = pl.concat(tables[item.name], how="diagonal")
        if "project_id" in item.schema:
            table, matched = resolve(table, known, "project_name" in item.schema)
            for short, full in matched.items():
                notices.add(
                    "matched_by_short_name",
                    "note",
                    f"{item.sheet}台账中的“{short}”按简称对应到项目“{full}”。",
                    found=short,
                    expected=full,
                )
        if table.is_empty() and previous.get(item.name, table).height:
            notices.add(
                "ledger_without_rows",
                "note",
                f"{item.sheet}台账只有表头,没有数据,沿用上一份的{item.sheet}台账。",
                found="0",
            )
            continue
        ledgers[item.name] = table.select(list(item.schema))
    for name, source in (("nodes", "column_nodes"), ("monthly", "column_months")):
        if source in tables:
            ledgers[name] = _with_sideways(ledgers, name, pl.concat(tables[source]))
    if "nodes" in ledgers:
        ledgers["nodes"] = finish_nodes(ledgers["nodes"])
    if "problems" in ledgers:
        ledgers["problems"] = finish_problems(ledgers["problems"], known)
    if "visits" in ledgers:
        ledgers["visits"] = finish_visits(ledgers["visits"], notices)
    return ledgers


def _known_projects(today: pl.DataFrame | None, before: pl.DataFrame) -> pl.DataFrame:
    """The file's projects, and those of yesterday that it doesn't name: rows may speak of either."""
    if today is None or before.is_empty():
        return before if today is None else today
    others = before.filter(~pl.col("project_id").is_in(today["project_id"].implode()))
    if others.is_empty():
        return today
    here = {loose(name) for name in today["project_name"].drop_nulls()}
    others = others.filter([name is None or loose(name) not in here for name in others["project_name"]])
    return pl.concat([today, others.select(today.columns)])


def _with_sideways(ledgers: dict[str, pl.DataFrame], name: str, found: pl.DataFrame) -> pl.DataFrame:
    """Rows of procedure or month columns under their projects; a row of the ledger's own sheet goes first.

    A project without a name is told once, not once a column.
    """
    item = ledger(name)
    owners = ledgers["projects"].select("source_sheet", "source_row", owner="project_id")
    found = found.join(owners, on=["source_sheet", "source_row"], how="left", maintain_order="left")
    found = found.with_columns(project_id="owner").drop_nulls("owner").select(list(item.schema))
    if name not in ledgers:
        return found
    own = ledgers[name]
    return pl.concat([own, found.join(own, on=list(item.key), how="anti", maintain_order="left")])
