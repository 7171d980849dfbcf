"""考核: points for counties and parks from their rates, by weights that are configuration (data/score.toml).

Between the ratio that earns nothing and the one that earns everything points grow evenly. What has no base
earns and costs nothing: the rest is scaled up to the full score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from data.configuration import entries, place_of
from data.errors import ConfigurationError

SCORE_FILE: Final = Path(__file__).resolve().parent / "score.toml"
# indicators there is a history of: every rate but visits, which begin anew each month
RED: Final = "红灯项目"


class Item(BaseModel):
    """One item: so many `points`, all of them at `full`, none at `zero` (ratios); "target" is the target."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    indicator: Annotated[str, Field(min_length=1)]
    points: Annotated[float, Field(gt=0, le=1000)]
    full: float | Literal["target"] = "target"
    zero: float = 0.0

    @model_validator(mode="after")
    def _has_a_way_to_go(self) -> Item:
        if self.full == self.zero:
            raise ValueError("full 与 zero 相同,无法按比例给分")
        return self

    def earned(self, ratio: float | None, target_ratio: float | None = None) -> float | None:
        """The points of this ratio; null where there is no base. Neither below nothing nor above all."""
        if ratio is None:
            return None
        full = (target_ratio or 1.0) if self.full == "target" else self.full
        if self.full == "target" and full <= self.zero:
            # a target as low as what earns nothing: reached or not
            return self.points if ratio >= full else 0.0
        share = (ratio - self.zero) / (full - self.zero)
        return self.points * min(max(share, 0.0), 1.0)


@dataclass(frozen=True)
class Sheet:
    """The score of one county or park: earned points by item in order (null: no base), and the total.

    `total` is of the full score; null where no item has a base. `rank` is among its kind, ties share one.
    """

    group: str
    kind: str
    ratios: tuple[float | None, ...]
    earned: tuple[float | None, ...]
    total: float | None
    rank: int | None = None


@cache
def items(path: Path = SCORE_FILE) -> tuple[Item, ...]:
    """The items in the order of the file; ConfigurationError names the one that is wrong."""
    return tuple(_item(path, number, one) for number, one in enumerate(entries(path, "item"), start=1))


def full_score(of: Sequence[Item]) -> float:
    """What the best can earn."""
    return sum(item.points for item in of)


def sheets(
    of: Sequence[Item],
    kinds: Mapping[str, str],
    ratios: Mapping[tuple[str, str], float | None],
    targets: Mapping[tuple[str, str], float],
    city: str = "全市",
) -> list[Sheet]:
    """One sheet a group of `kinds` (group → its kind), the best first within each kind.

    `ratios` and `targets` are by (group, indicator); a group without a target of its own takes the city's.
    """
    found = [_sheet(of, group, kind, ratios, targets, city) for group, kind in kinds.items()]
    ranked = [Sheet(s.group, s.kind, s.ratios, s.earned, s.total, _rank(s, found)) for s in found]
    return sorted(ranked, key=lambda s: (s.kind, s.rank is None, s.rank or 0, s.group))


def _sheet(
    of: Sequence[Item],
    group: str,
    kind: str,
    ratios: Mapping[tuple[str, str], float | None],
    targets: Mapping[tuple[str, str], float],
    city: str,
) -> Sheet:
    own = tuple(ratios.get((group, item.indicator)) for item in of)
    earned = tuple(
        item.earned(ratio, targets.get((group, item.indicator), targets.get((city, item.indicator))))
        for item, ratio in zip(of, own, strict=True)
    )
    there = sum(item.points for item, points in zip(of, earned, strict=True) if points is not None)
    whole = sum(points for points in earned if points is not None)
    return Sheet(group, kind, own, earned, whole * full_score(of) / there if there else None)


def _rank(one: Sheet, among: Sequence[Sheet]) -> int | None:
    if one.total is None:
        return None
    better = [s for s in among if s.kind == one.kind and s.total is not None and s.total > one.total + 1e-9]
    return len(better) + 1


def _item(path: Path, number: int, given: object) -> Item:
    try:
        return Item.model_validate(given)
    except ValidationError as fault:
        raise ConfigurationError(
            f"{path.name} 第 {number} 项的 {place_of(fault, 'full、zero')} 写错了:"
            f"{fault.errors()[0]['msg']};请改正后再启动。"
        ) from fault
