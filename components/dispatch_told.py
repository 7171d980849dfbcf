"""One section of a meeting before it is drawn: a card on the page, pages in big type on a projector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from components.dispatch_asked import SHOWN
from components.dispatch_table import card, table

# columns that a 4:3 picture has no room for
MANY: Final = 7


@dataclass(frozen=True)
class Told:
    """A section's answer. `rows` are the first of `total` (null: all there are), a cell a heading; `empty`
    says that there are none.

    `above` stands over the table and `below` under it, on the page alone. `acting` says that the last column
    is buttons, which a projector has not; `lines` is how many lines of type a row takes there. `projected`
    are the rows for the projector where they are others.
    """

    title: str
    note: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Any]]
    empty: str
    total: int | None = None
    above: Sequence[Component] = ()
    below: Sequence[Component] = ()
    wide: bool = False
    acting: bool = False
    lines: int = 2
    projected: Sequence[Sequence[Any]] | None = None

    @property
    def pages_rows(self) -> Sequence[Sequence[Any]]:
        """All rows of the projector."""
        return self.rows if self.projected is None else self.projected


def card_of(told: Told) -> Component:
    """The section as a card, its rows cut where the page would have no end."""
    shown = table(told.heads, told.rows[:SHOWN], told.empty)
    left = (told.total or len(told.rows)) - SHOWN
    cut = [html.P(f"列出前 {SHOWN} 行,另有 {left} 行。", className="base")] if left > 0 else []
    body = html.Div([*told.above, shown, *cut, *told.below])
    return card(told.title, told.note, body, "dispatch-wide" if told.wide else "")


def page_of(told: Told, skipped: int, rows: int) -> Component:
    """One page of the section's table in big type."""
    shown = told.pages_rows[skipped : skipped + rows]
    name = "pj-rowed pj-many" if len(told.heads) > MANY else "pj-rowed"
    if told.acting:
        return table(told.heads[:-1], [row[:-1] for row in shown], told.empty, name)
    return table(told.heads, shown, told.empty, name)


def step_of(told: Told, most: int) -> int:
    """Rows a page where `most` fit: as many on each, so that none has a single row left over."""
    rows = len(told.pages_rows)
    return -(-rows // -(-rows // most)) if rows else most
