"""The demo city as a workbook staff could have sent in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from data.template import write_ledgers


def write_workbook(ledgers: Mapping[str, pl.DataFrame], path: Path) -> None:
    """Write the ledgers given, in the order of the contract; an empty ledger is a sheet of headers."""
    write_ledgers(path, ledgers)
