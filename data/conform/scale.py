"""Amounts out of scale with their column: the mark of 万元 written where 亿元 is meant, or the reverse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from data.conform.cells import Distinct, Frame
from data.contract import Column
from data.values import money_words

# 亿 is 10,000 万
FACTOR: Final = 10_000
# a lone amount this far from the rest counts from a smaller factor on
_LONELY_FACTOR: Final = 1_000
_LONELY_GAP: Final = 100
# so few that one amount moves the median
_FEW: Final = 20


def tell_out_of_scale(frame: Frame, cells: Distinct, column: Column, amounts: Sequence[int | None]) -> None:
    """A warning a cell whose amount is out of scale with its column; the amount itself stays."""
    known = np.array([amount or 0 for amount in amounts], dtype=np.float64)[cells.codes]
    for position, middle in out_of_scale(known):
        row, yuan = int(cells.rows[position]), int(known[position])
        ratio = f"{yuan / middle:,.0f} 倍" if yuan > middle else f"{middle / yuan:,.0f} 分之一"
        frame.notices.add(
            "amount_out_of_scale",
            "warning",
            f"{frame.place(row, cells.index)} 的“{column.header}”是 {money_words(yuan)},"
            f"约为同列其他金额中位数 {money_words(int(middle))}的 {ratio}。请核对单位是万元还是亿元。",
            sheet=frame.sheet.name,
            row=row,
            column=cells.index,
            found=money_words(yuan),
            expected=f"与同列相近(中位数 {money_words(int(middle))})",
        )


def out_of_scale(amounts: npt.NDArray[np.float64]) -> list[tuple[int, float]]:
    """Positions of positive amounts 10,000 times more or less than the median of the others (given beside
    them); 1,000 times where no other amount lies within 100 times. One amount alone tells nothing."""
    positions = np.flatnonzero(amounts > 0)
    values = amounts[positions]
    if len(values) < 2:
        return []
    if len(values) <= _FEW:
        middles = np.array([np.median(np.delete(values, i)) for i in range(len(values))])
    else:
        middles = np.full(len(values), np.median(values))
    times = np.exp(np.abs(np.log(values / middles)))
    far = (times >= FACTOR) | ((times >= _LONELY_FACTOR) & (_gaps(values) >= _LONELY_GAP))
    return [(int(positions[i]), float(middles[i])) for i in np.flatnonzero(far)]


def _gaps(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """How many times the next amount above or below lies away, the nearer of the two."""
    order = np.argsort(values)
    steps = np.exp(np.diff(np.log(values[order])))
    nearest = np.minimum(np.append(steps, np.inf), np.insert(steps, 0, np.inf))
    gaps = np.empty(len(values))
    gaps[order] = nearest
    return gaps
