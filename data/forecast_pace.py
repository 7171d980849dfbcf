"""How fast nodes have really been done, as a multiple of plan: by node, department and region.

The time a node takes is Weibull distributed around its planned duration; the rate at which nodes of one
kind are done is the share done of what was expected (occurrence over exposure), so nodes still open count
with all the days they have lain. Groups with few nodes are drawn towards the whole (gamma prior, Bühlmann
credibility). Projects, and weeks, differ among themselves by more than chance: that too is measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.passes import Flags
from data.workdays import Index

Floats = NDArray[np.float64]

# Weibull shapes tried: 1 is chance alone, above it nodes are done around one usual time
SHAPES: Final = (0.7, 1.0, 1.4, 2.0, 2.8, 4.0)
# a group's own experience weighs as much as the whole's when this many of its nodes are done
CREDIBLE_NODES: Final = 12.0
SWEEPS: Final = 3
# how much projects, and times, are taken to differ at least and at most (variance of a rate around 1)
LEAST_VARIANCE: Final = 0.02
MOST_VARIANCE: Final = 1.0
BLOCK_WORKDAYS: Final = 5


@dataclass(frozen=True)
class Experience:
    """One entry a node that has begun: workdays it took or has lain since (`taken`), planned workdays,
    whether it is over, its project, the workday index it began, and a code in each dimension of `groups`."""

    taken: Floats
    planned: Floats
    over: Flags
    project: Index
    began: Index
    groups: tuple[Index, ...]

    @property
    def events(self) -> int:
        """How many nodes are over."""
        return int(self.over.sum())


@dataclass(frozen=True)
class Pace:
    """Rates per planned duration: `rate` of the whole, `effects` of each group's codes (1 = as the whole).

    `project_done` and `project_expected` count nodes done and expected at that pace by project number;
    the variances say how much projects, and stretches of time, differ beyond chance.
    """

    shape: float
    rate: float
    effects: tuple[Floats, ...]
    project_done: Floats
    project_expected: Floats
    project_variance: float
    common_variance: float
    events: int

    def rates(self, groups: tuple[Index, ...]) -> Floats:
        """The rate of nodes with these codes; a code nothing is known of counts as the whole."""
        result = np.full(len(groups[0]), self.rate)
        for effect, code in zip(self.effects, groups, strict=True):
            result *= effect[code]
        return result

    def scale(self, planned: Floats, groups: tuple[Index, ...]) -> Floats:
        """The Weibull scale, in workdays, of nodes with these plans and codes."""
        scale: Floats = planned * self.rates(groups) ** (-1 / self.shape)
        return scale


def pace_of(seen: Experience, sizes: tuple[int, ...], projects: int) -> Pace:
    """The pace that makes what was seen most likely; `sizes` is the number of codes of each group."""
    exposure = np.maximum(seen.taken, 0.5) / seen.planned
    fits = [_fit(seen, exposure**shape, sizes) for shape in SHAPES]
    scores = [
        _likelihood(seen, exposure, shape, rates) for shape, (_, _, rates) in zip(SHAPES, fits, strict=True)
    ]
    best = int(np.argmax(scores))
    whole, effects, rates = fits[best]
    expected = rates * exposure ** SHAPES[best]
    done_by = _sums(seen.project, seen.over, projects)
    expected_by = _sums(seen.project, expected, projects)
    return Pace(
        SHAPES[best],
        whole,
        effects,
        done_by,
        expected_by,
        overdispersion(done_by, expected_by),
        overdispersion(*_by_block(seen)),
        seen.events,
    )


def overdispersion(done: Floats, expected: Floats) -> float:
    """The variance of rates around 1 that explains why counts differ from `expected` by more than chance.

    Method of moments for a negative binomial: E[(done − expected)²] = expected + variance · expected².
    """
    squares = float((expected**2).sum())
    if squares == 0:
        return LEAST_VARIANCE
    found = float(((done - expected) ** 2 - expected).sum()) / squares
    return float(np.clip(found, LEAST_VARIANCE, MOST_VARIANCE))


def _fit(
    seen: Experience, exposure: Floats, sizes: tuple[int, ...]
) -> tuple[float, tuple[Floats, ...], Floats]:
    """Rate of the whole, effects by group, and the rate of every node seen."""
    whole = (seen.over.sum() + 1) / (exposure.sum() + 1)
    effects = [np.ones(size) for size in sizes]
    rates = np.full(len(exposure), whole)
    for _ in range(SWEEPS):
        for effect, code in zip(effects, seen.groups, strict=True):
            done = _sums(code, seen.over, len(effect))
            expected = _sums(code, rates * exposure, len(effect))
            change = (done + CREDIBLE_NODES) / (expected + CREDIBLE_NODES)
            effect *= change
            rates = rates * change[code]
    return float(whole), tuple(effects), rates


def _likelihood(seen: Experience, exposure: Floats, shape: float, rates: Floats) -> float:
    over = seen.over
    events = np.log(shape * rates[over] / seen.planned[over]) + (shape - 1) * np.log(exposure[over])
    return float(events.sum() - (rates * exposure**shape).sum())


def _by_block(seen: Experience) -> tuple[Floats, Floats]:
    """Nodes done, and expected at an even pace, in each working week that was seen."""
    if not len(seen.taken):
        return np.zeros(1), np.zeros(1)
    first = int(seen.began.min())
    ends = (seen.began - first + np.maximum(seen.taken, 1)).astype(np.int64)
    days = int(ends.max()) + 1
    share = 1 / seen.planned
    open_days = np.cumsum(_sums(seen.began - first, share, days) - _sums(ends, share, days))
    blocks = np.arange(days) // BLOCK_WORKDAYS
    count = int(blocks[-1]) + 1
    done_in, open_in = (
        _sums(blocks[ends[seen.over]], seen.over[seen.over], count),
        _sums(blocks, open_days, count),
    )
    return done_in, open_in * (done_in.sum() / max(float(open_in.sum()), 1e-9))


def _sums(codes: Index, weights: Floats | Flags, count: int) -> Floats:
    """The sum of the weights of each code."""
    return np.bincount(codes, weights=weights, minlength=count).astype(np.float64)
