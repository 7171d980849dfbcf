"""An amount by its size, the exact yuan on demand: by key, finger or pointer, never by pointer alone."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components import formats


def amount(yuan: int | None) -> Component | str:
    """ "12.30 亿元", which opens to "1,230,000,000 元"; "—" for null."""
    return formats.NONE if yuan is None else _opening(formats.money(yuan), formats.yuan(yuan))


def part_of(part: int | None, whole: int | None) -> Component | str:
    """ "30.60/608.00 亿元", which opens to both in yuan; "—" stands for null."""
    said = formats.money_of(part, whole)
    if part is None and whole is None:
        return said
    return _opening(said, f"{formats.yuan(part)} / {formats.yuan(whole)}")


def _opening(said: str, exact: str) -> Component:
    """A button, so that the keyboard reaches it and a tap opens it; assets/base.css shows the rest."""
    return html.Button([said, html.Span(exact, className="money-exact")], type="button", className="money")
