"""One measured figure beside its limit, as the bench prints it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """One figure: what was measured, its limit (null = told without one), unit, and how it was measured."""

    name: str
    measured: float | None
    limit: float | None
    unit: str
    note: str = ""

    @property
    def verdict(self) -> str:
        """ "reached", "not reached", or "not measured" with the reason in the note."""
        if self.measured is None:
            return "not measured"
        if self.limit is None:
            return "told"
        return "reached" if self.measured <= self.limit else "not reached"

    def line(self) -> str:
        """The figure as one line of the bench."""
        measured = "–" if self.measured is None else f"{self.measured:,.3g}".rjust(8)
        limit = "" if self.limit is None else f"limit {self.limit:g} {self.unit}"
        return f"{self.verdict:12} {self.name:58} {measured:>8} {self.unit:3} {limit:16} {self.note}"


def tell(*args: object, **words: object) -> None:
    """Hand one figure (arguments as of `Figure`) to the bench that started this part."""
    figure = Figure(*args, **words)  # type: ignore[arg-type]
    sys.stdout.write(json.dumps(asdict(figure), ensure_ascii=False) + "\n")
    sys.stdout.flush()
