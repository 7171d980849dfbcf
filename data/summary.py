"""A file on its way against the wall as it is: what would change if it were published now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from data.compare import CHANGED, changes
from data.contract import PROJECTS, empty
from data.database import Database
from data.manifest import Version
from data.query import Queries

EVERY_PROJECT: Final = 1_000_000


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


@dataclass(frozen=True)
class Wall:
    """A wall as far as the summary compares it: a project a row, and a node a row.

    `lights` has project_id and light; `nodes` project_id, node, state and actual_finish.
    """

    lights: pl.DataFrame
    nodes: pl.DataFrame


NO_WALL: Final = Wall(
    pl.DataFrame(schema={"project_id": pl.String(), "light": pl.String()}),
    pl.DataFrame(schema=dict.fromkeys(("project_id", "node", "state"), pl.String())),
)


def wall_in(database: Database) -> Wall:
    """The wall of a database."""
    nodes = "select project_id, node::varchar as node, state::varchar as state, actual_finish from node_light"
    lights = "select project_id, light::varchar as light from project_light"
    return Wall(database.ask(lights, {}), database.ask(nodes, {}))


def wall_now(queries: Queries, day: date, before: Version | None) -> Wall:
    """The wall as it is seen on a day; empty where nothing real was published by then."""
    if before is None:
        return NO_WALL
    lights = queries.run("timeline", as_of=day, limit=EVERY_PROJECT)
    nodes = queries.run("lights", as_of=day)
    return Wall(_texts(lights, "project_id", "light"), _texts(nodes, "project_id", "node", "state"))


def summary(
    before: Version | None,
    previous: Mapping[str, pl.DataFrame],
    ledgers: Mapping[str, pl.DataFrame],
    day: date,
    was: Wall,
    would_be: Wall,
) -> Summary:
    """What publishing `ledgers` over `previous` on `day` changes, from wall to wall."""
    old, new = previous.get("projects", empty(PROJECTS)), ledgers["projects"]
    known = old["project_id"].implode()
    is_known = pl.col("project_id").is_in(known)
    is_reported = pl.col("last_reported_date").eq_missing(day)
    names = new.select("project_id", "project_name")
    return Summary(
        before,
        day,
        new=_pairs(new.filter(~is_known)),
        changed=_changed(previous, ledgers),
        gone=_pairs(new.filter(is_known & ~is_reported)),
        withdrawn=_pairs(old.join(new, on="project_id", how="anti", maintain_order="left")),
        nodes_done=_done(was, would_be, names.filter(is_known)),
        lights=_lights(was, would_be, names),
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


def _done(was: Wall, would_be: Wall, names: pl.DataFrame) -> tuple[tuple[str, str, date | None], ...]:
    done = pl.col("state") == "done"
    before = was.nodes.filter(done).select("project_id", "node")
    found = (
        would_be.nodes.filter(done)
        .join(before, on=["project_id", "node"], how="anti", maintain_order="left")
        .join(names, on="project_id", maintain_order="left")
        .sort("actual_finish", descending=True, nulls_last=True, maintain_order=True)
    )
    return tuple(found.select("project_name", "node", "actual_finish").iter_rows())


def _lights(was: Wall, would_be: Wall, names: pl.DataFrame) -> tuple[tuple[str, str, str | None, str], ...]:
    found = names.join(would_be.lights, on="project_id", maintain_order="left").join(
        was.lights, on="project_id", how="left", suffix="_before", maintain_order="left"
    )
    changed = found.filter(pl.col("light").ne_missing(pl.col("light_before")))
    return tuple(changed.select("project_id", "project_name", "light_before", "light").iter_rows())


def _texts(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    return frame.select(pl.col(column).cast(pl.String) for column in columns)
