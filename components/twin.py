"""What a chart says to those who can't see it: its name in a sentence, and its figures as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final, TypeVar
from zlib import crc32

from dash import html
from dash.development.base_component import Component

Row = TypeVar("Row")

# of a long line so many values stand in the table, the last one always
ROWS: Final = 12


@dataclass(frozen=True)
class Twin:
    """The words of one chart: `told` names it and says what it shows, the rows are its figures."""

    told: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Any]]

    @property
    def place(self) -> str:
        """The id of the table; two charts of a page never say the same."""
        return f"twin-{crc32(self.told.encode()):08x}"

    @property
    def name(self) -> str:
        """The attributes of the chart's svg."""
        return named(self.told, self.place)

    def table(self) -> Component:
        """The table, read aloud and never seen."""
        head = html.Tr([html.Th(word, scope="col") for word in self.heads])
        body = [html.Tr([html.Td(value) for value in row]) for row in self.rows]
        parts = [html.Caption(self.told), html.Thead(head), html.Tbody(body)]
        # a table takes the width of its words whatever it is told; what it lies in does not
        return html.Div(html.Table(parts), id=self.place, className="visually-hidden")


def named(told: str, table: str | None) -> str:
    """The attributes of a chart's svg whose figures stand in the element `table` of the same page."""
    details = f' aria-details="{escape(table)}"' if table else ""
    return f'role="img" aria-label="{escape(told)}"{details}'


def some(rows: Sequence[Row]) -> list[Row]:
    """Few enough of many rows, evenly apart, the last among them."""
    step = -(-len(rows) // ROWS) or 1
    return list(rows[::-1][::step][::-1])
