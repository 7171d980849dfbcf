"""What moved in one project since an earlier day, in short texts, from the queries that define change."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from components import formats
from components.light import words
from data.query import queries

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Since:
    """One project against the snapshot of `day`: its row of `change_projects`, null where nothing changed
    that counts, and its rows of `change_nodes`."""

    day: date
    project: Record | None
    nodes: Sequence[Record]


async def changed_since(project_id: str, as_of: date, wanted: date) -> Since | None:
    """A project on a day against the newest snapshot at or before another; null where none is so old."""
    version = queries().version(wanted)
    if version is None:
        return None
    about = {"project": project_id, "as_of": as_of, "since": version.day}
    projects, nodes = await asyncio.gather(
        queries().ask("change_projects", **about), queries().ask("change_nodes", **about)
    )
    row = None if projects.is_empty() else projects.row(0, named=True)
    return Since(version.day, row, nodes.to_dicts())


def lines(changed: Since) -> list[str]:
    """One short text a change, the light first; empty when nothing moved."""
    row = changed.project
    if row is None:
        return []
    if row["kind"] != "changed":
        return ["那天还没有这个项目" if row["kind"] == "added" else "已不在清单里"]
    return [*_light(row), *_named(changed.nodes), *_moved(changed.nodes), *_project(row)]


def _light(row: Record) -> list[str]:
    if row["light"] == row["light_before"]:
        return []
    node = f"({row['light_node']})" if row["light_node"] else ""
    return [f"{words()[row['light_before']]} → {words()[row['light']]}{node}"]


def _named(nodes: Sequence[Record]) -> list[str]:
    """Nodes that were done, and those that came back."""
    found = [
        (word, [str(node["node"]) for node in nodes if node["kind"] == kind])
        for kind, word in (("done", "办结"), ("reopened", "退回重办"))
    ]
    return [f"{word} {'、'.join(names)}" for word, names in found if names]


def _moved(nodes: Sequence[Record]) -> list[str]:
    """Open nodes that are due on another day than they were."""
    return [
        f"{node['node']} {'推后' if node['kind'] == 'slipped' else '提前'}:"
        f"{formats.short_day(node['due_date_before'])} → {formats.short_day(node['due_date'])}"
        for node in nodes
        if node["kind"] in ("slipped", "advanced")
    ]


def _project(row: Record) -> list[str]:
    told = ["已开复工"] if row["started"] and row["started_before"] is False else []
    pairs = (
        ("目标日", row["target_date_before"], row["target_date"], formats.short_day),
        ("包保", row["leader_before"], row["accountable_leader"], formats.text),
        ("时差", row["float_before"], row["float_workdays"], formats.signed_days),
    )
    told += [
        f"{word} {say(before)} → {say(now)}"
        for word, before, now, say in pairs
        if before is not None and now is not None and before != now
    ]
    return told
