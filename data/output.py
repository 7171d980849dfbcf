"""What the command line prints: frames, findings and the list of snapshots."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final, Literal

import polars as pl
import typer
from rich.console import Console
from rich.table import Column, Table

from data.errors import Finding, SnapshotError
from data.manifest import Manifest
from data.snapshots import SnapshotStore

WEIGHTS: Final = {"error": "[red]错误[/red]", "warning": "[yellow]提醒[/yellow]", "note": "说明"}
EMPTY: Final = "—"


def print_frame(frame: pl.DataFrame, output_format: Literal["table", "json", "csv"]) -> None:
    """Print a query's result; dates are ISO, null is — in a table, null in JSON, empty in CSV."""
    if output_format == "json":
        typer.echo(frame.write_json())
    elif output_format == "csv":
        typer.echo(spreadsheet_safe(frame).write_csv(), nl=False)
    else:
        Console().print(_table(frame), highlight=False)


def spreadsheet_safe(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame as flat text and numbers; a text that Excel would run as a formula gets a leading '."""
    flat = frame.with_columns(
        pl.col(name).list.eval(_words(pl.element(), dtype.inner)).list.join("、")
        for name, dtype in frame.schema.items()
        if isinstance(dtype, pl.List)
    )
    texts = pl.col(pl.String, pl.Categorical).cast(pl.String)
    return flat.with_columns(texts.str.replace(r"^([=+\-@\t\r])", "'$1"))


def print_findings(findings: Iterable[Finding]) -> None:
    """Print findings, errors first; nothing when there are none."""
    ordered = sorted(findings, key=lambda f: list(WEIGHTS).index(f.weight))
    if not ordered:
        return
    table = Table("轻重", "位置", "说明")
    for finding in ordered:
        place = " ".join(part for part in (finding.sheet, finding.cell) if part)
        table.add_row(WEIGHTS[finding.weight], place or EMPTY, finding.message)
    Console().print(table, highlight=False)


def print_snapshots(store: SnapshotStore) -> None:
    """Print every published version, newest first; one that can't be opened says why."""
    catalogue = store.catalogue()
    table = Table(
        Column("版本", no_wrap=True),
        "状态",
        Column("来源", overflow="fold"),
        "项目",
        "节点",
        "提醒",
        "发布时间",
    )
    for version in reversed(catalogue.published):
        state = "已撤下" if version in catalogue.withdrawn else ""
        state = "当前" if version == catalogue.current else state
        try:
            manifest = store.manifest(version)
        except SnapshotError as fault:
            table.add_row(str(version), state, str(fault), EMPTY, EMPTY, EMPTY, EMPTY)
            continue
        table.add_row(
            str(version),
            state + (" 演示" if manifest.demo else ""),
            _origin(manifest),
            f"{manifest.counts.get('projects', 0):,}",
            f"{manifest.counts.get('nodes', 0):,}",
            f"{manifest.findings.get('warning', 0):,}",
            manifest.published_at,
        )
    Console().print(table, highlight=False)


def _origin(manifest: Manifest) -> str:
    """The file a snapshot came from, or what a rollback brought back and why."""
    if manifest.rolled_back_to is None:
        return manifest.source_name
    return f"退回到 {manifest.rolled_back_to}:{manifest.reason}"


def _table(frame: pl.DataFrame) -> Table:
    # a name is broken into lines rather than cut
    table = Table(*(Column(name, overflow="fold") for name in frame.columns))
    for row in frame.iter_rows():
        table.add_row(*map(_cell, row))
    return table


def _cell(value: object) -> str:
    if value is None:
        return EMPTY
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, date | datetime):
        return value.isoformat()
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def _words(element: pl.Expr, dtype: object) -> pl.Expr:
    """A list's elements as text; a struct's as JSON."""
    return element.struct.json_encode() if isinstance(dtype, pl.Struct) else element.cast(pl.String)
