"""Ledgers written in a few cells, and a database over them as the wall would see it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from data import contract
from data.catalog import QuerySpec, catalog
from data.database import NO_TABLES, Database, Tables
from data.manifest import Version
from data.parameters import bind
from data.publish import FINDING_SCHEMA
from data.schedule import schedule
from data.standing import standing_in
from data.standing_frames import compared_with
from data.standing_history import History
from data.tables import assembled, status_date

SNAPSHOT_STATUS = {
    "version": "2026-11-22/1",
    "revision": 1,
    "published_at": "2026-11-22T08:00:00+08:00",
    "source_name": "台账.xlsx",
    "findings_warning": 0,
    "held_back": 0,
    "demo": False,
}


def ledger(name: str, rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """A ledger frame from rows that name only the columns they need; texts become the column's type."""
    item = contract.ledger(name)
    typed = [
        {column: typed_value(item.schema[column], value) for column, value in row.items()} for row in rows
    ]
    if not typed:
        return contract.empty(item)
    return pl.DataFrame(
        [{column: row.get(column) for column in item.schema} for row in typed], schema=item.schema
    )


def typed_value(dtype: pl.DataType, value: Any) -> Any:
    """A cell's text as its type; empty is null."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        return value
    if dtype == pl.List(pl.String):
        return value.split("、")
    if dtype == pl.Boolean:
        return value == "true"
    if dtype.is_integer():
        return int(value)
    if dtype.is_float():
        return float(value)
    return date.fromisoformat(value) if dtype == pl.Date else value


def ledgers_of(directory: Path) -> dict[str, pl.DataFrame]:
    """The ledgers a case holds as <ledger>.csv, and findings.csv if it has one."""
    found = {item.name: directory / f"{item.name}.csv" for item in contract.LEDGERS}
    frames = {name: ledger(name, read_csv(path)) for name, path in found.items() if path.exists()}
    told = directory / "findings.csv"
    return frames | (
        {"findings": pl.DataFrame(read_csv(told), schema=FINDING_SCHEMA)} if told.exists() else {}
    )


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file by header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def database(ledgers: Mapping[str, pl.DataFrame], as_of: date, snapshot_date: date | None = None) -> Database:
    """The database of these ledgers on this status date, scheduled as the program schedules."""
    nodes = ledgers.get("nodes", contract.empty(contract.NODES))
    found = schedule(ledgers["projects"], nodes, as_of)
    status = status_date(as_of).with_columns(
        *(
            pl.lit(value).cast(status_date(as_of).schema[name]).alias(name)
            for name, value in SNAPSHOT_STATUS.items()
        ),
        pl.lit(snapshot_date or as_of).alias("snapshot_date"),
    )
    told = {"findings": ledgers["findings"]} if "findings" in ledgers else {}
    return Database(assembled(ledgers, found.nodes, found.projects, status) | told)


def ask(
    database: Database, name: str, as_of: date, /, beside: Tables = NO_TABLES, **params: object
) -> pl.DataFrame:
    """One question's answer from this database, parameters bound as the runner binds them.

    `beside` are the frames a question of change or of the past is asked with.
    """
    spec = catalog()[name]
    return database.ask(spec.sql, bound(spec, as_of, params), beside=beside)


def looked_back_on(
    now: Database, days: Mapping[date, Database], since: date | None, light: str | None = None
) -> Tables:
    """The frames of a past made of these databases, one a day; compared with that of `since`."""
    history = History()
    for day, database_then in sorted(days.items()):
        history = history.followed_by(Version(day, 1), standing_in(database_then))
    compared = compared_with(now, standing_in(days[since]), since) if since else {}
    return {**history.tables(light), **compared}


def bound(spec: QuerySpec, as_of: date, params: Mapping[str, object]) -> dict[str, Any]:
    """The parameters the statement takes, typed."""
    values = bind(spec, {**params, "as_of": as_of}, as_of)
    return {name: value for name, value in values.items() if name in spec.bound}
