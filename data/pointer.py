"""What the pointer file says: which versions are published, set aside, or only a demonstration."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from data.manifest import Version


@dataclass(frozen=True)
class Catalogue:
    """Versions published, ascending; those set aside; and those of the demo city.

    A demo city gives way: with the first real snapshot all demo ones are set aside.
    """

    published: tuple[Version, ...] = ()
    withdrawn: frozenset[Version] = frozenset()
    demo: frozenset[Version] = frozenset()

    @property
    def shown(self) -> tuple[Version, ...]:
        """The versions readers may see, oldest first."""
        return tuple(v for v in self.published if v not in self.withdrawn)

    @property
    def current(self) -> Version | None:
        """The version on the wall: the newest day's newest revision; null in an empty store."""
        return self.shown[-1] if self.shown else None

    def with_version(self, version: Version, demo: bool) -> Catalogue:
        """This catalogue and one more version."""
        published = tuple(sorted({*self.published, version}))
        if demo:
            return replace(self, published=published, demo=self.demo | {version})
        return replace(self, published=published, withdrawn=self.withdrawn | self.demo)

    def rolled_back(self, version: Version, fresh: Version) -> Catalogue:
        """This catalogue with `fresh` current, which says again what `version` said.

        Newer ones than `version`, and all of the other kind, are set aside; older ones are shown again.
        """
        is_demo = version in self.demo
        aside = frozenset(v for v in self.published if v > version or (v in self.demo) != is_demo)
        return replace(self, withdrawn=aside).with_version(fresh, is_demo)

    def with_damaged(self, versions: Iterable[Version]) -> Catalogue:
        """This catalogue and versions that can't be read: set aside, their numbers taken, never removed."""
        damaged = frozenset(versions)
        published = tuple(sorted({*self.published, *damaged}))
        return replace(self, published=published, withdrawn=self.withdrawn | damaged)

    def next_revision(self, day: date) -> Version:
        """The version a day gets next; a number that was given once is never given again."""
        return Version(day, max((v.revision for v in self.published if v.day == day), default=0) + 1)

    def to_json(self) -> str:
        """The pointer's text; `current` is there for people and scripts."""
        told = {
            "current": str(self.current) if self.current else None,
            "published": _texts(self.published),
            "withdrawn": _texts(self.withdrawn),
            "demo": _texts(self.demo),
        }
        return json.dumps(told, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Catalogue:
        """The catalogue a pointer's text names; ValueError, KeyError or TypeError when it is damaged."""
        told = json.loads(text)
        published, withdrawn, demo = (
            sorted(Version.parse(v) for v in told[key]) for key in ("published", "withdrawn", "demo")
        )
        return cls(tuple(published), frozenset(withdrawn), frozenset(demo))


def _texts(versions: Iterable[Version]) -> list[str]:
    return [str(v) for v in sorted(versions)]
