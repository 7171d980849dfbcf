"""The outlook of one snapshot: when each thing still ahead may happen, drawn once for all questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from data.forecast_draws import LONGEST_WORKDAYS, Draws, drawn
from data.forecast_history import Recorded
from data.forecast_network import Ahead, ahead
from data.forecast_pace import Floats, pace_of
from data.forecast_waits import Curve, resumptions
from data.passes import Flags
from data.settings import Settings
from data.workdays import Index, calendar

SEED: Final = 20230129
DRAWS: Final = 200
# larger cities are drawn fewer times: their sums are steadier, and one second is all there is
DRAWN_CELLS: Final = 8_000_000
# below either there is too little to learn from, and the plan is shown as it is stated
FEWEST_DAYS: Final = 10
FEWEST_NODES: Final = 30
# how far back resumptions are counted
RESUMED_WITHIN_WORKDAYS: Final = 60


@dataclass(frozen=True)
class Future:
    """One row a thing still ahead, in `keys` order: the workday index it happens at, one column a draw.

    `stated` is the index of the day its own plan names, LONGEST_WORKDAYS beyond now where it names none.
    """

    keys: pl.DataFrame
    at: Draws
    stated: Index

    def of(self, wanted: pl.DataFrame) -> Future:
        """The rows whose keys are in `wanted`."""
        rows = self.keys.with_row_index("_").join(wanted, on=self.keys.columns, how="semi").get_column("_")
        chosen = rows.sort().to_numpy()
        return Future(self.keys[chosen], self.at[chosen], self.stated[chosen])

    def reached(self, until: Floats) -> Index:
        """How many have happened by these workday indices: one row a day, one column a draw.

        `until` has a row a day and a column a draw, or one for all draws. Counted once for all days.
        """
        count, draws = self.at.shape
        days = np.broadcast_to(np.floor(until).astype(np.int64), (len(until), draws))
        if not count:
            return np.zeros_like(days)
        first, width = int(self.at.min()), int(max(days.max() - self.at.min(), 0)) + 2
        late = np.minimum(self.at - first, width - 1)
        each = np.bincount((late + np.arange(draws) * width).ravel(), minlength=draws * width)
        by_day = each.reshape(draws, width).cumsum(axis=1)
        found = by_day[np.arange(draws), np.clip(days - first, 0, width - 2)]
        return np.where(days >= first, found, 0)


@dataclass(frozen=True)
class Outlook:
    """What is ahead of one snapshot on its day: starts and finishes by project, procedures by node.

    `days` and `nodes` count the snapshots and the finished nodes it was learned from.
    """

    as_of: date
    now: int
    draws: int
    days: int
    nodes: int
    starts: Future
    finishes: Future
    procedures: Future

    @property
    def enough(self) -> bool:
        """Whether there was enough to learn from."""
        return self.days >= FEWEST_DAYS and self.nodes >= FEWEST_NODES


def outlook_of(
    ledgers: Mapping[str, pl.DataFrame],
    projects: pl.DataFrame,
    procedures: pl.DataFrame,
    past: Recorded | None,
    as_of: date,
    settings: Settings,
) -> Outlook:
    """The outlook of these ledgers; `projects` and `procedures` answer the questions forecast_…"""
    seen = past.first_done() if past else None
    kind, winter = settings.default_project_type, settings.winter_break
    left = ahead(ledgers["projects"], ledgers["nodes"], as_of, kind, winter, seen)
    pace = pace_of(left.experience, left.sizes, len(left.projects))
    draws = int(np.clip(DRAWN_CELLS // max(int(left.open.sum()), 1), 60, DRAWS))
    nodes, finish = drawn(left, pace, draws, SEED)
    row_of = np.full(len(left.layout.network), -1, dtype=np.int64)
    row_of[nodes] = np.arange(len(nodes))
    rng = np.random.default_rng(SEED + 1)
    told = _told(left)
    made = _Making(left, finish, row_of, told, draws, rng)
    return Outlook(
        as_of,
        left.now,
        draws,
        len(past.days) if past else 0,
        pace.events,
        made.starts(projects, ledgers["projects"]),
        made.finishes(projects),
        made.procedures(procedures),
    )


def _told(left: Ahead) -> Flags:
    """Projects that report at least one step of the phase they are in."""
    network = left.layout.network
    told = np.zeros(len(network.first), dtype=bool)
    told[network.project[(network.row >= 0) & (network.origin >= 0)]] = True
    return told


@dataclass(frozen=True)
class _Making:
    """The drawn nodes turned into what questions ask for."""

    left: Ahead
    finish: Draws
    row_of: Index
    told: Flags
    draws: int
    rng: np.random.Generator

    def starts(self, projects: pl.DataFrame, ledger: pl.DataFrame) -> Future:
        """Projects neither started nor resumed: by network, by stated day, or as stopped ones resume."""
        ahead_of = projects.filter(~pl.col("started_or_resumed"))
        new = projects.filter(pl.col("kind_class").ne_missing("续建"))
        future = self._milestones(ahead_of, self.left.start, "stated_start", _curve(
            new, "stated_start", "actual_start", "started_or_resumed", self.left.now
        ))  # fmt: skip
        continued = (ahead_of["kind_class"] == "续建").fill_null(False).to_numpy()
        if continued.any():
            events, exposure = _resumed(ledger, self.left.now)
            future.at[continued] = self._resumed(ahead_of.filter(continued), ledger, events, exposure)
            future.stated[continued] = self.left.now + LONGEST_WORKDAYS
        return future

    def finishes(self, projects: pl.DataFrame) -> Future:
        """Projects of the year's finishes not finished yet."""
        planned = projects.filter("finish_planned")
        curve = _curve(planned, "planned_finish", "actual_finish", "finished", self.left.now)
        return self._milestones(
            planned.filter(~pl.col("finished")), self.left.finish, "planned_finish", curve
        )

    def procedures(self, pending: pl.DataFrame) -> Future:
        """Procedures not done yet."""
        network = self.left.layout.network
        reported = np.flatnonzero((network.row >= 0) & (self.row_of >= 0))
        rows = self.left.reported.select("project_id", "node")[network.row[reported]]
        rows = rows.with_columns(pl.Series("_", self.row_of[reported]))
        found = pending.join(
            rows, on=["project_id", "node"], how="left", maintain_order="left", coalesce=True
        ).unique(["project_id", "node"], keep="first", maintain_order=True)
        at = found["_"].fill_null(-1).to_numpy()
        stated = _index(found["due_date"], self.left.now)
        return Future(found.select("project_id", "node"), self._rows(at), stated)

    def _milestones(self, projects: pl.DataFrame, node: Index, stated: str, curve: Curve) -> Future:
        """When each project reaches its milestone: by its network if it reports steps, else by the curve."""
        number = self._numbers(projects)
        milestone = np.where(number >= 0, node[number], -1)
        row = np.where(milestone >= 0, self.row_of[milestone], -1)
        row = np.where((number >= 0) & self.told[number], row, -1)
        at, day = self._rows(row), _index(projects[stated], self.left.now)
        blind = np.flatnonzero((row < 0) & projects[stated].is_not_null().to_numpy())
        if len(blind):
            waits = curve.drawn(self.left.now - day[blind], self.draws, self.rng)
            at[blind] = np.minimum(waits + day[blind][:, None], self.left.now + LONGEST_WORKDAYS)
        return Future(projects.select("project_id"), at, day)

    def _rows(self, rows: Index) -> Draws:
        """The draws of these rows; never for −1."""
        never = self.left.now + LONGEST_WORKDAYS
        if not len(self.finish):
            return np.full((len(rows), self.draws), never, dtype=np.int32)
        found: Draws = np.where((rows >= 0)[:, None], self.finish[np.maximum(rows, 0)], np.int32(never))
        return found

    def _numbers(self, projects: pl.DataFrame) -> Index:
        """The network's project number of each project, −1 for none."""
        known = pl.DataFrame({"project_id": self.left.projects}).with_row_index("_")
        joined = projects.select("project_id").join(known, on="project_id", how="left", maintain_order="left")
        return joined["_"].cast(pl.Int64).fill_null(-1).to_numpy()

    def _resumed(self, projects: pl.DataFrame, ledger: pl.DataFrame, events: int, exposure: float) -> Draws:
        until = projects.select("project_id").join(
            ledger.select("project_id", "stopped_until"), on="project_id", how="left", maintain_order="left"
        )["stopped_until"]
        soonest = np.maximum(
            np.where(until.is_null(), self.left.now, _index(until, self.left.now)), self.left.now
        )
        return soonest[:, None].astype(np.int32) + resumptions(
            events, exposure, len(projects), self.draws, self.rng
        )


def _curve(projects: pl.DataFrame, stated: str, actual: str, over: str, now: int) -> Curve:
    """How long after the stated day it happened, or has not happened yet."""
    known = projects.filter(pl.col(stated).is_not_null() & (~pl.col(over) | pl.col(actual).is_not_null()))
    done = known[over].to_numpy()
    until = np.where(done, _index(known[actual], now), now)
    return Curve.of(until - _index(known[stated], now), done)


def _resumed(ledger: pl.DataFrame, now: int) -> tuple[int, float]:
    """Resumptions of 续建 projects within the last weeks, and the workdays waited by all of them."""
    continued = ledger.filter((pl.col("kind") == "续建") & pl.col("stopped_from").is_not_null())
    since = np.maximum(_index(continued["stopped_from"], now), now - RESUMED_WITHIN_WORKDAYS)
    resumed = continued["resumed_date"].is_not_null().to_numpy()
    until = np.where(resumed, _index(continued["resumed_date"], now), now)
    recent = resumed & (until > now - RESUMED_WITHIN_WORKDAYS)
    return int(recent.sum()), float(np.maximum(until - since, 0).sum())


def _index(days: pl.Series, now: int) -> Index:
    """Workday indices; far beyond now for null."""
    numbers = days.to_physical().cast(pl.Int64)
    known = calendar().index(numbers.fill_null(0).to_numpy())
    return np.where(days.is_null().to_numpy(), now + LONGEST_WORKDAYS, known)
