"""The workbooks staff download: every ledger filled with today's data, or empty sheets for what changed.

Nothing in them names a day: a workbook taken today and sent in tomorrow speaks of tomorrow.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl
import xlsxwriter

from data import contract, disk
from data.contract import LEDGERS, PROJECTS
from data.writing.guide import write_guide
from data.writing.sheets import OPTIONS, Book, write_ledger

FILE_NAME: Final = "台账模板.xlsx"
CHANGES_FILE_NAME: Final = "只报变化模板.xlsx"
# in a sheet's name it says that rows and cells left out stay as they were (data/changes.py)
CHANGES_MARK: Final = "(只报变化)"


def write(target: Path, ledgers: Mapping[str, pl.DataFrame] | None, day: date) -> Path:
    """The template at `target`: every ledger with its data on `day`, empty sheets where there is none.

    Loading it unchanged in the year of `day` gives the same ledgers again. OSError where the target can't
    be written.
    """
    told = {item.name: (ledgers or {}).get(item.name, contract.empty(item)) for item in LEDGERS}

    def fill(book: Book) -> None:
        write_guide(book.book)
        for item in LEDGERS:
            write_ledger(book, item, told[item.name], day.year, told)
        book.finish(active=PROJECTS.sheet)

    return _whole(target, fill)


def write_changes(target: Path, ledgers: Mapping[str, pl.DataFrame] | None, day: date) -> Path:
    """The "only what changed" workbook: a sheet a ledger, marked so and without rows.

    `ledgers`, as they are on `day`, fill the drop-down lists; project names are among them.
    """
    told = dict(ledgers or {})

    def fill(book: Book) -> None:
        write_guide(book.book, changes=True)
        for item in LEDGERS:
            name = item.sheet + CHANGES_MARK
            write_ledger(book, item, contract.empty(item), day.year, told, name=name)
        book.finish(active=PROJECTS.sheet + CHANGES_MARK)

    return _whole(target, fill)


def write_ledgers(target: Path, ledgers: Mapping[str, pl.DataFrame]) -> Path:
    """The ledgers given and no others: a bare workbook without lists and comments, dates in their words."""

    def fill(book: Book) -> None:
        for item in LEDGERS:
            if item.name in ledgers:
                write_ledger(book, item, ledgers[item.name], None, ledgers, helped=False)

    return _whole(target, fill)


def _whole(target: Path, fill: Callable[[Book], None]) -> Path:
    """The workbook, written whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".模板", dir=target.parent) as folder:
        made = Path(folder) / "fresh.xlsx"
        # rows leave memory as they are written: a province has some 80,000 nodes
        with xlsxwriter.Workbook(str(made), OPTIONS | {"constant_memory": True, "tmpdir": folder}) as book:
            fill(Book(book))
        disk.sync_file(made)
        disk.patiently(lambda: made.replace(target))
    return target
