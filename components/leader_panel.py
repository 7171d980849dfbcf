"""One leader's panel: light bar, three numbers, next deadlines, what is open. Pure: rows in, html out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl
from dash.development.base_component import Component

from components import formats, links
from components.attributes import data
from components.elements import dcc, html
from components.leader_change import Besides, movement, open_promises
from components.light import ORDER, light_badge, words

Row = Mapping[str, Any]

ROLES: Final = ("包保领导", "首席服务员", "推进专员")
# 走访达标: at least two visits a month
VISITS_A_MONTH: Final = 2
NOTHING: Final = Besides()


def by_need(panels: pl.DataFrame) -> pl.DataFrame:
    """The same rows, who is needed most first: red, must start, yellow, missing visits, low 开复工率."""
    missing = (VISITS_A_MONTH - pl.col("visits_this_month").fill_null(0)).clip(0)
    return panels.sort(
        "red",
        "must_start_today",
        "yellow",
        missing,
        "start_ratio",
        "leader",
        descending=[True, True, True, True, False, False],
        nulls_last=True,
    )


def grid(
    panels: pl.DataFrame, deadlines: pl.DataFrame, search: str | None = "", besides: Besides = NOTHING
) -> list[Component]:
    """One card a leader in the order of need; `search` is kept in every link."""
    due: dict[str, list[Row]] = {}
    for row in deadlines.iter_rows(named=True):
        due.setdefault(row["leader"], []).append(row)
    return [
        card(row, due.get(row["leader"], []), search, besides)
        for row in by_need(panels).iter_rows(named=True)
    ]


def card(
    row: Row, deadlines: Sequence[Row], search: str | None = "", besides: Besides = NOTHING
) -> html.Section:
    """One leader's card; its edge is the worst light among the leader's projects."""
    lines = [deadline_line(item, search) for item in deadlines]
    own_page = dcc.Link(row["leader"], href=links.leader(row["leader"], search), className="leader-name")
    return html.Section(
        [
            html.H2([own_page, html.Small(holdings(row))]),
            light_bar(row, search),
            numbers(row),
            html.Ul(lines or [nothing("没有未办结的期限")], className="leader-lines"),
            html.P(
                _separated([open_items(row), open_promises(row, besides), movement(row, besides)]),
                className="base leader-open",
            ),
        ],
        className=f"card leader-card leader-{worst(row)}",
    )


def worst(row: Row) -> str:
    """The code of the worst light at least one project has; grey where there is none."""
    return next((code for code in ORDER if row[code]), "grey")


def holdings(row: Row) -> str:
    """What the leader answers for, in words."""
    return f"包 {row['projects']} 个项目" + (f" · {row['leads']} 条线索" if row["leads"] else "")


def light_bar(row: Row, search: str | None = "") -> html.Div:
    """Projects by light, worst first, widths by count; every part has its light's shape and word.

    A part of an accountable leader's leads to these projects on the wall; no filter knows the other roles.
    """
    shown = [code for code in ORDER if row[code]]
    if not shown:
        return html.Div(html.Span("没有项目", className="leader-bar-none"), className="leader-bar")
    parts = [_bar_part(row, code, search) for code in shown]
    label = "、".join(f"{words()[code]} {row[code]} 个" for code in shown)
    return html.Div(parts, className=f"leader-bar leader-bar-of-{len(shown)}", title=f"按项目灯色:{label}")


def _bar_part(row: Row, code: str, search: str | None) -> Component:
    look: Any = {"className": f"leader-bar-part leader-bar-{code}", "style": {"flexGrow": row[code]}}
    badge = light_badge(code, f"{words()[code]} {row[code]}")
    if row["role"] != ROLES[0]:
        return html.Span(badge, **look)
    href = links.timeline(links.with_params(search, leader=row["leader"], light=code))
    # a card's name leads to the leader's page, where the keyboard passes every part
    return dcc.Link(badge, href=href, title=f"在挂图上看{row['leader']}的{words()[code]}项目", **look)


def numbers(row: Row) -> html.Div:
    """开复工率 with its two counts, 今天必须启动, 本月走访 against two."""
    visits, must = row["visits_this_month"] or 0, row["must_start_today"] or 0
    missing = max(VISITS_A_MONTH - visits, 0)
    rate = formats.percent(row["started"], row["projects"])
    parts = [
        number("开复工率", rate, f"{row['started']}/{row['projects']} 个", key=row["leader"]),
        number("今天必须启动", formats.count(must), "个节点", behind=must > 0, key=row["leader"]),
        number(
            "本月走访",
            f"{visits}/{VISITS_A_MONTH}",
            f"还差 {missing} 次" if missing else "达标",
            missing > 0,
            key=row["leader"],
        ),
    ]
    return html.Div(parts, className="leader-numbers")


def number(label: str, value: str, base: str, behind: bool = False, key: str = "") -> html.Div:
    """One figure between its name and its base; red when it is behind. `key` tells whose it is."""
    tone = "leader-figure behind" if behind else "leader-figure"
    return html.Div(
        [
            html.Span(label, className="base"),
            html.B(value, className=tone, **data(live=f"{key} {label}")),
            html.Span(base, className="base"),
        ]
    )


def deadline_line(row: Row, search: str | None = "") -> html.Li:
    """One deadline: the due day and which kind of due it is, project and node, the light with days left."""
    # the node is never cut: a long project name gives way
    what = [html.Span(row["project_name"]), html.Span(f" · {row['node']}")]
    full = f"{row['project_name']} · {row['node']}"
    return html.Li(
        [
            html.Span(
                [formats.short_day(row["due_date"]), html.Small(formats.text(row["due_basis"]))],
                className="leader-due",
            ),
            dcc.Link(
                what, href=links.project(row["project_id"], search), title=full, className="leader-node"
            ),
            light_badge(row["light"], light_words(row["light"], row["workdays_left"])),
        ]
    )


def light_words(light: str, workdays_left: int | None) -> str:
    """The light's word with the working days left or overdue: 临期 剩 2 天, 临期 今天到期, 逾期 12 天."""
    if workdays_left is None or light in ("green", "stopped"):
        return words()[light]
    days = formats.workdays_left(workdays_left)
    return days if days.startswith(words()[light]) else f"{words()[light]} {days}"


def open_items(row: Row) -> list[str | Component]:
    """Problems not yet closed and needs not yet met, in words."""
    problems, needs = row["problems_open"] or 0, row["needs_open"] or 0
    if not problems and not needs:
        return ["没有未销号问题和未解决需求"]
    marked = html.B(str(problems), className="behind" if problems else "")
    return ["未销号问题 ", marked, " 个 · 未解决需求 ", html.B(str(needs)), " 项"]


def _separated(groups: Sequence[Sequence[Component | str]]) -> list[Component]:
    """Each group that says something, kept together where the line breaks."""
    return [html.Span(list(group)) for group in groups if group]


def nothing(sentence: str) -> html.Li:
    """The line of a list that has none."""
    return html.Li(sentence, className="base leader-none")
