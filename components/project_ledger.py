"""台账: what the ledgers say about the project: its money, dates, problems, needs, and intake findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import deferred, formats, money
from components.light import light_badge
from components.wall_side import Record
from data import contract

_BASICS = (
    "project_id", "project_code", "region", "district", "industry", "category", "level", "kind",
    "project_type", "status", "campaign", "campaign_target_date", "listed_date", "green_channel",
)  # fmt: skip
_TEXTS = ("content", "goal_text", "progress_text", "note")
_DATES = (
    "contacted_date", "signed_date", "planned_start", "actual_start", "resumed_date", "planned_finish",
    "actual_finish", "planned_production", "actual_production", "stopped_from", "stopped_until",
)  # fmt: skip


def body(
    card: Record,
    problems: Sequence[Record],
    needs: Sequence[Record],
    findings: Sequence[Record],
    nodes: Sequence[Record] = (),
) -> list[Component]:
    """The ledger's cards; empty lists are said in a sentence, but for the rare 容缺 and findings."""
    left = [facts("基本情况", card, _BASICS), long_texts(card)]
    right = [investment(card), facts("时间", card, _DATES)]
    return [
        html.Div(
            [html.Div(left, className="project-stack"), html.Div(right, className="project-stack")],
            className="project-two",
        ),
        problem_table(problems),
        need_table(needs),
        *deferred.table(nodes),
        *finding_list(findings),
    ]


def facts(title: str, card: Record, names: Sequence[str]) -> Component:
    """Header and value of each column the ledger has a value for."""
    lines = [(contract.PROJECTS.column(name).header, value(card, name)) for name in names]
    rows = [html.Tr([html.Th(word), html.Td(text)]) for word, text in lines if text != formats.NONE]
    table = html.Table(html.Tbody(rows), className="table facts")
    return html.Section(
        [html.H2(title), table if rows else html.P("台账未填。", className="empty")], className="card"
    )


def value(card: Record, name: str) -> str:
    """A ledger value as staff wrote it: the cell's own words where the date was given in words."""
    found = card[name]
    words = card.get(f"{name}_text")
    if contract.PROJECTS.column(name).dtype == contract.DATE:
        day = formats.NONE if found is None else f"{found.year}年{found.month}月{found.day}日"
        told = f"{day}(原文:{words})" if words and found is not None else words or day
        return f"{told},{_repeated(card)}" if name == "actual_start" and card["first_start"] else told
    if isinstance(found, bool):
        return "是" if found else "否"
    return formats.text(found)


def _repeated(card: Record) -> str:
    return f"重复申报开工,未计入;按首次报的{formats.day(card['first_start'], with_year=True)}计"


def long_texts(card: Record) -> Component:
    """What is built, the year's goal, the progress: whole sentences."""
    parts = [(contract.PROJECTS.column(name).header, card[name]) for name in _TEXTS if card[name]]
    lines = [part for word, text in parts for part in (html.H3(word), html.P(text))]
    shown = lines or [html.P("台账未填建设内容和进展。", className="empty")]
    return html.Section([html.H2("内容与进展"), *shown], className="card project-texts")


def investment(card: Record) -> Component:
    """Investment and funds; each rate with what it is divided by."""
    plan, year, total = (
        card["annual_plan_yuan"],
        card["invested_this_year_yuan"],
        card["total_investment_yuan"],
    )
    received, invested = card["funds_received_yuan"], card["invested_total_yuan"]
    lines = [
        ("总投资", money.amount(total), ""),
        ("年度计划投资", money.amount(plan), ""),
        ("本年完成投资", money.amount(year), f"占年度计划 {formats.percent(year, plan)}"),
        ("累计完成投资", money.amount(invested), f"占总投资 {formats.percent(invested, total)}"),
        ("资金到位", money.amount(received), f"占年度计划 {formats.percent(received, plan)}"),
    ]
    rows = [
        html.Tr([html.Th(name), html.Td(amount, className="n"), html.Td(note, className="base n")])
        for name, amount, note in lines
    ]
    return html.Section(
        [html.H2("投资与资金"), html.Table(html.Tbody(rows), className="table facts")], className="card"
    )


def _table(
    title: str, note: str, heads: Sequence[str], rows: Sequence[Sequence[Any]], empty: str
) -> Component:
    top = html.H2([title, html.Small(note)])
    if not rows:
        return html.Section([top, html.P(empty, className="empty")], className="card")
    head = html.Thead(html.Tr([html.Th(word) for word in heads]))
    lines = html.Tbody([html.Tr([html.Td(cell) for cell in row]) for row in rows])
    return html.Section(
        [top, html.Div(html.Table([head, lines], className="table"), className="scroll")], className="card"
    )


def problem_table(problems: Sequence[Record]) -> Component:
    """Problems, open ones first, each with who solves it until when."""
    closed = sum(problem["closed"] for problem in problems)
    rows = [
        (
            _problem_light(problem),
            formats.text(problem["category"]),
            problem["problem"],
            formats.text(problem["measure"]),
            " ".join(part for part in (problem["responsible_unit"], problem["responsible_person"]) if part)
            or formats.NONE,
            formats.short_day(problem["raised_date"]),
            problem["promised_date_text"] or formats.short_day(problem["promised_date"]),
        )
        for problem in sorted(problems, key=lambda problem: problem["closed"])
    ]
    heads = ("状态", "类别", "问题", "措施", "责任单位/人", "提出", "承诺解决")
    note = f"已销号 {closed} / 提出 {len(problems)}" if problems else ""
    return _table("问题", note, heads, rows, "台账里没有这个项目的问题。")


def _problem_light(problem: Record) -> Component:
    if problem["closed"]:
        by = f"销号 {formats.short_day(problem['closed_date'])}"
        return light_badge("green", f"{by} {problem['confirmed_by']}" if problem["confirmed_by"] else by)
    return light_badge("red", "逾期未销号") if problem["overdue"] else light_badge("blue", "未销号")


def need_table(needs: Sequence[Record]) -> Component:
    """What the enterprise needs, from whom, until when."""
    rows = [
        (
            light_badge("green", f"已解决 {formats.short_day(need['solved_date'])}")
            if need["solved"]
            else light_badge("blue", "未解决"),
            need["factor"],
            formats.text(need["need"]),
            _quantity(need),
            formats.text(need["provider"]),
            formats.short_day(need["needed_date"]),
        )
        for need in sorted(needs, key=lambda need: need["solved"])
    ]
    heads = ("状态", "要素", "需求", "数量", "提供部门", "需要日期")
    solved = sum(need["solved"] for need in needs)
    note = f"已解决 {solved} / 提出 {len(needs)}" if needs else ""
    return _table("需求", note, heads, rows, "台账里没有这个项目的要素需求。")


def _quantity(need: Record) -> str:
    return (
        formats.NONE
        if need["quantity"] is None
        else f"{need['quantity']:,g} {need['quantity_unit'] or ''}".strip()
    )


def finding_list(findings: Sequence[Record]) -> list[Component]:
    """What the intake noticed about the project; nothing when it noticed nothing."""
    if not findings:
        return []
    lines = [
        html.Li(
            [
                finding["message"],
                html.Small(" ".join(part for part in (finding["sheet"], finding["cell"]) if part)),
            ]
        )
        for finding in findings
    ]
    return [
        html.Section([html.H2("收件提醒"), html.Ul(lines, className="project-findings")], className="card")
    ]
