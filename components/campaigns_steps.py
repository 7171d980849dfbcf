"""Each procedure's way up during a campaign: done by day, beside an even pace to the last day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import polars as pl
from dash import html
from dash.development.base_component import Component

from components import formats
from components.empty import empty
from components.markup import Drawing
from components.twin import Twin, some
from data.campaigns import Run

WIDTH: Final = 200.0
HEIGHT: Final = 64.0


def steps(rows: pl.DataFrame, run: Run) -> Component:
    """One small drawing a procedure, in the usual order; 开工 among them."""
    if rows.is_empty():
        return empty("当前筛选下没有报送手续的项目", "请去掉一个筛选,或在台账“节点”表报送手续")
    found = rows.partition_by("step", maintain_order=True)
    return html.Div([_step(own, run) for own in found], className="campaign-steps")


def _step(rows: pl.DataFrame, run: Run) -> Component:
    name, due = rows["step"][0], rows["due"][0]
    first, last = rows["done"][0], rows["done"][-1]
    behind = last < even(run, rows["day"][-1], first, due)
    points = list(rows.select("day", "done").iter_rows())
    words = Twin(
        f"{name}进度:期间从 {first} 到 {last},应办 {due}",
        ("日期", f"已办 {name}"),
        [(formats.short_day(day), done) for day, done in some(points)],
    )
    return html.Div(
        [
            html.Div([html.Span(name), html.B(f"{last}/{due}")], className="step-name"),
            _drawn(points, run, due, words),
            words.table(),
            html.Div(
                [
                    html.Span(f"期间 +{last - first}"),
                    html.Span(formats.percent(last, due, 0), className="behind" if behind else "ahead"),
                ],
                className="base step-came",
            ),
        ],
        className="step",
    )


def even(run: Run, day: date, first: int, due: int) -> float:
    """How many would be done by a day at an even pace from the first day to all on the last."""
    share = min(max(((day - run.first).days + 1) / run.days, 0.0), 1.0)
    return first + (due - first) * share


def _drawn(points: Sequence[tuple[date, int]], run: Run, due: int, words: Twin) -> Drawing:
    top = max(due, max(done for _, done in points), 1)

    def place(day: date, done: float) -> str:
        x = ((day - run.first).days + 1) / run.days * WIDTH
        return f"{min(max(x, 0.0), WIDTH):.1f},{(1 - done / top) * HEIGHT:.1f}"

    actual = " ".join(place(day, done) for day, done in points)
    # the way begins the evening before the first day
    plan = f"{place(run.first - timedelta(days=1), points[0][1])} {place(run.last, due)}"
    return Drawing(
        f'<svg viewBox="0 0 {WIDTH:g} {HEIGHT:g}" preserveAspectRatio="none" {words.name}>'
        f'<polyline class="even" points="{plan}"/>'
        f'<polyline class="actual" points="{actual}"/></svg>'
    )
