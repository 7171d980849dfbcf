"""A light is colour + shape + word, the same everywhere: in the badge, in the style sheets, on every page."""

from __future__ import annotations

import re

import pytest

from components import theme
from components.light import ORDER, SYMBOLS, light_badge, words
from components.markup import html_of
from data.settings import PROJECT_DIR
from tests.web.test_contrast import READABLE, contrast

BASE = (PROJECT_DIR / "assets" / "base.css").read_text(encoding="utf-8")
PRINT = (PROJECT_DIR / "assets" / "print.css").read_text(encoding="utf-8")
COMPONENTS = sorted((PROJECT_DIR / "components").rglob("*.py"))


def shape(code: str) -> str:
    found = re.search(rf'\.light-{code} \{{ --shape: (url\(".*?"\)); \}}', BASE)
    assert found, f"no shape for {code}"
    return found[1]


def colour(code: str) -> str:
    found = re.search(rf"\.light-{code} \.light-shape \{{ background: var\(--(\w+)\)", BASE)
    return found[1] if found else "grey"


def test_every_light_has_a_shape_a_colour_and_a_word_of_its_own() -> None:
    for each in (shape, colour, words().__getitem__, SYMBOLS.__getitem__):
        assert len({each(code) for code in ORDER}) == len(ORDER)


@pytest.mark.parametrize("code", ORDER)
@pytest.mark.parametrize("text", [None, "环评", ""])
def test_a_badge_says_its_word_to_eyes_or_ears(code: str, text: str | None) -> None:
    badge = html_of(light_badge(code, text))
    word = words()[code]
    assert f'class="light light-{code}"' in badge
    assert f'aria-label="{word}"' in badge
    assert f"<span>{word if text is None else text}</span>" in badge


def test_nothing_known_is_not_begun() -> None:
    assert html_of(light_badge(None)) == html_of(light_badge("grey")) == html_of(light_badge("purple"))


def test_only_the_badge_draws_a_light() -> None:
    drawn = [path.name for path in COMPONENTS if "light-shape" in path.read_text(encoding="utf-8")]
    assert drawn == ["light.py"]


def test_shapes_are_printed_with_their_colour() -> None:
    rule = re.search(r"([^{}]*)\{ print-color-adjust: exact", PRINT)
    assert rule
    assert ".light-shape" in rule[1]


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("code", ORDER)
def test_words_beside_a_light_are_readable_on_every_ground(name: str, code: str) -> None:
    colours = theme.COLOURS[name]
    for ground in (colours.paper, colours.ground, colours.tint(code)):
        assert contrast(colours.ink, ground) >= READABLE
    assert contrast(colours.light_ink(code), colours.paper) >= READABLE
