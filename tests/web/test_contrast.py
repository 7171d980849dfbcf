"""Words about lights can be read in both themes: WCAG contrast computed from assets/tokens.css."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from components import theme
from components.light import ORDER

ASSETS = Path(__file__).resolve().parents[2] / "assets"
READABLE = 4.5
SHAPE = 3.0
TOKENS = (ASSETS / "tokens.css").read_text(encoding="utf-8")
LEADERS = (ASSETS / "leaders.css").read_text(encoding="utf-8")


def tokens(name: str) -> dict[str, str]:
    """Colour tokens of a theme; the dark one overrides the light one."""
    blocks = re.findall(r"(:root|\[data-theme=\"?dark\"?\])\s*\{(.*?)\}", TOKENS, re.S)
    found: dict[str, str] = {}
    for selector, body in blocks:
        if selector == ":root" or name == "dark":
            found |= dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{6})", body))
    return found


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 … 21."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def bar_pair(code: str) -> tuple[str, str]:
    """The tokens a part of the leader's light bar is drawn with: ground, word."""
    rule = re.search(rf"\.leader-bar-{code} \{{(.*?)\}}", LEADERS)
    assert rule, f"no style for the {code} part of the bar"
    ground = re.search(r"background: var\(--([\w-]+)\)", rule[1])
    word = re.search(r"(?<!-)\bcolor: var\(--([\w-]+)\)", rule[1])
    assert ground
    assert word
    return ground[1], word[1]


def test_the_formula_is_the_published_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_python_and_css_have_the_same_colours(name: str) -> None:
    colours = theme.COLOURS[name]
    css = tokens(name)
    for field in fields(colours):
        token = field.name.replace("_", "-")
        assert getattr(colours, field.name).lower() == css[token].lower(), token


INKS_ON_CARDS = ("ink", "ink-2", "ink-3", "accent", "red", "green", "yellow-ink", "grey-ink")
INKS_BETWEEN_CARDS = ("ink", "ink-2", "ink-3", "accent", "red")


@pytest.mark.parametrize("name", ["light", "dark"])
def test_words_on_and_between_cards(name: str) -> None:
    css = tokens(name)
    for ink in INKS_ON_CARDS:
        assert contrast(css[ink], css["paper"]) >= READABLE, ink
    for ink in INKS_BETWEEN_CARDS:
        assert contrast(css[ink], css["ground"]) >= READABLE, ink


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("code", ORDER)
def test_words_inside_the_bar(name: str, code: str) -> None:
    ground, word = bar_pair(code)
    css = tokens(name)
    assert contrast(css[word], css[ground]) >= READABLE


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("code", ORDER)
def test_words_about_a_light_on_paper_and_on_its_tint(name: str, code: str) -> None:
    colours = theme.COLOURS[name]
    assert contrast(colours.light_ink(code), colours.paper) >= READABLE
    assert contrast(colours.ink, colours.tint(code)) >= READABLE


@pytest.mark.parametrize("name", ["light", "dark"])
def test_white_on_the_header_bar(name: str) -> None:
    css = tokens(name)
    assert contrast(css["bar-ink"], css["bar"]) >= READABLE
    assert contrast(css["paper"], css["accent"]) >= READABLE


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("code", [code for code in ORDER if code not in ("grey", "yellow")])
def test_shapes_stand_out_from_paper(name: str, code: str) -> None:
    # grey means "nothing to see yet" and yellow is a solid triangle; both have their word beside them
    colours = theme.COLOURS[name]
    assert contrast(colours.light(code), colours.paper) >= SHAPE
