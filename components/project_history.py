"""On a project's 台账: which of its dates moved and when, and the light of every step in every snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from components import formats
from components.attributes import aria
from components.light import light_badge, words
from data.project_history import DateHistory, LightSpell, ProjectHistory, Spell


def body(history: ProjectHistory, nodes: Sequence[str]) -> list[Component]:
    """The two cards; `nodes` is the order they are drawn in."""
    return [moved_dates(history), lights(history, nodes)]


def moved_dates(history: ProjectHistory) -> Component:
    """Every date that ever named another day, with all it named."""
    head = html.H2(["日期变动", html.Small(_since(history))])
    if not history.dates:
        return html.Section([head, html.P("台账里的日期没有改过。", className="empty")], className="card")
    titles = (("对象", ""), ("日期", ""), ("先后写过(何时起)", ""), ("改过", "n"), ("前后相差", "n"))
    top = html.Thead(html.Tr([html.Th(word, className=name) for word, name in titles]))
    rows = html.Tbody([_moved(cell) for cell in history.dates])
    return html.Section(
        [head, html.Div(html.Table([top, rows], className="table"), className="scroll")], className="card"
    )


def _since(history: ProjectHistory) -> str:
    return f"比对 {formats.day(history.days[0], with_year=True)} 以来的快照" if history.days else ""


def _moved(cell: DateHistory) -> Component:
    *before, last = cell.spells
    told = [part for spell in before for part in (html.S(_written(spell)), _from(spell), " → ")]
    later = cell.moved_workdays
    return html.Tr(
        [
            html.Td(cell.node or "项目"),
            html.Td(cell.header),
            html.Td([*told, html.B(_written(last)), _from(last)]),
            html.Td(f"{cell.times_moved} 次", className="n"),
            html.Td(difference(later), className="n behind" if later > 0 else "n"),
        ]
    )


def _written(spell: Spell) -> str:
    return "空" if spell.value is None else formats.short_day(spell.value)


def _from(spell: Spell) -> Component:
    return html.Small(f"({formats.short_day(spell.first)}起)", className="base")


def difference(workdays: int) -> str:
    """ "推后 13 个工作日", "提前 2 个工作日", "又改回" where it says again what it said first."""
    if not workdays:
        return "又改回"
    return f"{'推后' if workdays > 0 else '提前'} {abs(workdays)} 个工作日"


def lights(history: ProjectHistory, nodes: Sequence[str]) -> Component:
    """A row the project and each node, a stretch each light it showed; as wide as the snapshots it lasted."""
    unknown = history.unknown_days
    told = f"{len(history.days)} 份快照,左早右晚" + (f";其中 {unknown} 份的灯还没有算出" if unknown else "")
    head = html.H2(["亮灯历史", html.Small(told)])
    known: list[tuple[str | None, str]] = [(None, "项目"), *((node, node) for node in nodes)]
    rows = [
        _row(word, history.lights[node], history.days, "whole" if node is None else "")
        for node, word in known
        if node in history.lights
    ]
    if not rows or unknown == len(history.days):
        words_ = "各份快照的灯正在后台计算,稍后再看。" if history.days else "还没有快照。"
        return html.Section([head, html.P(words_, className="empty")], className="card")
    return html.Section([head, _scale(history.days), *rows], className="card light-history")


def _row(word: str, spells: Sequence[LightSpell], days: Sequence[date], name: str) -> Component:
    """Stretches in the order of days; days before the step was there are left blank."""
    before = sum(day < spells[0].first for day in days)
    blank = [html.Li(className="light-run", style={"flexGrow": before})] if before else []
    runs = [_run(spell, sum(spell.first <= day <= spell.last for day in days)) for spell in spells]
    strip = html.Ol([*blank, *runs], className="light-strip", **aria(label=f"{word}的亮灯历史"))
    return html.Div([html.Span(word, className="light-of"), strip], className=f"light-row {name}".strip())


def _run(spell: LightSpell, count: int) -> Component:
    span = formats.short_day(spell.first)
    if spell.last != spell.first:
        span += f"–{formats.short_day(spell.last)}"
    told = f"{span} {words()[spell.light] if spell.light else '未算出'}"
    mark = light_badge(spell.light, "") if spell.light else None
    return html.Li(
        mark,
        className=f"light-run {spell.light or ''}".strip(),
        style={"flexGrow": count},
        title=told,
        **aria(label=told),
    )


def _scale(days: Sequence[date]) -> Component:
    """The months above the rows, each as wide as its snapshots."""
    months = [day.replace(day=1) for day in days]
    cells = [
        html.Span(f"{month.month}月", style={"flexGrow": months.count(month)})
        for month in dict.fromkeys(months)
    ]
    return html.Div(
        [html.Span(className="light-of"), html.Div(cells, className="light-strip")],
        className="light-row scale",
    )
