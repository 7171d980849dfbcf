"""One sheet's records as a frame of its ledger's schema, groups flowing down into empty cells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import polars as pl

from data.conform.cells import Frame, Read, distinct
from data.conform.columns import read_column, read_companion, read_unknown
from data.conform.contents import settle_contents
from data.conform.further_rows import fill_references, read_further
from data.conform.groups import KINDS, flow_down
from data.conform.headers import SERIAL_HEADERS, Heading, Layout
from data.conform.months import cumulable, fill_from_months, is_month, monthly_rows
from data.conform.parts import read_parts
from data.conform.procedures import is_procedure, procedure_rows
from data.conform.rows import Rows
from data.conform.spans import is_span, read_span
from data.conform.suggest import UnknownColumn, unknown_column
from data.contract import ORIGIN, TEXT, Ledger
from data.text import is_empty, plain
from data.values import as_text

_STATE_ORDER: Final = ("actual_production", "actual_finish", "actual_start", "planned_start")


@dataclass(frozen=True)
class SheetTable:
    """What one table of a sheet holds: its ledger's frame, and beside it what its columns hold sideways.

    `table` keeps project_name beside the schema wherever the sheet names projects. `nodes` are procedures
    kept as columns and `monthly` months kept as columns (null where there are none); both point to their
    project by source_row. `unknown` are the columns nobody has placed.
    """

    ledger: Ledger
    table: pl.DataFrame
    nodes: pl.DataFrame | None
    monthly: pl.DataFrame | None
    unknown: tuple[UnknownColumn, ...]


def sheet_table(frame: Frame, layout: Layout, rows: Rows) -> SheetTable:
    """One table read column by column, groups flowing down."""
    read, item = Read(), layout.ledger
    roles = _roles(frame, layout)
    declared = {column.name: column for column in item.columns}
    for index, heading in _plans_first(layout, roles["field"]):
        read_column(frame, index, heading, declared[heading.field or ""], read)
    for index in roles["name"]:
        read.series["project_name"] = _names(frame, index)
    for index in roles["kind"][:1] if "kind" not in read.series else ():
        read_column(frame, index, layout.headings[index], declared["kind"], read)
    for index in roles["span"]:
        read_span(frame, index, layout.headings[index], read)
    for index in roles["unknown"]:
        read_unknown(frame, index, layout.headings[index], read)
    months = [(index, layout.headings[index]) for index in roles["month"]]
    monthly = monthly_rows(frame, months, read) if months else None
    nodes = [procedure_rows(frame, index, layout.headings[index]) for index in roles["procedure"]]
    for index in roles["companion"]:
        _read_companion(frame, index, layout.headings[index], read)
    if item.name == "projects":
        settle_contents(frame, layout, read)
        flow_down(frame, layout, rows, read)
        read_further(frame, layout, rows, read)
        rows.parts = read_parts(frame, layout, read)
    else:
        fill_references(frame, item, read)
    table = _with_states(_assemble(frame, item, read), read)
    if monthly is not None:
        table = fill_from_months(table, monthly, frame, read.series.keys())
    asked = (i for i in roles["unknown"] if not layout.headings[i].mapped)
    unknown = tuple(column for i in asked if (column := unknown_column(frame, layout, i)))
    return SheetTable(item, table, pl.concat(nodes) if nodes else None, monthly, unknown)


def _roles(frame: Frame, layout: Layout) -> defaultdict[str, list[int]]:
    """What each column of a table is, role → 0-based columns: field, name, companion (what our own files
    keep beside), serial, month, span, procedure, kind (without header), unknown."""
    roles: defaultdict[str, list[int]] = defaultdict(list)
    for index, heading in enumerate(layout.headings):
        roles[_role(frame, layout.ledger, index, heading)].append(index)
    kept = cumulable([(index, layout.headings[index]) for index in roles["month"]])
    roles["unknown"] = sorted({*roles["unknown"], *roles["month"]} - kept)
    roles["month"] = sorted(kept)
    return roles


def _role(frame: Frame, item: Ledger, index: int, heading: Heading) -> str:
    if heading.field is not None:
        declared = any(column.name == heading.field for column in item.columns)
        return "field" if declared else "name" if heading.field == "project_name" else "companion"
    if plain(heading.text).lower() in SERIAL_HEADERS or (not heading.text and _counts(frame, index)):
        return "serial"
    if item.name == "projects" and not heading.mapped:
        if is_month(frame, index, heading):
            return "month"
        if is_span(heading):
            return "span"
        if is_procedure(frame, index, heading):
            return "procedure"
        if not heading.text and _is_kind(frame, index):
            return "kind"
    return "unknown"


def _plans_first(layout: Layout, columns: list[int]) -> list[tuple[int, Heading]]:
    """Columns with plans before facts, so that a fact in the future only fills a plan left empty."""
    pairs = [(index, layout.headings[index]) for index in columns]
    return sorted(pairs, key=lambda pair: (pair[1].field or "").startswith("actual_"))


def _read_companion(frame: Frame, index: int, heading: Heading, read: Read) -> None:
    """Read what a file of our own keeps beside its columns."""
    if heading.field == "extra":
        read.extra.append(_members(frame, index))
    elif heading.field not in ORIGIN:
        read_companion(frame, index, heading, read)


def _names(frame: Frame, index: int) -> pl.Series:
    cells = distinct(frame, index)
    return cells.spread([None if is_empty(v) else as_text(v) for v in cells.values], TEXT)


def _members(frame: Frame, index: int) -> pl.Series:
    """The members of the JSON objects a file of our own keeps in extra."""
    cells = distinct(frame, index)
    texts = [(as_text(v) or "").strip() for v in cells.values]
    whole = [text.startswith("{") and text.endswith("}") for text in texts]
    return cells.spread([text[1:-1] if ok else None for text, ok in zip(texts, whole, strict=True)], TEXT)


def _counts(frame: Frame, index: int) -> bool:
    """Whether a column without header only numbers the rows: whole numbers from 1, at most one a row."""
    numbers = [as_text(v) or "" for v in distinct(frame, index).values if not is_empty(v)]
    whole = [int(text) for text in numbers if text.isdigit()]
    return len(whole) == len(numbers) > 1 and min(whole) == 1 and max(whole) <= len(frame.rows)


def _is_kind(frame: Frame, index: int) -> bool:
    """Whether a column without header holds nothing but 新建, 续建, 前期."""
    values = {plain(str(v)) for v in distinct(frame, index).values if not is_empty(v)}
    return bool(values) and values <= set(KINDS)


def _assemble(frame: Frame, item: Ledger, read: Read) -> pl.DataFrame:
    height = len(frame.rows)
    table = pl.DataFrame([series.alias(name) for name, series in read.series.items()])
    if not read.series:
        table = pl.DataFrame({"source_row": frame.rows})
    missing = [
        pl.lit(None, dtype).alias(name) for name, dtype in item.schema.items() if name not in table.columns
    ]
    table = table.with_columns(missing).with_columns(
        source_sheet=pl.lit(frame.sheet.name, TEXT),
        source_row=pl.Series(values=frame.rows + 1, dtype=pl.Int32),
    )
    if read.extra and height:
        members = pl.concat_str(
            [series.alias(f"e{i}") for i, series in enumerate(read.extra)], separator=", ", ignore_nulls=True
        )
        whole = pl.select(members.alias("m")).to_series()
        table = table.with_columns(
            extra=pl.when(whole.str.len_bytes() > 0).then(pl.concat_str(pl.lit("{"), whole, pl.lit("}")))
        )
    kept = [
        *item.schema,
        *(["project_name"] if "project_name" not in item.schema and "project_name" in table.columns else []),
    ]
    return table.select(kept)


def _with_states(table: pl.DataFrame, read: Read) -> pl.DataFrame:
    """项目状态 left empty takes what a date column says in words, the farthest stage first."""
    if "status" not in table.columns or not read.states:
        return table
    words = dict(read.states)
    ordered = [words[name] for name in _STATE_ORDER if name in words]
    return table.with_columns(status=pl.coalesce("status", *ordered)) if ordered else table
