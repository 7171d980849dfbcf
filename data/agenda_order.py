"""What persons made of an agenda: up, down, drop, add, pin, fix. Pure; the record keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from data.errors import RecordError
from data.record_file import Event

Act = Literal["up", "down", "top", "drop", "restore", "add", "pin", "unpin", "fix", "unfix"]


@dataclass(frozen=True)
class Order:
    """What persons made of an agenda: project numbers in order, and those dropped, pinned and added."""

    keys: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    fixed: bool = False

    @property
    def body(self) -> dict[str, Any]:
        """The order as an event keeps it."""
        return {
            "keys": list(self.keys), "dropped": list(self.dropped), "pinned": list(self.pinned),
            "added": list(self.added), "fixed": self.fixed,
        }  # fmt: skip

    @classmethod
    def of(cls, events: Sequence[Event]) -> Order:
        """The order the events leave; an empty one where nobody did anything."""
        if not events:
            return cls()
        body = events[-1].body
        lists = {name: tuple(body.get(name, ())) for name in ("keys", "dropped", "pinned", "added")}
        return cls(**lists, fixed=bool(body.get("fixed")))

    def over(self, proposed: Sequence[str]) -> tuple[str, ...]:
        """The numbers to show: this order, without what is no longer proposed, then what is new; what is
        pinned first. A fixed order stays as it was fixed."""
        if self.fixed:
            return self.keys
        held = {*proposed, *self.pinned, *self.added}
        known = [key for key in self.keys if key in held]
        fresh = [key for key in proposed if key not in {*known, *self.dropped}]
        shown = [*known, *fresh]
        return tuple(sorted(shown, key=lambda key: key not in self.pinned))


def acted(order: Order, act: Act, key: str, proposed: Sequence[str]) -> Order:
    """The order after one act; RecordError where it can't be done."""
    if act == "unfix":
        return replace(order, fixed=False)
    if order.fixed:
        raise RecordError("议程已经确定;要改动请先点“解除确定”。")
    keys = list(order.over(proposed))
    if act == "fix":
        return replace(order, keys=tuple(keys), fixed=True)
    if act in ("add", "restore"):
        return _put_on(order, act, key, keys)
    if key not in keys:
        raise RecordError("这一项已不在议程上,可能刚被别人去掉;请刷新页面后再看。")
    if act == "drop":
        return _taken_off(order, key, keys)
    pinned = tuple(one for one in order.pinned if one != key) + ((key,) if act == "pin" else ())
    if act in ("pin", "unpin"):
        return replace(order, keys=tuple(keys), pinned=pinned)
    return replace(order, keys=tuple(_moved(keys, key, act)))


def _put_on(order: Order, act: Act, key: str, keys: Sequence[str]) -> Order:
    if key in keys:
        raise RecordError("这个项目已经在议程上。")
    return replace(
        order,
        keys=(*keys, key),
        dropped=tuple(one for one in order.dropped if one != key),
        added=(*order.added, key),
    )


def _taken_off(order: Order, key: str, keys: Sequence[str]) -> Order:
    def without(given: Iterable[str]) -> tuple[str, ...]:
        return tuple(one for one in given if one != key)

    return replace(
        order,
        keys=without(keys),
        dropped=(*order.dropped, key),
        pinned=without(order.pinned),
        added=without(order.added),
    )


def _moved(keys: Sequence[str], key: str, act: Act) -> list[str]:
    rest = [one for one in keys if one != key]
    place = keys.index(key)
    at = {"up": max(place - 1, 0), "down": place + 1, "top": 0}[act]
    return [*rest[:at], key, *rest[at:]]
