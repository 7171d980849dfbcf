"""A file on its way against the wall as it is: what would change if it were published now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.manifest import Version


@dataclass(frozen=True)
class Summary:
    """What publishing would change. `before` is the version it is compared with; null for a first file.

    Projects are (project_id, project_name): `new` ones, those `gone` from the file and kept as 未更新,
    and those `withdrawn`, which leave the wall. `changed` counts projects with a changed cell.
    `nodes_done` are done now and were not before: (project_name, node, date or null). `lights` are
    projects whose light differs: (project_id, project_name, code before, code after); a new project
    has no code before.
    """

    before: Version | None
    day: date
    new: tuple[tuple[str, str], ...] = ()
    changed: int = 0
    gone: tuple[tuple[str, str], ...] = ()
    withdrawn: tuple[tuple[str, str], ...] = ()
    nodes_done: tuple[tuple[str, str, date | None], ...] = ()
    lights: tuple[tuple[str, str, str | None, str], ...] = ()
