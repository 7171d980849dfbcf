"""What differs between two sets of ledgers, cell by cell, in the words and units staff know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

# one changed cell a row; an added or removed row is one row with column, before and after null
CHANGES: Final[dict[str, pl.DataType]] = {
    "ledger": pl.String(),
    "kind": pl.String(),
    "project_id": pl.String(),
    "project_name": pl.String(),
    "row_key": pl.String(),
    "column": pl.String(),
    "before": pl.String(),
    "after": pl.String(),
}


def changes(before: Mapping[str, pl.DataFrame], after: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """One changed cell, added row or removed row each; columns as in CHANGES.

    `ledger` is the sheet's name, `kind` added, removed or changed, `column` the Chinese header with its
    unit, `row_key` what names the row inside its project (a node, a date; empty in the project ledger).
    """
    raise NotImplementedError
