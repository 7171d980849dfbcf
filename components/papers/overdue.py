"""Overdue nodes on the steps of the ladder: who gets a letter, who is named, what goes to the meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from components.papers.asked import Asked
from components.papers.words import wide
from data import escalation
from data.escalation import Step

Row = Mapping[str, Any]

UNKNOWN: Final = wide("(责任部门待核)")
_COUNTY: Final = "县"


@dataclass(frozen=True)
class Letter:
    """A draft to one addressee on one step; `rows` are its overdue nodes, rows of `list_nodes`."""

    step: Step
    addressee: str
    rows: Sequence[Row]

    @property
    def leaders(self) -> str:
        """Whose projects these are, for the copy line; "" when nobody is named."""
        return "、".join(
            dict.fromkeys(row["accountable_leader"] for row in self.rows if row["accountable_leader"])
        )

    @property
    def longest(self) -> int:
        """The most working days one of its nodes is overdue."""
        return max(-int(row["workdays_left"]) for row in self.rows)


def by_step(asked: Asked) -> dict[Step, list[Row]]:
    """Every step of the ladder with the overdue nodes that stand on it, the longest overdue first."""
    found: dict[Step, list[Row]] = {step: [] for step in escalation.steps()}
    for row in asked.ask("list_nodes", which="overdue").iter_rows(named=True):
        found[escalation.step_on(-row["workdays_left"])].append(row)
    return found


def letters(asked: Asked) -> list[Letter]:
    """Every letter to draft, the gravest step first, then by addressee; one addressee gets one a step."""
    made: list[Letter] = []
    for step, rows in reversed(by_step(asked).items()):
        if not step.letter:
            continue
        desks: dict[str, list[Row]] = {}
        for row in rows:
            desks.setdefault(addressee(row), []).append(row)
        made += [Letter(step, desk, desks[desk]) for desk in sorted(desks, key=lambda d: (d == UNKNOWN, d))]
    return made


def addressee(row: Row) -> str:
    """Whose desk an overdue node is on; a county's own department is named with its county."""
    department, region = row["department"], row["region"]
    if not department:
        return UNKNOWN
    own = row["approval_level"] == _COUNTY and region and not department.startswith(region)
    return f"{region}{department}" if own else str(department)
