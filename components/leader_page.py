"""One leader's own page: what needs them today, every project, deadlines, problems, visits, leads.

Pure: rows in, html out. The same list serves the meeting room (a table) and the phone (stacked lines).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from dash import dcc, html
from dash.development.base_component import Component

from components import formats, links
from components.attributes import data
from components.leader_change import Besides, compared, movement
from components.leader_panel import (
    NOTHING,
    VISITS_A_MONTH,
    Row,
    deadline_line,
    holdings,
    light_bar,
    light_words,
    nothing,
    numbers,
    open_items,
)
from components.light import light_badge

# a list on the page shows this many entries; the wall and the project pages have the rest
LINES: Final = 12


@dataclass(frozen=True)
class Leader:
    """Everything one leader's page shows; `panel` null when nobody of this name has this role in scope."""

    name: str
    role: str
    panel: Row | None
    must_start: pl.DataFrame
    deadlines: pl.DataFrame
    projects: pl.DataFrame
    problems: pl.DataFrame
    visits: pl.DataFrame
    leads: pl.DataFrame


def page(leader: Leader, search: str | None = "", besides: Besides = NOTHING) -> list[Component]:
    """The page of one leader; `search` is kept in every link."""
    if leader.panel is None:
        return [nobody(leader.name, leader.role)]
    return [
        head(leader.panel, search, besides),
        columns(leader, leader.panel, search, besides),
        projects(leader.projects, search),
    ]


def columns(leader: Leader, panel: Row, search: str | None, besides: Besides = NOTHING) -> html.Div:
    """What needs the leader: today's starts and problems, deadlines and promises, visits and leads."""
    must = section(
        "今天必须启动",
        f"{leader.must_start.height} 个节点 · 晚一天即误期",
        leader.must_start,
        must_line,
        "没有今天必须启动的节点",
        search,
    )
    due = section(
        "最近期限",
        "未办结,按到期日 · 天数为工作日",
        leader.deadlines,
        deadline_line,
        "没有未办结的期限",
        search,
    )
    visits = section(
        "走访",
        f"本月 {panel['visits_this_month'] or 0} 次 · 每月不少于 {VISITS_A_MONTH} 次",
        leader.visits,
        visit_line,
        "本月还没有走访记录",
        search,
    )
    problems = section(
        "未销号问题", f"{leader.problems.height} 个", leader.problems, problem_line, "没有未销号问题", search
    )
    leads = section("招商线索", f"{leader.leads.height} 条", leader.leads, lead_line, "没有招商线索", search)
    mine = besides.promises.get(leader.name, ())
    promises = (
        [listed("会议承诺", f"未办 {len(mine)} 件", [promise_line(one) for one in mine])] if mine else []
    )
    stacks = ([must, problems], [due, *promises], [visits, leads])
    return html.Div(
        [html.Div(stack, className="leader-column") for stack in stacks], className="leader-columns"
    )


def nobody(name: str, role: str) -> html.Section:
    """What the page says when the ledger knows nobody of this name in this role and scope."""
    return html.Section(
        [
            html.H2(name),
            html.P(f"当前范围的项目台账中没有{role}“{name}”;请清除筛选,或核对项目台账“{role}”一列的姓名。"),
        ],
        className="card leader-nobody",
    )


def head(panel: Row, search: str | None = "", besides: Besides = NOTHING) -> html.Section:
    """Name, role, what they answer for, the light bar and the three numbers with base and cut-off."""
    title = html.Div(
        [
            html.H1([panel["leader"], html.Small(panel["role"])]),
            html.P([holdings(panel), " · ", *open_items(panel)], className="base"),
            html.P([*movement(panel, besides), f"({compared(besides)})"], className="base")
            if besides.since
            else None,
            html.P(
                f"开复工率以所包项目(年度清单)为基数 · 数据截至 {formats.day(panel['cutoff'])}",
                className="base",
            ),
            dcc.Link("全部" + panel["role"], href=links.leaders(search), className="chip leader-back"),
        ]
    )
    state = html.Div([light_bar(panel, search), numbers(panel)])
    return html.Section([title, state], className="card leader-head")


def section(
    title: str,
    base: str,
    rows: pl.DataFrame,
    line: Callable[[Row, str | None], html.Li],
    empty: str,
    search: str | None,
) -> html.Section:
    """A card with one line a row, the first `LINES` of them, or the sentence that there is none."""
    lines = [line(row, search) for row in rows.head(LINES).iter_rows(named=True)]
    if rows.height > LINES:
        lines.append(nothing(f"另有 {rows.height - LINES} 条,见各项目页面"))
    return listed(title, base, lines or [nothing(empty)])


def listed(title: str, base: str, lines: list[html.Li]) -> html.Section:
    """A card of lines."""
    return html.Section(
        [html.H2([title, html.Small(base)]), html.Ul(lines, className="leader-lines")], className="card"
    )


def two(first: Component, second: Component, under: Any) -> html.Li:
    """One entry of a list: what, a short fact at the right, the rest below."""
    return html.Li([first, second, html.Span(under, className="base leader-under")], className="leader-two")


def side(words: str, behind: bool = False) -> html.Span:
    """The short fact at the right of an entry."""
    return html.Span(words, className="leader-side behind" if behind else "leader-side")


def must_line(row: Row, search: str | None = "") -> html.Li:
    """One node that must start today: whose desk, latest start and finish, days lost already."""
    lost = -(row["float_workdays"] or 0)
    late = f"已误 {lost} 天" if lost > 0 else "今天启动不误期"
    start, finish = formats.short_day(row["latest_start"]), formats.short_day(row["latest_finish"])
    return two(
        project_link(row, search, f" · {row['node']}"),
        side(late, behind=lost > 0),
        f"{row['department'] or '责任部门未填'} · 最迟 {start}启动、{finish}办结",
    )


def problem_line(row: Row, search: str | None = "") -> html.Li:
    """One open problem: what, who is to solve it, by when."""
    promised, overdue = row["promised_date"], row["overdue_workdays"] or 0
    due = f"承诺 {formats.short_day(promised)}" if promised else "未承诺解决日期"
    desk = row["responsible_unit"] or "责任单位未填"
    return two(
        html.Span(row["problem"], className="leader-wrap"),
        side(f"逾期 {overdue} 天" if overdue > 0 else due, behind=overdue > 0),
        [project_link(row, search), f" · {desk}" + (f" · {due}" if overdue > 0 else "")],
    )


def promise_line(row: Row) -> html.Li:
    """One promise of a meeting: what, by when, its light; who gave it and when."""
    due = f"承诺 {formats.short_day(row['due_date'])}" if row["due_date"] else "未定日期"
    words_ = f"{row['who'] or '承诺人未填'} · {due} · {formats.short_day(row['opened_on'])}会上记下"
    return two(
        html.Span(row["what"], className="leader-wrap"),
        light_badge(row["light"], light_words(row["light"], row["workdays_left"])),
        words_,
    )


def visit_line(row: Row, search: str | None = "") -> html.Li:
    """One visit: the project, the day, what about and what came of it."""
    words = " → ".join(word for word in (row["matter"], row["result"]) if word)
    return two(project_link(row, search), side(formats.day(row["visit_date"])), words or "事项和结果未填")


def lead_line(row: Row, _search: str | None = "") -> html.Li:
    """One investment lead: what, its stage, investor, agreed money and the next step."""
    agreed = formats.money(row["agreed_investment_yuan"])
    return two(
        html.Span(row["lead_name"] or row["lead_id"], className="leader-what"),
        side(formats.text(row["stage"])),
        f"{row['investor'] or '客商未填'} · 协议投资 {agreed} · 下一步:{row['next_step'] or '未填'}",
    )


def projects(rows: pl.DataFrame, search: str | None = "") -> html.Section:
    """Every project of the leader, worst light first, in the query's order."""
    columns_ = ("灯", "项目", "当前步骤", "在谁手里", "到期", "目标", "时差")
    lines = [project_row(row, search) for row in rows.iter_rows(named=True)]
    table = html.Table(
        [html.Thead(html.Tr([html.Th(word) for word in columns_])), html.Tbody(lines)],
        className="table leader-projects",
    )
    base = f"{rows.height} 个 · 按灯色、时差排列 · 天数为工作日"
    return html.Section([html.H2(["项目", html.Small(base)]), table], className="card")


def project_row(row: Row, search: str | None = "") -> html.Tr:
    """One project: light, name, where it is stuck and on whose desk, the due day, target and float."""
    where = " · ".join(word for word in (row["region"], row["kind"], row["level"]) if word)
    return html.Tr(
        [
            html.Td(light_badge(row["light"], light_words(row["light"], row["workdays_left"]))),
            html.Td([project_link(row, search), html.Div(where, className="base")]),
            cell("当前步骤", formats.text(row["current_node"])),
            cell("在谁手里", formats.text(row["current_department"])),
            cell("到期", formats.short_day(row["light_due_date"]), row["light_node"]),
            cell("目标", formats.short_day(row["target_date"]), row["target_basis"]),
            float_cell(row),
        ]
    )


def cell(head: str, words: str, base: str | None = None) -> html.Td:
    """A cell that carries its column's name, shown where the table is stacked on a phone."""
    children = [html.Span(words), html.Div(base, className="base")] if base else [html.Span(words)]
    return html.Td(children, **data(label=head))


def float_cell(row: Row) -> html.Td:
    """The least float in working days, red when days are already lost; else why it is unscheduled."""
    days = row["float_workdays"]
    if days is None:
        return cell("时差", row["unscheduled_reason"] or formats.NONE)
    if days < 0:
        return html.Td(html.B(f"误 {-days} 天", className="behind"), **data(label="时差"))
    return cell("时差", f"{days} 天")


def project_link(row: Row, search: str | None = "", suffix: str = "") -> dcc.Link:
    """A link to the project's page, keeping the filters."""
    name = f"{row['project_name']}{suffix}"
    return dcc.Link(name, href=links.project(row["project_id"], search), title=name, className="leader-what")
