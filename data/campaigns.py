"""Campaigns (百日攻坚, 开工百日竞赛, 集中开工): a set of projects, a first day and so many days.

They are configuration, data/campaigns.toml. The first day is day 1: a hundred days from 2023-01-03 end on
2023-04-12 (domain.md §5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from data.configuration import entries, place_of
from data.errors import ConfigurationError

CAMPAIGNS_FILE: Final = Path(__file__).resolve().parent / "campaigns.toml"

Scope = Literal["region", "district", "leader", "level", "kind", "campaign", "industry", "department"]
State = Literal["ahead", "running", "over"]


@dataclass(frozen=True)
class Run:
    """One campaign as it runs once, seen on a day: `day` of `days` (0 before, `days` after), days to go.

    `state` is ahead before the first day, over after the last one.
    """

    name: str
    first: date
    last: date
    days: int
    day: int
    left: int
    state: State
    scope: dict[str, str]


class Campaign(BaseModel):
    """One campaign; `first` is a day, or a month and day for one that comes every year."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=20)]
    first: str
    days: Annotated[int, Field(ge=1, le=366)]
    scope: dict[Scope, str] = Field(default_factory=dict)

    @field_validator("first")
    @classmethod
    def _is_a_day(cls, text: str) -> str:
        # 2024 is a leap year: 02-29 is a day of some years
        date.fromisoformat(text if text.count("-") == 2 else f"2024-{text}")
        return text

    def run(self, on: date) -> Run:
        """The campaign as seen on a day: of yearly ones the last that has begun, or the first to come."""
        first = self._first(on)
        last = first + timedelta(days=self.days - 1)
        day = min(max((on - first).days + 1, 0), self.days)
        state: State = "ahead" if on < first else "over" if on > last else "running"
        left = max((last - on).days, 0) if on >= first else self.days
        return Run(
            self.name, first, last, self.days, day, left, state, {str(k): v for k, v in self.scope.items()}
        )

    def _first(self, on: date) -> date:
        if self.first.count("-") == 2:
            return date.fromisoformat(self.first)
        starts = [start for year in range(on.year - 8, on.year + 1) if (start := _in_year(year, self.first))]
        return max(start for start in starts if start <= on)


@cache
def campaigns(path: Path = CAMPAIGNS_FILE) -> tuple[Campaign, ...]:
    """All campaigns in the order of the file; ConfigurationError names the one that is wrong."""
    found = tuple(
        _campaign(path, number, item) for number, item in enumerate(entries(path, "campaign"), start=1)
    )
    names = [item.name for item in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise ConfigurationError(f"{path.name} 里“{twice}”写了两次;请改名或删去一个。")
    return found


def campaign(name: str | None) -> Campaign | None:
    """The campaign of this name, the first one without a name; null for an unknown one or none at all."""
    found = campaigns()
    return next((item for item in found if name in (None, item.name)), None)


def _campaign(path: Path, number: int, given: object) -> Campaign:
    try:
        return Campaign.model_validate(given)
    except ValidationError as fault:
        raise ConfigurationError(
            f"{path.name} 第 {number} 个专项行动的 {place_of(fault)} 写错了:{fault.errors()[0]['msg']};"
            "应有 name、first(2026-09-15 或 09-15)和 days,请改正后再启动。"
        ) from fault


def _in_year(year: int, month_day: str) -> date | None:
    try:
        return date.fromisoformat(f"{year}-{month_day}")
    except ValueError:
        return None
