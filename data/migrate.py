"""Snapshots of an older contract, brought to today's schema when they are read.

Files on disk stay as they were written. A new column needs nothing here: it is filled with null. A
renamed or re-typed one gets an entry in MIGRATIONS under the contract version it was written with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from data import contract

Ledgers = dict[str, pl.DataFrame]

# contract version → what makes its ledgers those of the next version
MIGRATIONS: Final[dict[int, Callable[[Ledgers], Ledgers]]] = {}


def migrated(ledgers: Mapping[str, pl.DataFrame], written_as: int) -> Ledgers:
    """All ledgers in today's schema; columns unknown when they were written are null."""
    frames = dict(ledgers)
    for version in range(written_as, contract.CONTRACT_VERSION):
        frames = MIGRATIONS.get(version, _unchanged)(frames)
    return {item.name: fitted(frames.get(item.name), item) for item in contract.LEDGERS}


def fitted(frame: pl.DataFrame | None, item: contract.Ledger) -> pl.DataFrame:
    """The frame with exactly the ledger's columns in order; missing ones null, unknown ones dropped."""
    if frame is None:
        return contract.empty(item)
    return frame.select(
        (pl.col(name).cast(dtype) if name in frame.columns else pl.lit(None, dtype).alias(name))
        for name, dtype in item.schema.items()
    )


def _unchanged(ledgers: Ledgers) -> Ledgers:
    return ledgers
