"""The wall as shapes of a slide: the same board the screen draws, so that it is sharp and can be edited."""

from __future__ import annotations

from typing import Any, Final

from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.slide import Slide
from pptx.util import Inches, Pt

from components import formats, timeline, timeline_board, timeline_window, wall_rows
from components.papers import slide_form as form
from components.papers.asked import Asked
from components.timeline_bars import Bar
from components.timeline_board import Board, Room

# rows that fit a slide with one lane each, and px of the screen's board on an inch of it
ROWS: Final = 16
_PLOT_IN: Final = (4.2, 1.45, 8.65, 5.45)
_NAME_IN: Final = 3.7
_PX: Final = 860.0
_LABEL_PT: Final = 9.0
_NAME_PT: Final = 10.5


def draw(on: Slide, asked: Asked) -> None:
    """The most endangered projects of the scope, a bar a node, around the status date."""
    rows = asked.ask("timeline", order="light", limit=ROWS)
    bars = asked.ask("timeline_bars", projects=rows["project_id"].to_list())
    shown = timeline_window.window(asked.as_of)
    board = timeline_board.board(rows, bars, shown, Room(_PX, 400.0), "compact")
    _Wall(on, board).draw()


class _Wall:
    """One board on one slide; px of the board become inches."""

    def __init__(self, on: Slide, board: Board) -> None:
        self._on, self._board = on, board
        self._across = _PLOT_IN[2] / board.width
        self._down = min(_PLOT_IN[3] / max(board.height, 1), 0.34 / 28)

    def draw(self) -> None:
        """Months, rows, bars by light, today."""
        self._months()
        for row in self._board.rows:
            self._caption(row)
        order = {light: place for place, light in enumerate(timeline.LIGHTS)}
        bars = [bar for row in self._board.rows for bar in row.bars]
        for bar in sorted(bars, key=lambda bar: order[bar.record["light"]]):
            self._bar(bar)
        self._line(self._board.shown.as_of, form.LIGHTS["red"])

    def _x(self, day: Any) -> float:
        return _PLOT_IN[0] + self._board.px(day) * self._across

    def _y(self, px: float) -> float:
        return _PLOT_IN[1] + px * self._down

    def _months(self) -> None:
        for first in timeline_window.months(self._board.shown):
            self._line(first, form.LINE)
            form.text(self._on, f"{first.month}月", (self._x(first) + 0.05, 1.05, 0.8, 0.35), 12, form.SOFT)

    def _line(self, day: Any, colour: str) -> None:
        x, bottom = Inches(self._x(day)), Inches(self._y(self._board.height))
        line = self._on.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, x, Inches(1.1), x, bottom)
        line.line.color.rgb = form.rgb(colour)
        line.line.width = Pt(1.5 if colour == form.LIGHTS["red"] else 0.5)

    def _caption(self, row: Any) -> None:
        record, top = row.record, self._y(row.top)
        height = row.height * self._down
        light = form.LIGHTS[record["light"]]
        form.box(self._on, (0.45, top + height / 2 - 0.07, 0.14, 0.14), light)
        stuck = wall_rows.stuck(record)
        name = record["project_name"] + (f" · {stuck}" if stuck else "")
        form.text(self._on, name, (0.68, top, _NAME_IN - 0.7, height), _NAME_PT)
        floated = wall_rows.float_words(record["float_workdays"])
        lost = (record["float_workdays"] or 0) < 0
        place = (_NAME_IN - 0.05, top, 0.5, height)
        form.text(self._on, floated, place, 11, form.LIGHTS["red"] if lost else form.SOFT, right=True)

    def _bar(self, bar: Bar) -> None:
        left, right = self._x(bar.start), self._x(bar.finish)
        height = 17 * self._down
        colour = form.LIGHTS[bar.record["light"]]
        full = timeline.look(bar) == "full"
        shape = form.box(
            self._on,
            (left, self._y(bar.top), max(right - left, 0.03), height),
            colour if full else "FFFFFF",
            colour,
        )
        if timeline.look(bar) == "unreported":
            shape.line.dash_style = MSO_LINE.DASH
        shape.name = f"{bar.record['node']} {formats.short_day(bar.record['finish_date'])}"
        if bar.label is not None and not bar.label.outside:
            self._label(shape, bar, "FFFFFF" if full and timeline.tone(bar) == "on-deep" else form.INK)

    def _label(self, shape: Any, bar: Bar, colour: str) -> None:
        frame = shape.text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.word_wrap = False
        assert bar.label is not None
        form.face(frame.paragraphs[0].add_run(), bar.label.text, _LABEL_PT, colour)
