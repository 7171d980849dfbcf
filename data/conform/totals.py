"""Group and total rows checked against the rows they speak of, then left out of the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import numpy as np
import polars as pl

from data.conform.cells import Frame
from data.conform.groups import fields_of_group
from data.conform.headers import Layout, titles
from data.conform.notices import shown
from data.conform.row_kinds import is_blank
from data.conform.rows import Rows, Total
from data.contract import MONEY
from data.text import plain
from data.values import money
from data.workbook import address

# 重点项目(444项), 共241个项目; 省重点项目92个 in a sentence is no count of the rows
_DECLARED: Final = re.compile(r"\((?:共|计)?(\d+)[个项](?:项目)?\)$|共(?:计|有)?(\d+)[个项](?:重点)?项目\)?$")


def check_groups(frame: Frame, layout: Layout, rows: Rows, table: pl.DataFrame) -> None:
    """Say what was left out, and where a printed count or sum differs from the rows."""
    name, notices = frame.sheet.name, frame.notices
    if rows.groups:
        notices.add(
            "group_rows",
            "note",
            f"工作表“{name}”有 {len(rows.groups)} 个分组行,不计为记录;组名用于补空着的{_filled(rows)}。",
            sheet=name,
            found=str(len(rows.groups)),
        )
    if rows.totals:
        notices.add(
            "total_rows",
            "note",
            f"工作表“{name}”有 {len(rows.totals)} 个合计、小计行,不计为记录。",
            sheet=name,
            found=str(len(rows.totals)),
        )
    if rows.notes:
        first = max((str(cell) for cell in frame.sheet.row(rows.notes[0]) if not is_blank(cell)), key=len)
        notices.add(
            "note_rows",
            "note",
            f"工作表“{name}”有 {len(rows.notes)} 行是说明文字,不计为记录,"
            f"如第 {rows.notes[0] + 1} 行“{shown(first)}”。",
            sheet=name,
            found=str(len(rows.notes)),
        )
    if rows.ungrouped_after_blank:
        notices.add(
            "ungrouped_after_blank",
            "note",
            f"工作表“{name}”有 {rows.ungrouped_after_blank} 行在空行之后、没有分组行,不沿用空行以上的分组。",
            sheet=name,
            found=str(rows.ungrouped_after_blank),
        )
    for group in rows.groups:
        if group.count is not None and group.count != len(group.members):
            notices.add(
                "group_count_differs",
                "warning",
                f"工作表“{name}”第 {group.row + 1} 行的分组“{group.label}”写明 {group.count} 个,"
                f"其下实有 {len(group.members)} 行。请核对是否缺行。",
                sheet=name,
                row=group.row,
                column=0,
                found=str(len(group.members)),
                expected=str(group.count),
            )
    _check_declared(frame, layout, rows)
    for total in rows.totals if not layout.panel else ():
        _check_total(frame, layout, rows, total, table)


def _check_declared(frame: Frame, layout: Layout, rows: Rows) -> None:
    """A count in the title (重点项目计划(444项)) against the rows."""
    texts = [plain(text) for text in titles(frame.sheet, layout.top, layout.header_row)]
    declared = next((int(m[1] or m[2]) for text in texts if (m := _DECLARED.search(text))), None)
    count = len(frame.rows)
    whole = count - len(rows.parts)
    if declared is None or layout.ledger.name != "projects" or layout.panel or declared in (count, whole):
        return
    frame.notices.add(
        "declared_count_differs",
        "warning",
        f"工作表“{frame.sheet.name}”的标题写明 {declared} 个项目,表中实有 {count} 个。请核对是否缺行或拆分。",
        sheet=frame.sheet.name,
        found=str(count),
        expected=str(declared),
    )


def _filled(rows: Rows) -> str:
    words = {
        "kind": "建设性质",
        "status": "项目状态",
        "region": "县区/园区",
        "category": "项目类别",
        "industry": "行业",
    }
    fields = (field for group in rows.groups for field in fields_of_group(group))
    return "、".join(dict.fromkeys(words[field] for field in fields))


def _check_total(frame: Frame, layout: Layout, rows: Rows, total: Total, table: pl.DataFrame) -> None:
    """Compare a total's count and sums with the rows it speaks of, the first that agree with it."""
    spoken_of = total.closes if total.sub else (range(len(frame.rows)),)
    wholes = np.searchsorted(frame.rows, sorted(set(rows.parts.values()))).tolist()
    sums = [_Sums(members, wholes, table) for members in spoken_of]
    own = next((s for s in sums if _agrees(frame, layout, total, s)), sums[0])
    if total.count is not None:
        _tell_count(frame, total, len(own.members))
    for index, field in _money_columns(layout):
        if _differs(frame, layout, total, index, own):
            _tell_sum(frame, layout, total, index, own.amounts(field))


@dataclass(frozen=True)
class _Sums:
    """The records a total may speak of, as places in the table. Wholes whose parts stand beside them may
    have been left out of it."""

    members: range
    wholes: list[int]
    table: pl.DataFrame

    def amounts(self, field: str) -> pl.Series:
        return self.table[field].slice(self.members.start, len(self.members))

    def without_wholes(self, field: str) -> int:
        wholes = self.table[field].gather([place for place in self.wholes if place in self.members])
        return int(self.amounts(field).sum() or 0) - int(wholes.sum() or 0)


def _agrees(frame: Frame, layout: Layout, total: Total, sums: _Sums) -> bool:
    same_count = total.count in (None, len(sums.members))
    return same_count and not any(_differs(frame, layout, total, i, sums) for i, _ in _money_columns(layout))


def _tell_count(frame: Frame, total: Total, count: int) -> None:
    same = total.count == count
    frame.notices.add(
        "total_count" if same else "total_count_differs",
        "note" if same else "warning",
        f"工作表“{frame.sheet.name}”第 {total.row + 1} 行合计 {total.count} 个,与其下 {count} 行"
        + ("一致。" if same else "不一致。请核对是否缺行或重行。"),
        sheet=frame.sheet.name,
        row=total.row,
        column=0,
        found=str(count),
        expected=str(total.count),
    )


def _money_columns(layout: Layout) -> Iterable[tuple[int, str]]:
    types = layout.ledger.schema
    return ((i, h.field) for i, h in enumerate(layout.headings) if h.field and types.get(h.field) == MONEY)


def _printed(frame: Frame, layout: Layout, total: Total, index: int) -> tuple[int | None, int]:
    """The amount a total row prints in a column (null where it prints none), and what 1 means there."""
    unit = layout.headings[index].unit_yuan or frame.unit_yuan or (1 if frame.exact else None)
    return money(frame.sheet.columns[index][total.row], unit).yuan, unit or 1


def _differs(frame: Frame, layout: Layout, total: Total, index: int, sums: _Sums) -> bool:
    """Whether a printed sum is neither that of the rows nor, within its own rounding, near it."""
    printed, unit = _printed(frame, layout, total, index)
    field = layout.headings[index].field or ""
    if printed is None:
        return False
    amounts = sums.amounts(field)
    actual = int(amounts.sum() or 0)
    if printed in (actual, sums.without_wholes(field)):
        return False
    # a printed total is itself rounded to its last digit
    near = abs(actual - printed) <= max(unit // 100, 1) * max(len(amounts), 1) // 2
    return not (near and not amounts.null_count())


def _tell_sum(frame: Frame, layout: Layout, total: Total, index: int, amounts: pl.Series) -> None:
    printed, unit = _printed(frame, layout, total, index)
    heading = layout.headings[index]
    actual, missing = int(amounts.sum() or 0), amounts.null_count()
    blank = f"({missing} 行没有金额)" if missing else ""
    word, cell = _unit_word(unit), address(total.row, index)
    frame.notices.add(
        "total_sum_differs",
        "warning",
        f"工作表“{frame.sheet.name}”{cell} 的“{heading.text}”合计 {_in_unit(printed or 0, unit)} {word},"
        f"各行之和 {_in_unit(actual, unit)} {word}{blank}。请核对。",
        sheet=frame.sheet.name,
        row=total.row,
        column=index,
        found=_in_unit(actual, unit),
        expected=_in_unit(printed or 0, unit),
    )


def _in_unit(yuan: int, unit: int) -> str:
    return f"{(Decimal(yuan) / unit).normalize():f}"


def _unit_word(unit: int) -> str:
    return {1: "元", 10**3: "千元", 10**4: "万元", 10**6: "百万元", 10**7: "千万元", 10**8: "亿元"}.get(
        unit, "元"
    )
