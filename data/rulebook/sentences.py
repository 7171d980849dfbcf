"""A broken rule told in Chinese: the sentence of the rule filled with the words of the row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from data.conform.notices import MAX_PER_RULE, Notices, shown
from data.conform.places import Columns
from data.contract import ledger
from data.rulebook.history import History
from data.rulebook.moves import moves_of
from data.rulebook.rule import Rule
from data.values import money_words
from data.workbook import address


def tell(
    rule: Rule,
    broken: pl.DataFrame,
    columns: Columns,
    history: History | None,
    notices: Notices,
) -> None:
    """One finding a broken row up to the limit, then how many more."""
    rows = broken.head(MAX_PER_RULE)
    moves = moves_of(rule.ledger, rule.moves, rows, history) if rule.moves else {}
    key = ledger(rule.ledger).key
    for row in rows.iter_rows(named=True):
        more = {"_moves": moves.get(tuple(row[k] for k in key), "")} if rule.moves else {}
        _tell_one(rule, row, more, columns, notices)
    if broken.height > MAX_PER_RULE:
        notices.more(rule.name, broken["source_sheet"][0], broken.height - MAX_PER_RULE)


def _tell_one(
    rule: Rule,
    row: Mapping[str, Any],
    more: Mapping[str, str],
    columns: Columns,
    notices: Notices,
) -> None:
    sheet, line = row["source_sheet"] or "", row["source_row"] or 1
    column = _column(rule, sheet, line, columns)
    cell = f"第 {line} 行" if column is None else address(line - 1, column)
    words = {name: said(name, value) for name, value in row.items() if value is not None}
    notices.add(
        rule.name,
        rule.weight,
        rule.sentence.format_map(_Blank({**words, **more}, where=f"工作表“{sheet}”{cell}")),
        sheet=sheet,
        row=line - 1,
        column=column,
        found=words.get(rule.column),
        expected=rule.expected,
    )


def _column(rule: Rule, sheet: str, line: int, columns: Columns) -> int | None:
    """The column the rule points at; where the table lacks it, the one that says what the row is about."""
    return columns.at(sheet, line, rule.column, *reversed(ledger(rule.ledger).key), "project_name")


def said(name: str, value: object) -> str:
    """A stored value in the words of a sentence; money in the unit that reads best, exactly."""
    if name.endswith("_yuan") and isinstance(value, int):
        return money_words(value)
    if isinstance(value, list):
        return "、".join(map(str, value))
    return str(value) if name == "_first_place" else shown(value)


class _Blank(dict[str, str]):
    """Words of a row; what the row leaves empty reads as "空"."""

    def __missing__(self, key: str) -> str:
        return "空"
