"""The wall's picture: bars of nodes by light with their names, and the marks over and under them.

A pure function from a placed board to one SVG; names of projects stand beside it as HTML
(components/wall_rows.py) on the same px grid. Colours are classes (assets/board.css), so that the
theme changes without drawing anything again. A browser draws this five times faster than the same
bars as a plotly figure, and it is a third of the size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import Final

from components import timeline_marks, timeline_textures, twin
from components.light import words
from components.markup import Drawing
from components.timeline_bars import Bar
from components.timeline_board import Board
from components.timeline_labels import LOST
from components.timeline_lanes import MEASURES
from data.closures import Closure

# the order is that of drawing: what needs attention comes last and lies on top
LIGHTS: Final = ("grey", "green", "stopped", "blue", "yellow", "red")
STATE_WORDS: Final = {
    "done": "已办", "running": "在办", "waiting": "待办", "unreported": "台账未报",
    "not_applicable": "不涉及",
}  # fmt: skip
# a node of a day or less is still seen
_LEAST_PX: Final = 2.0


def picture(board: Board, spans: Iterable[Closure] = (), table: str | None = None) -> Drawing:
    """The SVG of a placed board, `board.width` px wide; `spans` are shaded below the bars.

    `table` is the id of the rows beside it, which say in words what it shows.
    """
    bars = [bar for row in board.rows for bar in row.bars]
    height = MEASURES[board.density].bar
    parts = [
        *timeline_marks.below(board, bars, spans),
        *_lit(bars, height, board),
        f'<g class="labels">{"".join([_label(bar, height) for bar in bars])}</g>',
        *timeline_marks.above(board, bars),
    ]
    size = f'width="{board.width:g}" height="{board.height}"'
    shown = (
        f'data-first="{board.shown.first}" data-days="{board.shown.days}" data-as-of="{board.shown.as_of}"'
    )
    name = twin.named(sentence(board), table)
    return Drawing(f'<svg class="board" {size} {shown} {name}>{"".join(parts)}</svg>')


def sample(light: str) -> Drawing:
    """A bar of a light as legends show it, without a name: what has not begun is hollow."""
    record = {"light": light, "state": "waiting" if light == "grey" else "running", "reported": True}
    bar, width, height = Bar(record, date.min, date.min, 0.0, None, None, tick_free=False), 26, 16
    rect = f'<rect class="{look(bar)}" x="1" y="1" width="{width - 2}" height="{height - 2}"/>'
    marks = timeline_textures.marks(light, [(bar, 1, width - 1)], height - 1, filled=light != "grey")
    size = f'width="{width}" height="{height}"'
    return Drawing(
        f'<svg class="board sample" {size} aria-hidden="true"><g class="bars {light}">{rect}{marks}</g></svg>'
    )


def sentence(board: Board) -> str:
    """The picture in one sentence, for those who can't see it; the rows beside it say the rest."""
    shown, rows = board.shown, [row.record for row in board.rows]
    lost = sum((record["float_workdays"] or 0) < 0 for record in rows)
    behind = f",时差为负的 {lost} 个" if lost else ""
    return f"节点工期图:{shown.first} 至 {shown.last},{len(rows)} 行{behind},状态日期 {shown.as_of}"


def _lit(bars: Sequence[Bar], height: int, board: Board) -> list[str]:
    """The bars of each light that there is, in drawing order."""
    by_light: dict[str, list[Bar]] = {light: [] for light in LIGHTS}
    for bar in bars:
        by_light[bar.record["light"]].append(bar)
    return [
        f'<g class="bars {light}">{_of_light(light, same, height, board)}</g>'
        for light, same in by_light.items()
        if same
    ]


def _of_light(light: str, same: Sequence[Bar], height: int, board: Board) -> str:
    """The bars of one light, and what tells it from the others without colour."""
    ends = [(bar, board.px(bar.start), board.px(bar.finish)) for bar in same]
    drawn = [_bar(*one, height) for one in ends]
    for filled in (True, False):
        alike = [one for one in ends if (look(one[0]) == "full") is filled]
        drawn.append(timeline_textures.marks(light, alike, height, filled))
    return "".join(drawn)


def _bar(bar: Bar, left: float, right: float, height: int) -> str:
    place = f'x="{left:.1f}" y="{bar.top:.1f}" width="{max(right - left, _LEAST_PX):.1f}" height="{height}"'
    node = escape(bar.record["node"])
    return f'<rect class="{look(bar)}" {place} data-node="{node}" data-tip="{escape(hover(bar))}"/>'


def look(bar: Bar) -> str:
    """How a bar is filled and outlined: "full" done or running, "hollow" not started, "unreported" dashed."""
    if bar.record["state"] not in ("waiting", "unreported"):
        return "full"
    return "hollow" if bar.record["reported"] else "unreported"


def _label(bar: Bar, height: int) -> str:
    """The name of a node at the place the board gave it."""
    if bar.label is None:
        return ""
    lifted = timeline_textures.LIFTED_PX if timeline_textures.textured(bar) else 0
    at = f'x="{bar.label.centre:.1f}" y="{bar.top + height / 2 - lifted:.1f}"'
    node, lost, days = bar.label.text.partition(LOST)
    number = f'<tspan class="lost-days">{lost}{days}</tspan>' if lost else ""
    return f'<text class="{tone(bar)}" {at}>{escape(node)}{number}</text>'


def tone(bar: Bar) -> str:
    """The class of a label's colour, at least 4.5:1 against what lies behind it in either theme."""
    if look(bar) != "full" or (bar.label is not None and bar.label.outside):
        return "ink" if bar.record["reported"] else "soft"
    return "on-pale" if bar.record["light"] in ("yellow", "grey") else "on-deep"


def hover(bar: Bar) -> str:
    """What the pointer shows over a bar; the side panel and the project page say the same without it."""
    r = bar.record
    lines = [
        f"{r['node']} {words()[r['light']]} · {STATE_WORDS.get(r['state'], '')}",
        f"{r['start_date']} → {r['finish_date']}",
    ]
    if r["due_date"] is not None:
        lines.append(f"应于 {r['due_date']} 完成({r['due_basis']})")
    if r["latest_finish"] is not None and r["float_workdays"] is not None:
        lines.append(f"最迟完成 {r['latest_finish']} · 时差 {r['float_workdays']:+d} 个工作日")
    if (r["done_late_days"] or 0) > 0:
        lines.append(f"超期办结 {r['done_late_days']} 个工作日")
    return "\n".join(lines)
