"""What moved for a person since the day compared with, and what was promised in meetings. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl
from dash.development.base_component import Component

from components import formats
from components.elements import html

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Besides:
    """What stands on panels besides the panel's own row.

    `changes` are the rows of `leader_change` by person; `since` is the day compared with, null where nothing
    is compared. `promises` are the open ones of each person, the most urgent first.
    """

    since: date | None = None
    changes: Mapping[str, Row] = field(default_factory=dict)
    promises: Mapping[str, Sequence[Row]] = field(default_factory=dict)


def by_person(changes: pl.DataFrame) -> dict[str, Row]:
    """Person → row of `leader_change` asked for one role."""
    return {row["leader"]: row for row in changes.iter_rows(named=True)}


def promised(
    promises: pl.DataFrame, people: Sequence[str], holders: Mapping[str, str]
) -> dict[str, list[Row]]:
    """Person → their open promises, from the record's frame in its order.

    A promise is that of who gave it; one of somebody else counts for the holder of its project
    (`holders`: project id → person).
    """
    found: dict[str, list[Row]] = {}
    for row in promises.filter(pl.col("done_date").is_null()).iter_rows(named=True):
        person = row["who"] if row["who"] in people else holders.get(row["project_id"])
        if person is not None:
            found.setdefault(person, []).append(row)
    return found


def movement(row: Row, besides: Besides) -> list[Component | str]:
    """ "较上次 红灯 +2、开复工 +1"; nothing where nothing is compared."""
    if besides.since is None:
        return []
    change = besides.changes.get(row["leader"])
    if change is None or not change["projects_before"]:
        return ["上次不在清单"]
    red, started = (change[name] - change[f"{name}_before"] for name in ("red", "started"))
    told = [_moved("红灯", red, worse=red > 0), _moved("开复工", started, worse=started < 0)]
    said = [part for part in told if part is not None]
    if not said:
        return ["较上次持平"]
    return ["较上次 ", *_joined(said)]


def compared(besides: Besides) -> str:
    """Which day "上次" is, "" where nothing is compared."""
    return f"上次为{formats.day(besides.since)}" if besides.since else ""


def _joined(parts: Sequence[Component]) -> list[Component | str]:
    joined: list[Component | str] = []
    for part in parts:
        joined += ["、", part] if joined else [part]
    return joined


def _moved(word: str, difference: int, worse: bool) -> Component | None:
    if not difference:
        return None
    sign = "+" if difference > 0 else formats.MINUS
    return html.B(f"{word} {sign}{abs(difference)}", className="behind" if worse else "ahead")


def open_promises(row: Row, besides: Besides) -> list[Component | str]:
    """ "未办承诺 3 件(逾期 1)"; nothing where there is none."""
    mine = besides.promises.get(row["leader"], ())
    if not mine:
        return []
    late = sum(1 for one in mine if one["light"] == "red")
    count = html.B(str(len(mine)), className="behind" if late else "")
    return ["未办承诺 ", count, f" 件(逾期 {late})" if late else " 件"]
