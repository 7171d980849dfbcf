"""Leaders and officers nobody knew yesterday, with the nearest name that was known."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import polars as pl
from rapidfuzz import fuzz

from data.conform.notices import Notices
from data.conform.places import Columns
from data.pinyin import lazy_pinyin
from data.workbook import address

ROLES: Final = {"leaders": "包保领导", "chief_officer": "首席服务员", "promoter": "推进专员"}
NEAR_SCORE: Final = 60
# above this share of unknown names, the list was exchanged or names are written another way
MOST_UNKNOWN_RATIO: Final = 0.5
FEW: Final = 5


def tell_unknown(projects: pl.DataFrame, before: pl.DataFrame, columns: Columns, notices: Notices) -> None:
    """Tell each name that yesterday's list doesn't have in any role; `projects` are today's own rows."""
    known = set().union(*(_names(before, role)["name"] for role in ROLES))
    for role, word in ROLES.items():
        found = _names(projects, role)
        if not known or not before[role].drop_nulls().len():
            continue
        fresh = found.filter(~pl.col("name").is_in(list(known)))
        if fresh.height > FEW and fresh.height > found.height * MOST_UNKNOWN_RATIO:
            _tell_many(word, found.height, fresh, notices)
        else:
            for row in fresh.iter_rows(named=True):
                _tell_one(role, word, row, known, set(found["name"]), columns, notices)


def _names(projects: pl.DataFrame, role: str) -> pl.DataFrame:
    """One row a name: how many projects, and the first row it stands in."""
    names = projects.select("source_sheet", "source_row", name=role)
    names = names.explode("name") if role == "leaders" else names
    return (
        names.drop_nulls("name")
        .group_by("name", maintain_order=True)
        .agg(pl.len().alias("projects"), pl.first("source_sheet"), pl.first("source_row"))
    )


def _tell_one(
    role: str,
    word: str,
    row: Mapping[str, object],
    known: set[str],
    here: set[str],
    columns: Columns,
    notices: Notices,
) -> None:
    name, sheet, line = str(row["name"]), str(row["source_sheet"]), int(str(row["source_row"]))
    near = nearest(name, known, here)
    column = columns.at(sheet, line, role)
    place = f"工作表“{sheet}”" + (f"第 {line} 行" if column is None else address(line - 1, column))
    advice = f"最接近的是“{near}”,如是笔误请改正。" if near else "新调整的请忽略,否则请核对姓名。"
    notices.add(
        "unknown_person",
        "warning",
        f"{place}的{word}“{name}”不在上次的名单里(涉及 {row['projects']} 个项目)。{advice}",
        sheet=sheet,
        row=line - 1,
        column=column,
        found=name,
        expected=near,
    )


def _tell_many(word: str, count: int, fresh: pl.DataFrame, notices: Notices) -> None:
    names = "、".join(fresh["name"].head(3))
    notices.add(
        "unknown_persons",
        "warning",
        f"{word} {count} 人中有 {fresh.height} 人(“{names}”等)不在上次的名单里。"
        "如果是写法变了(加了职务、换了代号),请统一成原来的写法。",
        sheet=fresh["source_sheet"][0],
        found=str(fresh.height),
    )


def nearest(name: str, known: set[str], here: set[str]) -> str | None:
    """The known name this one is likely a slip of: it sounds the same, or it differs by a character and is
    nowhere in today's file; null where none is near."""
    scored = [
        (
            100.0
            if sound(other) == sound(name)
            else fuzz.ratio(name, other) - (100.0 if other in here else 0.0),
            other,
        )
        for other in known
        if other != name
    ]
    score, other = max(scored, default=(0.0, ""))
    return other if score >= NEAR_SCORE else None


@lru_cache(maxsize=16_384)
def sound(name: str) -> str:
    """A name as it sounds, tones left out."""
    return "".join(lazy_pinyin(name))
