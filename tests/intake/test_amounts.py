from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.conform import conform
from data.conform.amounts import amounts_of
from data.values import UNIT_YUAN, money
from tests.intake.books import DAY, in_memory

cells = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True),
    st.floats(-1e6, 1e6).map(lambda number: round(number, 4)),
    st.integers(-(10**9), 10**9).map(lambda number: number / 2 * 10**-4),  # halves of a yuan in 万元
    st.sampled_from([None, "", "/", "约3.5亿", "1.2亿元(新增)", "待定", "12,000", True, 3, date(2026, 1, 1)]),
)


@given(values=st.lists(cells, max_size=20), unit=st.sampled_from([None, *UNIT_YUAN.values()]))
def test_a_column_is_read_as_its_cells_are(values: list[Any], unit: int | None) -> None:
    found, each = amounts_of(values, unit), [money(value, unit) for value in values]
    assert found.yuan == [amount.yuan for amount in each]
    assert found.odd == {i: a for i, a in enumerate(each) if a.fault or a.approximate}


@pytest.mark.parametrize(("from_1904", "serial"), [(False, 46_096.0), (True, 46_096.0 - 1_462)])
def test_a_bare_serial_day_counts_from_the_workbooks_own_epoch(from_1904: bool, serial: float) -> None:
    book = in_memory(("项目", [["项目名称", "计划开工"], ["甲项目", serial], ["乙项目", 2023.3]]))
    book = replace(book, sheets=tuple(replace(sheet, from_1904=from_1904) for sheet in book.sheets))
    starts = conform(book, DAY).ledgers["projects"]["planned_start"].to_list()
    assert starts == [date(2026, 3, 15), date(2023, 3, 31)]
