"""A file on its way against the wall as it is: what would change if it were published now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from data.compare import CHANGED, changes
from data.contract import PROJECTS, empty
from data.database import Database
from data.manifest import Version
from data.query import Queries
from data.standing import Standing
from data.standing_frames import asked, compared_with


@dataclass(frozen=True)
class Summary:
    """What publishing would change. `before` is the version it is compared with; null for a first file.

    Projects are (project_id, project_name): `new` ones, those `gone` from the file and kept as 未更新,
    and those `withdrawn`, which leave the wall. `changed` counts projects with a changed cell, their own
    or in a ledger about them. `nodes_done` are done now and were not before: (project_name, node, date or
    null). `lights` are projects whose light differs: (project_id, project_name, code before, code after);
    a new project has no code before.
    """

    before: Version | None
    day: date
    new: tuple[tuple[str, str], ...] = ()
    changed: int = 0
    gone: tuple[tuple[str, str], ...] = ()
    withdrawn: tuple[tuple[str, str], ...] = ()
    nodes_done: tuple[tuple[str, str, date | None], ...] = ()
    lights: tuple[tuple[str, str, str | None, str], ...] = ()


def wall_now(queries: Queries, day: date, before: Version | None) -> Standing | None:
    """The wall as it is seen on a day; null where nothing real was published by then."""
    return queries.standing(day) if before else None


def summary(
    before: Version | None,
    previous: Mapping[str, pl.DataFrame],
    ledgers: Mapping[str, pl.DataFrame],
    day: date,
    was: Standing | None,
    would_be: Database,
) -> Summary:
    """What publishing `ledgers` over `previous` on `day` changes; both walls as they are seen on that day."""
    old, new = previous.get("projects", empty(PROJECTS)), ledgers["projects"]
    known = old["project_id"].implode()
    is_known = pl.col("project_id").is_in(known)
    is_reported = pl.col("last_reported_date").eq_missing(day)
    beside = compared_with(would_be, was, day) if was else {}
    return Summary(
        before,
        day,
        new=_pairs(new.filter(~is_known)),
        changed=_changed(previous, ledgers),
        gone=_pairs(new.filter(is_known & ~is_reported)),
        withdrawn=_pairs(old.join(new, on="project_id", how="anti", maintain_order="left")),
        nodes_done=_done(asked(would_be, "change_nodes", beside)),
        lights=_lights(asked(would_be, "change_projects", beside)),
    )


def _pairs(projects: pl.DataFrame) -> tuple[tuple[str, str], ...]:
    rows = projects.select("project_id", pl.coalesce("project_name", "project_id")).iter_rows()
    return tuple((project_id, name) for project_id, name in rows)


def _changed(previous: Mapping[str, pl.DataFrame], ledgers: Mapping[str, pl.DataFrame]) -> int:
    """Projects on both sides of which a cell or a row about them is different."""
    if "projects" not in previous:
        return 0
    both = previous["projects"].join(ledgers["projects"], on="project_id", how="semi")
    found = changes(previous, ledgers)
    about = found.filter((pl.col("kind") == CHANGED) | (pl.col("ledger") != PROJECTS.sheet))
    return about.select("project_id").unique().join(both, on="project_id", how="semi").height


def _done(nodes: pl.DataFrame) -> tuple[tuple[str, str, date | None], ...]:
    done = nodes.filter(pl.col("kind") == "done")
    newest = done.sort("actual_finish", descending=True, nulls_last=True, maintain_order=True)
    return tuple(newest.select("project_name", "node", "actual_finish").iter_rows())


def _lights(projects: pl.DataFrame) -> tuple[tuple[str, str, str | None, str], ...]:
    on_wall = projects.filter(pl.col("kind") != "removed")
    changed = on_wall.filter(pl.col("light").ne_missing(pl.col("light_before")))
    return tuple(changed.select("project_id", "project_name", "light_before", "light").iter_rows())
