"""Where the name of a node is written: inside its bar, beside it, shortened, or not at all.

A label is never cut, never covers another bar and is kept off the status-date line.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil
from typing import Final, NamedTuple

FONT_PX: Final = 13.5
LOST: Final = " −"  # between a node's name and its negative float
_LEAST_BAR_PX: Final = 7.0
_PAD_PX: Final = 3.0

# short forms that offices themselves write (用规证, 工规证, 施工证 …), for bars too narrow for the name
SHORT: Final = {
    "用地规划": "用规", "工程规划": "工规", "施工许可": "施许", "不动产权": "产权", "定施工单位": "定标",
    "用地预审": "预审", "建议书": "建议", "安全设施设计": "安设", "设备安装": "安装", "试生产": "试产",
    "项目建议书": "建议", "可行性研究报告": "可研", "施工图审查": "图审", "消防设计审查": "消防",
}  # fmt: skip


class Label(NamedTuple):
    """A name as written; `centre` px from the plot's left edge; `outside` when to the right of the bar."""

    text: str
    centre: float
    outside: bool


class Extent(NamedTuple):
    """The px a bar and its label take in their lane."""

    label: Label | None
    left: float
    right: float


def extents(
    spans: Sequence[tuple[str, float, float]], width: float, avoid: Sequence[tuple[float, float]]
) -> list[Extent]:
    """One extent for each (name, left, right) of a lane, in px, from left to right as the bars are drawn.

    Where a lane is shared, a later bar lies on an earlier one: the label goes where the bar is seen.
    `avoid` are stretches no label should lie on, such as the status-date line.
    """
    found: list[Extent] = []
    reached = float("-inf")  # the right end of the bars before
    for k, (node, left, finish) in enumerate(spans):
        right = max(finish, left + _LEAST_BAR_PX)
        above = [(a, b) for _, a, b in spans[k + 1 :] if a < right]
        seen = _seen(left, right, above) if above else (left, right)
        label = _inside(node, *seen, avoid)
        # a longer bar below takes the room beside this one
        if label is None and reached <= right:
            limit = next((a for _, a, b in spans[k + 1 :] if b > right), width)
            label = _outside(node, right, limit, avoid)
        reach = right + text_px(label.text) + 2 * _PAD_PX if label and label.outside else right
        found.append(Extent(label, left, reach))
        reached = max(reached, finish)
    return found


def _seen(left: float, right: float, above: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The widest stretch of a bar that no bar above it covers; empty (left, left) when there is none."""
    best, at = (left, left), left
    for a, b in [*sorted(above), (right, right)]:
        if min(a, right) - at > best[1] - best[0]:
            best = (at, min(a, right))
        at = max(at, b)
    return best


def _inside(node: str, left: float, right: float, avoid: Sequence[tuple[float, float]]) -> Label | None:
    """The name, else its short form, in the middle of the bar, or of its widest part that is free."""
    for text in _forms(node):
        need = text_px(text) + 2 * _PAD_PX
        if need > right - left:
            continue
        centre = (left + right) / 2
        half = need / 2
        if any(a < centre + half and b > centre - half for a, b in avoid):
            a, b = _seen(left, right, [(max(a, left), b) for a, b in avoid if b > left and a < right])
            centre = (a + b) / 2 if b - a >= need else centre
        return Label(text, centre, outside=False)
    return None


def _outside(node: str, right: float, limit: float, avoid: Sequence[tuple[float, float]]) -> Label | None:
    """The name, else its short form, to the right of a narrow bar, if that room is free."""
    room = min([limit, *(a for a, b in avoid if b > right)]) - right
    for text in _forms(node):
        need = text_px(text)
        if need + 2 * _PAD_PX <= room:
            return Label(text, right + _PAD_PX + need / 2, outside=True)
    return None


def with_lost(node: str, float_workdays: int) -> str:
    """A node's name with the working days it has lost: "环评 −12"."""
    return f"{node}{LOST}{-float_workdays}"


@lru_cache(4096)
def _forms(name: str) -> tuple[str, ...]:
    """What may be written for a name, the best first: in full, short, and without the days lost."""
    node, lost, days = name.partition(LOST)
    short = SHORT.get(node, node)
    return tuple(dict.fromkeys((name, f"{short}{lost}{days}", node, short)))


def lines(text: str, font_px: float, room_px: float) -> int:
    """Lines a text takes, from 0 for none to 3, where it is cut."""
    return min(ceil(text_px(text, font_px) / max(room_px, font_px)), 3)


@lru_cache(4096)
def text_px(text: str, font_px: float = FONT_PX) -> float:
    """Width in px of a text: a Chinese character is as wide as it is high, a Latin one about half."""
    return sum(font_px if ord(c) > 0x2E7F else font_px * 0.58 for c in text)
