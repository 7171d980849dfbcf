"""The lists there are: which question each answers, and how its columns are read.

Headers, units and the words of a tooltip come from the question's own contract: "时差,工作日;负数为已损失"
is the header 时差 in 工作日 with the rest as its tooltip.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final, Literal

import polars as pl

from data.catalog import Column, catalog
from data.query import queries

Kind = Literal["light", "text", "name", "long", "date", "money", "count", "days", "ratio", "flag", "number"]

_MEANING: Final = re.compile(r"^(?P<header>[^,;]+)(?:,(?P<unit>[^;]+))?(?:;(?P<tip>.+))?$")
_LONG: Final = frozenset(
    {
        "problem",
        "measure",
        "need",
        "progress_text",
        "goal_text",
        "note",
        "task",
        "matter",
        "result",
        "next_step",
    }
)
# one word for one thing on every list, whatever the question calls it
_HEADERS: Final = {"region": "县区/园区", "accountable_leader": "包保领导", "reported": "台账已报"}
_NAMES: Final = frozenset({"project_name", "lead_name", "owner"})


@dataclass(frozen=True)
class ListColumn:
    """One column as read by people: `unit` is that of the stored value, "" for none."""

    name: str
    header: str
    kind: Kind
    unit: str
    tip: str

    @property
    def title(self) -> str:
        """The header with the unit people read: money is stored in 元 and read in 万元."""
        unit = "万元" if self.kind == "money" else self.unit
        return f"{self.header}({unit})" if unit else self.header


@dataclass(frozen=True)
class Listing:
    """One list: `name` in the address, `base` says which rows it holds, `fixed` are its own parameters.

    `hidden` columns are there and not shown until somebody chooses them.
    """

    name: str
    title: str
    query: str
    base: str
    group: str
    fixed: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()

    def rows(self, params: Mapping[str, str | None]) -> pl.DataFrame:
        """All rows for these filters; those the question doesn't know are left out (see `ignored`)."""
        return queries().run(self.query, **self._known(params), **self.fixed)

    def ignored(self, params: Mapping[str, str | None]) -> list[str]:
        """Names of the filters that are set and don't apply to this list."""
        known = self._known(params)
        return [name for name, value in params.items() if value and name not in known]

    def _known(self, params: Mapping[str, str | None]) -> dict[str, str | None]:
        spec = catalog()[self.query]
        return {name: value for name, value in params.items() if spec.parameter(name)}

    @property
    def columns(self) -> tuple[ListColumn, ...]:
        """The columns in the order they are shown."""
        return _columns(self.query)


@cache
def _columns(query: str) -> tuple[ListColumn, ...]:
    return tuple(_column(column) for column in catalog()[query].columns)


def _column(column: Column) -> ListColumn:
    read = _MEANING.match(column.meaning)
    assert read is not None, column
    unit = read["unit"] or ""
    return ListColumn(
        column.name, _HEADERS.get(column.name, read["header"]), _kind(column, unit), unit, read["tip"] or ""
    )


def _kind(column: Column, unit: str) -> Kind:
    by_name: Kind | None = (
        "light" if column.name == "light"
        else "long" if column.name in _LONG
        else "name" if column.name in _NAMES
        else "money" if column.name.endswith("_yuan")
        else "ratio" if column.name.endswith("_ratio")
        else "days" if column.name in ("workdays_left", "float_workdays")
        else None
    )  # fmt: skip
    by_type: dict[str, Kind] = {
        "DATE": "date", "BOOLEAN": "flag", "DOUBLE": "number", "INTEGER": "count", "BIGINT": "count",
    }  # fmt: skip
    return by_name or by_type.get(column.type, "text")


_FOUR: Final = "四个清单"
_NODES: Final = "节点"
_OTHERS: Final = "台账"

OPEN_PROCEDURES: Final = "open"
# the order is that of the page; the first is shown where the address names none
LISTS: Final = (
    Listing(
        "starts", "开工时序", "list_starts", "除续建以外的项目,按计划开工先后", _FOUR,
        {"state": "all"},
        frozenset({"target_basis", "responsible_unit", "float_workdays", "start_repeated"}),
    ),
    Listing(
        "progress", "进度", "list_progress", "全部项目,按年度计划完成率由低到高", _FOUR,
        hidden=frozenset({"level", "invested_total_yuan", "last_reported_date", "owner", "responsible_unit"}),
    ),
    Listing(
        "needs", "需求", "list_needs", "企业提出的要素需求,未解决的在前", _FOUR, hidden=frozenset({"note"})
    ),
    Listing(
        "problems", "问题", "list_problems", "提出的问题,不含撤回的,未销号的在前", _FOUR,
        hidden=frozenset({"problem_id", "raised_by", "note", "escalated_to"}),
    ),
    Listing(
        "overdue", "逾期节点", "list_nodes", "应办结日已过仍未办结的节点,逾期最久的在前", _NODES,
        {"which": "overdue"}, frozenset({"approval_level", "note", "latest_finish", "duration_workdays"}),
    ),
    Listing(
        "due", "到期节点", "list_nodes", "今天起三个工作日内到期、尚未办结的节点", _NODES,
        {"which": "due"}, frozenset({"approval_level", "note", "latest_finish", "duration_workdays"}),
    ),
    Listing(
        OPEN_PROCEDURES, "未办手续", "list_nodes", "应办而没有办结的手续,逾期最久的在前", _NODES,
        {"which": "open"}, frozenset({"approval_level", "note", "latest_finish", "duration_workdays"}),
    ),
    Listing(
        "deferred", "容缺后补", "list_deferred", "容缺、承诺制办理的节点,没有补齐的在前", _NODES,
        hidden=frozenset({"made_up", "owner", "done_late_days"}),
    ),
    Listing(
        "must-start", "今天必须启动", "must_start_today", "倒排的最迟开始日已到、尚未启动的节点", _NODES
    ),
    Listing(
        "projects", "全部项目", "list_projects", "全部项目,最重的灯在前", _OTHERS,
        hidden=frozenset({
            "district", "light_due_basis", "late_workdays", "planned_finish", "actual_finish",
            "problems_open", "needs_open", "responsible_unit", "chief_officer", "promoter", "campaign",
        }),
    ),
    Listing(
        "not-started", "未开工项目", "list_starts", "除续建以外、还没有开工的项目", _OTHERS,
        {"state": "not_started"},
        frozenset({
            "started", "actual_start", "start_repeated", "target_basis", "responsible_unit", "float_workdays",
        }),
    ),
    Listing("tasks", "任务", "list_tasks", "任务、责任、措施清单,未完成的在前", _OTHERS),
    Listing("visits", "走访", "list_visits", "截至状态日期的走访,最近的在前", _OTHERS),
    Listing("leads", "线索", "list_leads", "招商线索,协议投资大的在前", _OTHERS),
)  # fmt: skip


def listing(name: str) -> Listing | None:
    """The list of this name, null where there is none."""
    return next((item for item in LISTS if item.name == name), None)
