"""Health checks: queries that return no rows when the views hold together, run before publishing.

A check reads the same views as the wall. Each row it returns becomes one finding: column `message`,
and the rule's name and weight from the file. What staff can mend is a warning; an error means that the
wall would show numbers that contradict each other, and the file isn't published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, cast

import polars as pl

from data.catalog import QUERIES_DIR, split_header
from data.database import Database
from data.errors import ConfigurationError, Finding, Weight
from data.schedule import Schedule
from data.tables import assembled, status_date

CHECKS_DIR: Final = QUERIES_DIR / "checks"
MESSAGES_SHOWN: Final = 50


@dataclass(frozen=True)
class Check:
    """One check: its name, the weight of what it finds, and the query."""

    name: str
    weight: Weight
    sql: str


def health(
    ledgers: Mapping[str, pl.DataFrame], schedule: Schedule, as_of: date, winter_break: str | None = None
) -> tuple[Finding, ...]:
    """What the checks find in ledgers about to be published; empty when all is well.

    Of each check the first MESSAGES_SHOWN are told, in the order of the check.
    """
    tables = assembled(ledgers, schedule.nodes, schedule.projects, status_date(as_of), winter_break)
    return findings_in(Database(tables))


def findings_in(database: Database) -> tuple[Finding, ...]:
    """What the checks find in a database that stands already."""
    return tuple(finding for check in checks() for finding in _run(check, database))


@cache
def checks(directory: Path = CHECKS_DIR) -> tuple[Check, ...]:
    """Every check, by name."""
    return tuple(_parsed(path) for path in sorted(directory.glob("*.sql")))


def _parsed(path: Path) -> Check:
    header, sql = split_header(path.read_text(encoding="utf-8"))
    weight = "".join(header.get("weight", []))
    if weight not in ("error", "warning", "note") or not header.get("question"):
        raise ConfigurationError(
            f"检查 {path.stem} 的说明须有 question 和 weight(error、warning 或 note);请补上。"
        )
    return Check(path.stem, cast(Weight, weight), sql)


def _run(check: Check, database: Database) -> list[Finding]:
    messages = database.ask(check.sql, {}).get_column("message").head(MESSAGES_SHOWN)
    return [Finding(check.name, check.weight, message) for message in messages]
