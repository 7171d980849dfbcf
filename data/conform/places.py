"""Where the fields of a file stand: one sheet may hold several tables, each with columns of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True)
class Place:
    """One table's part of a sheet: its Excel rows, and its fields with their 0-based columns.

    `panel` marks one of several tables side by side: a row number alone doesn't tell which.
    """

    sheet: str
    ledger: str
    rows: range
    fields: Mapping[str, int]
    panel: bool = False


@dataclass(frozen=True)
class Columns:
    """Every table of a file from top to bottom."""

    places: tuple[Place, ...] = ()
    _by_sheet: dict[str, list[Place]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for place in self.places:
            self._by_sheet.setdefault(place.sheet, []).append(place)

    def __bool__(self) -> bool:
        """Whether anything is known of where columns stand."""
        return bool(self.places)

    def at(self, sheet: str, row: int | None, *fields: str) -> int | None:
        """The 0-based column in which an Excel row of a sheet holds the first of these fields that its table
        has; null where it has none of them, or where panels leave open which table the row is of."""
        here = [place for place in self._by_sheet.get(sheet, ()) if row is None or row in place.rows]
        if len(here) > 1 and any(place.panel for place in here):
            return None
        return next((p.fields[name] for name in fields for p in here if name in p.fields), None)

    def has(self, sheet: str, ledger: str, name: str) -> bool:
        """Whether any table of a sheet that is read as this ledger has a column for this field."""
        return any(name in place.fields and place.ledger == ledger for place in self._by_sheet.get(sheet, ()))

    def fields_of(self, sheet: str, row: int, column: int) -> Iterator[str]:
        """The fields that an Excel row of a sheet keeps in a 0-based column."""
        for place in self._by_sheet.get(sheet, ()):
            if row in place.rows:
                yield from (name for name, index in place.fields.items() if index == column)


NOWHERE: Final = Columns()
