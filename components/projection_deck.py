"""What is projected: a list of pages, as data.

A page is an `Item`; its text ("project:P0001", "wall:12@东山县") stands in addresses, so that a meeting's
agenda can name its own list (`show`). Without one, a page set makes the list from the filters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args
from urllib.parse import quote, unquote

from components import links
from data.errors import ConfigurationError
from data.rhythms import Meeting, Rhythm, Section, rhythm, rhythms, standard

Kind = Literal["overview", "regions", "red", "wall", "leader", "project", "promises", "section"]

WORDS: Final[dict[Kind, str]] = {
    "overview": "总览",
    "regions": "县区与园区排名",
    "red": "红灯清单",
    "wall": "倒排工期",
    "leader": "包保",
    "project": "项目",
    "promises": "上次会议定的事",
    "section": "会上要问的事",
}  # fmt: skip
# kinds that go on over several pages; the key is how many rows were shown before
LISTS: Final[tuple[Kind, ...]] = ("regions", "red", "wall")
# the parameters of the projection itself; the others in its address are filters
NAMES: Final = ("set", "show", "auto", "meeting", "date")
PROMISES_A_PAGE: Final = 7
_BETWEEN: Final = ";"


@dataclass(frozen=True)
class Item:
    """One page. `key` is a leader's name, a project's id or the rows skipped; `region` narrows it."""

    kind: Kind
    key: str = ""
    region: str | None = None

    @property
    def text(self) -> str:
        """The page in an address; `item_of` reads it."""
        key = f":{quote(self.key, safe='')}" if self.key else ""
        return f"{self.kind}{key}" + (f"@{quote(self.region, safe='')}" if self.region else "")

    @property
    def skipped(self) -> int:
        """Rows shown on the pages before, 0 for the first."""
        return int(self.key) if self.key.isdigit() else 0


@dataclass(frozen=True)
class Part:
    """A stretch of a page set: pages of one kind, `most` at most (null = all there are).

    For "leader" and "project" there is one page each; for lists `most` counts pages. `by_region` gives
    one such stretch a region. `section` is that of a meeting's page, for the kind "section".
    """

    kind: Kind
    most: int | None = None
    by_region: bool = False
    section: str = ""


@dataclass(frozen=True)
class PageSet:
    """What one rhythm or one way through the projects shows; `days` back lies what it compares with."""

    word: str
    days: int
    parts: tuple[Part, ...]


# kinds of pages that need no more than a name
NAMED: Final[tuple[Kind, ...]] = ("overview", "regions", "red", "wall", "leader", "project", "promises")


def part_of(text: str, of: str, where: str = "pages") -> Part:
    """The stretch of pages that a rhythm calls "red:3"; in its `opening` sections of its page are pages too.

    ConfigurationError where there is no such kind.
    """
    word, _, most = text.partition(":")
    limit = int(most) if most else None
    kind = next((known for known in NAMED if known == word), None)
    if kind is not None:
        return Part(kind, limit)
    sections = get_args(Section) if where == "opening" else ()
    if word in sections:
        return Part("section", limit, section=word)
    known = "、".join(dict.fromkeys((*NAMED, *sections)))
    raise ConfigurationError(f"调度节奏“{of}”的 {where} 里没有“{word}”这种页;可写:{known}。")


def _set_of_rhythm(rhythm: Rhythm) -> PageSet:
    parts = tuple(part_of(text, rhythm.word) for text in rhythm.pages)
    return PageSet(rhythm.word, _days_between(rhythm), parts)


def _days_between(rhythm: Rhythm) -> int:
    """How many days lie between two meetings of a rhythm, about."""
    if rhythm.every:
        return 1
    return 7 // len(rhythm.weekdays) if rhythm.weekdays else 30 // len(rhythm.month_days)


# what each rhythm looks at (data/rhythms.toml), the standard one first, and four ways through all there is
SETS: Final[dict[str, PageSet]] = {
    **{one.name: _set_of_rhythm(one) for one in sorted(rhythms(), key=lambda one: not one.standard)},
    "regions": PageSet(
        "逐县区", 7, (Part("regions"), Part("overview", 1, by_region=True), Part("wall", 1, by_region=True))
    ),
    "leaders": PageSet("逐领导", 7, (Part("leader"),)),
    "projects": PageSet("逐个红灯项目", 7, (Part("project"),)),
    "wall": PageSet("挂图", 7, (Part("wall"),)),
}  # fmt: skip
FIRST_SET: Final = standard().name
# what the projection of a rhythm's meeting opens with, before its agenda
OPENINGS: Final[dict[str, tuple[Part, ...]]] = {
    one.name: tuple(part_of(text, one.word, "opening") for text in one.opening) for one in rhythms()
}


@dataclass(frozen=True)
class Stock:
    """What there is in the filters' scope: row counts of lists, names in the order they are walked through.

    `per_page` says how many rows of a list one page holds; `projects` are ids with names.
    """

    rows: dict[Kind, int]
    per_page: dict[Kind, int]
    regions: Sequence[str]
    leaders: Sequence[str]
    projects: Mapping[str, str]


def set_of(search: str | None) -> str:
    """The page set an address asks for; the weekly meeting's when it names none."""
    asked = links.params(search).get("set")
    return asked if asked in SETS else FIRST_SET


def shown_in(search: str | None) -> list[Item]:
    """The pages an address lists by itself; empty when it does not. What can't be read is left out."""
    asked = links.params(search).get("show", "")
    found = (item_of(text) for text in asked.split(_BETWEEN))
    return [item for item in found if item is not None]


def address(items: Iterable[Item], search: str | None = "") -> str:
    """The address that projects exactly these pages, filters kept."""
    return links.projection(
        links.with_params(search, show=_BETWEEN.join(item.text for item in items) or None)
    )


def meeting_address(held: Meeting, projects: Iterable[str], search: str | None) -> str:
    """The address that projects a meeting: what it opens with, then its agenda project by project."""
    named = links.with_params(search, meeting=held.rhythm.name, date=held.day.isoformat())
    listed = [Item("project", project) for project in projects]
    return address(listed, links.with_params(named, set=held.rhythm.name))


def left_to(search: str | None, kept: str) -> str:
    """Where one is when the projection is left: at the meeting it projects, else at the overview."""
    asked = links.params(search)
    held = rhythm(asked.get("meeting", ""))
    if held is None:
        return links.overview(kept)
    own = {name: None for name, value in held.scope.items() if asked.get(name) == value}
    return links.dispatch(
        held.name, links.with_params(kept, as_of=None, compare=None, date=asked.get("date"), **own)
    )


@dataclass(frozen=True)
class Place:
    """Where in a meeting a page stands: its rhythm and day, the section, and the rows shown before."""

    rhythm: str
    day: date
    section: str
    skipped: int = 0

    @property
    def key(self) -> str:
        """The place as the key of an item; `place_of` reads it."""
        return f"{self.rhythm}.{self.day.isoformat()}.{self.section}.{self.skipped}"


def place_of(key: str) -> Place | None:
    """The place of a key, null for another text."""
    try:
        name, day, section, skipped = key.split(".")
        return Place(name, date.fromisoformat(day), section, int(skipped))
    except ValueError:
        return None


def item_of(text: str) -> Item | None:
    """The page of such a text, null when it is none."""
    words, _, region = text.partition("@")
    kind, _, key = words.partition(":")
    known = next((known for known in get_args(Kind) if known == kind), None)
    return None if known is None else Item(known, unquote(key), unquote(region) or None)


def items(chosen: PageSet, stock: Stock) -> list[Item]:
    """The pages of a set, in order; stretches by region that follow each other go region by region."""
    found: list[Item] = []
    parts = list(chosen.parts)
    while parts:
        part = parts.pop(0)
        if not part.by_region:
            found += pages_of(part, stock)
            continue
        together = [part]
        while parts and parts[0].by_region:
            together.append(parts.pop(0))
        found += [Item(one.kind, region=region) for region in stock.regions for one in together]
    return found


def pages_of(part: Part, stock: Stock) -> list[Item]:
    """The pages of one stretch; a list without rows has one page, which says so."""
    if part.kind in LISTS:
        step = stock.per_page[part.kind]
        starts = list(range(0, max(stock.rows[part.kind], 1), step))
        return [Item(part.kind, str(start) if start else "") for start in starts[: part.most]]
    if part.kind in ("overview", "promises"):
        return [Item(part.kind)]
    named = stock.leaders if part.kind == "leader" else list(stock.projects)
    return [Item(part.kind, name) for name in named[: part.most]]
