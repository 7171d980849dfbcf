"""Rules that judge conformed rows: each a named expression that is true where a row breaks it.

An error stops the file, a warning is shown and counted, a note informs. The sentence is filled with the row's
columns, so a rule is a line of data; `drops` marks rules whose rows are left out of the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from data.conform import Conformed
from data.conform.notices import MAX_PER_RULE, Notices, shown
from data.contract import LEDGERS, PROJECTS, ledger
from data.errors import FaultyLedger, Finding, Weight
from data.workbook import address

__all__ = ["RULES", "Checked", "Rule", "check"]


@dataclass(frozen=True)
class Checked:
    """Ledgers fit to publish, and everything staff should know about the file."""

    ledgers: dict[str, pl.DataFrame]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Rule:
    """One rule of one ledger. `broken` is true for a row that breaks it; null counts as not broken.

    `column` is the cell the finding points at; `sentence` is filled from the row, with {where} and {name}.
    """

    name: str
    ledger: str
    weight: Weight
    column: str
    broken: pl.Expr
    sentence: str
    expected: str | None = None
    drops: bool = False


_c = pl.col
_PERMITS: Final = ("施工许可", "施工许可证", "建筑工程施工许可证")
# columns lent to every ledger for judging: the status date, whether project_id is a known project, and
# the project's actual start
_LENT: Final = ("_status_date", "_known", "_started")


def _future(column: str) -> pl.Expr:
    return _c(column) > _c("_status_date")


def _after(later: str, earlier: str) -> pl.Expr:
    return _c(later) < _c(earlier)


def _negative(column: str) -> pl.Expr:
    return _c(column) < 0


RULES: Final[tuple[Rule, ...]] = (
    Rule("project_without_name", "projects", "error", "project_name", _c("project_name").is_null(),
         "{where}没有项目名称。请补上项目名称,或删去这一行。", "项目名称"),
    Rule("duplicate_project", "projects", "error", "project_id", _c("project_id").is_not_null() & _c("project_id").is_duplicated(),
         "{where}的项目“{project_name}”(编号 {project_id})出现了不止一次。请合并为一行,或改正编号。", "编号唯一"),
    Rule("negative_investment", "projects", "warning", "total_investment_yuan", _negative("total_investment_yuan"),
         "{where}的项目“{project_name}”总投资是负数({total_investment_yuan} 元)。请核对。", "不小于 0"),
    Rule("negative_completed", "projects", "warning", "invested_this_year_yuan",
         _negative("invested_this_year_yuan") | _negative("invested_total_yuan"),
         "{where}的项目“{project_name}”完成投资是负数。请核对。", "不小于 0"),
    Rule("completed_more_than_total", "projects", "warning", "invested_total_yuan",
         (_c("invested_total_yuan") > _c("total_investment_yuan")) | (_c("invested_this_year_yuan") > _c("total_investment_yuan")),
         "{where}的项目“{project_name}”完成投资超过总投资 {total_investment_yuan} 元。请核对金额和单位。", "不超过总投资"),
    Rule("this_year_more_than_ever", "projects", "warning", "invested_this_year_yuan", _c("invested_this_year_yuan") > _c("invested_total_yuan"),
         "{where}的项目“{project_name}”本年完成投资大于累计完成投资。请核对。", "不超过累计完成投资"),
    Rule("started_in_future", "projects", "warning", "actual_start", _future("actual_start"),
         "{where}的项目“{project_name}”实际开工日期 {actual_start} 晚于状态日期 {_status_date}。未发生的请填计划开工。", "不晚于状态日期"),
    Rule("finished_in_future", "projects", "warning", "actual_finish", _future("actual_finish"),
         "{where}的项目“{project_name}”实际竣工日期 {actual_finish} 晚于状态日期 {_status_date}。未发生的请填计划竣工。", "不晚于状态日期"),
    Rule("produced_in_future", "projects", "warning", "actual_production", _future("actual_production"),
         "{where}的项目“{project_name}”实际投产日期 {actual_production} 晚于状态日期 {_status_date}。未发生的请填计划投产。", "不晚于状态日期"),
    Rule("finish_not_before_start", "projects", "warning", "actual_finish", _after("actual_finish", "actual_start"),
         "{where}的项目“{project_name}”实际竣工 {actual_finish} 早于实际开工 {actual_start}。请核对。", "不早于开工"),
    Rule("planned_finish_not_before_start", "projects", "warning", "planned_finish", _after("planned_finish", "planned_start"),
         "{where}的项目“{project_name}”计划竣工 {planned_finish} 早于计划开工 {planned_start}。请核对。", "不早于计划开工"),
    Rule("stop_ends_before_it_begins", "projects", "warning", "stopped_until", _after("stopped_until", "stopped_from"),
         "{where}的项目“{project_name}”停工止 {stopped_until} 早于停工起 {stopped_from}。请核对。", "不早于停工起"),
    Rule("unknown_kind", "projects", "note", "kind", _c("kind").is_not_null() & ~_c("kind").is_in(["新建", "续建", "前期"]),
         "{where}的项目“{project_name}”建设性质写的是“{kind}”,不计入新建、续建的开复工率。", "新建、续建 或 前期"),
    Rule("node_without_project", "nodes", "error", "project_id", _c("project_id").is_null(),
         "{where}的节点“{node}”没有写项目编号。请补上。", "项目编号"),
    Rule("node_without_name", "nodes", "error", "node", _c("node").is_null(), "{where}没有节点名称。请补上,或删去这一行。", "节点名称"),
    Rule("node_of_unknown_project", "nodes", "warning", "project_id", ~_c("_known"),
         "{where}的节点“{node}”所写项目“{project_id}”不在项目台账中,这一行未采用。请核对编号。", "项目台账中的编号", drops=True),
    Rule("duplicate_node", "nodes", "error", "node",
         pl.struct("project_id", "node").is_duplicated() & _c("project_id").is_not_null() & _c("node").is_not_null(),
         "{where}的项目 {project_id} 的节点“{node}”出现了不止一次。请保留一行。", "一个项目的一个节点一行"),
    Rule("done_in_future", "nodes", "warning", "actual_finish", _future("actual_finish"),
         "{where}的项目 {project_id} 的节点“{node}”办结日期 {actual_finish} 晚于状态日期 {_status_date}。未办结的请填计划完成。", "不晚于状态日期"),
    Rule("done_before_accepted", "nodes", "warning", "actual_finish", _after("actual_finish", "accepted_date"),
         "{where}的项目 {project_id} 的节点“{node}”办结日期 {actual_finish} 早于受理日期 {accepted_date}。请核对。", "不早于受理日期"),
    Rule("done_but_not_finished", "nodes", "warning", "status", _c("actual_finish").is_not_null() & _c("status").is_in(["running", "waiting"]),
         "{where}的项目 {project_id} 的节点“{node}”有办结日期 {actual_finish},办理状态却不是已办。请核对。", "已办"),
    Rule("negative_duration", "nodes", "warning", "duration_workdays", _negative("duration_workdays") | _negative("paused_workdays"),
         "{where}的项目 {project_id} 的节点“{node}”工期或暂停天数是负数。请核对。", "不小于 0"),
    Rule("start_not_before_permit", "nodes", "warning", "status",
         _c("node").is_in(_PERMITS) & _c("_started").is_not_null() & _c("status").is_in(["running", "waiting"]),
         "{where}的项目 {project_id} 已于 {_started} 开工,节点“{node}”却还没有办结。请核对开工日期或办理状态。", "先办结施工许可再开工"),
    Rule("problem_without_words", "problems", "error", "problem", _c("problem").is_null(), "{where}没有写问题内容。请补上,或删去这一行。", "问题"),
    Rule("problem_of_unknown_project", "problems", "warning", "project_name",
         _c("project_id").is_null() | ~_c("_known"),
         "{where}的问题所写项目“{project_name}”在项目台账中找不到或不止一个,只列入问题清单,不挂到项目。请写全称或编号。", "项目台账中的名称"),
    Rule("duplicate_problem", "problems", "error", "problem_id", _c("problem_id").is_duplicated(),
         "{where}的问题编号 {problem_id} 出现了不止一次。请改正编号,或合并为一行。", "编号唯一"),
    Rule("closed_in_future", "problems", "warning", "closed_date", _future("closed_date"),
         "{where}的问题销号日期 {closed_date} 晚于状态日期 {_status_date}。请核对。", "不晚于状态日期"),
    Rule("closed_before_raised", "problems", "warning", "closed_date", _after("closed_date", "raised_date"),
         "{where}的问题销号日期 {closed_date} 早于提出日期 {raised_date}。请核对。", "不早于提出日期"),
    Rule("closed_without_confirmer", "problems", "note", "confirmed_by", _c("closed_date").is_not_null() & _c("confirmed_by").is_null(),
         "{where}的问题已销号,没有写销号确认人。请补上。", "确认人"),
    Rule("need_of_unknown_project", "needs", "warning", "project_id",
         _c("project_id").is_null() | ~_c("_known"),
         "{where}的需求“{factor}”所写项目“{project_id}”不在项目台账中,这一行未采用。请核对编号。", "项目台账中的编号", drops=True),
    Rule("visit_of_unknown_project", "visits", "warning", "project_id",
         _c("project_id").is_null() | ~_c("_known"),
         "{where}的走访所写项目“{project_id}”不在项目台账中,这一行未采用。请核对编号。", "项目台账中的编号", drops=True),
    Rule("need_without_factor", "needs", "error", "factor", _c("factor").is_null(), "{where}的需求没有写要素。请补上。", "要素"),
    Rule("visit_without_date", "visits", "warning", "visit_date", _c("visit_date").is_null() | _c("visitor").is_null(),
         "{where}的走访没有日期或走访人,这一行未采用。请补上。", "日期和走访人", drops=True),
    Rule("visit_in_future", "visits", "warning", "visit_date", _future("visit_date"),
         "{where}的走访日期 {visit_date} 晚于状态日期 {_status_date}。请核对。", "不晚于状态日期"),
    Rule("lead_without_number", "leads", "error", "lead_id", _c("lead_id").is_null(), "{where}的线索没有编号。请补上。", "线索编号"),
    Rule("duplicate_lead", "leads", "error", "lead_id", _c("lead_id").is_not_null() & _c("lead_id").is_duplicated(),
         "{where}的线索编号 {lead_id} 出现了不止一次。请改正。", "编号唯一"),
    Rule("task_without_number", "tasks", "error", "task_id", _c("task_id").is_null(), "{where}的任务没有编号。请补上。", "任务编号"),
    Rule("duplicate_task", "tasks", "error", "task_id", _c("task_id").is_not_null() & _c("task_id").is_duplicated(),
         "{where}的任务编号 {task_id} 出现了不止一次。请改正。", "编号唯一"),
    Rule("target_incomplete", "targets", "error", "indicator",
         _c("indicator").is_null() | _c("scope").is_null() | _c("period").is_null(),
         "{where}的目标缺少指标、范围或期间。请补全。", "指标、范围、期间"),
)


def check(
    conformed: Conformed, previous: Mapping[str, pl.DataFrame] | None, status_date: date
) -> Checked:
    """The ledgers without rows that can't be used, with every finding of conforming and judging.

    Raises FaultyLedger, with all findings, where one of them is an error.
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
            "no_ledger", "error", f"文件里找不到任何台账({names})的表头。请核对工作表和列名后重报。",
            expected=f"{PROJECTS.sheet}台账:项目编号、项目名称……",
        )
    elif "projects" not in conformed.ledgers and not previous.get("projects", pl.DataFrame()).height:
        notices.add(
            "projects_missing", "error", "文件里没有项目台账,以前也没有报过。请把项目台账(工作表“项目”)一起报来。",
            expected="工作表“项目”",
        )
    elif conformed.ledgers.get("projects", pl.DataFrame({"x": [1]})).is_empty():
        notices.add("projects_empty", "error", "项目台账里一个项目也没有。请核对表头下面的数据行。", expected="至少一个项目")


def _judge(
    name: str, frame: pl.DataFrame, projects: pl.DataFrame | None, conformed: Conformed,
    status_date: date, notices: Notices,
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
    kept = lent.filter(~dropped).drop(_LENT)
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
        where = f"工作表“{sheet}”第 {line} 行" if column is None else f"工作表“{sheet}”{address(line - 1, column)}"
        words = {key: shown(value) for key, value in row.items() if value is not None}
        value = row.get(rule.column)
        notices.add(
            rule.name, rule.weight, rule.sentence.format_map(_Blank(words, where=where)),
            sheet=sheet, row=line - 1, column=column,
            found=None if value is None else shown(value), expected=rule.expected,
        )
    if broken.height > MAX_PER_RULE:
        notices.more(rule.name, broken["source_sheet"][0], broken.height - MAX_PER_RULE)


class _Blank(dict[str, str]):
    """Words of a row; what the row leaves empty reads as "空"."""

    def __missing__(self, key: str) -> str:
        return "空"
