"""A column of money: whole yuan, with a finding for every cell that isn't plainly an amount."""

from __future__ import annotations

from typing import Any

import numpy as np

from data.conform.amounts import amounts_of
from data.conform.cells import Distinct, Frame, Read, fragments
from data.conform.headers import Heading
from data.conform.notices import shown
from data.conform.scale import tell_out_of_scale
from data.contract import MONEY, Column
from data.values import Money, as_text, money


def read_money(frame: Frame, cells: Distinct, heading: Heading, column: Column, into: Read) -> None:
    """Read a money column into `into`; what can't be read is null, and its text stays in extra."""
    unit = heading.unit_yuan or frame.unit_yuan
    if frame.exact or heading.text == column.name:
        unit = heading.unit_yuan or 1
    amounts = amounts_of(cells.values, unit)
    for row, i in cells.places([i in amounts.odd for i in range(len(cells.values))]) if amounts.odd else ():
        _tell_money(frame, cells, column, row, i, amounts.odd[i])
    if any(amount.fault == "no_unit" for amount in amounts.odd.values()):
        _tell_no_unit(frame, cells, heading, column)
    tell_out_of_scale(frame, cells, column, amounts.yuan)
    lost = {i for i, amount in amounts.odd.items() if amount.fault in ("unreadable", "part")}
    if lost:
        texts = [as_text(value) if i in lost else None for i, value in enumerate(cells.values)]
        into.extra.append(fragments(cells, column.header, texts))
    into.series[column.name] = cells.spread(amounts.yuan, MONEY)


def _tell_money(
    frame: Frame, cells: Distinct, column: Column, row: int, position: int, amount: Money
) -> None:
    text = shown(as_text(cells.values[position]))
    where = f"{frame.place(row, cells.index)} 的“{column.header}”写的是“{text}”"
    place: dict[str, Any] = {"sheet": frame.sheet.name, "row": row, "column": cells.index, "found": text}
    if amount.fault == "unreadable":
        frame.notices.add(
            "unreadable_money",
            "warning",
            f"{where},不能读作金额,按空处理。请写成数字,单位写在表头。",
            expected="数字,如 3.5",
            **place,
        )
    elif amount.fault == "part":
        frame.notices.add(
            "partial_money",
            "warning",
            f"{where},是约数且注明只是其中一部分(新增等),不是总额,按空处理。请填总额。",
            expected="总额",
            **place,
        )
    elif amount.fault is None:
        frame.notices.add(
            "approximate_money", "note", f"{where},是约数,按所写数字计。请尽快填准确数。", **place
        )


def _tell_no_unit(frame: Frame, cells: Distinct, heading: Heading, column: Column) -> None:
    faulty = next(
        r
        for r, c in zip(cells.rows.tolist(), cells.codes.tolist(), strict=True)
        if money(cells.values[c], None).fault == "no_unit"
    )
    frame.notices.add(
        "money_without_unit",
        "error",
        f"{frame.place(faulty, cells.index)}:“{heading.text}”一列没有写单位,无法判断是元、万元还是亿元。"
        f"请把表头写成“{heading.text}(万元)”,或在表头上方写“单位:万元”。",
        sheet=frame.sheet.name,
        row=faulty,
        column=cells.index,
        found=as_text(cells.values[int(cells.codes[int(np.flatnonzero(cells.rows == faulty)[0])])]),
        expected=f"{heading.text}(万元)",
    )
