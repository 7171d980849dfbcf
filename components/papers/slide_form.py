"""A slide's parts in one look: heading, stamp, tables and editable charts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from components.papers.words import wide

FONT: Final = "Microsoft YaHei"
WIDTH_IN, HEIGHT_IN = 13.333, 7.5
# the colours of assets/tokens.css, light theme
INK, SOFT, BAR, LINE, ACCENT = "12202B", "5D6A75", "10293F", "D5DCE2", "0B5CAD"
LIGHTS: Final = {
    "red": "C4232B", "yellow": "E0A100", "blue": "2A6FC9", "green": "1A7F4B", "grey": "9AA6B0",
    "stopped": "6F5C9C",
}  # fmt: skip
_BLANK_LAYOUT: Final = 6
_ROW_IN: Final = 0.36
_ONE_LINE_IN: Final = 1.0

# left, top, width, height in inches
Box = tuple[float, float, float, float]


def rgb(colour: str) -> RGBColor:
    """A colour written like "12202B"."""
    return RGBColor(*bytes.fromhex(colour))  # type: ignore[no-untyped-call]


def deck() -> Deck:
    """An empty 16:9 deck."""
    made = Presentation()
    made.slide_width, made.slide_height = Inches(WIDTH_IN), Inches(HEIGHT_IN)
    return made


def slide(made: Deck, heading: str, stamp: str) -> Slide:
    """A slide with its heading on the bar, and what its figures stand for at the foot."""
    added: Slide = made.slides.add_slide(made.slide_layouts[_BLANK_LAYOUT])
    box(added, (0, 0, WIDTH_IN, 0.85), BAR)
    text(added, wide(heading), (0.45, 0.08, 12.4, 0.7), 28, "FFFFFF", bold=True)
    text(added, stamp, (0.45, 7.02, 12.4, 0.36), 12, SOFT)
    return added


def box(on: Slide, place: Box, fill: str | None, line: str | None = None) -> Any:
    """A rectangle without shadow."""
    shape = on.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Inches, place))
    # without the theme's style there is no shadow and no outline of its own
    shape._element.remove(shape._element.find(qn("p:style")))
    if fill is None:
        shape.fill.background()
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(fill)
    if line is None:
        shape.line.fill.background()
    else:
        shape.line.color.rgb = rgb(line)
        shape.line.width = Pt(0.75)
    return shape


def text(
    on: Slide,
    words: str,
    place: Box,
    size: float,
    colour: str = INK,
    *,
    bold: bool = False,
    right: bool = False,
) -> None:
    """One piece of text; lines are kept."""
    frame = on.shapes.add_textbox(*map(Inches, place)).text_frame
    _fit(frame, MSO_ANCHOR.TOP if place[3] > _ONE_LINE_IN else MSO_ANCHOR.MIDDLE)
    for number, line in enumerate(words.split("\n")):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        face(paragraph.add_run(), line, size, colour, bold)


def face(run: Any, words: str, size: float, colour: str, bold: bool = False) -> None:
    """A run's words and type; the East Asian font is named too, which the program leaves out."""
    run.text = words
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
    run.font.color.rgb = rgb(colour)
    properties = run._r.get_or_add_rPr()
    properties.append(properties.makeelement(qn("a:ea"), {"typeface": FONT}))


def _fit(frame: Any, anchor: MSO_ANCHOR) -> None:
    frame.word_wrap = True
    frame.vertical_anchor = anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)


def table(
    on: Slide,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    place: tuple[float, float],
    widths: Sequence[float],
    numbers: Sequence[int] = (),
) -> None:
    """A table at (left, top) in inches; columns of `numbers` stand right."""
    shape = on.shapes.add_table(
        len(rows) + 1, len(heads), Inches(place[0]), Inches(place[1]), Inches(sum(widths)),
        Inches(_ROW_IN * (len(rows) + 1)),
    )  # fmt: skip
    grid = shape.table
    # plain: no banding of a theme
    grid.horz_banding = False
    for number, width in enumerate(widths):
        grid.columns[number].width = Inches(width)
    for number, row in enumerate((tuple(map(wide, heads)), *rows)):
        grid.rows[number].height = Inches(_ROW_IN)
        for column, words in enumerate(row):
            _cell(grid.cell(number, column), words, head=not number, right=column in numbers)


def _cell(cell: Any, words: str, *, head: bool, right: bool) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb("E9EDF1" if head else "FFFFFF")
    cell.margin_top = cell.margin_bottom = Inches(0.02)
    cell.margin_left = cell.margin_right = Inches(0.06)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    face(paragraph.add_run(), words, 13, INK, head)
    _underline(cell)


def _underline(cell: Any) -> None:
    properties = cell._tc.get_or_add_tcPr()
    line, fill, colour = (
        properties.makeelement(qn(name), given)
        for name, given in (("a:lnB", {"w": "6350"}), ("a:solidFill", {}), ("a:srgbClr", {"val": LINE}))
    )
    fill.append(colour)
    line.append(fill)
    properties.insert(0, line)


def chart(
    on: Slide,
    kind: XL_CHART_TYPE,
    categories: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None], str]],
    place: Box,
    *,
    form: str = "0.0%",
    labels: bool = True,
    title: str = "",
) -> Any:
    """An editable chart; a series is (name, values, colour) and null is a gap, never 0."""
    data: Any = CategoryChartData(number_format=form)  # type: ignore[no-untyped-call]
    data.categories = list(categories)
    for name, values, _ in series:
        data.add_series(name, list(values))
    shapes: Any = on.shapes
    made = shapes.add_chart(kind, *map(Inches, place), data).chart
    made.font.size, made.font.name = Pt(12), FONT
    _title(made, title)
    _legend(made, len(series) > 1)
    _paint(made, [colour for _, _, colour in series], form, labels, line=kind == XL_CHART_TYPE.LINE_MARKERS)
    return made


def _title(made: Any, title: str) -> None:
    made.has_title = bool(title)
    if title:
        made.chart_title.include_in_layout = False
        face(made.chart_title.text_frame.paragraphs[0].add_run(), title, 14, INK, True)


def _legend(made: Any, shown: bool) -> None:
    made.has_legend = shown
    if shown:
        made.legend.position = XL_LEGEND_POSITION.BOTTOM
        made.legend.include_in_layout = False


def _paint(made: Any, colours: Sequence[str], form: str, labels: bool, *, line: bool) -> None:
    made.value_axis.has_major_gridlines = True
    made.value_axis.major_gridlines.format.line.color.rgb = rgb(LINE)
    made.value_axis.tick_labels.number_format = form.replace(".0", "")
    made.value_axis.tick_labels.number_format_is_linked = False
    made.value_axis.minimum_scale = 0
    plot = made.plots[0]
    for series, colour in zip(plot.series, colours, strict=True):
        paint = series.format.line.color if line else None
        if paint is None:
            series.format.fill.solid()
            paint = series.format.fill.fore_color
            series.invert_if_negative = False
        else:
            series.smooth = False
            series.format.line.width = Pt(2.25)
            series.marker.size = 4
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.rgb = rgb(colour)
        paint.rgb = rgb(colour)
    if labels:
        plot.has_data_labels = True
        plot.data_labels.number_format = form
        plot.data_labels.number_format_is_linked = False
        plot.data_labels.font.size = Pt(12)


def outside(made: Any) -> None:
    """Labels beyond the end of bars instead of an axis, and bars from the top down in the order given."""
    made.plots[0].data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    made.plots[0].gap_width = 40
    made.category_axis.reverse_order = True
    made.value_axis.visible = False
    made.value_axis.has_major_gridlines = False
