"""The arc of a gauge with its marks, an SVG drawn by a pure function.

plotly.js basic has no gauge, and without it the first screen stands half a second sooner. Labels are
HTML, so that they can be selected, read aloud and scaled by CSS.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

from dash import html
from dash.development.base_component import Component

from components import formats
from components.markup import Drawing
from components.rate import Rate
from components.twin import Twin

# how far the drawing reaches from the middle of the arc's foot, and all below, in units of the outer radius
SIDE: Final = 1.36
ABOVE: Final = 1.2
BELOW: Final = 0.02
INNER: Final = 0.8
MARK_INNER: Final = 0.74
MARK_OUTER: Final = 1.07
LABEL_AT: Final = 1.09
# labels this near to the top stand above the arc, others beside it
UPRIGHT: Final = 0.35
# two marks nearer than this share of the arc would print their labels over each other
CROWDED: Final = 0.085
# from here on a mark lies flat at the right end of the arc
FULL: Final = 0.98


def arc(rate: Rate) -> Component:
    """The arc with its value, target and 序时 marks; values beyond 100 % fill the arc."""
    shapes = [_band(0, 1, "track-arc")]
    if rate.ratio:
        shapes.append(_band(0, min(rate.ratio, 1.0), "behind" if rate.behind else "reached"))
    marks = [
        (share, f"{word} {_short(share)}", name)
        for share, word, name in ((rate.pace_ratio, "序时", "pace"), (rate.target_ratio, "目标", "target"))
        if share is not None
    ]
    shapes += [_mark(min(share, 1.0), name) for share, _, name in marks]
    if rate.before and rate.before.ratio is not None:
        shapes.append(_mark(min(rate.before.ratio, 1.0), "then", INNER, 1))
    view = f"{-SIDE:g} {-ABOVE:g} {2 * SIDE:g} {ABOVE + BELOW:g}"
    words = twin(rate)
    drawing = Drawing(f'<svg viewBox="{view}" {words.name}>{"".join(shapes)}</svg>')
    return html.Div([drawing, words.table(), *_labels(marks)], className="arc")


def twin(rate: Rate) -> Twin:
    """What the gauge says in words: the value, what it is made of, and each mark."""
    marks: list[tuple[str, float | None]] = [("目标", rate.target_ratio), ("序时", rate.pace_ratio)]
    if rate.before:
        marks.append((formats.short_day(rate.before.day), rate.before.ratio))
    known = [(word, formats.ratio(share)) for word, share in marks if share is not None]
    told = ",".join(
        [f"{rate.name}表盘:{formats.ratio(rate.ratio)}", *(f"{word} {share}" for word, share in known)]
    )
    return Twin(told, ("指标", "比率"), [(rate.name, formats.ratio(rate.ratio)), *known])


def legend(rate: Rate) -> list[Component]:
    """The marks in words, for screens too narrow to print them at the arc."""
    marks = (("target", "目标", rate.target_ratio), ("pace", "序时", rate.pace_ratio))
    return [
        html.Span(f"{word} {_short(share)}", className=f"mark-{name}")
        for name, word, share in marks
        if share is not None
    ]


def _short(share: float) -> str:
    text = formats.ratio(share, 1)
    return text.replace(".0%", "%")


def _point(share: float, radius: float) -> tuple[float, float]:
    """Where a share lies on a circle around the middle of the arc's foot; y grows downwards."""
    angle = math.pi * (1 - share)
    return radius * math.cos(angle), -radius * math.sin(angle)


def _band(start: float, end: float, name: str) -> str:
    (ax, ay), (bx, by) = _point(start, 1), _point(end, 1)
    (cx, cy), (dx, dy) = _point(end, INNER), _point(start, INNER)
    outer, inner = f"A1,1 0 0 1 {bx:.4f},{by:.4f}", f"A{INNER},{INNER} 0 0 0 {dx:.4f},{dy:.4f}"
    return f'<path class="{name}" d="M{ax:.4f},{ay:.4f}{outer}L{cx:.4f},{cy:.4f}{inner}Z"/>'


def _mark(share: float, name: str, inner: float = MARK_INNER, outer: float = MARK_OUTER) -> str:
    (ax, ay), (bx, by) = _point(share, inner), _point(share, outer)
    return f'<path class="mark-{name}" d="M{ax:.4f},{ay:.4f}L{bx:.4f},{by:.4f}"/>'


def _labels(marks: Sequence[tuple[float, str, str]]) -> Iterable[Component]:
    """One label a mark; the second of two crowded ones moves one line down along the arc."""
    placed: list[float] = []
    for share, text, name in marks:
        at = min(share, 1.0)
        crowded = any(abs(at - other) < CROWDED for other in placed)
        placed.append(at)
        x, y = _point(at, LABEL_AT)
        side = "above" if abs(x) < UPRIGHT else "right" if x > 0 else "left"
        up = side == "above" or at < placed[0]
        names = ["arc-label", f"mark-{name}", side, "flat" if at >= FULL else "", _moved(crowded, up)]
        # at the very end a label stands in two lines: in one it would leave the card
        words = text.split(" ") if at >= FULL else [text]
        yield html.Span(
            [words[0], *(part for word in words[1:] for part in (html.Br(), word))],
            className=" ".join(filter(None, names)),
            style={
                "left": f"{(x + SIDE) / (2 * SIDE) * 100:.2f}%",
                "top": f"{(y + ABOVE) / (ABOVE + BELOW) * 100:.2f}%",
            },
        )


def _moved(crowded: bool, up: bool) -> str:
    """The class that moves a crowded label by one line."""
    return "" if not crowded else "up" if up else "down"
