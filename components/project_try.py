"""试算, on a project's 方案: another target day or other durations, and what becomes of chain and forecast.

What is tried stands in the address and nowhere else: `target` is a day, `try` is "招标:20;环评:12". Typing
is followed by assets/project_try.js; everything else is a link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any, Final

from dash import dcc, html
from dash.development.base_component import Component

from components import formats, links, plan, project_try_chart
from components.attributes import aria, data
from components.markup import Drawing
from components.timeline_board import Room
from data.what_if import MOST_WORKDAYS, Tried, Wish
from data.workdays import FRAME_FIRST, FRAME_LAST

Record = Mapping[str, Any]

NAMES: Final = ("target", "try")
# how the sentence of a trial begins
LEAD: Final = "这样做"


@dataclass(frozen=True)
class Trial:
    """A project as it stands (its rows of `project_schedule` and `project_nodes`) and as it would be under
    the wish, null while nothing is tried."""

    project_id: str
    schedule: Record
    nodes: Sequence[Record]
    wish: Wish
    then: Tried | None
    search: str | None

    @property
    def wished(self) -> Record | None:
        """The project's row under the wish."""
        return None if self.then is None else self.then.project

    @property
    def open_nodes(self) -> list[Record]:
        """What can still be moved, in drawing order."""
        return [node for node in self.nodes if node["state"] not in ("done", "not_applicable")]

    @property
    def moved_nodes(self) -> Mapping[str, Record]:
        """Node → its row under the wish; as it stands while nothing is tried."""
        return {node["node"]: node for node in self.nodes} if self.then is None else self.then.nodes


def wish(search: str | None) -> Wish:
    """What an address tries; what can't be read is as if it were not there."""
    given = links.params(search)
    pairs = (part.rpartition(":") for part in given.get("try", "").split(";"))
    # more digits than any number of workdays has, which Python would refuse to read, say the most as well
    days = {node: int(text[:20]) for node, _, text in pairs if node and text.isascii() and text.isdigit()}
    try:
        target = date.fromisoformat(given.get("target", ""))
    except ValueError:
        target = None
    if target and not FRAME_FIRST <= target <= FRAME_LAST:
        target = None
    return Wish(target, {node: min(workdays, MOST_WORKDAYS) for node, workdays in days.items()})


def wishing(search: str | None, wished: Wish) -> str:
    """The query string that tries this."""
    tried = ";".join(f"{node}:{days}" for node, days in wished.workdays.items())
    target = wished.target.isoformat() if wished.target else None
    return links.with_params(search, **{"target": target, "try": tried or None})


def section(trial: Trial, room: Room, as_of: date) -> Component:
    """The part of the page where one tries; nothing to try is said in a sentence."""
    head = html.H2(["试算", html.Small("改目标日或节点工期,关键链和预计完成随即重排;只看不存,台账不变")])
    if not trial.open_nodes:
        return html.Section(
            [head, html.P("节点都已办结,没有可以试算的。", className="empty")], className="card"
        )
    return html.Section(
        [
            html.Div([head, outcome(trial), controls(trial)], className="try-head"),
            *project_try_chart.chart(
                trial.open_nodes, trial.moved_nodes, trial.schedule, trial.wished, room, as_of
            ),
        ],
        className="card node-chart try-form",
        **data(search=trial.search or ""),
    )


def outcome(trial: Trial) -> Component:
    """As things stand, and as they would be, side by side."""
    wished = trial.wished
    then = (
        [plan.verdict(wished, LEAD), html.P(difference(trial.schedule, wished), className="try-difference")]
        if wished is not None
        else [html.P("在下面改目标日或工期,这里就是结果。", className="empty")]
    )
    return html.Div(
        [
            html.Div([html.H3("现状"), plan.verdict(trial.schedule)]),
            html.Div([html.H3("试算后"), *then], **aria(live="polite")),
        ],
        className="project-two",
    )


def difference(now: Record, then: Record) -> str:
    """ "预计完成 1月27日 → 1月20日,提前 5 个工作日;时差 −13 → −8": what the wish would bring."""
    parts = [
        moved_day("目标日", now["target_date"], then["target_date"]),
        moved_day("预计完成", now["forecast_finish"], then["forecast_finish"]),
    ]
    if now["float_workdays"] != then["float_workdays"]:
        old, new = (formats.signed_days(row["float_workdays"]) for row in (now, then))
        parts.append(f"时差 {old} → {new}")
    if now["critical_chain"] != then["critical_chain"]:
        parts.append("关键链改变")
    return ";".join(part for part in parts if part) or "没有变化:改的节点不在决定工期的线上"


def moved_day(word: str, old: date | None, new: date | None) -> str:
    """ "预计完成 1月27日 → 1月20日", "" when it stays."""
    return "" if old == new else f"{word} {formats.short_day(old)} → {formats.short_day(new)}"


def controls(trial: Trial) -> Component:
    """The target day, the two ways out at one click, the way back, and the proposal to take along."""
    now, target = trial.schedule["target_date"], trial.wish.target
    shown = (target or now).isoformat() if target or now else ""
    kept = f'data-now="{now.isoformat()}"' if now else 'data-now=""'
    day = Drawing(
        f'<label class="try-target">{escape(plan.goal(trial.schedule))}目标日 '
        f'<input type="date" class="try-day" value="{shown}" {kept}></label>'
    )
    return html.Div([day, *_ways(trial), *_taken(trial)], className="try-controls")


def _ways(trial: Trial) -> list[Component]:
    shrinks = {way["node"]: way["to_workdays"] for way in trial.schedule["shrinks"] or []}
    reached = trial.schedule["reachable_date"] if plan.is_late(trial.schedule) else None
    ways = [
        ("按出路一压缩", Wish(trial.wish.target, shrinks)) if shrinks else None,
        (f"改到 {formats.short_day(reached)}", Wish(reached, trial.wish.workdays)) if reached else None,
    ]
    return [_link(trial, word, wished) for word, wished in filter(None, ways)]


def _taken(trial: Trial) -> list[Component]:
    if not trial.wish:
        return []
    book = links.proposal(trial.project_id, trial.search)
    return [
        _link(trial, "还原", Wish()),
        html.A("导出试算方案", href=book, download="", className="chip on try-export"),
    ]


def _link(trial: Trial, word: str, wished: Wish) -> Component:
    href = links.project(trial.project_id, wishing(trial.search, wished))
    return dcc.Link(word, href=href, className="chip on" if wished and wished == trial.wish else "chip")
