"""The marked-up copy: staff's own workbook with every faulty cell coloured, a comment in it, and a
校验结果 sheet.

An .xlsx is edited in place, in a limited child process (data/marking), so formulas, widths, pictures and
other sheets stay as they are. Any other file, and a workbook whose XML resists, becomes a fresh workbook
of the cells as they were read, marked the same way.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

from data import child, disk
from data.errors import Finding, UnreadableFile
from data.marked.fresh import write_cells, write_nothing
from data.read import read
from data.settings import Settings
from data.settings import settings as present_settings

__all__ = ["name_of", "write"]

# an .et may be an .xlsx by another name
_IN_PLACE: Final = (".xlsx", ".et")
_ZIP: Final = b"PK\x03\x04"


def name_of(file_name: str) -> str:
    """What a file's marked-up copy is called: 台账.xls → 台账.标注.xlsx."""
    return f"{Path(file_name).stem}.标注.xlsx"


def write(source: Path, findings: Sequence[Finding], target: Path, settings: Settings | None = None) -> Path:
    """The marked-up copy of the file at `source`, written whole or not at all to `target`.

    A file that can't be read at all gives a workbook of the 校验结果 sheet alone. UnreadableFile where
    marking goes beyond the limits of the settings, OSError where the target can't be written.
    """
    limits = settings or present_settings()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".标注", dir=target.parent) as folder:
        made = _made(source, findings, Path(folder), limits)
        disk.sync_file(made)
        disk.patiently(lambda: made.replace(target))
    return target


def _made(source: Path, findings: Sequence[Finding], folder: Path, limits: Settings) -> Path:
    """The copy, inside a folder of its own: edited in place, else of the cells read, else findings alone."""
    if source.suffix.lower() in _IN_PLACE and _starts_as_zip(source):
        try:
            return _marked(source, findings, folder / "marked.xlsx", limits)
        except UnreadableFile:
            pass
    fresh = folder / "cells.xlsx"
    try:
        names = write_cells(read(source, limits), fresh)
    except UnreadableFile:
        names = write_nothing(fresh)
    return _marked(fresh, _renamed(findings, names), folder / "fresh.xlsx", limits)


def _marked(source: Path, findings: Sequence[Finding], target: Path, limits: Settings) -> Path:
    told = [asdict(finding) for finding in findings]
    child.ask("data.marking.child", source, limits, target=str(target.resolve()), findings=told)
    return target


def _renamed(findings: Sequence[Finding], names: Mapping[str, str]) -> list[Finding]:
    """The findings on the sheets' names in the fresh workbook."""
    return [replace(f, sheet=names.get(f.sheet, f.sheet)) if f.sheet else f for f in findings]


def _starts_as_zip(source: Path) -> bool:
    with source.open("rb") as file:
        return file.read(len(_ZIP)) == _ZIP
