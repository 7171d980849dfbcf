"""The tabs of the word 目标: targets, campaigns, leads and the score sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from dash import html
from dash.development.base_component import Component

from components import filters, links
from components.attributes import aria

TABS: Final[dict[str, Callable[[str | None], str]]] = {
    "目标": links.targets,
    "专项行动": links.campaigns,
    "线索": links.leads,
    "考核": links.score,
}


def tabs(here: str, search: str | None) -> Component:
    """All four, this page's marked; each link keeps the filters."""
    kept = filters.only(search)
    return html.Nav(
        [
            html.A(
                word,
                href=link(kept),
                className=f"chip{' on' if word == here else ''}",
                **(aria(current="page") if word == here else {}),
            )
            for word, link in TABS.items()
        ],
        className="target-tabs",
        **aria(label="目标"),
    )


def card(title: str, note: str, body: object) -> list[object]:
    """The inside of a card."""
    return [html.H2([title, html.Small(note)]), body]
