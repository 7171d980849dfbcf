"""Who a row is about: project numbers that stay the same from day to day, and references by name."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import Final

import polars as pl

from data.conform.notices import Notices, shown
from data.conform.places import Columns
from data.text import plain

_LOOSE: Final = re.compile(r"(?:项目|工程|建设)+$|[\-—·▪•,.、()《》“”\"'▲★*:;]")
_MIN_SHORT_NAME: Final = 2
_MIN_WHOLE_NAME: Final = 4
_LONGEST_REFERENCE: Final = 120
_MARKS: Final = re.compile(r"[▲△★☆●◆■※*#]")


def derived_id(name: str | None, region: str | None) -> str | None:
    """The number of a project that has none: "P" and ten hex digits of name and region; null without name."""
    if name is None:
        return None
    text = f"{plain(name)}|{plain(region or '')}"
    return "P" + hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:10]


def with_project_ids(projects: pl.DataFrame) -> pl.DataFrame:
    """Projects with project_id filled: 项目编号, else 项目代码, else derived."""
    projects = projects.with_columns(project_id=pl.coalesce("project_id", "project_code"))
    if not projects["project_id"].null_count():
        return projects
    columns = (projects["project_id"], projects["project_name"], projects["region"])
    ids = [i or derived_id(n, r) for i, n, r in zip(*columns, strict=True)]
    return projects.with_columns(project_id=pl.Series(values=ids, dtype=pl.String))


def tell_same_names(projects: pl.DataFrame, columns: Columns, notices: Notices) -> None:
    """A warning a project whose name, but for marks such as ▲, an earlier row of the same region has under
    another number: counted twice if it is the same project. `columns` tells where names stand in a sheet."""
    named = projects.select(
        "project_id", "project_name", "region", "source_sheet", "source_row", name=pl.col("project_name")
    ).drop_nulls("project_name")
    bare = {name: _MARKS.sub("", plain(name)) for name in named["project_name"].unique().to_list()}
    named = named.with_columns(name=pl.col("project_name").replace_strict(bare, return_dtype=pl.String))
    same = named.filter(pl.struct("name", "region").is_duplicated() & pl.col("project_id").is_not_null())
    for rows in same.partition_by("name", "region", maintain_order=True):
        first = rows.row(0, named=True)
        for row in rows[1:].filter(pl.col("project_id") != first["project_id"]).iter_rows(named=True):
            notices.add(
                "same_name_twice",
                "warning",
                f"工作表“{row['source_sheet']}”第 {row['source_row']} 行的项目“{shown(row['project_name'])}”"
                f"与工作表“{first['source_sheet']}”第 {first['source_row']} 行同名,编号不同,现按两个项目计。"
                "是同一个项目的请只留一行,不是的请在名称里写明区别。",
                sheet=row["source_sheet"],
                row=row["source_row"] - 1,
                column=columns.at(row["source_sheet"], row["source_row"], "project_name"),
                found=row["project_name"],
                expected="一个项目一行",
            )


def loose(name: str) -> str:
    """A name without what short names drop: 项目 or 工程 at the end, punctuation, marks."""
    return _LOOSE.sub("", plain(name)) or plain(name)


@dataclass(frozen=True)
class ProjectNames:
    """Known projects, to be found by number, code, whole name or short name; `codes` and `full_name` give the
    number of a code and the name of a number."""

    codes: Mapping[str, str]
    full_name: Mapping[str, str]
    ids: frozenset[str]

    @classmethod
    def of(cls, projects: pl.DataFrame) -> ProjectNames:
        """The names of a projects frame."""
        known = projects.select("project_id", "project_code", "project_name").drop_nulls("project_id")
        coded, named = known.drop_nulls("project_code"), known.drop_nulls("project_name")
        return cls(
            codes=dict(zip(coded["project_code"], coded["project_id"], strict=True)),
            full_name=dict(zip(named["project_id"], named["project_name"], strict=True)),
            ids=frozenset(known["project_id"]),
        )

    @cached_property
    def by_name(self) -> dict[str, list[str]]:
        """Ids by loose name; worked out when first a project is looked for by name."""
        names: dict[str, list[str]] = {}
        for identity, name in self.full_name.items():
            names.setdefault(loose(name), []).append(identity)
        return names

    @cached_property
    def _with_character(self) -> dict[str, list[str]]:
        """Loose names by the characters in them, so that few names have to be looked at."""
        names = defaultdict[str, list[str]](list)
        for name in self.by_name:
            for character in set(name):
                names[character].append(name)
        return names

    def find(self, name: str) -> str | None:
        """The one project of this number, code, name or short name; null for none and for several."""
        if name in self.ids:
            return name
        if name in self.codes:
            return self.codes[name]
        short = loose(name)
        if short in self.by_name:
            return self._only([short])
        if len(short) < _MIN_SHORT_NAME:
            return None
        likely = self._sharing_rarest(short)
        inside = self._two_at_most((full for full in likely if short in full), self._within(short))
        if inside:
            return self._only(inside)
        scattered = (full for full in likely if len(short) >= 3 and _scattered(short, full))
        return self._only(self._two_at_most(scattered))

    def _sharing_rarest(self, short: str) -> list[str]:
        """Loose names that hold the character of `short` which the fewest names hold."""
        return min((self._with_character.get(c, []) for c in set(short)), key=len)

    @staticmethod
    def _two_at_most(*names: Iterable[str]) -> list[str]:
        """The first two names; a second one is enough to know that the reference is ambiguous."""
        return list(islice(chain(*names), 2))

    def _within(self, text: str) -> list[str]:
        """Loose names of four characters and more that stand inside a longer text."""
        if len(text) > _LONGEST_REFERENCE:
            return []
        pieces = (text[i:j] for i in range(len(text)) for j in range(i + _MIN_WHOLE_NAME, len(text) + 1))
        return list(dict.fromkeys(piece for piece in pieces if piece in self.by_name))

    def _only(self, names: Iterable[str]) -> str | None:
        ids = list(dict.fromkeys(identity for name in names for identity in self.by_name[name]))
        return ids[0] if len(ids) == 1 else None


def _scattered(short: str, full: str) -> bool:
    """Whether the characters of `short` stand in `full` in their order, the first one first."""
    rest = iter(full)
    return full.startswith(short[0]) and all(character in rest for character in short)


def resolve(
    table: pl.DataFrame, known: ProjectNames, keeps_names: bool
) -> tuple[pl.DataFrame, Mapping[str, str]]:
    """The table with project_id resolved, and short names with the project each was taken for.

    What can't be found keeps its text in project_id, for a rule to name: the number, else the name unless the
    ledger `keeps_names` beside.
    """
    given = table["project_id"].drop_nulls().unique().to_list()
    by_number = {text: found for text in given if text not in known.ids and (found := known.find(text))}
    table = table.with_columns(project_id=pl.col("project_id").replace(by_number)) if by_number else table
    matched: dict[str, str] = {}
    if "project_name" in table.columns and table["project_id"].null_count():
        names = (
            table.filter(pl.col("project_id").is_null())["project_name"]
            .drop_nulls()
            .unique()
            .sort()
            .to_list()
        )
        by_name = {name: found for name in names if (found := known.find(name))}
        matched = {
            n: known.full_name[i]
            for n, i in by_name.items()
            if i in known.full_name and plain(n) != plain(known.full_name[i])
        }
        looked_up = pl.col("project_name").replace_strict(by_name, default=None, return_dtype=pl.String)
        table = table.with_columns(project_id=pl.coalesce("project_id", looked_up))
    if "project_name" in table.columns and not keeps_names:
        table = table.with_columns(project_id=pl.coalesce("project_id", "project_name"))
    return table, matched


def problem_id(project: str | None, problem: str | None) -> str:
    """The number of a problem that has none, the same as long as its project and words are."""
    text = f"{project or ''}|{plain(problem or '')}"
    return "Q" + hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:10]
