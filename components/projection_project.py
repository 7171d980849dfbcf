"""One project as one picture: the sentence, the ways out, its nodes, and what a leader asks, in his order."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from components import formats, plan, project_chart, projection_changes, wall_side
from components import timeline_labels as labels
from components.light import light_badge
from components.projection_changes import Since
from components.projection_stage import AXIS, BODY, Stage, units
from components.projection_wall import LEAST_ROW, MOST_ROW, nodes
from components.wall_side import Chosen, Record

# type sizes and paddings of assets/projection.css, to know how much is left for the nodes
_TITLE: Final = 4.6
_SENTENCE: Final = 3.3
_TEXT: Final = 2.6
_LINE: Final = 1.28
_BOX: Final = 3.2
_CHANGES: Final = 3


def picture(
    chosen: Chosen, changed: Since | None, stage: Stage, building_site: Sequence[Component] = ()
) -> Component:
    """The page of one project; `changed` tells what moved, null when there is nothing earlier."""
    left = stage.width - right_width(stage) - 3
    return html.Div(
        [
            html.Section([*head(chosen), *conclusion(chosen), *progress(chosen, left)], className="pj-left"),
            html.Section([*side(chosen, changed), *building_site], className="pj-right"),
        ],
        className="pj-project",
        style={"--right": units(right_width(stage))},
    )


def right_width(stage: Stage) -> float:
    """How much of the picture the answers at the right take, in u."""
    return 48 if stage.narrow else 110 if stage.wide else 60


def head(chosen: Chosen) -> list[Component]:
    """Light, name and what kind of project it is."""
    card = chosen.card
    return [
        html.H2([light_badge(card["light"], ""), html.Span(card["project_name"])], className="pj-name"),
        html.Div(wall_side.subtitle(card), className="base"),
    ]


def conclusion(chosen: Chosen) -> list[Component]:
    """The verdict of the reverse schedule and the two ways out."""
    schedule = chosen.schedule
    return [] if schedule is None else [plan.verdict(schedule), *plan.ways_out(schedule)]


def progress(chosen: Chosen, left: float) -> list[Component]:
    """The chart of the nodes that are not done, and as many of those done last as there is room for."""
    room = chart_room(chosen, left)
    shown = shown_nodes(chosen.nodes, int(room // LEAST_ROW))
    if not shown:
        return []
    target = chosen.schedule["target_date"] if chosen.schedule else None
    window = project_chart.window(shown, target, chosen.as_of)
    names = 34.0 if left < 90 else 44.0
    height = min(room / len(shown), MOST_ROW)
    return [nodes(shown, chosen.schedule, window, (names, left - names, height))]


def chart_room(chosen: Chosen, left: float) -> float:
    """Height left for rows of nodes below name, verdict and ways out, in u."""
    taken = _height(chosen.card["project_name"], _TITLE, left - 6) + _TEXT * _LINE + 1
    if chosen.schedule is not None:
        sentence = html_words(plan.sentence(chosen.schedule))
        taken += _height(sentence, _SENTENCE, left - 5) + _BOX
        chain = plan.chain(chosen.schedule)
        taken += _height(chain, _TEXT, left - 5) if chain else 0
        for way in html_words_of_ways(chosen.schedule):
            taken += _height(way, _TEXT, left - 5) + 0.6
    return max(BODY - AXIS - taken - 0.6, 5 * LEAST_ROW)


def _height(text: str, size: float, width: float) -> float:
    return ceil(labels.text_px(text, size) * 1.03 / width) * size * _LINE


def html_words(parts: Any) -> str:
    """All text of components."""
    if isinstance(parts, Component):
        return html_words(getattr(parts, "children", None))
    if isinstance(parts, list | tuple):
        return "".join(html_words(part) for part in parts)
    return "" if parts is None else str(parts)


def html_words_of_ways(schedule: Record) -> list[str]:
    """The text of each way out."""
    found = plan.ways_out(schedule)
    return [html_words(way) for way in found[-1].children] if found else []


def shown_nodes(records: Sequence[Record], most: int) -> list[Record]:
    """Nodes of the project in network order, `most` at most: open ones first, then those done last."""
    due = [node for node in records if node["state"] != "not_applicable"]
    opened = [node for node in due if node["state"] != "done"][:most]
    done = [node for node in due if node["state"] == "done"]
    spare = max(most - len(opened), 0)
    kept = {node["node"] for node in (*opened, *(done[-spare:] if spare else []))}
    return [node for node in due if node["node"] in kept]


def side(chosen: Chosen, changed: Since | None) -> list[Component]:
    """Countdown, then what a leader asks: must start, stuck where, whose desk, by when, what changed."""
    counted = plan.countdown(chosen.schedule, chosen.as_of) if chosen.schedule else None
    lines = [*wall_side.facts(chosen), *_changed(changed)]
    facts = html.Dl([part for name, value in lines for part in (html.Dt(name), html.Dd(value))])
    return [*([html.Div(counted, className="pj-count")] if counted else []), facts]


def _changed(changed: Since | None) -> list[tuple[str, Any]]:
    if changed is None:
        return []
    shown = [html.Div(line) for line in projection_changes.lines(changed)[:_CHANGES]] or "没有变化"
    return [(f"{formats.short_day(changed.day)}以来", shown)]


def base(chosen: Chosen) -> str:
    """What the chart stands for: how many nodes are due and done, and the cut-off."""
    return project_chart.summary(chosen.nodes, chosen.as_of) if chosen.nodes else ""
