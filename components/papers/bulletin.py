"""通报: what its template is filled with. Keys are the words an office finds in the template."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from typing import Any, Final

from components import formats
from components.light import words as lights
from components.papers import annexes, changes, meeting, overdue, words
from components.papers.asked import Asked, Row, office_name
from components.rate import rate_of
from data import escalation

# a named list on paper ends here; the workbook holds the rest
MOST_NAMED: Final = 30
_FROM_NAMED: Final = "点名通报"
_INDICATORS: Final = {
    "开复工": "开复工率",
    "新建": "开工率(新建)",
    "续建": "复工率(续建)",
    "手续": "手续办结率",
    "按期办结": "按期办结率",
    "投资": "投资完成率",
    "销号": "问题销号率",
}


def context(asked: Asked) -> dict[str, Any]:
    """Everything the template may name."""
    sections: set[str] = set(asked.meeting.rhythm.sections)
    whole = "regions" in sections
    table = changes.regions(asked) if whole else []
    return {
        **_head(asked),
        **rates(asked),
        **changes.context(asked),
        "地区": table,
        "排名": rankings(table),
        **_named(asked),
        **_today(asked, sections),
        "督办": _cut(meeting.promises(asked), meeting.promise),
        **meeting.confirmed(asked),
        "附件一": annexes.progress(asked) if whole else None,
        "附件二": annexes.not_started(asked) if whole else None,
        "序": _numerals(),
    }


def _head(asked: Asked) -> dict[str, Any]:
    known, held = asked.freshness, asked.meeting
    whole = asked.ask("timeline_groups", by="all").row(0, named=True)
    return {
        "单位": office_name() or words.wide("(印发单位)"),
        "节奏": held.rhythm.word,
        "会议日": words.day(held.day),
        "截至": words.day(asked.as_of),
        "版本": known["version"],
        "快照日": words.day(known["snapshot_date"]),
        "滞后天数": known["days_behind"],
        "演示": known["demo"],
        "范围": asked.scope,
        "项目数": formats.count(whole["projects"]),
        "灯": {word: formats.count(whole[code]) for code, word in lights().items()},
        "未采用": known["held_back"],
        "未更新": known["not_updated"],
        "注": asked.stamp,
    }


def rates(asked: Asked) -> dict[str, dict[str, str]]:
    """Each rate the text names, from `rates`; 走访 and others stay on screen."""
    frame = asked.ask("rates")
    return {key: words.rate(rate_of(frame, indicator)) for key, indicator in _INDICATORS.items()}


def rankings(table: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One ranking a kind of region (counties and parks apart), in the order of `region_table`."""
    kinds = dict.fromkeys(row["类别"] for row in table)
    return [{"类别": kind, "行": [row for row in table if row["类别"] == kind]} for kind in kinds]


def _named(asked: Asked) -> dict[str, Any]:
    """Overdue nodes to be named and to go to the meeting; a person decides."""
    on = overdue.by_step(asked)
    silent = [step for step in on if not step.letter]
    named = [row for step in reversed(on) if step.from_workday >= _named_from() for row in on[step]]
    raised = [row for step in silent if step.from_workday < _named_from() for row in on[step]]
    still = asked.ask("stalled", days=asked.meeting.rhythm.days_still).to_dicts()
    return {
        "点名起": _named_from(),
        "点名": _overdue_rows(named),
        "提请": _overdue_rows(raised),
        "不走道": _cut([row for row in still if row["kind"] == "standing"], _standing),
        "不走道天数": asked.meeting.rhythm.days_still,
        "问题": problems(asked),
    }


def problems(asked: Asked) -> list[dict[str, Any]]:
    """Problems that wait for a decision, past their promised day or handed up; the longest overdue first."""
    return _cut(asked.ask("list_problems").filter("pressing").to_dicts(), problem)


def _named_from() -> int:
    """The overdue working day from which a node is named."""
    return next((step.from_workday for step in escalation.steps() if step.word == _FROM_NAMED), 1)


def _today(asked: Asked, sections: set[str]) -> dict[str, Any]:
    counts = asked.ask("today_counts").row(0, named=True)
    due = asked.ask("list_nodes", which="due").to_dicts()
    must = asked.ask("must_start_today").to_dicts()
    fresh = changes.newly_overdue(asked) if "newly_overdue" in sections else []
    return {
        "今日": {name: formats.count(value) for name, value in counts.items() if name != "cutoff"},
        "到期": _cut(due, _due) if "due" in sections else [],
        "须启动": _cut(must, _must_start) if "must_start" in sections else [],
        "新逾期": _overdue_rows(fresh),
    }


def _cut(rows: Sequence[Row], told: Callable[[Row], dict[str, Any]]) -> list[dict[str, Any]]:
    """The first rows, numbered, as a template's table takes them; the page before the table says how many."""
    return [{"序号": number, "共": len(rows), **told(row)} for number, row in enumerate(rows[:MOST_NAMED], 1)]


def _overdue_rows(rows: Sequence[Row]) -> list[dict[str, Any]]:
    return _cut(rows, late)


def _place(row: Row) -> dict[str, Any]:
    return {
        "项目": row["project_name"],
        "县区": formats.text(row["region"]),
        "包保": formats.text(row.get("accountable_leader")),
    }


def late(row: Row) -> dict[str, Any]:
    """One overdue node of `list_nodes` as a table's cells."""
    return {**_due(row), "逾期": words.overdue(row["workdays_left"])}


def _due(row: Row) -> dict[str, Any]:
    return {
        **_place(row),
        "事项": row["node"],
        "部门": overdue.addressee(row),
        "应办结": f"{formats.short_day(row['due_date'])} {formats.text(row['due_basis'])}",
        "剩余": formats.workdays_left(row["workdays_left"]),
    }


def _must_start(row: Row) -> dict[str, Any]:
    return {
        **_place(row),
        "事项": row["node"],
        "部门": formats.text(row["department"]),
        "最迟启动": formats.short_day(row["latest_start"]),
        "时差": formats.signed_days(row["float_workdays"]),
    }


def _standing(row: Row) -> dict[str, Any]:
    return {**_place(row), "天数": row["unchanged_days"], "灯": lights()[row["light"]]}


def problem(row: Row) -> dict[str, Any]:
    """One problem of `list_problems` as a table's cells."""
    return {
        "项目": formats.text(row["project_name"]),
        "县区": formats.text(row["region"]),
        "问题": row["problem"],
        "单位": formats.text(row["responsible_unit"]),
        "承诺": formats.short_day(row["promised_date"]),
        "逾期": _late_or_not(row["workdays_left"]),
        "提级": formats.text(row["escalated_to"]),
    }


def _late_or_not(workdays_left: int | None) -> str:
    if workdays_left is None or workdays_left >= 0:
        return formats.NONE
    return words.overdue(workdays_left)


def _numerals() -> Callable[[], str]:
    """一, 二, 三 … one at each call: parts that are left out leave no gap."""
    numbers = count(1)
    return lambda: words.numeral(next(numbers))
