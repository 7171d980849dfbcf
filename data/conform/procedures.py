"""Procedures kept as columns of the project sheet (立项 | 能评, with √, 在办, 待办, 不涉及) as node rows."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

import numpy as np
import polars as pl

from data.conform.cells import Distinct, Frame, distinct
from data.conform.headers import Heading
from data.conform.notices import shown
from data.contract import COUNT, FLAG, NODES
from data.dates import WordedDate, worded_date
from data.text import is_empty, plain
from data.ticks import TICKS, is_mark, is_struck, marks_of_legend, strokes_are_not_applicable, tick, ticks
from data.values import as_text
from data.workbook import Cell

_MIN_TICK_SHARE: Final = 0.6
_PREFIXES: Final = tuple(
    (plain(word), state) for state, words in TICKS.items() for word in words.split() if len(word) >= 2
)

# 完成50%, 完成部分征地: begun, not done
_NOT_WHOLE: Final = re.compile(r"(?<!100)%|部分|过半|大半|阶段")
# 专家评审中, 公示中
_UNDER_WAY: Final = re.compile(r"(?!.*[未不待])[\u4e00-\u9fff]{2,8}中")
_DEADLINE: Final = re.compile(r"^(?:计划|预计|力争|争取|拟|确保|最迟|最晚|承诺)|(?<!目)前")


def is_procedure(frame: Frame, index: int, heading: Heading) -> bool:
    """Whether a column is a procedure: it stands under such a header, or most of its cells are ticks."""
    if not heading.text or heading.text.startswith("是否"):
        return False
    cells = distinct(frame, index)
    weights = np.bincount(cells.codes, minlength=len(cells.values)).tolist()
    filled = [(v, w) for v, w in zip(cells.values, weights, strict=True) if not is_empty(v)]
    ticked = sum(weight for value, weight in filled if tick(value))
    share = ticked / sum(weight for _, weight in filled) if filled else 0.0
    return share >= (0.01 if heading.under_procedures else _MIN_TICK_SHARE)


def procedure_rows(frame: Frame, index: int, heading: Heading) -> pl.DataFrame:
    """Node rows of one procedure column, with source_row pointing at the project's row.

    An empty cell gives no row: the sheet doesn't say whether the procedure is due.
    """
    cells = distinct(frame, index)
    states = _states(frame, cells, heading)
    read = [_node_of(frame, cells, heading, i, state) for i, state in enumerate(states)]
    said = pl.Series(values=[node is not None for node in read], dtype=FLAG)
    nodes = pl.DataFrame([node or {} for node in read], schema=NODES.schema).with_columns(
        node=pl.lit(heading.text), source_sheet=pl.lit(frame.sheet.name)
    )
    rows = nodes[cells.codes].with_columns(source_row=pl.Series(values=frame.rows + 1, dtype=COUNT))
    return rows.filter(said.gather(cells.codes))


def _states(frame: Frame, cells: Distinct, heading: Heading) -> list[str | None]:
    """The ticks of a column; strokes mean what the sheet's own legend says, else nothing, which is told."""
    states = ticks(cells.values)
    struck = [i for i, value in enumerate(cells.values) if is_struck(value)]
    marked = [i for i, value in enumerate(cells.values) if states[i] is None and is_mark(value)]
    if not struck and not marked:
        return states
    words = [v for column in frame.sheet.columns for v in column.values if isinstance(v, str)]
    if marked:
        meant = {mark: state for text in words for mark, state in marks_of_legend(text).items()}
        for i in marked:
            states[i] = meant.get(plain(str(cells.values[i])))
    if not struck:
        return states
    if any(strokes_are_not_applicable(text) for text in words if "不涉及" in text):
        return ["not_applicable" if i in struck else state for i, state in enumerate(states)]
    rows = [row for i in struck for row in cells.where(i)]
    frame.notices.add(
        "struck_procedures",
        "note",
        f"{frame.place(min(rows), cells.index)} 等 {len(rows)} 格的“{heading.text}”划了"
        f"“{cells.values[struck[0]]}”,按未报计,不算应办,也不算不涉及。确实不涉及的请写“不涉及”。",
        sheet=frame.sheet.name,
        row=min(rows),
        column=cells.index,
        found=str(cells.values[struck[0]]),
        expected="不涉及",
    )
    return states


def _node_of(
    frame: Frame, cells: Distinct, heading: Heading, position: int, state: str | None
) -> dict[str, Any] | None:
    cell = cells.values[position]
    if state is None and is_empty(cell):
        return None
    if state is None:
        state, dates = _from_words(cell, frame.year, frame.cutoff)
        if state is None:
            _tell_unreadable(frame, cells, heading, position)
            return None
        return {"applicable": True, "status": state, **dates, "note": as_text(cell)}
    return {"applicable": state != "not_applicable", "status": state}


def _from_words(cell: Cell, year: int, cutoff: date) -> tuple[str | None, dict[str, Any]]:
    """A status that begins the text (在办,3月底完成), or a date: past is done; future, or before a
    day (11月底前), is planned."""
    text = plain(as_text(cell) or "")
    state = next((s for word, s in _PREFIXES if text.startswith(word)), None)
    if state is None and _UNDER_WAY.fullmatch(text):
        return "running", {}
    if state == "done" and _NOT_WHOLE.search(text):
        return "running", {}
    if state:
        return state, {}
    plan = worded_date(cell, year, "last", cutoff)
    if plan.day is None:
        return None, {}
    # a span that isn't over, and whatever speaks of a deadline, is still to come
    if plan.day <= cutoff and not _DEADLINE.search(text):
        return "done", _stored("actual_finish", worded_date(cell, year, "first"))
    return "waiting", _stored("planned_finish", plan)


def _stored(name: str, found: WordedDate) -> dict[str, Any]:
    return {name: found.day, f"{name}_precision": found.precision, f"{name}_text": found.text}


def _tell_unreadable(frame: Frame, cells: Distinct, heading: Heading, position: int) -> None:
    text = shown(as_text(cells.values[position]))
    for row in cells.where(position):
        frame.notices.add(
            "unreadable_status",
            "warning",
            f"{frame.place(row, cells.index)} 的“{heading.text}”写的是“{text}”,"
            "看不出是否办结,未计入。"
            "请写成 √、在办、待办、不涉及 或办结日期。",
            sheet=frame.sheet.name,
            row=row,
            column=cells.index,
            found=text,
            expected="√、在办、待办、不涉及",
        )
