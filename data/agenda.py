"""The agenda of one meeting: proposed with reasons, ordered and fixed by a person.

What is proposed follows from lights, float, promises and stalls on the status date; what the operator did to
it (up, down, drop, add, pin, fix) is in the record, so it outlives a new file and a restart. An agenda
belongs to a meeting and its scope: two counties that meet on one day have two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from data.agenda_order import Act, Order, acted
from data.agenda_reasons import Item, evidence, proposed
from data.errors import RecordError
from data.query import queries
from data.record import Record
from data.record_file import Event
from data.rhythms import Meeting


@dataclass(frozen=True)
class Agenda:
    """The agenda as it stands. `dropped` are items a person took off and may put back; `fixed` is the
    moment's name of who fixed it, null while it is open; `touched` says whether a person has ordered it."""

    items: tuple[Item, ...]
    dropped: tuple[Item, ...]
    fixed: bool
    fixed_by: str | None
    touched: bool


def agenda(record: Record, meeting: Meeting, params: Mapping[str, Any]) -> Agenda:
    """The agenda of a meeting in its scope as it stands now; `params` are that scope and the status date."""
    events = record.file.events("agenda", meeting.subject)
    order = Order.of(events)
    also = (*order.keys, *order.dropped)
    items = proposed(evidence(record, meeting, params, also), meeting.rhythm.most_items, also)
    shown = order.over([key for key in items if key not in also or items[key].reasons])
    marked = [
        replace(items[key], pinned=key in order.pinned, added=key in order.added)
        for key in shown
        if key in items
    ]
    fixed_by = next((event.who for event in reversed(events) if event.body.get("act") == "fix"), None)
    dropped = tuple(items[key] for key in order.dropped if key in items)
    return Agenda(tuple(marked), dropped, order.fixed, fixed_by if order.fixed else None, bool(events))


def act(
    record: Record,
    meeting: Meeting,
    params: Mapping[str, Any],
    act: Act,
    key: str = "",
    by: str | None = None,
) -> None:
    """One thing a person does to an agenda; RecordError where it can't be done."""
    if (
        act == "add"
        and queries().run("dispatch_projects", also=[key], project=key, as_of=params["as_of"]).is_empty()
    ):
        raise RecordError(f"没有编号为“{key}”的项目;请从搜索结果里选一个。")
    now = [item.project_id for item in agenda(record, meeting, params).items]

    def step(events: Sequence[Event]) -> Mapping[str, Any]:
        order = acted(Order.of(events), act, key, now)
        return {"act": act, "key": key, **order.body}

    record.decide("agenda", meeting.subject, step, by)
