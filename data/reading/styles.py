"""Which cell styles show a number as a day or moment (xl/styles.xml)."""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from data.reading.archive import tree

# built-in formats, with those of Chinese, Japanese and Korean Excel (27–36, 50–58); 46 is [h]:mm:ss
DAYS: Final = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)})
SILENT: Final = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]')
LENGTH: Final = re.compile(r"\[(?:h+|m+|s+)\]", re.I)
PART_OF_DAY: Final = re.compile(r"[ymdhs]", re.I)


def day_styles(archive: Any) -> npt.NDArray[np.bool_]:
    """For every cell style, whether its number is a day; lengths of time ([h]:mm) are not."""
    if "xl/styles.xml" not in archive.namelist():
        return np.zeros(1, dtype=bool)
    styles = tree(archive, "xl/styles.xml")
    own = {
        item.get("numFmtId"): is_day(item.get("formatCode") or "")
        for item in styles.iter()
        if item.tag.endswith("}numFmt")
    }
    cells = next((item for item in styles.iter() if item.tag.endswith("}cellXfs")), ())
    found = [own.get(cell.get("numFmtId"), _built_in(cell.get("numFmtId"))) for cell in cells]
    return np.array(found or [False], dtype=bool)


def is_day(code: str) -> bool:
    """Whether a number format shows a part of a day outside quotes and brackets."""
    return not LENGTH.search(code) and PART_OF_DAY.search(SILENT.sub("", code)) is not None


def _built_in(number: str | None) -> bool:
    return number is not None and number.isdigit() and int(number) in DAYS
