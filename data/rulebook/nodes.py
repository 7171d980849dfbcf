"""Rules of the 节点 ledger."""

from __future__ import annotations

from typing import Final

from polars import col

from data.rulebook.rule import Rule, after, future, negative, same_span

PERMITS: Final = ("施工许可", "施工许可证", "建筑工程施工许可证")

NODE_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "node_without_project",
        "nodes",
        "error",
        "project_id",
        col("project_id").is_null(),
        "{where}的节点“{node}”没有写项目编号。请补上。",
        "项目编号",
    ),
    Rule(
        "node_without_name",
        "nodes",
        "error",
        "node",
        col("node").is_null(),
        "{where}没有节点名称。请补上,或删去这一行。",
        "节点名称",
    ),
    Rule(
        "node_of_unknown_project",
        "nodes",
        "warning",
        "project_id",
        col("project_id").is_not_null() & ~col("_known"),
        "{where}的节点“{node}”所写项目“{project_id}”不在项目台账中,这一行未采用。请核对编号或名称。",
        "项目台账中的编号或名称",
        drops=True,
    ),
    Rule(
        "duplicate_node",
        "nodes",
        "error",
        "node",
        col("_contradicts"),
        "{where}的项目“{_project}”的节点“{node}”出现了不止一次(见{_first_place}),所写的还不一样。请保留一行。",
        "一个项目的一个节点一行",
    ),
    Rule(
        "repeated_node",
        "nodes",
        "warning",
        "node",
        col("_repeat"),
        "{where}的项目“{_project}”的节点“{node}”在{_first_place}已经有了,两处内容不矛盾,合并为一行。",
        "一个项目的一个节点一行",
        drops=True,
    ),
    Rule(
        "done_in_future",
        "nodes",
        "warning",
        "actual_finish",
        future("actual_finish"),
        "{where}的项目“{_project}”的节点“{node}”办结日期 {actual_finish} "
        "晚于状态日期 {_status_date}。未办结的请填计划完成。",
        "不晚于状态日期",
    ),
    Rule(
        "done_before_accepted",
        "nodes",
        "warning",
        "actual_finish",
        after("actual_finish", "accepted_date"),
        "{where}的项目“{_project}”的节点“{node}”办结日期 {actual_finish} "
        "早于受理日期 {accepted_date}。请核对。",
        "不早于受理日期",
    ),
    Rule(
        "made_up_in_future",
        "nodes",
        "warning",
        "made_up_date",
        future("made_up_date"),
        "{where}的项目“{_project}”的节点“{node}”补齐日期 {made_up_date} 晚于状态日期 {_status_date},"
        "按还没有补齐计。没有补齐的请留空。",
        "不晚于状态日期",
    ),
    Rule(
        "done_but_not_finished",
        "nodes",
        "warning",
        "status",
        col("actual_finish").is_not_null() & col("status").is_in(["running", "waiting"]),
        "{where}的项目“{_project}”的节点“{node}”有办结日期 {actual_finish},办理状态却不是已办。请核对。",
        "已办",
    ),
    Rule(
        "negative_duration",
        "nodes",
        "warning",
        "duration_workdays",
        negative("duration_workdays") | negative("paused_workdays"),
        "{where}的项目“{_project}”的节点“{node}”工期或暂停天数是负数。请核对。",
        "不小于 0",
    ),
    Rule(
        "done_without_date",
        "nodes",
        "warning",
        "actual_finish",
        (col("status") == "done") & col("actual_finish").is_null() & (col("_dated_ratio") >= 0.5),
        "{where}的项目“{_project}”的节点“{node}”已办,没有办结日期,算不出是否按期。请补上。",
        "办结日期",
    ),
    Rule(
        "start_not_before_permit",
        "nodes",
        "warning",
        "status",
        col("node").is_in(PERMITS)
        & col("_started").is_not_null()
        & col("status").is_in(["running", "waiting"])
        & col("deferred").is_null(),
        "{where}的项目“{_project}”已于 {_started} 开工,"
        "节点“{node}”却还没有办结,也没有写容缺。请核对开工日期或办理状态,容缺、承诺制的请写明。",
        "先办结施工许可再开工",
    ),
    Rule(
        "started_before_permit",
        "nodes",
        "warning",
        "actual_finish",
        col("node").is_in(PERMITS)
        & (col("_started") < col("actual_finish"))
        & ~same_span("actual_finish", "_started")
        & col("deferred").is_null(),
        "{where}的项目“{_project}”{_started} 就开工了,节点“{node}”到 {actual_finish} 才办结,也没有写容缺。"
        "请核对日期,容缺、承诺制的请写明。",
        "先办结施工许可再开工",
    ),
)
