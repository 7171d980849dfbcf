"""Check: conformed rows judged by the rulebook, good ledgers and findings coming back together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import polars as pl

from data.conform import Conformed
from data.conform.notices import MAX_PER_RULE, Notices, shown
from data.contract import LEDGERS, PROJECTS, ledger
from data.errors import FaultyLedger, Finding
from data.rulebook import LENT, RULES, Rule
from data.rulebook.history import History
from data.workbook import address

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
    rows with errors is above `error_share_limit`.
    """
    notices = Notices()
    _judge_presence(conformed, previous or {}, notices)
    projects = conformed.ledgers.get("projects", (previous or {}).get("projects"))
    ledgers = {
        name: _judge(name, frame, projects, conformed, status_date, notices)
        for name, frame in conformed.ledgers.items()
    }
    findings = _by_weight((*conformed.findings, *notices.all()))
    errors = [finding for finding in findings if finding.weight == "error"]
    if errors:
        more = f"(共 {len(errors)} 处错误)" if len(errors) > 1 else ""
        raise FaultyLedger(f"{errors[0].message}{more}", findings)
    return Checked(ledgers, findings)


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
    projects: pl.DataFrame | None,
    conformed: Conformed,
    status_date: date,
    notices: Notices,
) -> pl.DataFrame:
    """The frame without dropped rows; one finding a broken rule and row."""
    rules = [rule for rule in RULES if rule.ledger == name]
    lent = _lend(frame, projects, status_date)
    marks = lent.select(rule.broken.fill_null(False).alias(rule.name) for rule in rules)
    dropped = pl.lit(False)
    for rule in rules:
        mask = marks[rule.name]
        if mask.any():
            _tell(rule, lent.filter(mask), conformed, notices)
            dropped = dropped | mask if rule.drops else dropped
    kept = lent.filter(~dropped).drop(LENT)
    return kept.select(list(ledger(name).schema))


def _lend(frame: pl.DataFrame, projects: pl.DataFrame | None, status_date: date) -> pl.DataFrame:
    frame = frame.with_columns(_status_date=pl.lit(status_date))
    if "project_id" not in frame.columns or projects is None:
        return frame.with_columns(_known=pl.lit(True), _started=pl.lit(None, pl.Date))
    starts = projects.select("project_id", _started="actual_start", _known=pl.lit(True)).unique("project_id")
    joined = frame.join(starts, on="project_id", how="left", maintain_order="left")
    return joined.with_columns(_known=pl.col("_known").fill_null(False))


def _tell(rule: Rule, broken: pl.DataFrame, conformed: Conformed, notices: Notices) -> None:
    for row in broken.head(MAX_PER_RULE).iter_rows(named=True):
        sheet, line = row["source_sheet"] or "", row["source_row"] or 1
        column = conformed.columns.get((sheet, rule.column))
        where = (
            f"工作表“{sheet}”第 {line} 行"
            if column is None
            else f"工作表“{sheet}”{address(line - 1, column)}"
        )
        words = {key: shown(value) for key, value in row.items() if value is not None}
        value = row.get(rule.column)
        notices.add(
            rule.name,
            rule.weight,
            rule.sentence.format_map(_Blank(words, where=where)),
            sheet=sheet,
            row=line - 1,
            column=column,
            found=None if value is None else shown(value),
            expected=rule.expected,
        )
    if broken.height > MAX_PER_RULE:
        notices.more(rule.name, broken["source_sheet"][0], broken.height - MAX_PER_RULE)


class _Blank(dict[str, str]):
    """Words of a row; what the row leaves empty reads as "空"."""

    def __missing__(self, key: str) -> str:
        return "空"
