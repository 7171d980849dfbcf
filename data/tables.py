"""The base tables a database starts from: ledgers, schedule, calendar, lights, status date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from data import contract, lights, procedures, schedule, winter, workdays
from data.manifest import Manifest, Version
from data.publish import finding_frame
from data.settings import Settings
from data.snapshots import FINDINGS_TABLE, SnapshotStore

Tables = dict[str, pl.DataFrame]

# what staff's spreadsheet cell was and unknown columns: nothing on the wall asks for them
_UNASKED: Final = ("source_sheet", "source_row", "extra")

STATUS_SCHEMA: Final[dict[str, pl.DataType]] = {
    "as_of": pl.Date(),
    "cutoff": pl.Date(),
    "snapshot_date": pl.Date(),
    "version": pl.String(),
    "revision": pl.Int32(),
    "published_at": pl.String(),
    "source_name": pl.String(),
    "findings_warning": pl.Int64(),
    "held_back": pl.Int64(),
    "demo": pl.Boolean(),
    "calendar_known_until": pl.Date(),
}


def snapshot_tables(store: SnapshotStore, version: Version, as_of: date, settings: Settings) -> Tables:
    """The tables of one published version as seen on `as_of`."""
    manifest = store.manifest(version)
    ledgers = store.ledgers(version)
    if manifest.as_of == as_of:
        nodes, projects = store.table(version, "schedule_nodes"), store.table(version, "schedule_projects")
    else:
        kind, winter_break = settings.default_project_type, settings.winter_break
        found = schedule.schedule(ledgers["projects"], ledgers["nodes"], as_of, kind, winter_break)
        nodes, projects = found.nodes, found.projects
    status = status_date(as_of, manifest)
    return assembled(ledgers, nodes, projects, status, settings.winter_break) | {
        FINDINGS_TABLE: store.table(version, FINDINGS_TABLE)
    }


def assembled(
    ledgers: Mapping[str, pl.DataFrame],
    schedule_nodes: pl.DataFrame,
    schedule_projects: pl.DataFrame,
    status: pl.DataFrame,
    winter_break: str | None = None,
) -> Tables:
    """Ledgers (absent ones empty) and schedule, with what every database holds besides."""
    stored = {item.name: ledgers.get(item.name, contract.empty(item)) for item in contract.LEDGERS}
    calendar = workdays.calendar()
    return {name: frame.drop(_UNASKED, strict=False) for name, frame in stored.items()} | {
        "schedule_node": schedule_nodes,
        "schedule_project": schedule_projects,
        "calendar": calendar.frame(),
        "light": light_table(),
        "light_rule": lights.light_rules(),
        "standstill": standstill(stored["projects"], status["as_of"][0], winter_break),
        "status_date": status,
        FINDINGS_TABLE: finding_frame(()),
    }


def status_date(as_of: date, manifest: Manifest | None = None) -> pl.DataFrame:
    """One row: the status date and the snapshot's origin, the latter null before publishing."""
    row: dict[str, Any] = {
        "as_of": as_of,
        "cutoff": as_of,
        "calendar_known_until": workdays.calendar().known_until,
    }
    if manifest is not None:
        row |= {
            "snapshot_date": manifest.snapshot_date,
            # facts end with the file; a later status date moves lights, it makes no newer figures
            "cutoff": min(as_of, manifest.snapshot_date),
            "version": str(manifest.version),
            "revision": manifest.version.revision,
            "published_at": manifest.published_at,
            "source_name": manifest.source_name,
            "findings_warning": manifest.findings.get("warning", 0),
            "held_back": sum(manifest.held_back.values()),
            "demo": manifest.demo,
        }
    return pl.DataFrame([{name: row.get(name) for name in STATUS_SCHEMA}], schema=STATUS_SCHEMA)


def light_table() -> pl.DataFrame:
    """One light a row: code, word, shape, and severity (1 is the gravest)."""
    return pl.DataFrame(
        [(item.code, item.word, item.shape, rank) for rank, item in enumerate(lights.lights(), start=1)],
        schema={"code": pl.String(), "word": pl.String(), "shape": pl.String(), "severity": pl.Int32()},
        orient="row",
    )


def standstill(projects: pl.DataFrame, as_of: date, winter_break: str | None) -> pl.DataFrame:
    """One outdoor node a row that stands still in its region on `as_of` (winter break): region, node."""
    calendar = workdays.calendar()
    breaks = winter.breaks(calendar, winter_break)
    regions = projects["region"].unique().drop_nulls().sort()
    rows = breaks.of_regions(regions)
    day = int(calendar.index_from(as_of))
    still = [region for region, row in zip(regions, rows, strict=True) if _stands(breaks, int(row), day)]
    nodes = [node for template in procedures.templates().values() for node in template.nodes]
    outdoor = sorted({name for node in nodes if node.outdoor for name in node.names})
    pairs = [(region, node) for region in still for node in outdoor]
    return pl.DataFrame(pairs, schema={"region": pl.String(), "node": pl.String()}, orient="row")


def _stands(breaks: winter.Breaks, row: int, day: int) -> bool:
    return row > 0 and bool(breaks.outdoor[row, day] == breaks.outdoor[row, day - 1])
