"""Rows with errors held back, so that staff may knowingly publish the good ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from data.conform import Conformed
from data.contract import ledger
from data.errors import FaultyLedger, Finding
from data.rulebook import RULES

# errors with a cell that speak of its whole column
_OF_COLUMNS: Final = frozenset({"money_without_unit", "header_not_found"})
# errors of one row even where its sheet has no column to point at
_OF_ROWS: Final = frozenset(rule.name for rule in RULES) | {"contradictory_identity", "cycle"}


@dataclass(frozen=True)
class Judged:
    """One ledger's rows, and parallel to them which have an error and which stand in today's file."""

    rows: pl.DataFrame
    faulty: pl.Series
    reported: pl.Series


def held_back(
    judged: Mapping[str, Judged],
    previous: Mapping[str, pl.DataFrame],
    conformed: Conformed,
    errors: Sequence[Finding],
    findings: tuple[Finding, ...],
    share_limit: float,
) -> tuple[dict[str, pl.DataFrame], dict[str, pl.DataFrame]]:
    """The ledgers without rows that have errors, and those rows.

    In place of a row held back stands the one last reported, if there is one; a project nobody knew yet goes
    with its rows in other ledgers. Rows of a cycle stay: their project is shown unscheduled. FaultyLedger: an
    error is not of single rows, or too many rows have one.
    """
    _refuse_whole(errors, findings)
    faulty = {name: item.faulty | _among(item, conformed.error_rows) for name, item in judged.items()}
    circling = {name: _among(item, conformed.unscheduled_rows) for name, item in judged.items()}
    _refuse_share(judged, {name: faulty[name] | circling[name] for name in judged}, findings, share_limit)
    gone = _new_projects(judged.get("projects"), faulty.get("projects"), previous)
    kept, held = {}, {}
    for name, item in judged.items():
        mask = faulty[name]
        if name != "projects" and "project_id" in item.rows.columns:
            mask = mask | item.rows["project_id"].is_in(gone).fill_null(False)
        out = item.rows.filter(mask)
        kept[name] = _with_last(name, item.rows.filter(~mask), out, previous.get(name))
        if out.height:
            held[name] = out
    return kept, held


def _refuse_whole(errors: Sequence[Finding], findings: tuple[Finding, ...]) -> None:
    whole = [e for e in errors if e.rule in _OF_COLUMNS or (e.cell is None and e.rule not in _OF_ROWS)]
    if whole:
        raise FaultyLedger(f"{whole[0].message}这不是个别行的错误,不能只发布无误的行。", findings)


def _among(item: Judged, places: frozenset[tuple[str, int]]) -> pl.Series:
    """Which rows of today's file stand at these places, (sheet, Excel row)."""
    if not places:
        return pl.repeat(False, item.rows.height, eager=True)
    listed = pl.DataFrame(
        sorted(places), schema={"source_sheet": pl.String, "source_row": pl.Int32}, orient="row"
    ).with_columns(_listed=pl.lit(True))
    found = item.rows.select("source_sheet", "source_row").join(
        listed, on=["source_sheet", "source_row"], how="left", maintain_order="left"
    )["_listed"]
    return found.fill_null(False) & item.reported


def _refuse_share(
    judged: Mapping[str, Judged],
    faulty: Mapping[str, pl.Series],
    findings: tuple[Finding, ...],
    limit: float,
) -> None:
    for name, item in judged.items():
        bad, whole = int(faulty[name].sum()), int(item.reported.sum())
        if bad > whole * limit:
            raise FaultyLedger(
                f"{ledger(name).sheet}台账 {whole} 行中有 {bad} 行有错误,超过 {limit:.0%},"
                "不能只发布无误的行。请改正后重报。",
                findings,
            )


def _new_projects(
    projects: Judged | None, faulty: pl.Series | None, previous: Mapping[str, pl.DataFrame]
) -> list[str]:
    """Projects held back that the last snapshot doesn't know either."""
    if projects is None or faulty is None:
        return []
    held = set(projects.rows.filter(faulty)["project_id"].drop_nulls())
    before = previous.get("projects")
    known = set() if before is None else set(before["project_id"])
    return sorted(held - known - set(projects.rows.filter(~faulty)["project_id"].drop_nulls()))


def _with_last(
    name: str, rows: pl.DataFrame, held: pl.DataFrame, before: pl.DataFrame | None
) -> pl.DataFrame:
    """Rows with those last reported in place of the ones held back."""
    if before is None or held.is_empty():
        return rows
    key = list(ledger(name).key)
    last = before.join(held.select(key), on=key, how="semi", maintain_order="left")
    last = last.join(rows.select(key), on=key, how="anti", maintain_order="left")
    return pl.concat([rows, last.select(rows.columns)])
