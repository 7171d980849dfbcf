"""A gauge: value, target mark, 序时 mark, the two parts, and the count it stands for.

plotly.js basic has no indicator trace, so the arc is drawn with paths; the figure is a pure function.
The big number is HTML above the figure, so that it can be selected, read aloud and scaled by CSS.
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
from components.theme import FONT, Colours

Row = Mapping[str, Any]

# in units of the outer radius
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


def figure(rate: Rate, colours: Colours) -> dict[str, Any]:
    """The arc with its value, target and 序时 marks as a plotly figure; values beyond 100 % fill the arc."""
    shapes = [_band(0, 1, colours.grey_tint)]
    if rate.ratio:
        shapes.append(_band(0, min(rate.ratio, 1.0), colours.red if rate.behind else colours.accent))
    marks = [
        (share, f"{word} {_short(share)}", colour)
        for share, word, colour in (
            (rate.pace_ratio, "序时", colours.yellow_ink),
            (rate.target_ratio, "目标", colours.ink),
        )
        if share is not None
    ]
    shapes += [_mark(min(share, 1.0), colour) for share, _, colour in marks]
    return {"data": [], "layout": _layout(shapes, list(_labels(marks)))}


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


def _layout(shapes: list[dict[str, Any]], labels: list[dict[str, Any]]) -> dict[str, Any]:
    axis = {"visible": False, "fixedrange": True, "zeroline": False, "showgrid": False}
    return {
        "xaxis": axis | {"range": [-1.36, 1.36], "constrain": "domain"},
        "yaxis": axis | {"range": [-0.02, 1.2], "scaleanchor": "x", "scaleratio": 1, "constrain": "domain"},
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "shapes": shapes,
        "annotations": labels,
        "hovermode": False,
        "dragmode": False,
    }


def _point(share: float, radius: float) -> tuple[float, float]:
    angle = math.pi * (1 - share)
    return radius * math.cos(angle), radius * math.sin(angle)


def _arc(start: float, end: float, radius: float) -> str:
    """Cubic curves along the arc; shapes in data units know no arcs of their own."""
    pieces = max(1, math.ceil(abs(end - start) * 8))
    step = (end - start) / pieces
    # control points at 4/3·tan(θ/4) of the radius follow a circle to within 0.03 %
    reach = 4 / 3 * math.tan(math.pi * step / 4) * radius
    text = []
    for number in range(pieces):
        a, b = (math.pi * (1 - start - step * (number + k)) for k in (0, 1))
        ax, ay = radius * math.cos(a), radius * math.sin(a)
        bx, by = radius * math.cos(b), radius * math.sin(b)
        text.append(
            f"C{ax + reach * math.sin(a):.4f},{ay - reach * math.cos(a):.4f} "
            f"{bx - reach * math.sin(b):.4f},{by + reach * math.cos(b):.4f} {bx:.4f},{by:.4f}"
        )
    return "".join(text)


def _band(start: float, end: float, colour: str) -> dict[str, Any]:
    (ax, ay), (bx, by) = _point(start, 1), _point(end, INNER)
    path = f"M{ax:.4f},{ay:.4f}{_arc(start, end, 1)}L{bx:.4f},{by:.4f}{_arc(end, start, INNER)}Z"
    return {"type": "path", "path": path, "fillcolor": colour, "line": {"width": 0}, "layer": "below"}


def _mark(share: float, colour: str) -> dict[str, Any]:
    (x0, y0), (x1, y1) = _point(share, MARK_INNER), _point(share, MARK_OUTER)
    return {"type": "line", "x0": x0, "y0": y0, "x1": x1, "y1": y1, "line": {"color": colour, "width": 4}}


def _labels(marks: Sequence[tuple[float, str, str]]) -> Iterable[dict[str, Any]]:
    """One label a mark; the second of two crowded ones moves one line down along the arc."""
    placed: list[float] = []
    for share, text, colour in marks:
        at = min(share, 1.0)
        crowded = any(abs(at - other) < CROWDED for other in placed)
        placed.append(at)
        # at the very end a label stands on its mark: beside it, it would leave the card
        x, y = _point(at, LABEL_AT if at < FULL else 1)
        side = "center" if abs(x) < UPRIGHT else "left" if x > 0 else "right"
        yield {
            "x": x,
            "y": y,
            "text": text,
            "showarrow": False,
            "xanchor": side,
            "yanchor": "bottom" if side == "center" or at >= FULL else "middle",
            "yshift": (-20 if at >= placed[0] else 20)
            if crowded and side != "center"
            else 20
            if crowded
            else 0,
            "font": {"size": 14, "color": colour, "family": FONT},
        }


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
