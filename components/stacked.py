"""Two texts of one cell, one above the other."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component


def stacked(first: Component | str, second: Component | str, behind: bool = False) -> Component:
    """What counts above what explains it, the latter in red where it is `behind`; "" leaves it out."""
    below = [html.Span(second, className="behind" if behind else "base")] if second else []
    return html.Div([first, *below], className="stacked")
