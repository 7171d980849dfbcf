"""A light as staff see it everywhere: shape + word + colour, never colour alone."""

from __future__ import annotations

from functools import cache
from typing import Final

from components.attributes import aria
from components.elements import html
from data.lights import lights

# the shapes as text, for hovers inside graphs; on pages they are the masks of base.css
SYMBOLS: Final[dict[str, str]] = {
    "green": "✓",
    "blue": "○",
    "yellow": "▲",
    "red": "■",
    "grey": "–",
    "stopped": "‖",
}
# from what needs attention to what does not
ORDER: Final = ("red", "yellow", "blue", "green", "grey", "stopped")


@cache
def words() -> dict[str, str]:
    """Code of a light → its word as configured in data/lights.toml."""
    return {light.code: light.word for light in lights()}


def light_badge(code: str | None, text: str | None = None, title: str | None = None) -> html.Span:
    """One light; `text` replaces its word (逾期 → 逾期 12 天). A null code is 未启动."""
    known = code if code is not None and code in words() else "grey"
    word = words()[known]
    # the word stays readable to screen readers when `text` names something else, such as a node
    return html.Span(
        [
            html.I(className="light-shape", role="img", **aria(label=word)),
            html.Span(word if text is None else text),
        ],
        className=f"light light-{known}",
        title=title,
    )
