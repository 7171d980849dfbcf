"""What is projected: a list of pages, as data.

A page is an `Item`; its text ("project:P0001", "wall:12@东山县") stands in addresses, so that a meeting's
agenda can name its own list (`show`). Without one, a page set makes the list from the filters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args
from urllib.parse import parse_qsl, quote, unquote

from components import links

Kind = Literal["overview", "regions", "red", "wall", "leader", "project"]

WORDS: Final[dict[Kind, str]] = {
    "overview": "总览",
    "regions": "县区与园区排名",
    "red": "红灯清单",
    "wall": "倒排工期",
    "leader": "包保",
    "project": "项目",
}  # fmt: skip
# kinds that go on over several pages; the key is how many rows were shown before
LISTS: Final[tuple[Kind, ...]] = ("regions", "red", "wall")
# the parameters of the projection itself; the others in its address are filters
NAMES: Final = ("set", "show", "auto")
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
    one such stretch a region.
    """

    kind: Kind
    most: int | None = None
    by_region: bool = False


@dataclass(frozen=True)
class PageSet:
    """What one rhythm or one way through the projects shows; `days` back lies what it compares with."""

    word: str
    days: int
    parts: tuple[Part, ...]


# what each rhythm looks at (domain.md §1), and four ways through all there is
SETS: Final[dict[str, PageSet]] = {
    "week": PageSet(
        "周调度",
        7,
        (Part("overview"), Part("regions"), Part("red", 2), Part("wall", 3), Part("leader", 8),
         Part("project", 30)),
    ),
    "day": PageSet("日调度", 1, (Part("overview"), Part("red", 3), Part("project", 12))),
    "twice": PageSet("周两调", 3, (Part("overview"), Part("red", 3), Part("wall", 4), Part("project", 20))),
    "month": PageSet("月调度", 30, (Part("overview"), Part("regions"), Part("red", 1), Part("project", 10))),
    "regions": PageSet(
        "逐县区", 7, (Part("regions"), Part("overview", 1, by_region=True), Part("wall", 1, by_region=True))
    ),
    "leaders": PageSet("逐领导", 7, (Part("leader"),)),
    "projects": PageSet("逐个红灯项目", 7, (Part("project"),)),
    "wall": PageSet("挂图", 7, (Part("wall"),)),
}  # fmt: skip
FIRST_SET: Final = "week"


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
    asked = dict(parse_qsl((search or "").lstrip("?"))).get("set")
    return asked if asked in SETS else FIRST_SET


def shown_in(search: str | None) -> list[Item]:
    """The pages an address lists by itself; empty when it does not. What can't be read is left out."""
    asked = dict(parse_qsl((search or "").lstrip("?"))).get("show", "")
    found = (item_of(text) for text in asked.split(_BETWEEN))
    return [item for item in found if item is not None]


def address(items: Iterable[Item], search: str | None = "") -> str:
    """The address that projects exactly these pages, filters kept."""
    return links.projection(links.with_params(search, show=_BETWEEN.join(item.text for item in items)))


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
    if part.kind == "overview":
        return [Item("overview")]
    named = stock.leaders if part.kind == "leader" else list(stock.projects)
    return [Item(part.kind, name) for name in named[: part.most]]
