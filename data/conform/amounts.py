"""A column's distinct values as amounts: bare numbers together, everything else one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.values import EXACT_YUAN, FAR_FROM_HALF, Money, money
from data.workbook import Cell


@dataclass(frozen=True)
class Amounts:
    """`yuan` of every value, null where there is none; `odd` by position those faulty or approximate."""

    yuan: list[int | None]
    odd: dict[int, Money]


def amounts_of(values: Sequence[Cell], unit_yuan: int | None) -> Amounts:
    """The amounts of these cells where 1 means `unit_yuan`; see data.values.money."""
    numbers = np.array([value if type(value) is float else np.nan for value in values], dtype=np.float64)
    with np.errstate(over="ignore"):
        scaled = numbers * (unit_yuan or np.nan)
    scaled[~(np.abs(scaled) < EXACT_YUAN)] = np.nan
    whole = np.rint(scaled)
    plain = np.abs(scaled - whole) < FAR_FROM_HALF
    yuan: list[int | None] = np.where(plain, whole, 0).astype(np.int64).tolist()
    odd = dict[int, Money]()
    for i in np.flatnonzero(~plain).tolist():
        amount = money(values[i], unit_yuan)
        yuan[i] = amount.yuan
        if amount.fault or amount.approximate:
            odd[i] = amount
    return Amounts(yuan, odd)
