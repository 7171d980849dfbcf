"""What moved in one project between two days: its light, what was done, what slipped. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from components import formats
from components.light import words

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Then:
    """A project as an earlier snapshot had it: rows of `project_card` and `project_nodes` of that day."""

    day: date
    card: Record
    nodes: Sequence[Record]


def lines(then: Then, card: Record, nodes: Sequence[Record]) -> list[str]:
    """One short text a change, the light first; empty when nothing moved."""
    before = {node["node"]: node for node in then.nodes}
    pairs = [(before[node["node"]], node) for node in nodes if node["node"] in before]
    return [
        *_light(then.card, card),
        *_done(pairs),
        *(line for old, new in pairs for line in _moved(old, new)),
        *_slipped(then.card, card),
    ]


def _light(old: Record, new: Record) -> list[str]:
    if old["light"] == new["light"]:
        return []
    node = f"({new['light_node']})" if new["light_node"] else ""
    return [f"{words()[old['light']]} → {words()[new['light']]}{node}"]


def _done(pairs: Sequence[tuple[Record, Record]]) -> list[str]:
    done = [str(new["node"]) for old, new in pairs if new["state"] == "done" and old["state"] != "done"]
    return [f"办结 {'、'.join(done)}"] if done else []


def _moved(old: Record, new: Record) -> list[str]:
    """A promised day of an open node that is another one now."""
    before, now = old["promised_finish"], new["promised_finish"]
    if new["state"] == "done" or before is None or now is None or before == now:
        return []
    word = "推后" if now > before else "提前"
    return [f"{new['node']} 承诺{word}:{formats.short_day(before)} → {formats.short_day(now)}"]


def _slipped(old: Record, new: Record) -> list[str]:
    before, now = old["float_workdays"], new["float_workdays"]
    if before is None or now is None or before == now:
        return []
    words_ = f"时差 {formats.signed_days(before)} → {formats.signed_days(now)}"
    return [words_]
