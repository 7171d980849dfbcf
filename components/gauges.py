"""A gauge: value, target mark, 序时 mark, the two parts, and the count it stands for.

The arc is an SVG, drawn by a pure function; plotly.js basic has no gauge, and without it the first
screen stands half a second sooner. Numbers and labels are HTML, so that they can be selected, read
aloud and scaled by CSS.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any, Final

import polars as pl
from dash import html
from dash.development.base_component import Component

from components import formats
from components.markup import Drawing

Row = Mapping[str, Any]

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


@dataclass(frozen=True)
class Rate:
    """One rate as shown. `numerator` and `denominator` in `unit` (个, 项, 元); ratios null when unknown."""

    name: str
    numerator: int | None
    denominator: int | None
    unit: str = "个"
    base: str = ""
    target_ratio: float | None = None
    pace_ratio: float | None = None
    cutoff: date | None = None

    @property
    def ratio(self) -> float | None:
        """Numerator over denominator, null for an empty denominator; may exceed 1."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator

    @property
    def behind(self) -> bool:
        """Whether it lies below 序时; without a pace nothing is behind."""
        return self.ratio is not None and self.pace_ratio is not None and self.ratio < self.pace_ratio

    @property
    def missing(self) -> int | None:
        """How much is missing to the target, in `unit`, rounded up; null without target or base."""
        if self.target_ratio is None or self.numerator is None or not self.denominator:
            return None
        needed = Decimal(str(self.target_ratio)) * self.denominator
        return max(0, int(needed.to_integral_value(ROUND_CEILING)) - self.numerator)


def rate_of(rates: pl.DataFrame, indicator: str, group: str = "全部", name: str | None = None) -> Rate:
    """The rate of one indicator and group from `rates`; one without numbers where there is no such row."""
    rows = rates.filter((pl.col("indicator") == indicator) & (pl.col("group") == group))
    if rows.is_empty():
        return Rate(name or indicator, None, None)
    row = rows.row(0, named=True)
    return Rate(
        name or indicator,
        _whole(row["numerator"]),
        _whole(row["denominator"]),
        row["unit"],
        row["base"],
        row["target_ratio"],
        row["pace_ratio"],
        row["cutoff"],
    )


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


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
    view = f"{-SIDE:g} {-ABOVE:g} {2 * SIDE:g} {ABOVE + BELOW:g}"
    drawing = Drawing(f'<svg viewBox="{view}" aria-hidden="true">{"".join(shapes)}</svg>')
    return html.Div([drawing, *_labels(marks)], className="arc")


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


def _mark(share: float, name: str) -> str:
    (ax, ay), (bx, by) = _point(share, MARK_INNER), _point(share, MARK_OUTER)
    return f'<path class="mark-{name}" d="M{ax:.4f},{ay:.4f}L{bx:.4f},{by:.4f}"/>'


def _labels(marks: Sequence[tuple[float, str, str]]) -> Iterable[Component]:
    """One label a mark; the second of two crowded ones moves one line down along the arc."""
    placed: list[float] = []
    for share, text, name in marks:
        at = min(share, 1.0)
        crowded = any(abs(at - other) < CROWDED for other in placed)
        placed.append(at)
        # at the very end a label stands on its mark: beside it, it would leave the card
        x, y = _point(at, LABEL_AT if at < FULL else 1)
        side = "above" if abs(x) < UPRIGHT else "right" if x > 0 else "left"
        up = side == "above" or at < placed[0]
        names = ["arc-label", f"mark-{name}", side, "flat" if at >= FULL else "", _moved(crowded, up)]
        yield html.Span(
            text,
            className=" ".join(filter(None, names)),
            style={
                "left": f"{(x + SIDE) / (2 * SIDE) * 100:.2f}%",
                "top": f"{(y + ABOVE) / (ABOVE + BELOW) * 100:.2f}%",
            },
        )


def _moved(crowded: bool, up: bool) -> str:
    """The class that moves a crowded label by one line."""
    return "" if not crowded else "up" if up else "down"


def value(rate: Rate) -> list[Component | str]:
    """The big number over the arc."""
    text = formats.ratio(rate.ratio)
    return [text.removesuffix("%"), html.Small("%")] if text.endswith("%") else [text]


def pace(rate: Rate) -> Component:
    """Ahead of or behind 序时, in percentage points; the base of the pace in words."""
    if rate.ratio is None or rate.pace_ratio is None:
        return html.Div(className="gauge-pace")
    difference = rate.ratio - rate.pace_ratio
    word = "落后序时" if difference < 0 else "快于序时"
    return html.Div(
        [f"{word} ", html.B(formats.points(abs(difference)).lstrip("+"))],
        className=f"gauge-pace {'behind' if difference < 0 else 'ahead'}",
    )


def parts(rates: Iterable[Rate]) -> list[Component]:
    """The parts of a gauge, one bar each."""
    return [
        html.Div(
            [
                html.Span(rate.name),
                html.I(html.B(style={"width": f"{min(rate.ratio or 0, 1) * 100:.1f}%"}), className="track"),
                html.Span([f"{counts(rate)} · ", html.B(formats.ratio(rate.ratio))], className="n"),
            ],
            className="part",
        )
        for rate in rates
    ]


def counts(rate: Rate) -> str:
    """Numerator/denominator, money in 亿元."""
    if rate.unit == "元":
        return f"{formats.yi(rate.numerator)}/{formats.yi(rate.denominator)}"
    return f"{formats.count(rate.numerator)}/{formats.count(rate.denominator)}"


def basis(rate: Rate) -> list[Component | str]:
    """What the big number stands for: counts with unit, base, what is missing, cut-off."""
    unit = "亿元" if rate.unit == "元" else rate.unit
    words: list[Component | str] = [f"{counts(rate)} {unit} · {rate.base}"]
    second = []
    if rate.missing:
        second.append(
            f"距目标还差 {formats.money(rate.missing) if rate.unit == '元' else f'{rate.missing:,} {unit}'}"
        )
    if rate.cutoff is not None:
        second.append(f"截至 {formats.short_day(rate.cutoff)}")
    return [*words, html.Br(), " · ".join(second)]
