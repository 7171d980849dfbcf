"""Why a project belongs before a meeting: lights, promises, problems, slips, stalls and lost float."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from data.query import queries
from data.record import Record
from data.rhythms import Meeting

# how much a reason weighs (default): what was promised and not done comes before what is merely late
PROMISE_OVERDUE: Final = 60
TURNED_RED: Final = 30
RED: Final = 25
ESCALATED: Final = 25
STANDING: Final = 15
PROBLEM_OVERDUE: Final = 12
DEFERRED_OVERDUE: Final = 12
SLIPPED: Final = 10
SLOW: Final = 8
LOST_FLOAT: Final = 5
# days and counts add to a reason's weight up to this much
MOST_BY_COUNT: Final = 20


@dataclass(frozen=True)
class Reason:
    """Why an item is on the agenda, in words, and how much that weighs."""

    words: str
    weight: int


@dataclass(frozen=True)
class Item:
    """One project of an agenda. `department` is where it is stuck, `light` its code; null where the ledger
    doesn't say. `pinned` stays whatever is proposed; `added` was asked for by a person."""

    project_id: str
    name: str
    region: str | None
    leader: str | None
    light: str | None
    node: str | None
    department: str | None
    reasons: tuple[Reason, ...] = ()
    pinned: bool = False
    added: bool = False

    @property
    def weight(self) -> int:
        """How much its reasons weigh together."""
        return sum(reason.weight for reason in self.reasons)


@dataclass(frozen=True)
class Evidence:
    """The answers an agenda is proposed from: dispatch_projects, change_projects, stalled, and the record's
    promises on the status date."""

    projects: pl.DataFrame
    changes: pl.DataFrame
    stalled: pl.DataFrame
    promises: pl.DataFrame


def evidence(
    record: Record, meeting: Meeting, params: Mapping[str, Any], also: Sequence[str] = ()
) -> Evidence:
    """What speaks for a project on this meeting, in the scope of the filters."""
    ask = queries().run
    as_of = date.fromisoformat(params["as_of"])
    promises = record.promises(as_of)
    stalled = ask("stalled", days=meeting.rhythm.days_still, **params)
    late = promises.filter(light="red")["project_id"].drop_nulls().to_list()
    wanted = sorted({*also, *late, *stalled["project_id"].to_list()})
    projects = ask("dispatch_projects", also=wanted, **params)
    return Evidence(projects, ask("change_projects", since=meeting.since, **params), stalled, promises)


def proposed(found: Evidence, most: int, also: Sequence[str] = ()) -> dict[str, Item]:
    """The projects that have a reason, the weightiest first and no more than `most`; then those of `also`."""
    changes = _by_project(found.changes)
    stalled = _by_project(found.stalled)
    promises = found.promises.filter(light="red").rows_by_key("project_id", named=True)
    items = [
        _item(
            row,
            changes.get(row["project_id"]),
            stalled.get(row["project_id"]),
            promises.get(row["project_id"], []),
        )
        for row in found.projects.iter_rows(named=True)
    ]
    weighty = sorted((item for item in items if item.reasons), key=lambda item: -item.weight)[:most]
    asked = [item for item in items if item.project_id in set(also) and item not in weighty]
    return {item.project_id: item for item in (*weighty, *asked)}


def _by_project(frame: pl.DataFrame) -> dict[str, dict[str, Any]]:
    return {row["project_id"]: row for row in frame.iter_rows(named=True)}


_Row = Mapping[str, Any]


def _item(row: _Row, change: _Row | None, still: _Row | None, promises: Sequence[_Row]) -> Item:
    reasons = (
        *(_promise(promise) for promise in promises),
        *_light(row, change),
        *_problems(row),
        *_deferred(row),
        *_slips(change),
        *_stall(still),
        *_float(row),
    )
    return Item(
        row["project_id"], row["project_name"], row["region"], row["accountable_leader"], row["light"],
        row["light_node"], row["light_department"],
        tuple(sorted(reasons, key=lambda reason: -reason.weight)),
    )  # fmt: skip


def _promise(row: _Row) -> Reason:
    late = -row["workdays_left"]
    return Reason(f"{row['who']}答应的“{row['what']}”逾期 {late} 天", PROMISE_OVERDUE + _count(late))


def _light(row: _Row, change: _Row | None) -> list[Reason]:
    if row["light"] != "red" or row["workdays_left"] is None:
        return []
    late = -row["workdays_left"]
    turned = change is not None and change["worse"] and change["light_before"] != "red"
    words = f"{'新转红:' if turned else ''}{row['light_node']}逾期 {late} 天"
    return [Reason(words, (TURNED_RED if turned else RED) + _count(late))]


def _problems(row: _Row) -> list[Reason]:
    if row["problems_escalated"]:
        return [Reason(f"问题已提级:{row['problem']}", ESCALATED)]
    if row["problems_overdue"]:
        return [Reason(f"问题逾期未销号:{row['problem']}", PROBLEM_OVERDUE + _count(row["problems_overdue"]))]
    return []


def _deferred(row: _Row) -> list[Reason]:
    late = row["deferred_late_workdays"]
    if late is None:
        return []
    return [Reason(f"{row['deferred_node']}容缺逾期未补 {late} 天", DEFERRED_OVERDUE + _count(late))]


def _slips(change: _Row | None) -> list[Reason]:
    if change is None or not change["slipped_workdays"] or change["slipped_workdays"] <= 0:
        return []
    days = change["slipped_workdays"]
    return [Reason(f"上次会后又推迟 {days} 天", SLIPPED + _count(days))]


def _stall(still: _Row | None) -> list[Reason]:
    if still is None:
        return []
    if still["kind"] == "standing":
        return [Reason(f"不走道:台账 {still['unchanged_days']} 天没有变化", STANDING)]
    return [Reason(f"进展慢:时差又少 {-still['float_change_workdays']} 天", SLOW)]


def _float(row: _Row) -> list[Reason]:
    lost = row["float_workdays"]
    if lost is None or lost >= 0:
        return []
    return [Reason(f"按现状比目标晚 {-lost} 天", LOST_FLOAT + _count(-lost))]


def _count(number: int) -> int:
    return min(number, MOST_BY_COUNT)
