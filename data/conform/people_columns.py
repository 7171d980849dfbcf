"""Columns of persons: names in one spelling without titles, titles kept beside them or in extra."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

from data.conform.cells import Distinct, Frame, Read, fragments
from data.conform.notices import shown
from data.contract import NAMES, TEXT, Column
from data.people import People, people
from data.text import is_nothing
from data.titles import looks_joined
from data.values import as_text

# columns of one person; several names stand in them as staff write lists, parted by 、
PERSON_COLUMNS: Final = frozenset(
    {"accountable_leader", "chief_officer", "promoter", "leader", "visitor", "lead_leader"}
    | {"responsible_person", "confirmed_by"}
)
_SEPARATORS: Final = re.compile(r"[、,;/|\n\r\uff0c\uff1b]")


def read_people(frame: Frame, cells: Distinct, column: Column, into: Read) -> None:
    """Read the leaders' column: names and, parallel to them, titles. A second such column adds its own."""
    found = [people(v) for v in cells.values]
    _tell_doubts(frame, cells, column, found)
    _keep_words(cells, column, [p.more for p in found], into)
    names = cells.spread([p.names for p in found], NAMES)
    titles = cells.spread([p.titles for p in found], NAMES)
    if column.name in into.series:
        names, titles = _joined(into.series["leaders"], into.series["leader_titles"], names, titles)
    elif "leader_titles" in into.series:
        titles = _filled(titles, into.series["leader_titles"])
    into.series["leaders"], into.series["leader_titles"] = names, titles


def read_titles(cells: Distinct, into: Read) -> None:
    """Read a column of titles beside the leaders'; a title in the leaders' own cell goes before it."""
    titles = cells.spread([_titles(v) for v in cells.values], NAMES)
    known = into.series.get("leader_titles")
    into.series["leader_titles"] = titles if known is None else _filled(known, titles)


def read_person(frame: Frame, cells: Distinct, column: Column, into: Read) -> None:
    """Read a column of one person: the name without title; a title stays in extra."""
    found = [people(v) for v in cells.values]
    _tell_doubts(frame, cells, column, found)
    _keep_words(cells, column, [p.more or p.titles is not None for p in found], into)
    names = [p.names for p in found]
    into.series[column.name] = cells.spread([None if n is None else "、".join(n) for n in names], TEXT)


def aligned(projects: pl.DataFrame) -> pl.DataFrame:
    """Projects with as many titles as leaders: blanks fill up too few, surplus ones join the last."""
    pairs = projects.select("leaders", "leader_titles")
    odd = pairs.filter(
        pl.col("leader_titles").is_not_null()
        & (pl.col("leaders").list.len().fill_null(0) != pl.col("leader_titles").list.len())
    )
    if odd.is_empty():
        return projects
    titles = [_parallel(names, found) for names, found in pairs.iter_rows()]
    return projects.with_columns(leader_titles=pl.Series(values=titles, dtype=NAMES))


def _parallel(names: list[str] | None, titles: list[str] | None) -> list[str] | None:
    if not names or not titles:
        return None
    kept = [*titles, *([""] * len(names))][: len(names)]
    surplus = [title for title in [kept[-1], *titles[len(names) :]] if title]
    return [*kept[:-1], "、".join(surplus)]


def _titles(cell: object) -> list[str] | None:
    """The titles of a cell, parted by 、,; or line breaks; a stroke stands for a leader without one."""
    text = None if is_nothing(cell) else as_text(cell)
    if text is None:
        return None
    return ["" if is_nothing(part) else part.strip() for part in _SEPARATORS.split(text)]


def _joined(
    names: pl.Series, titles: pl.Series, more_names: pl.Series, more_titles: pl.Series
) -> tuple[pl.Series, pl.Series]:
    """Names and titles of two leaders' columns, the first column's first, each name once."""
    both: list[list[str] | None] = []
    held: list[list[str] | None] = []
    lists = (series.to_list() for series in (names, titles, more_names, more_titles))
    for columns in zip(*lists, strict=True):
        known: dict[str, str] = {}
        for listed, posts in (columns[:2], columns[2:]):
            pairs = zip(listed or (), posts if posts is not None else [""] * len(listed or ()), strict=True)
            for name, post in pairs:
                known[name] = known.get(name) or post
        both.append(list(known) or None)
        held.append(list(known.values()) if any(known.values()) else None)
    return pl.Series(values=both, dtype=NAMES), pl.Series(values=held, dtype=NAMES)


def _filled(titles: pl.Series, other: pl.Series) -> pl.Series:
    """The first titles, and those of `other` where the first say nothing."""
    return titles.zip_with(titles.is_not_null(), other)


def _keep_words(cells: Distinct, column: Column, more: list[bool], into: Read) -> None:
    """Keep a cell's own words in extra where names and titles don't hold all of them."""
    if any(more):
        texts = [as_text(v) if kept else None for v, kept in zip(cells.values, more, strict=True)]
        into.extra.append(fragments(cells, column.header, texts))


def _tell_doubts(frame: Frame, cells: Distinct, column: Column, found: list[People]) -> None:
    """A warning a cell whose names run together, or that holds something but no name."""
    joined = [any(looks_joined(person.name) for person in cell.persons) for cell in found]
    words = "像是两个姓名连写,按一个人计。是两个人的请用顿号隔开。"
    _tell(frame, cells, column, joined, "names_run_together", words)
    nobody = [cell.more and not cell.persons for cell in found]
    _tell(frame, cells, column, nobody, "unreadable_names", "看不出姓名,按空处理。请写成 张三、李四。")


def _tell(frame: Frame, cells: Distinct, column: Column, marked: list[bool], rule: str, words: str) -> None:
    for row, position in cells.places(marked):
        text = shown(as_text(cells.values[position]))
        frame.notices.add(
            rule,
            "warning",
            f"{frame.place(row, cells.index)} 的“{column.header}”写的是“{text}”,{words}",
            sheet=frame.sheet.name,
            row=row,
            column=cells.index,
            found=text,
            expected="姓名用顿号隔开,如 张三、李四",
        )
