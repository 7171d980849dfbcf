"""Waits no network tells: how long after the stated day things happened, for projects that report no steps.

Survival by Kaplan and Meier, so that what has not happened yet counts as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from data.forecast_draws import LONGEST_WORKDAYS, Draws
from data.forecast_pace import Floats
from data.passes import Flags
from data.workdays import Index

# with fewer things that happened, the stated day is all there is
FEWEST_EVENTS: Final = 5


@dataclass(frozen=True)
class Curve:
    """Share still waiting (`left`) after so many workdays (`waits`); both empty for too few events."""

    waits: Floats
    left: Floats
    events: int

    @classmethod
    def of(cls, waited: Index, over: Flags) -> Curve:
        """The curve of these waits, in workdays after the stated day (negative: before it)."""
        if over.sum() < FEWEST_EVENTS:
            return cls(np.empty(0), np.empty(0), int(over.sum()))
        waits, which = np.unique(waited, return_inverse=True)
        ended = np.bincount(which, weights=over, minlength=len(waits))
        there = np.bincount(which, minlength=len(waits))[::-1].cumsum()[::-1]
        left = np.cumprod(1 - ended / there)
        kept = ended > 0
        return cls(waits[kept].astype(float), left[kept], int(over.sum()))

    def drawn(self, passed: Index, draws: int, rng: np.random.Generator) -> Draws:
        """The wait of each one that has waited `passed`, drawn; LONGEST_WORKDAYS where nobody waited so long.

        Without a curve everything happens on its stated day, or tomorrow where that has gone by.
        """
        if not len(self.waits):
            return np.repeat(np.maximum(passed + 1, 0)[:, None], draws, axis=1).astype(np.int32)
        at = np.searchsorted(self.waits, passed, side="right")
        still = np.where(at > 0, self.left[np.maximum(at - 1, 0)], 1.0)[:, None]
        wanted = rng.random((len(passed), draws)) * still
        # the first wait after which no more than `wanted` are left
        found = np.searchsorted(-self.left, -wanted, side="left")
        waits = np.append(self.waits, LONGEST_WORKDAYS)[found]
        late = np.maximum(waits, passed[:, None] + 1)
        known = (found < len(self.waits)) & (at < len(self.waits))[:, None]
        return np.where(known, late, LONGEST_WORKDAYS).astype(np.int32)


def resumptions(events: int, exposure: float, projects: int, draws: int, rng: np.random.Generator) -> Draws:
    """Workdays until each stopped project resumes, at the rate seen: `events` in `exposure` workdays.

    The rate itself is uncertain: gamma posterior with Jeffreys' half event.
    """
    rate = rng.gamma(events + 0.5, 1 / max(exposure, 1.0), draws)
    waits = rng.exponential(1.0, (projects, draws)) / np.maximum(rate, 1e-9)
    found: Draws = np.clip(np.ceil(waits), 1, LONGEST_WORKDAYS).astype(np.int32)
    return found
