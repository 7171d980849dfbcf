"""Who is who in the demo city: every project with its cohort, region, clock and the states published.

The published figures (the sources' own words): 354 projects = 237 新建 + 117 续建, started 134 = 64 + 70;
51 省百大 = 23 新建 + 28 续建, 46 started; 150 campaign projects with 立项 114 of 146 and 能评 61 of 104,
31 of them in one district with 立项 27 done + 4 running and 能评 21 done + 5 running + 5 waiting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import polars as pl

from data.demo.axis import Axis, Numbers
from data.demo.words import CAMPAIGN, LARGEST_CAMPAIGN_REGION, REGIONS, SECTORS, project_names, shares

PUBLISHED_PROJECTS: Final = 354
LEADERS: Final = 34
CHIEF_OFFICERS: Final = 24
PROMOTERS: Final = 40


@dataclass(frozen=True)
class Cohort:
    """Projects that share kind, start and campaign; `provincial` of them are 省百大."""

    kind: str
    started: bool
    campaign: bool
    projects: int
    provincial: int
    project_types: tuple[str, ...]


COHORTS: Final = (
    Cohort("新建", False, True, 138, 2, ("备案",)),
    Cohort("新建", True, True, 12, 1, ("备案",)),
    Cohort("新建", True, False, 52, 19, ("备案", "备案", "核准", "审批")),
    Cohort("新建", False, False, 35, 1, ("核准", "审批")),
    Cohort("续建", True, False, 70, 26, ("备案", "备案", "核准", "审批")),
    Cohort("续建", False, False, 47, 2, ("备案", "备案", "审批")),
)

# how many of the campaign's projects stand where: (largest region, all others)
APPROVAL_STATES: Final = {"done": (27, 87), "running": (4, 16), "waiting": (0, 12), "not_applicable": (0, 4)}
ENERGY_STATES: Final = {"done": (21, 40), "running": (5, 14), "waiting": (5, 19), "not_applicable": (0, 46)}

SECTORS_OF_TYPE: Final = {
    "备案": ("制造", "制造", "制造", "制造", "物流"),
    "核准": ("能源",),
    "审批": ("基础", "民生"),
}


def list_year(today: date) -> int:
    """The year of the annual list in force: in January and February still the last one."""
    return (today - timedelta(days=59)).year


def cast(projects: int, axis: Axis, rng: np.random.Generator) -> pl.DataFrame:
    """One row a project in list order: cohort columns, region, names, people, clock and states."""
    people = _cohorts(projects, rng)
    people = people.with_columns(pl.Series("region", _regions(people, rng)))
    people = people.join(_region_frame(), on="region", maintain_order="left")
    people = _states(people, rng)
    people = people.with_columns(
        pl.Series("clock", _clocks(people, axis, rng)), pl.Series("pace", _paces(people, rng))
    )
    people = people[rng.permutation(people.height)]
    return _named(people, axis, rng)


def _cohorts(projects: int, rng: np.random.Generator) -> pl.DataFrame:
    sizes = shares(np.array([c.projects for c in COHORTS], dtype=float), projects)
    frames = []
    for cohort, size in zip(COHORTS, sizes, strict=True):
        provincial = round(size * cohort.provincial / cohort.projects)
        others = rng.choice(["市重点", "县区重点"], size - provincial, p=[0.6, 0.4])
        frames.append(
            pl.DataFrame(
                {
                    "level": pl.Series(["省百大"] * provincial + others.tolist(), dtype=pl.String),
                    "project_type": pl.Series(
                        rng.choice(cohort.project_types, size).tolist(), dtype=pl.String
                    ),
                }
            ).with_columns(
                kind=pl.lit(cohort.kind),
                started=pl.lit(cohort.started),
                campaign=pl.lit(CAMPAIGN if cohort.campaign else None, dtype=pl.String),
            )
        )
    return pl.concat(frames)


def _regions(people: pl.DataFrame, rng: np.random.Generator) -> list[str]:
    """Regions by quota; stronger regions get more of the started projects, so that ranks differ."""
    regions = np.empty(people.height, dtype=object)
    in_campaign = people["campaign"].is_not_null().to_numpy()
    started = people["started"].to_numpy().astype(int)
    for chosen, quota in ((in_campaign, "campaign_projects"), (~in_campaign, "other_projects")):
        rows = np.flatnonzero(chosen)
        sizes = shares(np.array([getattr(r, quota) for r in REGIONS], dtype=float), len(rows))
        slots = np.repeat(np.arange(len(REGIONS)), sizes)
        strength = np.array([REGIONS[k].strength for k in slots])
        best = np.argsort(-(strength + rng.normal(0, 0.5, len(rows))))
        first = np.argsort(-(started[rows] + rng.normal(0, 0.5, len(rows))))
        regions[rows[first]] = [REGIONS[k].name for k in slots[best]]
    return regions.tolist()


def _region_frame() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "region": [r.name for r in REGIONS],
            "region_kind": [r.kind for r in REGIONS],
            "district": [r.district for r in REGIONS],
        }
    )


def _states(people: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """立项 and 能评 of the campaign's projects in the published numbers; null outside the campaign."""
    approval = np.full(people.height, None, dtype=object)
    energy = np.full(people.height, None, dtype=object)
    in_campaign = people["campaign"].is_not_null().to_numpy()
    largest = (people["region"] == LARGEST_CAMPAIGN_REGION).to_numpy()
    started = people["started"].to_numpy().astype(int)
    for place, chosen in enumerate((in_campaign & largest, in_campaign & ~largest)):
        rows = np.flatnonzero(chosen)
        rows = rows[np.argsort(-started[rows] + rng.random(len(rows)) / 2)]
        counts = shares(np.array([v[place] for v in APPROVAL_STATES.values()], dtype=float), len(rows))
        approval[rows] = np.repeat(list(APPROVAL_STATES), counts)
        counts = shares(np.array([v[place] for v in ENERGY_STATES.values()], dtype=float), len(rows))
        energy[_energy_order(rows, approval[rows], started[rows], counts[-1], rng)] = np.repeat(
            list(ENERGY_STATES), counts
        )
    return people.with_columns(
        pl.Series("approval_state", approval.tolist(), dtype=pl.String),
        pl.Series("energy_state", energy.tolist(), dtype=pl.String),
    )


def _energy_order(
    rows: Numbers, approval: Numbers, started: Numbers, exempt: int, rng: np.random.Generator
) -> Numbers:
    """Rows so that started ones come first, those without 立项 late, and the exempt last."""
    behind = np.isin(approval, ["running", "waiting"])
    luck = rng.random(len(rows))
    exempt_rows = np.argsort(luck + 0.5 * ~behind + 2 * started, kind="stable")[:exempt]
    rest = np.setdiff1d(np.arange(len(rows)), exempt_rows)
    rest = rest[np.argsort((luck + 2 * behind - 2 * started)[rest], kind="stable")]
    ordered: Numbers = rows[np.concatenate([rest, exempt_rows]).astype(int)]
    return ordered


def _paces(people: pl.DataFrame, rng: np.random.Generator) -> Numbers:
    return np.where(people["started"].to_numpy(), 1.0, rng.uniform(0.8, 1.2, people.height))


def _clocks(people: pl.DataFrame, axis: Axis, rng: np.random.Generator) -> Numbers:
    """Working days since each project began: its procedures, or its works once started."""
    u = rng.random(people.height)
    approval = people["approval_state"].fill_null("").to_numpy()
    kind, started = people["kind"].to_numpy(), people["started"].to_numpy()
    fresh = people["campaign"].is_not_null().to_numpy() & started
    new_year = -axis.position(date(list_year(axis.today), 1, 8))
    clock = np.select(
        [
            fresh,
            started & (kind == "新建"),
            started,
            kind == "续建",
            approval == "waiting",
            approval == "running",
            approval != "",
        ],
        [
            np.minimum(1 + 45 * u, max(new_year, 5)),
            np.minimum(5 + 200 * u, max(new_year, 5)),
            40 + 205 * u,
            30 + 110 * u,
            -(5 + 25 * u),
            2 * u,
            6 + 78 * u,
        ],
        10 + 100 * u,
    )
    whole: Numbers = np.floor(clock)
    return whole


def _named(people: pl.DataFrame, axis: Axis, rng: np.random.Generator) -> pl.DataFrame:
    """The cast with numbers, names and people; ids follow list order."""
    height = people.height
    width = max(4, len(str(height)))
    sector = _sectors(people["project_type"], rng)
    number = pl.int_range(1, height + 1, eager=True)
    serial = number.cast(pl.String).str.zfill(width)
    year = list_year(axis.today)
    facts = pl.DataFrame(
        {
            "sector": [s.name for s in SECTORS],
            "category": [s.category for s in SECTORS],
            "industry": [s.industry for s in SECTORS],
            "content_start": [s.content for s in SECTORS],
        }
    )

    def numbered(name: str, prefix: str, among: int) -> pl.Series:
        picks = pl.Series(rng.permutation(height) % among + 1)
        return (prefix + picks.cast(pl.String).str.zfill(2)).alias(name)

    return people.with_columns(
        ("XM" + serial).alias("project_id"),
        (f"{year % 100:02d}01-211400-04-01-" + (100000 + number).cast(pl.String)).alias("project_code"),
        project_names(sector, rng),
        pl.Series("sector", sector.tolist(), dtype=pl.String),
        numbered("accountable_leader", "领导", LEADERS),
        numbered("chief_officer", "服务员", CHIEF_OFFICERS),
        numbered("promoter", "专员", PROMOTERS),
        ("企业" + (number % max(height * 4 // 5, 1) + 1).cast(pl.String).str.zfill(max(3, width - 1))).alias(
            "owner"
        ),
    ).join(facts, on="sector", maintain_order="left")


def _sectors(project_types: pl.Series, rng: np.random.Generator) -> Numbers:
    sectors = np.empty(len(project_types), dtype=object)
    types = project_types.to_numpy()
    for project_type, choices in SECTORS_OF_TYPE.items():
        rows = np.flatnonzero(types == project_type)
        sectors[rows] = rng.choice(choices, len(rows))
    return sectors
