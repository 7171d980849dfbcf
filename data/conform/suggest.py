"""Columns the contract doesn't know: what they hold, and which field their header may have meant."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import polars as pl
from rapidfuzz.distance import OSA

from data.conform.cells import Frame, distinct
from data.conform.headers import Layout
from data.conform.match import bare_header, field_names
from data.conform.notices import Notices, shown
from data.contract import ORIGIN, Ledger, ledger
from data.errors import Finding
from data.pinyin import lazy_pinyin
from data.text import is_empty, plain
from data.values import as_text
from data.workbook import Cell, address


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


_FAR_WORDS: Final = re.compile(r"率$|占比|比例|排名|个数|数量|本月|当月|上月|上年|去年|\d月|截[至止]")
_HOMOPHONE_LENGTH: Final = 2
_SURE_LENGTH: Final = 3
_NUMBERS: Final = ("号", "码")
_MAX_EXAMPLES: Final = 3
_LOOKED_AT: Final = 500
_MAX_NAMED: Final = 8
SERIAL: Final = re.compile(r"\(?\d{1,5}(?:[-.]\d{1,3})*[).、]?")


def unknown_column(frame: Frame, layout: Layout, index: int) -> UnknownColumn | None:
    """What to ask about a column without a field; null for one that holds nothing."""
    heading = layout.headings[index]
    values = [text for v in distinct(frame, index).values if (text := _said(v))]
    if not values or (not heading.text and all(SERIAL.fullmatch(plain(text)) for text in values)):
        return None
    taken = frozenset(h.field for h in layout.headings if h.field)
    return UnknownColumn(
        frame.sheet.name,
        address(layout.header_row, index),
        heading.label(index),
        suggestion(layout.ledger, heading.text, taken),
        examples(values),
        layout.ledger.name,
    )


def examples(values: Sequence[Cell]) -> tuple[str, ...]:
    """The first few distinct texts of a column, as shown to staff."""
    texts = dict.fromkeys(text for value in values if (text := _said(value)))
    return tuple(shown(text) for text in list(texts)[:_MAX_EXAMPLES])


def _said(cell: Cell) -> str | None:
    return None if is_empty(cell) else as_text(cell)


def suggestion(item: Ledger, header: str, taken: frozenset[str] = frozenset()) -> str | None:
    """The field whose accepted header this one is likely a slip of; null where none is near.

    Near is: one character wrong, missing, added or swapped (two from six characters on), the same sound, or
    an accepted header of three characters or more inside it.
    """
    bare = bare_header(header)
    if len(bare) < _HOMOPHONE_LENGTH or _FAR_WORDS.search(bare):
        return None
    names = {
        name: field
        for name, field in field_names(item.name).items()
        if field not in taken and field not in ORIGIN and not name.isascii() and _same_sort(name, bare)
    }
    near = [(OSA.distance(bare, name, score_cutoff=2), -len(name), name) for name in names]
    distance, _, name = min(near, default=(3, 0, ""))
    if len(bare) >= _SURE_LENGTH and distance <= (2 if len(bare) >= 2 * _SURE_LENGTH else 1):
        return names[name]
    sound = _sound(bare)
    same_length = (name for name in names if len(name) == len(bare))
    if alike := next((names[name] for name in same_length if _sound(name) == sound), None):
        return alike
    inside = [name for name in names if len(name) >= _SURE_LENGTH and name in bare]
    return names[max(inside, key=len)] if inside else None


def _same_sort(name: str, bare: str) -> bool:
    """Whether both or neither are a number of something: 类别号 is no slip of 类别."""
    return name.endswith(_NUMBERS) == bare.endswith(_NUMBERS)


@lru_cache(maxsize=4096)
def _sound(text: str) -> str:
    return " ".join(lazy_pinyin(text))


def kept_before(rows: pl.DataFrame | None) -> frozenset[str]:
    """Headers that the last snapshot of a ledger keeps beside its columns: staff know of them."""
    if rows is None:
        return frozenset()
    texts = rows["extra"].drop_nulls().head(_LOOKED_AT)
    return frozenset(header for text in texts for header in _members(text))


def _members(text: str) -> Sequence[str]:
    """The names in one row's extra; none where a file of somebody's own making holds no JSON there."""
    try:
        return tuple(json.loads(text))
    except ValueError:
        return ()


def tell_unknown(
    columns: Sequence[UnknownColumn], notices: Notices, kept: frozenset[str] = frozenset()
) -> None:
    """One note a sheet that names its unknown columns but those `kept` before, and a warning for each likely
    slip."""
    for sheet in dict.fromkeys(column.sheet for column in columns):
        own = [
            column
            for column in columns
            if column.sheet == sheet and column.suggestion_field is None and column.header not in kept
        ]
        if own:
            names = "、".join(f"{c.cell}“{shown(c.header, 16)}”" for c in own[:_MAX_NAMED])
            more = f"等 {len(own)} 列" if len(own) > _MAX_NAMED else ""
            notices.add(
                "unknown_column",
                "note",
                f"工作表“{sheet}”的 {names}{more}不是台账规定的列,原样保留,不参与计算。"
                "如应对应某一列,请在“报送”页指定一次。",
                sheet=sheet,
                found=str(len(own)),
            )
    for column in columns:
        if column.suggestion_field is not None:
            meant = _header(column.ledger, column.suggestion_field)
            notices.found.append(
                Finding(
                    "likely_misspelled_header",
                    "warning",
                    f"工作表“{column.sheet}”{column.cell} 的列名“{shown(column.header)}”不是规定的列名,"
                    f"可能是“{meant}”。请改列名后重报,或在“报送”页指定一次。",
                    column.sheet,
                    column.cell,
                    column.header,
                    meant,
                )
            )


def _header(name: str, field: str) -> str:
    item = ledger(name)
    return next((column.header for column in item.columns if column.name == field), "项目名称")
