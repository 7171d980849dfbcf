"""A number from its past into its forecast: actual, the 80 % band with its middle, the plan, the target."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dash import html
from dash.development.base_component import Component

from components import formats
from components.markup import Drawing
from components.twin import Twin

WIDTH: Final = 460.0
HEIGHT: Final = 170.0
# room above the highest and below the lowest value, as a share of the span
AIR: Final = 0.08

Line = Sequence[tuple[date, float]]


@dataclass(frozen=True)
class Chart:
    """Ratios by day. `low`, `median`, `high`, `stated` begin today; empty where nothing is forecast.

    `targets` are (last day, ratio) of each period.
    """

    actual: Line
    low: Line
    median: Line
    high: Line
    stated: Line
    targets: Sequence[tuple[date, float]]
    today: date


def drawn(chart: Chart, label: str) -> list[Component]:
    """The drawing with its days and target named beside it; nothing without a past or a forecast."""
    lines = (chart.actual, chart.low, chart.median, chart.high, chart.stated, chart.targets)
    points = [point for line in lines for point in line]
    if len({day for day, _ in points}) < 2:
        return []
    place = _Place(min(d for d, _ in points), max(d for d, _ in points), [v for _, v in points])
    shapes = [
        _band(place, chart.low, chart.high),
        _line(place, chart.stated, "stated"),
        _line(place, chart.median, "median"),
        _line(place, chart.actual, "actual"),
        *(_target(place, day, value, chart.today) for day, value in chart.targets),
        _today(place, chart.today),
    ]
    view = f'viewBox="0 0 {WIDTH:g} {HEIGHT:g}" preserveAspectRatio="none"'
    words = twin(chart, label)
    drawing = Drawing(f"<svg {view} {words.name}>{''.join(shapes)}</svg>")
    return [
        html.Div([drawing, *_target_words(place, chart)], className="forecast-chart"),
        _days(place, chart.today),
        _legend(bool(chart.median)),
        words.table(),
    ]


class _Place:
    """Where a day and a value lie."""

    def __init__(self, first: date, last: date, values: Sequence[float]) -> None:
        self.first, self.last = first, last
        span = max(max(values) - min(values), 0.02)
        self.low = max(min(values) - AIR * span, 0.0)
        self.high = max(values) + AIR * span

    def share(self, day: date) -> float:
        """0 on the first day, 1 on the last."""
        return (day - self.first).days / max((self.last - self.first).days, 1)

    def height(self, value: float) -> float:
        """0 at the top, 1 at the bottom."""
        return 1 - (value - self.low) / (self.high - self.low)

    def point(self, day: date, value: float) -> str:
        """In the drawing's units."""
        return f"{self.share(day) * WIDTH:.1f},{self.height(value) * HEIGHT:.1f}"


def _line(place: _Place, line: Line, name: str) -> str:
    if len(line) < 2:
        return ""
    return f'<polyline class="{name}" points="{_points(place, line)}"/>'


def _band(place: _Place, low: Line, high: Line) -> str:
    if not low:
        return ""
    return f'<polygon class="band" points="{_points(place, [*low, *reversed(high)])}"/>'


def _points(place: _Place, line: Iterable[tuple[date, float]]) -> str:
    return " ".join(place.point(day, value) for day, value in line)


def _target(place: _Place, day: date, value: float, today: date) -> str:
    start = min(today, day)
    ends = f"{place.point(start, value)} {place.point(day, value)}"
    return f'<polyline class="target" points="{ends}"/>'


def _today(place: _Place, today: date) -> str:
    x = place.share(today) * WIDTH
    return f'<path class="today" d="M{x:.1f},0V{HEIGHT:g}"/>'


def _target_words(place: _Place, chart: Chart) -> list[Component]:
    """The last target's ratio at the right end of its line."""
    if not chart.targets:
        return []
    day, value = max(chart.targets)
    at = {"left": f"{place.share(day) * 100:.1f}%", "top": f"{place.height(value) * 100:.1f}%"}
    below = " below" if place.height(value) < 0.15 else ""
    return [html.Span(f"目标 {short(value)}", className=f"forecast-target{below}", style=at)]


def _days(place: _Place, today: date) -> Component:
    shown = [(place.first, "first"), (place.last, "last")]
    at = place.share(today)
    words = [html.Span(formats.short_day(day), className=name) for day, name in shown]
    if 0.2 < at < 0.8:
        left = {"left": f"{at * 100:.1f}%"}
        words.append(html.Span(f"今天 {formats.short_day(today)}", className="now", style=left))
    return html.Div(words, className="forecast-days")


def _legend(forecast: bool) -> Component:
    words = [("actual", "实际"), ("stated", "按各项目计划")]
    if forecast:
        words += [("median", "预测中位"), ("band", "80%区间")]
    return html.Div(
        [html.Span(word, className=f"key-{name}") for name, word in words], className="forecast-keys"
    )


def twin(chart: Chart, label: str) -> Twin:
    """The drawing in words, about a row a week."""
    past = [(day, value, None, None) for day, value in chart.actual[-1::-7][::-1]]
    drawn = chart.median or chart.stated
    bands = zip(chart.low, chart.high, strict=True) if chart.low else [((None, None),) * 2] * len(drawn)
    ahead = [(day, value, low[1], high[1]) for (day, value), (low, high) in zip(drawn, bands, strict=True)]
    rows = [*past, *ahead[1::3]]
    told = [(formats.short_day(day), *(formats.ratio(value) for value in values)) for day, *values in rows]
    return Twin(label, ("日期", "实际或预计", "下限", "上限"), told)


def short(value: float) -> str:
    """A ratio without a needless decimal."""
    return formats.ratio(value, 1).replace(".0%", "%")
