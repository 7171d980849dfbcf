"""Rules of the 项目 ledger."""

from __future__ import annotations

from typing import Final

from polars import col

from data.rulebook.rule import Rule, after, future, negative

PROJECT_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "project_without_name",
        "projects",
        "error",
        "project_name",
        col("project_name").is_null(),
        "{where}没有项目名称。请补上项目名称,或删去这一行。",
        "项目名称",
    ),
    Rule(
        "duplicate_project",
        "projects",
        "error",
        "project_id",
        col("_contradicts"),
        "{where}的项目“{project_name}”(编号 {project_id})与{_first_place}是同一个项目,所写的却不一样。"
        "请合并为一行;如是两个项目,请各写各的编号。",
        "一个项目一行",
    ),
    Rule(
        "repeated_project",
        "projects",
        "warning",
        "project_name",
        col("_repeat"),
        "{where}的项目“{project_name}”在{_first_place}已经有了,两处内容不矛盾,合并为一个项目。"
        "如是两个项目,请在名称中写明区别或各写编号。",
        "一个项目一行",
        drops=True,
    ),
    Rule(
        "negative_investment",
        "projects",
        "warning",
        "total_investment_yuan",
        negative("total_investment_yuan"),
        "{where}的项目“{project_name}”总投资是负数({total_investment_yuan})。请核对。",
        "不小于 0",
    ),
    Rule(
        "negative_completed",
        "projects",
        "warning",
        "invested_this_year_yuan",
        negative("invested_this_year_yuan"),
        "{where}的项目“{project_name}”本年完成投资是负数({invested_this_year_yuan})。请核对。",
        "不小于 0",
    ),
    Rule(
        "negative_completed_total",
        "projects",
        "warning",
        "invested_total_yuan",
        negative("invested_total_yuan"),
        "{where}的项目“{project_name}”累计完成投资是负数({invested_total_yuan})。请核对。",
        "不小于 0",
    ),
    Rule(
        "completed_more_than_total",
        "projects",
        "warning",
        "invested_total_yuan",
        col("invested_total_yuan") > col("total_investment_yuan"),
        "{where}的项目“{project_name}”累计完成投资{invested_total_yuan}超过总投资{total_investment_yuan}。请核对金额和单位。",
        "不超过总投资",
    ),
    Rule(
        "this_year_more_than_total",
        "projects",
        "warning",
        "invested_this_year_yuan",
        (col("invested_this_year_yuan") > col("total_investment_yuan"))
        & ~(col("invested_total_yuan") > col("total_investment_yuan")).fill_null(False),
        "{where}的项目“{project_name}”本年完成投资{invested_this_year_yuan}超过总投资{total_investment_yuan}。请核对金额和单位。",
        "不超过总投资",
    ),
    Rule(
        "this_year_more_than_ever",
        "projects",
        "warning",
        "invested_this_year_yuan",
        col("invested_this_year_yuan") > col("invested_total_yuan"),
        "{where}的项目“{project_name}”本年完成投资大于累计完成投资。请核对。",
        "不超过累计完成投资",
    ),
    Rule(
        "started_in_future",
        "projects",
        "warning",
        "actual_start",
        future("actual_start"),
        "{where}的项目“{project_name}”实际开工日期 {actual_start} "
        "晚于状态日期 {_status_date}。未发生的请填计划开工。",
        "不晚于状态日期",
    ),
    Rule(
        "finished_in_future",
        "projects",
        "warning",
        "actual_finish",
        future("actual_finish"),
        "{where}的项目“{project_name}”实际竣工日期 {actual_finish} "
        "晚于状态日期 {_status_date}。未发生的请填计划竣工。",
        "不晚于状态日期",
    ),
    Rule(
        "produced_in_future",
        "projects",
        "warning",
        "actual_production",
        future("actual_production"),
        "{where}的项目“{project_name}”实际投产日期 {actual_production} "
        "晚于状态日期 {_status_date}。未发生的请填计划投产。",
        "不晚于状态日期",
    ),
    Rule(
        "finish_not_before_start",
        "projects",
        "warning",
        "actual_finish",
        after("actual_finish", "actual_start"),
        "{where}的项目“{project_name}”实际竣工 {actual_finish} 早于实际开工 {actual_start}。请核对。",
        "不早于开工",
    ),
    Rule(
        "planned_finish_not_before_start",
        "projects",
        "warning",
        "planned_finish",
        after("planned_finish", "planned_start"),
        "{where}的项目“{project_name}”计划竣工 {planned_finish} 早于计划开工 {planned_start}。请核对。",
        "不早于计划开工",
    ),
    Rule(
        "stop_ends_before_it_begins",
        "projects",
        "warning",
        "stopped_until",
        after("stopped_until", "stopped_from"),
        "{where}的项目“{project_name}”停工止 {stopped_until} 早于停工起 {stopped_from}。请核对。",
        "不早于停工起",
    ),
    Rule(
        "unknown_kind",
        "projects",
        "note",
        "kind",
        col("kind").is_not_null() & ~col("kind").is_in(["新建", "续建", "前期"]),
        "{where}的项目“{project_name}”建设性质写的是“{kind}”,不计入新建、续建的开复工率。",
        "新建、续建 或 前期",
    ),
)
