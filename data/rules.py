"""Check: conformed rows judged by the rulebook, good ledgers and findings coming back together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import polars as pl

from data.conform import Conformed
from data.conform.notices import Notices
from data.contract import LEDGERS, PROJECTS, empty, ledger
from data.errors import FaultyLedger, Finding
from data.holding import Judged, held_back
from data.rulebook import RULES, Rule
from data.rulebook.history import History
from data.rulebook.lending import Context, lend
from data.rulebook.persons import tell_unknown
from data.rulebook.regions import tell_without_region
from data.rulebook.sentences import tell
from data.rulebook.ticks import tell_ticks

__all__ = ["REJECT_SHARE", "RULES", "Checked", "History", "Rule", "check"]

REJECT_SHARE: Final = 0.2


@dataclass(frozen=True)
class Checked:
    """Ledgers fit to publish, and everything staff should know about the file.

    `held_back` has, a ledger, the rows of the file that errors keep off the wall; empty unless staff chose
    to publish the good rows.
    """

    ledgers: dict[str, pl.DataFrame]
    findings: tuple[Finding, ...]
    held_back: dict[str, pl.DataFrame] = field(default_factory=dict)


def check(
    conformed: Conformed,
    previous: Mapping[str, pl.DataFrame] | None,
    status_date: date,
    *,
    reported: Mapping[str, pl.Series] | None = None,
    history: History | None = None,
    publish_good_rows: bool = False,
    error_share_limit: float = REJECT_SHARE,
) -> Checked:
    """The ledgers without rows that can't be used, with every finding of conforming and judging.

    Give `conformed` with the ledgers of continuity.follow, and `reported` from there: rows of earlier days
    are not judged again. Raises FaultyLedger, with all findings, where one of them is an error; with
    `publish_good_rows` only where an error concerns more than its row, or where in one ledger the share of
    rows with errors is above `error_share_limit`. A project held back stays as it was last reported.
    """
    notices, before = Notices(), previous or {}
    _judge_presence(conformed, before, notices)
    projects = conformed.ledgers.get("projects", before.get("projects"))
    context = Context(status_date, projects, before, history)
    judged = {
        name: _judge(name, frame, (reported or {}).get(name), context, conformed, notices)
        for name, frame in conformed.ledgers.items()
    }
    findings = _by_weight((*conformed.findings, *notices.all()))
    errors = [finding for finding in findings if finding.weight == "error"]
    if not errors:
        return Checked({name: item.rows for name, item in judged.items()}, findings)
    if not publish_good_rows:
        raise FaultyLedger(_first_of(errors), findings)
    rows, held = held_back(judged, before, conformed, errors, findings, error_share_limit)
    return Checked(rows, findings, held)


def _first_of(errors: list[Finding]) -> str:
    more = f"(共 {len(errors)} 处错误)" if len(errors) > 1 else ""
    return f"{errors[0].message}{more}"


def _by_weight(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    order = {"error": 0, "warning": 1, "note": 2}
    return tuple(sorted(findings, key=lambda finding: order[finding.weight]))


def _judge_presence(conformed: Conformed, previous: Mapping[str, pl.DataFrame], notices: Notices) -> None:
    """A file needs 项目, or a snapshot before it that has them; and some ledger at all."""
    if not conformed.ledgers:
        names = "、".join(item.sheet for item in LEDGERS)
        notices.add(
            "no_ledger",
            "error",
            f"文件里找不到任何台账({names})的表头。请核对工作表和列名后重报。",
            expected=f"{PROJECTS.sheet}台账:项目编号、项目名称……",
        )
    elif "projects" not in conformed.ledgers and not previous.get("projects", pl.DataFrame()).height:
        notices.add(
            "projects_missing",
            "error",
            "文件里没有项目台账,以前也没有报过。请把项目台账(工作表“项目”)一起报来。",
            expected="工作表“项目”",
        )
    elif conformed.ledgers.get("projects", pl.DataFrame({"x": [1]})).is_empty():
        notices.add(
            "projects_empty",
            "error",
            "项目台账里一个项目也没有。请核对表头下面的数据行。",
            expected="至少一个项目",
        )


def _judge(
    name: str,
    frame: pl.DataFrame,
    reported: pl.Series | None,
    context: Context,
    conformed: Conformed,
    notices: Notices,
) -> Judged:
    """The rows of one ledger without those dropped; one finding a broken rule and row reported today."""
    rules = [rule for rule in RULES if rule.ledger == name]
    lent = lend(name, frame, context)
    today = pl.repeat(True, frame.height, eager=True) if reported is None else reported
    marks = lent.select(rule.broken.fill_null(False).alias(rule.name) for rule in rules)
    dropped = faulty = pl.repeat(False, frame.height, eager=True)
    for rule in rules:
        # a row left out is told once, not judged on
        mask = marks[rule.name] & ~dropped
        if not mask.any():
            continue
        if (mask & today).any():
            tell(rule, lent.filter(mask & today), conformed.columns, context.history, notices)
        dropped = dropped | mask if rule.drops else dropped
        faulty = faulty | (mask & today) if rule.weight == "error" else faulty
    _judge_whole(name, lent.filter(today & ~dropped), context, conformed, notices)
    rows = _once_each(name, lent)
    stored = rows.select(list(ledger(name).schema))
    return Judged(stored.filter(~dropped), faulty.filter(~dropped), today.filter(~dropped))


def _judge_whole(
    name: str, rows: pl.DataFrame, context: Context, conformed: Conformed, notices: Notices
) -> None:
    """What only a whole ledger shows."""
    before = context.previous.get(name)
    if name == "projects":
        known = empty(PROJECTS) if before is None else before
        tell_without_region(rows, known, conformed.columns, notices)
        if known.height:
            tell_unknown(rows, known, conformed.columns, notices)
    if name == "nodes":
        tell_ticks(rows, notices)


def _once_each(name: str, lent: pl.DataFrame) -> pl.DataFrame:
    """Rows whose first of several takes from the repeats what it leaves empty itself."""
    if not lent["_repeat"].any():
        return lent
    key = list(ledger(name).key)
    double = pl.struct(key).is_in(lent.filter("_repeat").select(pl.struct(key)).to_series().implode())
    stored = [
        column for column in ledger(name).schema if column not in key and not column.startswith("source_")
    ]
    return lent.with_columns(
        pl.when(double).then(pl.col(column).drop_nulls().first().over(key)).otherwise(column).alias(column)
        for column in stored
    )
