"""Rules that compare a row with what was last reported of it."""

from __future__ import annotations

from typing import Final

import polars as pl
from polars import col

from data.contract import ledger
from data.rulebook.rule import Rule, same_span, was

# a slip between 元, 万元 and 亿元 is at least this large, and no real change of a project is
UNIT_SLIP: Final = 1_000
MONEY: Final = (
    "total_investment_yuan",
    "annual_plan_yuan",
    "invested_this_year_yuan",
    "invested_total_yuan",
    "funds_received_yuan",
)
COMPLETED: Final = ("invested_this_year_yuan", "invested_total_yuan")
PLANS: Final = (
    ("projects", "planned_start"),
    ("projects", "planned_finish"),
    ("projects", "planned_production"),
    ("projects", "campaign_target_date"),
    ("nodes", "planned_finish"),
    ("nodes", "promised_finish"),
    ("problems", "promised_date"),
)
# a shared opinion of what a row is called in a sentence
_NAMES: Final = {
    "projects": "项目“{project_name}”",
    "nodes": "项目“{_project}”的节点“{node}”",
    "problems": "问题“{problem}”",
}
_OVER: Final = {
    "projects": col("actual_finish").is_not_null(),
    "nodes": col("status").is_in(["done", "not_applicable"]),
    "problems": col("closed_date").is_not_null() | col("resolved").fill_null(False),
}
_STILL: Final = ~col("status").fill_null("").str.contains("停|缓|竣工|完工|建成|投产|达产|终止|移出")


def stopped_since(first: str) -> pl.Expr:
    """True where a stop lies between an earlier start and the one told now."""
    stop = pl.coalesce("stopped_from", was("stopped_from"))
    return stop.is_between(col(first), col("actual_start")).fill_null(False)


STARTED_AGAIN: Final = (
    (col("actual_start") > was("actual_start"))
    & ~same_span("actual_start", "_was_actual_start")
    & ~stopped_since("_was_actual_start")
)


def _closed(day: pl.Expr, said: pl.Expr) -> pl.Expr:
    """True where a problem is closed: by its day unless 未销号 is said, or by 是否销号 alone."""
    return pl.when(day.is_not_null()).then(said.fill_null(True)).otherwise(said.fill_null(False))


def slipped(column: str) -> pl.Expr:
    """True where an amount is a thousand times, or a thousandth of, what was last reported."""
    now, before = col(column), was(column)
    return (now > 0) & (before > 0) & ((now >= before * UNIT_SLIP) | (now * UNIT_SLIP <= before))


def _slip(column: str) -> Rule:
    header = ledger("projects").column(column).header
    return Rule(
        f"{column.removesuffix('_yuan')}_unit_slip",
        "projects",
        "warning",
        column,
        slipped(column),
        f"{{where}}的项目“{{project_name}}”{header}由{{_was_{column}}}变为{{{column}}},"
        "相差上千倍,多半是元、万元、亿元弄错了。请核对单位。",
        "与上次同一量级",
    )


def _fell(column: str) -> Rule:
    header = ledger("projects").column(column).header
    same_year = col("_last_day").is_null() | (col("_last_day").dt.year() == col("_status_date").dt.year())
    counts = same_year if column == "invested_this_year_yuan" else pl.lit(True)
    return Rule(
        f"{column.removesuffix('_yuan')}_fell",
        "projects",
        "warning",
        column,
        counts & (col(column) < was(column)) & ~slipped(column),
        f"{{where}}的项目“{{project_name}}”{header}由上次的{{_was_{column}}}减为{{{column}}}。"
        "完成额只增不减,请核对;上次多报的请在备注说明。",
        "不少于上次",
    )


def _moved(name: str, column: str) -> Rule:
    header = ledger(name).column(column).header
    return Rule(
        f"{name.removesuffix('s')}_{column}_moved",
        name,
        "warning",
        column,
        was(column).is_not_null()
        & col(column).is_not_null()
        & ~same_span(column, f"_was_{column}")
        & ~_OVER[name].fill_null(False),
        f"{{where}}的{_NAMES[name]}{header}由 {{_was_{column}}} 改为 {{{column}}}{{_moves}}。"
        "调整过期限的请在备注写明依据。",
        "与上次一致",
        moves=column,
    )


OVER_TIME_RULES: Final[tuple[Rule, ...]] = (
    *(_slip(column) for column in MONEY),
    *(_fell(column) for column in COMPLETED),
    *(_moved(name, column) for name, column in PLANS),
    Rule(
        "started_again",
        "projects",
        "warning",
        "actual_start",
        STARTED_AGAIN,
        "{where}的项目“{project_name}”上次已报 {_was_actual_start} 开工,这次又写 {actual_start} 开工,"
        "中间没有停工和复工。一个项目只开工一次,仍按上次的日期计;请改回原来的日期,或补上停工起和实际复工。",
        "与上次一致",
    ),
    Rule(
        "start_withdrawn",
        "projects",
        "warning",
        "actual_start",
        was("actual_start").is_not_null() & col("actual_start").is_null(),
        "{where}的项目“{project_name}”上次已报 {_was_actual_start} 开工,这次实际开工是空的。请核对。",
        "与上次一致",
    ),
    Rule(
        "progress_unchanged",
        "projects",
        "warning",
        "progress_text",
        col("_same_since").is_not_null() & _STILL & col("actual_finish").is_null(),
        "{where}的项目“{project_name}”进展情况从 {_same_since} 起一个字也没有改过。"
        "请责任单位({responsible_unit})更新进展。",
        "最近 30 天内的进展",
    ),
    Rule(
        "no_longer_done",
        "nodes",
        "warning",
        "status",
        (was("status") == "done") & (col("status") != "done"),
        "{where}的项目“{_project}”的节点“{node}”上次已报办结,这次不是已办。请核对;确属重办的请在备注说明。",
        "已办",
    ),
    Rule(
        "done_without_document_number",
        "nodes",
        "warning",
        "document_number",
        (col("status") == "done")
        & was("status").ne_missing("done")
        & col("document_number").is_null()
        & (col("_numbered_ratio") >= 0.5),
        "{where}的项目“{_project}”的节点“{node}”这次报办结、将亮绿灯,却没有文号(其他项目的“{node}”都有)。"
        "请补上批复文号。",
        "批复文号",
    ),
    Rule(
        "problem_reopened",
        "problems",
        "warning",
        "closed_date",
        _closed(was("closed_date"), was("resolved")) & ~_closed(col("closed_date"), col("resolved")),
        "{where}的问题“{problem}”上次已销号(销号日期:{_was_closed_date}),这次没有,按重新打开处理。请核对。",
        "销号日期",
    ),
)
