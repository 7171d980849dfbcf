"""What a paper is asked for: the meeting it is for with its filters, and whom the figures are asked of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import polars as pl

from components import formats, links
from components.dispatch_link import Shown, shown
from components.lists_window import scope_words
from data import rhythms
from data.errors import BadParameter
from data.query import Queries, queries
from data.rhythms import Meeting
from data.settings import Settings, settings

RHYTHM: Final = "rhythm"
PROJECT: Final = "project"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """One paper's order: the meeting as the screen shows it, a project's number or null for all projects, and
    the runner that answers."""

    shown: Shown
    project: str | None
    source: Queries

    @property
    def meeting(self) -> Meeting:
        """The meeting the paper is made for."""
        return self.shown.meeting

    @property
    def as_of(self) -> date:
        """The status date of every figure."""
        return self.shown.as_of

    @property
    def params(self) -> dict[str, Any]:
        """The filters that are set, as parameters of the queries."""
        return self.shown.params | ({PROJECT: self.project} if self.project else {})

    def ask(self, name: str, **own: object) -> pl.DataFrame:
        """The answer to a question in this paper's scope; parameters the question lacks are left out."""
        spec = self.source.describe(name)
        known = {key: value for key, value in self.params.items() if spec.parameter(key)}
        return self.source.run(name, **(known | own))

    def changed(self, name: str, **own: object) -> pl.DataFrame | None:
        """The answer to a question about change; null where there is nothing to compare with."""
        then = self.shown.before
        return None if then is None else self.ask(name, since=then.day, **own)

    @cached_property
    def freshness(self) -> Row:
        """The row of `freshness`: version, snapshot date, rows held back, projects not reported anew."""
        return self.ask("freshness").row(0, named=True)

    @property
    def scope(self) -> str:
        """Which projects, in words: "全口径", or the filters that are set."""
        return scope_words(self.params)

    @property
    def stamp(self) -> str:
        """The line below every table and picture: scope, cut-off and version."""
        day = formats.short_day(self.as_of)
        return f"{self.scope} · 截至{day} · 台账版本 {self.freshness['version']}"


def asked(search: str | None, source: Queries | None = None) -> Asked:
    """The order an address makes with its filters, `rhythm`, `date` and `project`.

    BadParameter where there is no such rhythm; the standard one's next meeting where it names none.
    """
    given = links.params(search)
    name = given.get(RHYTHM) or rhythms.standard().name
    found = shown(name, search)
    if found is None:
        names = "、".join(one.name for one in rhythms.rhythms())
        raise BadParameter(f"没有名为“{name}”的调度节奏;可用的有:{names}。")
    return Asked(found, given.get(PROJECT) or None, source or queries())


def office_name() -> str:
    """The office that signs, "" while nobody has named it."""
    name = settings().city
    return "" if name == Settings.model_fields["city"].default else name
