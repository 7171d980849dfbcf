"""Leads and visits: what leaders and officers of the demo city answer for besides projects."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import numpy as np
import polars as pl

from data.demo.axis import Axis, Numbers
from data.demo.city import CHIEF_OFFICERS, LEADERS
from data.demo.words import REGIONS, SECTORS

LEADS: Final = 34
STAGES: Final = (
    ("线索", 8, "安排专人对接"),
    ("洽谈", 11, "邀请客商实地考察"),
    ("签约", 9, "协助办理企业注册"),
    ("落地", 4, "启动立项和用地手续"),
    ("开工", 2, "转入重点项目调度"),
)
ORDER: Final = tuple(stage for stage, _, _ in STAGES)
NEXT_STEPS: Final = {stage: step for stage, _, step in STAGES}
MATTERS: Final = ("现场查看进度", "协调手续办理", "解决用地问题", "对接企业需求", "督导安全生产")
# of this month's visitors, this share made none and this share only one
NO_VISIT, ONE_VISIT = 0.08, 0.2


def leads(axis: Axis, rng: np.random.Generator, led: np.random.Generator) -> pl.DataFrame:
    """34 leads, one a leader, in a funnel that narrows from 线索 to 开工, with the day of each stage.

    `led` is the luck of the stages' days: `_found`, `_talks`, signed_date, `_landed`, `_begun`.
    """
    stages = [stage for stage, count, _ in STAGES for _ in range(count)]
    signed = np.array([s in ("签约", "落地", "开工") for s in stages])
    stems = SECTORS[0].stems
    agreed = rng.integers(5, 120, LEADS) * 10_000_000
    frame = pl.DataFrame(
        {
            "lead_id": [f"XS{k + 1:03d}" for k in range(LEADS)],
            "lead_name": [f"{stems[(k * 5 + 3) % len(stems)]}招商项目" for k in range(LEADS)],
            "investor": [f"客商{k + 1:02d}" for k in range(LEADS)],
            "agreed_investment_yuan": agreed,
            "funds_received_yuan": np.where(np.isin(stages, ["落地", "开工"]), agreed // 5, 0),
            "region": [REGIONS[k % len(REGIONS)].name for k in range(LEADS)],
            "leader": [f"领导{k:02d}" for k in rng.permutation(LEADERS) + 1],
        }
    )
    signed_on = np.where(signed, -rng.integers(0, 90, LEADS), np.nan)
    return frame.with_columns(
        axis.day(name, pl.Series(at, nan_to_null=True))
        for name, at in _stage_days(stages, signed_on, led).items()
    )


def _stage_days(stages: list[str], signed_on: Numbers, rng: np.random.Generator) -> dict[str, Numbers]:
    """Positions at which each lead came to its stages; NaN for stages it hasn't reached."""
    place = np.array([ORDER.index(stage) for stage in stages])
    luck = rng.random((4, LEADS))
    talks = np.where(place == 1, -np.floor(luck[0] * 45), signed_on - 8 - np.floor(luck[0] * 30))
    found = np.where(place == 0, -1 - np.floor(luck[1] * 60), talks - 4 - np.floor(luck[1] * 40))
    landed = np.where(place >= 3, np.ceil(signed_on * luck[2]), np.nan)
    begun = np.where(place >= 4, np.ceil(landed * luck[3]), np.nan)
    return {"_found": found, "_talks": talks, "signed_date": signed_on, "_landed": landed, "_begun": begun}


def visits(cast: pl.DataFrame, axis: Axis, rng: np.random.Generator) -> pl.DataFrame:
    """Visits of this month and the two before: most people make two to four a month, some too few."""
    frames = []
    for role, prefix, people in (
        ("accountable_leader", "领导", LEADERS),
        ("chief_officer", "服务员", CHIEF_OFFICERS),
    ):
        names = [f"{prefix}{k:02d}" for k in range(1, people + 1)]
        own = cast.group_by(role, maintain_order=True).agg("project_id")
        projects: dict[str, list[str]] = dict(own.iter_rows())
        for first, last in _months(axis.today):
            frames.append(_month(names, projects, first, last, last == axis.today, rng))
    rows = pl.concat(frames).unique(
        ["visit_date", "visitor", "project_id"], keep="first", maintain_order=True
    )
    return rows.sort("visit_date", maintain_order=True)


def _months(today: date) -> list[tuple[date, date]]:
    """First and last day of this month up to today, and of the two months before."""
    spans, last = [], today
    for _ in range(3):
        spans.append((last.replace(day=1), last))
        last = last.replace(day=1) - timedelta(days=1)
    return spans


def _month(
    names: list[str],
    projects: dict[str, list[str]],
    first: date,
    last: date,
    current: bool,
    rng: np.random.Generator,
) -> pl.DataFrame:
    rows: list[dict[str, object]] = []
    for name in names:
        luck, count = rng.random(), int(rng.integers(2, 5))
        count = (0 if luck < NO_VISIT else 1 if luck < NO_VISIT + ONE_VISIT else count) if current else count
        days = rng.integers(0, (last - first).days + 1, count)
        for day in days.tolist():
            row = {"visit_date": first + timedelta(days=day), "visitor": name}
            project = str(rng.choice(projects[name])) if projects.get(name) else None
            if project:
                rows.append(
                    row | {"project_id": project, "matter": str(rng.choice(MATTERS)), "result": "已现场协调"}
                )
    schema = {
        "visit_date": pl.Date,
        "visitor": pl.String,
        "project_id": pl.String,
        "matter": pl.String,
        "result": pl.String,
    }
    return pl.DataFrame(rows, schema=schema)
