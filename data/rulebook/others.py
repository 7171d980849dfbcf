"""Rules of 问题, 需求, 走访, 线索, 任务 and 目标."""

from __future__ import annotations

from typing import Final

from polars import col

from data.rulebook.rule import Rule, after, future


def _doubles(name: str, ledger: str, column: str, what: str) -> tuple[Rule, Rule]:
    """One number twice: an error where the rows contradict each other, else the later one is left out."""
    return (
        Rule(
            f"duplicate_{name}",
            ledger,
            "error",
            column,
            col("_contradicts"),
            f"{{where}}的{what} 出现了不止一次(见{{_first_place}}),所写的还不一样。请改正编号,或合并为一行。",
            "编号唯一",
        ),
        Rule(
            f"repeated_{name}",
            ledger,
            "warning",
            column,
            col("_repeat"),
            f"{{where}}的{what} 在{{_first_place}}已经有了,两处内容不矛盾,合并为一行。",
            "编号唯一",
            drops=True,
        ),
    )


OTHER_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "problem_without_words",
        "problems",
        "error",
        "problem",
        col("problem").is_null(),
        "{where}没有写问题内容。请补上,或删去这一行。",
        "问题",
    ),
    Rule(
        "problem_of_unknown_project",
        "problems",
        "warning",
        "project_name",
        col("project_id").is_null() | ~col("_known"),
        "{where}的问题所写项目“{project_name}”在项目台账中找不到或不止一个,只列入问题清单,不挂到项目。请写全称或编号。",
        "项目台账中的名称",
    ),
    *_doubles("problem", "problems", "problem_id", "问题编号 {problem_id}"),
    Rule(
        "closed_in_future",
        "problems",
        "warning",
        "closed_date",
        future("closed_date"),
        "{where}的问题销号日期 {closed_date} 晚于状态日期 {_status_date}。请核对。",
        "不晚于状态日期",
    ),
    Rule(
        "closed_without_date",
        "problems",
        "warning",
        "resolved",
        col("resolved").fill_null(False) & col("closed_date").is_null(),
        "{where}的问题“{problem}”写明已解决,没有销号日期;已按销号计,算不出用了几天。请补上销号日期。",
        "销号日期",
    ),
    Rule(
        "closed_yet_open",
        "problems",
        "warning",
        "resolved",
        ~col("resolved").fill_null(True) & (col("closed_date") <= col("_status_date")),
        "{where}的问题“{problem}”写明未解决,却有销号日期 {closed_date};按未销号计。请改正其中一处。",
        "两处一致",
    ),
    Rule(
        "closed_before_raised",
        "problems",
        "warning",
        "closed_date",
        after("closed_date", "raised_date"),
        "{where}的问题销号日期 {closed_date} 早于提出日期 {raised_date}。请核对。",
        "不早于提出日期",
    ),
    Rule(
        "closed_without_confirmer",
        "problems",
        "note",
        "confirmed_by",
        (col("closed_date").is_not_null() | col("resolved").fill_null(False)) & col("confirmed_by").is_null(),
        "{where}的问题已销号,没有写销号确认人。请补上。",
        "确认人",
    ),
    Rule(
        "need_of_unknown_project",
        "needs",
        "warning",
        "project_id",
        col("project_id").is_null() | ~col("_known"),
        "{where}的需求“{factor}”所写项目“{project_id}”不在项目台账中,这一行未采用。请核对编号或名称。",
        "项目台账中的编号或名称",
        drops=True,
    ),
    Rule(
        "need_without_factor",
        "needs",
        "error",
        "factor",
        col("factor").is_null(),
        "{where}的需求没有写要素。请补上。",
        "要素",
    ),
    Rule(
        "visit_of_unknown_project",
        "visits",
        "warning",
        "project_id",
        col("project_id").is_null() | ~col("_known"),
        "{where}的走访所写项目“{project_id}”不在项目台账中,这一行未采用。请核对编号或名称。",
        "项目台账中的编号或名称",
        drops=True,
    ),
    Rule(
        "visit_without_date",
        "visits",
        "warning",
        "visit_date",
        # a day that can't be read is an error of its own
        (col("visit_date").is_null() & col("visit_date_text").is_null()) | col("visitor").is_null(),
        "{where}的走访没有日期或走访人,这一行未采用。请补上。",
        "日期和走访人",
        drops=True,
    ),
    Rule(
        "visit_in_future",
        "visits",
        "warning",
        "visit_date",
        future("visit_date"),
        "{where}的走访日期 {visit_date} 晚于状态日期 {_status_date}。请核对。",
        "不晚于状态日期",
    ),
    Rule(
        "lead_without_number",
        "leads",
        "error",
        "lead_id",
        col("lead_id").is_null(),
        "{where}的线索没有编号。请补上。",
        "线索编号",
    ),
    *_doubles("lead", "leads", "lead_id", "线索编号 {lead_id}"),
    Rule(
        "task_without_number",
        "tasks",
        "error",
        "task_id",
        col("task_id").is_null(),
        "{where}的任务没有编号。请补上。",
        "任务编号",
    ),
    *_doubles("task", "tasks", "task_id", "任务编号 {task_id}"),
    Rule(
        "target_incomplete",
        "targets",
        "error",
        "indicator",
        col("indicator").is_null() | col("scope").is_null() | col("period").is_null(),
        "{where}的目标缺少指标、范围或期间。请补全。",
        "指标、范围、期间",
    ),
    Rule(
        "month_of_unknown_project",
        "monthly",
        "warning",
        "project_id",
        col("project_id").is_null() | ~col("_known"),
        "{where}的月度投资所写项目“{project_id}”不在项目台账中,这一行未采用。请核对编号或名称。",
        "项目台账中的编号或名称",
        drops=True,
    ),
    Rule(
        "month_missing",
        "monthly",
        "error",
        "month_end",
        col("month_end").is_null() & col("month_end_text").is_null(),
        "{where}的月度投资没有写月份。请补上。",
        "月份",
    ),
    *_doubles("month", "monthly", "month_end", "项目“{_project}”到 {month_end} 的月度投资"),
    Rule(
        "completed_falls_by_month",
        "monthly",
        "warning",
        "completed_cumulative_yuan",
        col("completed_cumulative_yuan")
        < col("completed_cumulative_yuan")
        .shift(1)
        .over("project_id", col("month_end").dt.year(), order_by="month_end"),
        "{where}的项目“{_project}”到 {month_end} 累计完成{completed_cumulative_yuan},比上个月还少。"
        "这里填的是当年1月起的累计数,请核对。",
        "不少于上个月",
    ),
)
