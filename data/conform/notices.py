"""Findings of the conforming step: collected, addressed, and capped so that one bad column stays readable."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from data.errors import MORE, Finding, Weight
from data.workbook import address

MAX_PER_RULE: Final = 20


@dataclass
class Notices:
    """The findings of one file; of one rule in one column at most 20, then one says how many more.

    `error_rows` are all rows with an error as (sheet, Excel row), listed or not.
    """

    found: list[Finding] = field(default_factory=list)
    error_rows: set[tuple[str, int]] = field(default_factory=set)
    _counts: Counter[tuple[str, str | None, int | None]] = field(default_factory=Counter)

    def add(
        self,
        rule: str,
        weight: Weight,
        message: str,
        *,
        sheet: str | None = None,
        row: int | None = None,
        column: int | None = None,
        found: str | None = None,
        expected: str | None = None,
    ) -> None:
        """Note one finding; `row` and `column` are 0-based and give the Excel address."""
        key = (rule, sheet, column)
        self._counts[key] += 1
        if weight == "error" and sheet is not None and row is not None:
            self.error_rows.add((sheet, row + 1))
        if self._counts[key] > MAX_PER_RULE:
            return
        cell = address(row, column) if row is not None and column is not None else None
        self.found.append(Finding(rule, weight, message, sheet, cell, found, expected))

    def more(self, rule: str, sheet: str | None, count: int) -> None:
        """Note that `count` further rows of a sheet broke a rule without listing them."""
        self.found.append(
            Finding(rule, "note", f"{MORE}在{_where(sheet)}还有 {count} 处,未逐条列出。", sheet)
        )

    def all(self) -> tuple[Finding, ...]:
        """Every finding, errors first, and a closing one for each rule that was cut short."""
        rest = [
            Finding(
                rule, "note", f"{MORE}在{_where(sheet)}还有 {count - MAX_PER_RULE} 处,未逐条列出。", sheet
            )
            for (rule, sheet, _), count in self._counts.items()
            if count > MAX_PER_RULE
        ]
        order = {"error": 0, "warning": 1, "note": 2}
        return tuple(sorted([*self.found, *rest], key=lambda finding: order[finding.weight]))


def _where(sheet: str | None) -> str:
    return f"工作表“{sheet}”" if sheet else "本文件"


def shown(text: object, limit: int = 30) -> str:
    """A cell's text as quoted in a sentence, cut where long."""
    words = str(text).replace("\n", " ")
    return words if len(words) <= limit else words[: limit - 1] + "…"
