"""A window of a list as the browser shows it: rows in the words people read, and the list's own line."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from components import filters, formats
from components.light import words as lights
from data.lists import Kind, ListColumn, Listing
from data.narrowing import Asked, narrowed, read
from data.query import queries

Params = Mapping[str, str | None]

WHOLE: Final = "全口径"
FILTER_WORDS: Final = {
    "region": "县区/园区", "district": "片区", "leader": "包保领导", "level": "层级", "kind": "建设性质",
    "campaign": "专项行动", "industry": "行业", "department": "部门", "light": "亮灯", "project": "项目编号",
}  # fmt: skip


# whoever scrolls a sorted list asks for its windows one after the other; a place takes 4 bytes a row
ORDERS_KEPT: Final = 16
_orders: deque[tuple[pl.DataFrame, Asked, pl.Series]] = deque(maxlen=ORDERS_KEPT)


@dataclass(frozen=True)
class Shown:
    """A list as narrowed: the places of its rows in order in `everything`, and the line that says so.

    `places` is null where nothing is narrowed.
    """

    listing: Listing
    everything: pl.DataFrame
    places: pl.Series | None
    line: str

    @property
    def height(self) -> int:
        """How many rows are left."""
        return self.everything.height if self.places is None else len(self.places)

    @property
    def rows(self) -> pl.DataFrame:
        """All rows in order."""
        return self.everything if self.places is None else self.everything[self.places]

    def window(self, offset: int, limit: int) -> pl.DataFrame:
        """Some of the rows; the others are not touched."""
        if self.places is None:
            return self.everything.slice(offset, limit)
        return self.everything[self.places.slice(offset, limit)]


def shown(listing: Listing, params: Params, asked: Asked) -> Shown:
    """The list for these filters and wishes; GuatuError with a sentence where there is none."""
    everything = listing.rows(params)
    narrows = asked.find.strip() or asked.where or asked.sort
    places = places_of(everything, listing.columns, asked) if narrows else None
    height = everything.height if places is None else len(places)
    freshness = queries().run("freshness", as_of=params.get("as_of")).row(0, named=True)
    line = base_line(listing, params, (height, everything.height), freshness["snapshot_date"])
    return Shown(listing, everything, places, line)


def places_of(everything: pl.DataFrame, columns: Sequence[ListColumn], asked: Asked) -> pl.Series:
    """Where the rows asked for lie in a list, in their order; worked out once for all windows of it."""
    for held, before, places in tuple(_orders):
        if held is everything and before == asked:
            return places
    numbered = everything.with_row_index("place of the row")
    places = narrowed(numbered, columns, asked)["place of the row"]
    _orders.append((everything, asked, places))
    return places


def base_line(listing: Listing, params: Params, counts: tuple[int, int], cutoff: date) -> str:
    """What the rows stand for: base, scope, numbers and cut-off, and the filters that don't apply."""
    ignored = listing.ignored(params)
    scope = scope_words({name: value for name, value in params.items() if name not in ignored})
    here, total = (formats.count(number) for number in counts)
    number = f"共 {total} 行" if here == total else f"共 {total} 行,筛出 {here} 行"
    parts = [listing.base, scope, number, f"数据截至 {formats.day(cutoff)}"]
    if ignored:
        parts.append(f"本清单不分{'、'.join(FILTER_WORDS.get(name, name) for name in ignored)}")
    return " · ".join(parts)


def scope_words(params: Params) -> str:
    """Which projects the filters leave, in words: "县区/园区“连山区”、亮灯“逾期”", "全口径" for all."""
    told = {name: value for name, value in params.items() if value and name != "as_of"}
    if told.get("light"):
        told["light"] = lights()[told["light"]]
    return "、".join(f"{FILTER_WORDS.get(name, name)}“{value}”" for name, value in told.items()) or WHOLE


def rows(found: Shown, offset: int, limit: int) -> list[dict[str, Any]]:
    """One window of rows: column → words, empty cells left out; `light` stays its code."""
    window = found.window(offset, limit)
    columns = [(column.name, words(window, column)) for column in found.listing.columns]
    return [
        {name: cells[place] for name, cells in columns if cells[place] is not None}
        for place in range(window.height)
    ]


def words(window: pl.DataFrame, column: ListColumn) -> list[str | None]:
    """A column's cells as people read them; null stays null."""
    if column.kind == "light":
        return window[column.name].cast(pl.String).to_list()
    if column.kind in _WORDS:
        say = _WORDS[column.kind]
        return [None if value is None else say(value) for value in window[column.name]]
    return read(window, column).to_list()


def _signed(value: int) -> str:
    return f"{formats.MINUS}{-value}" if value < 0 else str(value)


def _wan(value: int) -> str:
    return f"{value / 10_000:,.2f}"


_WORDS: Final[dict[Kind, Callable[[Any], str]]] = {
    "date": date.isoformat,
    "money": _wan,
    "count": formats.count,
    "days": _signed,
    "ratio": formats.ratio,
    "number": lambda value: f"{value:,.10g}",
}


def chosen_columns(listing: Listing, names: str | None) -> Sequence[ListColumn]:
    """The columns of "a,b,c" in that order; those shown by default where none is named or known."""
    known = {column.name: column for column in listing.columns}
    chosen = [known[name] for name in (names or "").split(",") if name in known]
    return chosen or [column for column in listing.columns if column.name not in listing.hidden]


def filter_params(given: Mapping[str, str]) -> dict[str, str | None]:
    """The filters among the parameters of a request."""
    return {name: given.get(name) or None for name in filters.NAMES}
