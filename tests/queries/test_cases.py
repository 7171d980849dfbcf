"""Expected cases live as data beside each query's name: tests/queries/<query>/<case>/.

A case may hold earlier snapshots as <YYYY-MM-DD>/<ledger>.csv; a ledger that a later one leaves out is as
it was, and the case's own ledgers are those of as_of. A question of change compares with the day `since`,
one that looks so many days back with the day that `[compare] since` names.

A case holds ledgers as <ledger>.csv (contract column names, any subset), params.toml (as_of and the
query's parameters) and expect.csv. Only the columns expect.csv names are compared, all rows in order;
`[compare] rows = "listed"` in params.toml lets the result have further rows, in any order.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.catalog import catalog
from data.database import NO_TABLES, Database, Tables
from tests.queries.support import ask, database, ledgers_of, looked_back_on, read_csv

HERE = Path(__file__).resolve().parent
CASES = sorted(path.parent for path in HERE.glob("*/*/expect.csv"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_case(case: Path) -> None:
    params = tomllib.loads((case / "params.toml").read_text(encoding="utf-8"))
    compare = params.pop("compare", {})
    listed = compare.get("rows") == "listed"
    as_of: date = params.pop("as_of")
    snapshot_date: date | None = params.pop("snapshot_date", None)
    since = params.get("since", compare.get("since"))
    now, beside = walls(case, as_of, snapshot_date, since, params.get("light"))
    answer = ask(now, case.parent.name, as_of, beside, **params)
    expected = read_csv(case / "expect.csv")
    assert expected, f"{case} expects nothing; write at least one row"
    got = printed(answer, list(expected[0]))
    if listed:
        missing = [row for row in expected if row not in got]
        assert not missing, f"not in the result: {missing}\nresult: {got}"
    else:
        assert got == expected


def walls(
    case: Path, as_of: date, snapshot_date: date | None, since: date | None, light: str | None
) -> tuple[Database, Tables]:
    """The wall of as_of, and the frames its question is asked with where the case has earlier snapshots."""
    told: dict[str, pl.DataFrame] = {}
    days = {}
    for path in sorted(case.glob("????-??-??")):
        told |= ledgers_of(path)
        days[date.fromisoformat(path.name)] = database(told, date.fromisoformat(path.name))
    now = database(told | ledgers_of(case), as_of, snapshot_date)
    return now, looked_back_on(now, days | {as_of: now}, since, light) if days else NO_TABLES


def test_every_query_has_a_case() -> None:
    covered = {case.parent.name for case in CASES}
    assert covered >= catalog().keys(), f"without a case: {sorted(catalog().keys() - covered)}"


def printed(frame: pl.DataFrame, columns: list[str]) -> list[dict[str, str]]:
    """The rows as CSV texts: null is empty, ratios have four decimals."""
    return [{name: text(value) for name, value in row.items()} for row in frame.select(columns).to_dicts()]


def text(value: Any) -> str:
    """One value as a case writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.4f}"
    if isinstance(value, list):
        return "、".join(text(item) for item in value)
    if isinstance(value, dict):
        return "/".join(text(item) for item in value.values())
    return str(value)
