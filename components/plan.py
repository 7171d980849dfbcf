"""What a reverse schedule says, in the words of the meeting: the conflict first, then the ways out.

Used beside the wall and on the project's 方案 tab, so that both say the same. A schedule is the row
of query `project_schedule`, nodes are the rows of `project_nodes`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, cast

from dash import html
from dash.development.base_component import Component

from data.workdays import calendar

Record = Mapping[str, Any]

_GOALS: Final = {"计划竣工": "竣工", "计划投产": "投产"}


def goal(schedule: Record) -> str:
    """What the target date is for: 开工, 竣工 or 投产."""
    word = "竣工" if schedule["phase"] == "construction" else "开工"
    return _GOALS.get(schedule["target_basis"] or "", word)


def is_late(schedule: Record) -> bool:
    """Whether the target can't be met as things stand."""
    return (schedule["late_workdays"] or 0) > 0


def sentence(schedule: Record, lead: str = "按现状") -> list[Component | str]:
    """The one sentence a leader needs: by how much the target is missed, or kept, or why nobody knows.

    `lead` says under what it is so.
    """
    forecast, target, floated = (
        schedule["forecast_finish"],
        schedule["target_date"],
        schedule["float_workdays"],
    )
    if schedule["unscheduled_reason"]:
        return [f"未排工期:{str(schedule['unscheduled_reason']).rstrip('。')}。"]
    if forecast is None:
        return ["没有可以推算的节点,排不出工期。"]
    day = html.B(_day(forecast))
    if target is None:
        return [f"{lead} ", day, f" 可以{goal(schedule)};没有目标日,时差无从计算。"]
    if is_late(schedule):
        late = html.B(f"{schedule['late_workdays']} 个工作日", className="behind")
        return [f"{lead} ", day, f" 才能{goal(schedule)},比目标晚 ", late]
    if not floated:
        return [f"{lead} ", day, f" 可以{goal(schedule)},刚好赶上目标,", html.B("一天都不能再误")]
    return [f"{lead} ", day, f" 可以{goal(schedule)},还有 ", html.B(f"{floated} 个工作日"), " 的余地"]


def words(schedule: Record, lead: str = "按现状") -> str:
    """The sentence as text."""
    return "".join(
        str(part.children) if isinstance(part, Component) else part  # type: ignore[attr-defined]
        for part in sentence(schedule, lead)
    )


def chain(schedule: Record) -> str:
    """ "关键链:环评 → 工程规划 → 开工", "" when there is none."""
    names = schedule["critical_chain"] or []
    return f"关键链:{' → '.join(names)}" if names else ""


def verdict(schedule: Record, lead: str = "按现状") -> Component:
    """The sentence and its chain in a box, red when the target is missed."""
    tone = "late" if is_late(schedule) else "unknown" if schedule["float_workdays"] is None else "kept"
    return html.Div(
        [
            html.Div(sentence(schedule, lead), className="plan-sentence"),
            html.Div(chain(schedule), className="plan-chain") if chain(schedule) else None,
        ],
        className=f"plan-verdict {tone}",
    )


def ways_out(schedule: Record) -> list[Component]:
    """The two ways out of a missed target: which nodes to shorten to what, or which date is reachable."""
    if not is_late(schedule):
        return []
    shrinks = schedule["shrinks"] or []
    shorten = "、".join(f"{s['node']} {s['from_workdays']}→{s['to_workdays']} 天" for s in shrinks)
    reachable = schedule["reachable_date"]
    return [
        html.Div("两条出路", className="plan-head"),
        html.Ol(
            [
                html.Li([html.B("压缩:"), shorten or "关键链上的工期已无可压缩,只能改期"]),
                html.Li([html.B("改期:"), f"可达日期 {_day(reachable)}" if reachable else "暂无可达日期"]),
            ],
            className="plan-ways",
        ),
    ]


def countdown(schedule: Record, as_of: date) -> Component | None:
    """ "距 3月15日 开工还有 74 个工作日", with what kind of target it is; null without a target."""
    target = schedule["target_date"]
    if target is None:
        return None
    left = calendar().workdays_left(target, as_of)
    words = [
        f"距 {_day(target)} {goal(schedule)}还有 ",
        html.Span(f"{left:,}", className="plan-days"),
        " 个工作日",
    ]
    if left < 0:
        passed = html.Span(f"{-left:,}", className="plan-days behind")
        words = [f"目标日 {_day(target)} 已过 ", passed, " 个工作日"]
    basis = html.Small(f"目标日取自{schedule['target_basis']}")
    return html.Div(cast(Any, [*words, basis]), className="plan-countdown")


def must_start(nodes: Sequence[Record]) -> list[str]:
    """Names of the nodes that must be started today, in network order."""
    return [str(node["node"]) for node in nodes if node["must_start_today"]]


def _day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"
