"""Columns the contract doesn't know: what they hold, and which field their header may have meant."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class UnknownColumn:
    """One column kept as extra because its header is no accepted one.

    `sheet` and `cell` (Excel address of the header) say where; `header` is the header as staff wrote it, in
    two rows joined by "/"; `suggestion_field` the contract's English column name it most resembles, null
    where none is near; `examples` the first distinct texts below it; `ledger` the sheet's ledger.
    """

    sheet: str
    cell: str
    header: str
    suggestion_field: str | None
    examples: tuple[str, ...]
    ledger: str
