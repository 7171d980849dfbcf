"""The second mark of a light on its bars: told apart in grey print and by those who can't tell colours.

Bars of lights that are running carry a fine strip along their lower edge, one path for all of a light,
and filled ones, where their name leaves room, the light's shape at their head. Textures
are dashes (assets/board.css).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from components.timeline_bars import Bar
from components.timeline_labels import text_px

Placed = tuple[Bar, float, float]  # a bar with its left and right px

# what is done or not begun stays plain: it is pale or ends in a cap, and calls for nobody
TEXTURED: Final = ("red", "yellow", "blue", "stopped")
LIFTED_PX: Final = 1.0  # a name above a strip stands that much higher
_INSET_PX: Final = 1.5
_STRIP_PX: Final = 2.0  # from the lower edge to the middle of the strip
_HEAD_PX: Final = 14.0  # the room a shape takes at the head of a bar
# light → its shape, drawn from the middle of a box of 8 px
_SHAPES: Final = {
    "red": "v-4h2v4zm0,1.2h2v2h-2z",
    "yellow": "m1,-4l4.2,7.6h-8.4z",
    "blue": "m-2.4,0a3.4,3.4 0 1 0 6.8,0a3.4,3.4 0 1 0 -6.8,0zm1.9,0a1.5,1.5 0 1 1 3,0a1.5,1.5 0 1 1 -3,0z",
    "stopped": "m-2,-3.5h2.2v7h-2.2zm3.9,0h2.2v7h-2.2z",
}


def textured(bar: Bar) -> bool:
    """Whether a bar carries a strip."""
    return bar.record["light"] in TEXTURED


def marks(light: str, bars: Sequence[Placed], height: int, filled: bool) -> str:
    """The strip of these bars of one light, and their heads where they are `filled`."""
    if light not in TEXTURED:
        return ""
    drawn = [("strip" if filled else "strip open", _strips(bars, height))]
    if filled:
        drawn.append(("head", _heads(_SHAPES[light], bars, height)))
    return "".join([f'<path class="{name}" d="{path}"/>' for name, path in drawn if path])


def _strips(bars: Sequence[Placed], height: int) -> str:
    return "".join(
        f"M{left + _INSET_PX:.1f},{bar.top + height - _STRIP_PX:.1f}H{right - _INSET_PX:.1f}"
        for bar, left, right in bars
        if right - left > 2 * _INSET_PX
    )


def _heads(shape: str, bars: Sequence[Placed], height: int) -> str:
    """The shape at the head of each bar where no name lies."""
    return "".join(
        f"M{left + 6:.1f},{bar.top + height / 2 - LIFTED_PX:.1f}{shape}"
        for bar, left, right in bars
        if _free(bar, left, right) >= _HEAD_PX
    )


def _free(bar: Bar, left: float, right: float) -> float:
    """Px from the left edge of a bar to its name, or its whole width where no name lies on it."""
    if bar.label is None or bar.label.outside:
        return right - left
    return bar.label.centre - text_px(bar.label.text) / 2 - left
