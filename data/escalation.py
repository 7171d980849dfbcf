"""The ladder a red light climbs (domain.md §3): on which overdue working day which step is reached.

It is configuration, data/escalation.toml. Letters are drafted for a person to sign; nothing is sent.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from data.configuration import entries, place_of
from data.errors import ConfigurationError

ESCALATION_FILE: Final = Path(__file__).resolve().parent / "escalation.toml"


class Step(BaseModel):
    """One step. `letter` is the kind of letter drafted on it, "" for none; `asks` is what it demands."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    from_workday: Annotated[int, Field(ge=1)]
    word: Annotated[str, Field(min_length=1, max_length=12)]
    letter: str = ""
    asks: str = ""


def steps(path: Path = ESCALATION_FILE) -> tuple[Step, ...]:
    """The steps, the lowest first; ConfigurationError says what is wrong in the file."""
    return _load(path)


def step_on(overdue_workdays: int, ladder: tuple[Step, ...] | None = None) -> Step:
    """The highest step reached on an overdue working day, which is 1 at least."""
    return [step for step in ladder or steps() if step.from_workday <= max(overdue_workdays, 1)][-1]


def letters(ladder: tuple[Step, ...] | None = None) -> tuple[Step, ...]:
    """The steps on which a letter is drafted."""
    return tuple(step for step in ladder or steps() if step.letter)


@cache
def _load(path: Path) -> tuple[Step, ...]:
    try:
        found = tuple(Step.model_validate(row) for row in entries(path, "step", "升级阶梯 "))
    except ValidationError as fault:
        raise ConfigurationError(
            f"升级阶梯 {path.name} 中有一级的 {place_of(fault)} 不合写法;请对照文件开头的说明改正后再启动。"
        ) from fault
    if not found or found[0].from_workday != 1:
        raise ConfigurationError(f"升级阶梯 {path.name} 的第一级应从逾期第 1 个工作日起,请改正后再启动。")
    for low, high in pairwise(found):
        if low.from_workday >= high.from_workday:
            raise ConfigurationError(
                f"升级阶梯 {path.name} 中“{high.word}”从第 {high.from_workday} 个工作日起,"
                f"应晚于“{low.word}”的第 {low.from_workday} 个,请改正后再启动。"
            )
    return found
