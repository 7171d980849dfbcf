"""What a paper is asked for: filters, the meeting it is for, and the day it compares with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import polars as pl

from components import filters, formats
from components.lists_window import FILTER_WORDS
from data import rhythms
from data.errors import BadParameter
from data.query import queries
from data.rhythms import Meeting
from data.settings import Settings, settings

WHOLE: Final = "全口径"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """One paper's order: query parameters (null = all), and the meeting it is made for."""

    params: Mapping[str, str | None]
    meeting: Meeting

    def ask(self, name: str, **own: object) -> pl.DataFrame:
        """The answer to a question in this paper's scope; parameters the question lacks are left out."""
        spec = queries().describe(name)
        known = {key: value for key, value in self.params.items() if spec.parameter(key)}
        return queries().run(name, **(known | own))

    def changed(self, name: str, **own: object) -> pl.DataFrame | None:
        """The answer to a question about change; null where there is nothing to compare with."""
        return None if self.since is None else self.ask(name, since=self.since, **own)

    @cached_property
    def freshness(self) -> Row:
        """The row of `freshness`: version, status date, projects, rows held back."""
        return self.ask("freshness").row(0, named=True)

    @property
    def as_of(self) -> date:
        """The status date of every figure."""
        found: date = self.freshness["as_of"]
        return found

    @cached_property
    def since(self) -> date | None:
        """The day of the newest snapshot at or before the last meeting; null when none is older."""
        then = queries().version(self.meeting.previous)
        return then.day if then and then.day < self.freshness["snapshot_date"] else None

    @property
    def scope(self) -> str:
        """Which projects, in words: "全口径", or the filters that are set."""
        words = [
            f"{FILTER_WORDS.get(name, name)}“{value}”"
            for name, value in self.params.items()
            if value and name not in ("as_of", "light")
        ]
        return "、".join(words) or WHOLE

    @property
    def stamp(self) -> str:
        """The line below every table and picture: scope, base, cut-off and version."""
        day = formats.short_day(self.as_of)
        return f"{self.scope} · 截至{day} · 台账版本 {self.freshness['version']}"


def asked(given: Mapping[str, str], rhythm: str | None = None, day: str | None = None) -> Asked:
    """The order that filters (by name), a rhythm and a meeting's day make; BadParameter where one is none.

    Without a status date a past meeting is told as of its own day, one to come as of today.
    """
    wanted = _day(day)
    params: dict[str, str | None] = filters.parse(filters.search_of(given)) | {
        "project": given.get("project") or None
    }
    status = date.fromisoformat(params["as_of"]) if params["as_of"] else settings().as_of()
    if params["as_of"] is None and wanted and wanted < status:
        params["as_of"], status = wanted.isoformat(), wanted
    found = rhythms.meeting(rhythm or rhythms.standard().name, status, wanted)
    if found is None:
        names = "、".join(one.name for one in rhythms.rhythms())
        raise BadParameter(f"没有名为“{rhythm}”的调度节奏;可用的有:{names}。")
    narrowed = {name: value for name, value in params.items() if value}
    scope: dict[str, str | None] = dict(found.rhythm.scope)  # type: ignore[arg-type]  # names are texts
    return Asked({**params, **scope, **narrowed}, found)


def office_name() -> str:
    """The office that signs, "" while nobody has named it."""
    name = settings().city
    return "" if name == Settings.model_fields["city"].default else name


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as fault:
        raise BadParameter(f"会议日期“{text}”不是日期;请写成 2026-11-23 的形式。") from fault
