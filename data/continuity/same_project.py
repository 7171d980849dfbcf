"""Which project of yesterday a project of today is: by number, code, words, and what is only likely."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from data.conform.identity import loose
from data.text import plain

# a file's own number for a project that keeps its older number, a member of `extra`
FILE_NUMBER: Final = "文件中的编号"
DERIVED: Final = r"^P[0-9a-f]{10}$"
CLOSE_SCORE: Final = 82
CLOSE_SCORE_OF_OWNER: Final = 55
# above this many on both sides the list was exchanged, and asking about pairs helps nobody
MOST_TO_COMPARE: Final = 1_000
# more rows of one name than this are no name to go by
MOST_NAMESAKES: Final = 20
_PHASE: Final = re.compile(r"[一二三四五六七八九十\d]+(?:期|标段|号|组|区)")
_DIGITS: Final = re.compile(r"\d+")


@dataclass(frozen=True)
class Entry:
    """What tells a project: number, code, names in comparable form, and where its row stands."""

    number: str
    code: str | None
    alias: str | None
    name: str
    title: str
    region: str
    owner: str
    sheet: str | None
    row: int | None

    @property
    def derived(self) -> bool:
        """Whether the number was made from the name, the file having none."""
        return re.match(DERIVED, self.number) is not None


@dataclass(frozen=True)
class Pair:
    """A project of today and the one of yesterday it is, or may be."""

    today: Entry
    before: Entry


@dataclass
class Again:
    """What following found: `numbers` maps today's numbers to yesterday's where they differ.

    `renamed` are the same by number and differ in name, `renumbered` the same by words and differ in two
    numbers that staff wrote, `contradictions` have the number of one and the name or code of another, `close`
    are only likely.
    """

    numbers: dict[str, str] = field(default_factory=dict)
    renamed: list[Pair] = field(default_factory=list)
    renumbered: list[Pair] = field(default_factory=list)
    contradictions: list[tuple[Entry, Entry, Entry]] = field(default_factory=list)
    close: list[Pair] = field(default_factory=list)


def found_again(
    today: pl.DataFrame,
    before: pl.DataFrame,
    same: Mapping[str, str],
    different: frozenset[tuple[str, str]],
) -> Again:
    """How today's projects continue yesterday's; `same` and `different` are what staff decided."""
    again = Again()
    known = pl.col("project_id").is_in(before["project_id"].implode())
    moved = today.filter(known).join(
        before.select("project_id", _was="project_name", _code="project_code"), on="project_id"
    )
    odd = moved.filter(
        (pl.col("project_name") != pl.col("_was")) | (pl.col("project_code") != pl.col("_code"))
    )
    fresh = list(_entries(today.filter(~known & pl.col("project_id").is_not_null())))
    if not fresh and odd.is_empty():
        return again
    all_before = {entry.number: entry for entry in _entries(before)}
    here = {entry.number: entry for entry in _entries(today)}
    _judge_odd(_entries(odd), all_before, here, again)
    gone = {number: entry for number, entry in all_before.items() if number not in here}
    fresh = _by_decision_or_code(fresh, gone, same, again)
    fresh = _by_words(fresh, gone, different, again)
    again.close = _likely(fresh, gone, different)
    return again


def file_numbers(before: pl.DataFrame) -> dict[str, str]:
    """Numbers files use for projects that kept an older one → that older one."""
    with_alias = before.filter(pl.col("extra").str.contains(FILE_NUMBER, literal=True))
    return {entry.alias: entry.number for entry in _entries(with_alias) if entry.alias}


def _entries(projects: pl.DataFrame) -> Iterator[Entry]:
    alias = pl.col("extra").str.extract(f'"{FILE_NUMBER}": "([^"]*)"')
    columns = projects.select(
        "project_id", "project_code", "project_name", "region", "owner", "source_sheet", "source_row",
        alias=alias,
    )  # fmt: skip
    for row in columns.iter_rows(named=True):
        if row["project_id"] is not None:
            yield _entry(row)


def _entry(row: Mapping[str, Any]) -> Entry:
    title = row["project_name"] or ""
    return Entry(
        row["project_id"],
        row["project_code"],
        row["alias"],
        loose(title) if title else "",
        title,
        plain(row["region"] or ""),
        plain(row["owner"] or ""),
        row["source_sheet"],
        row["source_row"],
    )


def _judge_odd(
    odd: Iterator[Entry], before: Mapping[str, Entry], here: Mapping[str, Entry], again: Again
) -> None:
    """Same number with another name or code: renamed, unless that name or code was another project's."""
    names, codes = defaultdict(list), {e.code: e for e in before.values() if e.code}
    for entry in before.values():
        names[entry.name].append(entry)
    for entry in odd:
        was = before[entry.number]
        other = codes.get(entry.code) if entry.code and entry.code != was.code else None
        if other is None and entry.name != was.name:
            other = _former_bearer(entry, names.get(entry.name, []), here)
        if other is not None and other.number != entry.number:
            again.contradictions.append((entry, was, other))
        elif entry.name != was.name:
            again.renamed.append(Pair(entry, was))


def _former_bearer(entry: Entry, bearers: list[Entry], here: Mapping[str, Entry]) -> Entry | None:
    """The one project that had this name in this region yesterday and doesn't have it any more."""
    left = [
        b
        for b in bearers
        if _agree(b.region, entry.region) and (b.number not in here or here[b.number].name != entry.name)
    ]
    return left[0] if len(left) == 1 else None


def _by_decision_or_code(
    fresh: list[Entry], gone: dict[str, Entry], same: Mapping[str, str], again: Again
) -> list[Entry]:
    """Take those staff decided on and those whose code or file number is known; the rest."""
    by_code: dict[str, str] = {}
    for entry in gone.values():
        by_code |= {key: entry.number for key in (entry.code, entry.alias) if key}
    rest = []
    for entry in fresh:
        keys = (same.get(entry.number), by_code.get(entry.number), by_code.get(entry.code or ""))
        found = next((key for key in keys if key in gone), None)
        if found is None:
            rest.append(entry)
        else:
            _take(entry, gone.pop(found), again)
    return rest


def _take(entry: Entry, before: Entry, again: Again) -> None:
    again.numbers[entry.number] = before.number
    if entry.name != before.name:
        again.renamed.append(Pair(entry, before))
    elif not (entry.derived or before.derived) and before.alias != entry.number != before.code:
        again.renumbered.append(Pair(entry, before))


def _by_words(
    fresh: list[Entry], gone: dict[str, Entry], different: frozenset[tuple[str, str]], again: Again
) -> list[Entry]:
    """Take those whose name, region and owner are one project's of yesterday and of nobody else; the rest."""
    by_name = defaultdict(list)
    for before in gone.values():
        by_name[before.name].append(before)
    bearers = defaultdict(list)
    for entry in fresh:
        bearers[entry.name].append(entry)
    rest = []
    for entry in fresh:
        if not entry.name or len(bearers[entry.name]) > MOST_NAMESAKES:
            rest.append(entry)
            continue
        rivals = [e for e in bearers[entry.name] if _same_words(e, entry)]
        found = [
            b
            for b in by_name.get(entry.name, [])
            if _same_words(entry, b) and (entry.number, b.number) not in different
        ]
        if len(found) == 1 and len(rivals) == 1 and found[0].number in gone:
            _take(entry, gone.pop(found[0].number), again)
        else:
            rest.append(entry)
    return rest


def _same_words(one: Entry, other: Entry) -> bool:
    """Region and owner agree; two different numbers that staff wrote need a region on both sides."""
    agree = _agree(one.region, other.region) and _agree(one.owner, other.owner)
    return agree and (one.derived or other.derived or bool(one.region and other.region))


def _agree(one: str, other: str) -> bool:
    """Whether two regions or owners may be one: 连山区 and 葫芦岛市连山区 are, and so is what isn't said."""
    return not one or not other or one.endswith(other) or other.endswith(one)


def _likely(
    fresh: list[Entry], gone: Mapping[str, Entry], different: frozenset[tuple[str, str]]
) -> list[Pair]:
    """Likely pairs, each project in one, the closest first."""
    candidates = list(gone.values())
    if not fresh or not candidates or max(len(fresh), len(candidates)) > MOST_TO_COMPARE:
        return []
    scores = process.cdist([e.name for e in fresh], [e.name for e in candidates], scorer=fuzz.ratio)
    near = np.argwhere(scores >= CLOSE_SCORE_OF_OWNER).tolist()
    pairs = [
        (float(scores[i, k]), i, k)
        for i, k in near
        if (fresh[i].number, candidates[k].number) not in different
        and _close(fresh[i], candidates[k], float(scores[i, k]))
    ]
    chosen: list[Pair] = []
    taken: set[tuple[str, int]] = set()
    for _, i, k in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if not taken & {("today", i), ("before", k)}:
            taken |= {("today", i), ("before", k)}
            chosen.append(Pair(fresh[i], candidates[k]))
    return chosen


def _close(entry: Entry, before: Entry, score: float) -> bool:
    """一期 and 二期 are two projects; other figures may change within one owner's project only."""
    if _PHASE.findall(entry.name) != _PHASE.findall(before.name):
        return False
    one_owner = bool(entry.owner) and entry.owner == before.owner
    if one_owner and _agree(entry.region, before.region):
        return True
    if _DIGITS.findall(entry.name) != _DIGITS.findall(before.name):
        return False
    return score >= CLOSE_SCORE and (entry.name == before.name or _agree(entry.region, before.region))
