"""Offices keep browsers for years: styles and scripts use only what Chromium 109 knows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from data.settings import PROJECT_DIR

OLDEST = 109
ASSETS = sorted(path for path in (PROJECT_DIR / "assets").glob("*.*") if path.suffix in (".css", ".js"))
STYLES = [path for path in ASSETS if path.suffix == ".css"]
SCRIPTS = [path for path in ASSETS if path.suffix == ".js"]

# what is newer, with the version that brought it; a prefixed twin beside `mask` and its like is older
NEWER_STYLES = {
    "color-mix(": 111, "@scope": 118, "light-dark(": 123, "text-wrap": 114, "white-space-collapse": 114,
    "@starting-style": 117, "view-transition": 111, "animation-timeline": 115, "linear(": 113,
    "field-sizing": 123, "anchor-name": 125, "position-anchor": 125, ":popover-open": 114,
    "oklch(": 111, "oklab(": 111, "lab(": 111, "lch(": 111, "subgrid": 117, "@position-try": 125,
    ":user-valid": 119, ":user-invalid": 119, "transition-behavior": 117, "text-box": 133, "round(": 125,
    "rlh": 111, "interpolate-size": 129, "::details-content": 131, "style(": 111,
}  # fmt: skip
NEWER_SCRIPTS = {
    ".toSorted(": 110, ".toReversed(": 110, ".toSpliced(": 110, "Object.groupBy(": 117, "Map.groupBy(": 117,
    "Promise.withResolvers(": 119, "Array.fromAsync(": 121, ".isSubsetOf(": 122, ".symmetricDifference(": 122,
    "URL.canParse(": 120, "AbortSignal.any(": 116, "startViewTransition(": 111, "scheduler.yield(": 129,
    "setHTMLUnsafe(": 124, "showPopover(": 114, "togglePopover(": 114, ".isWellFormed(": 111,
    "RegExp.escape(": 136, "Iterator.from(": 122, "Promise.try(": 128, "searchParams.size": 113,
    "moveBefore(": 133, "caretPositionFromPoint(": 128,
}  # fmt: skip
COMMENT = re.compile(r"/\*.*?\*/", re.S)


def test_the_lists_hold_only_what_is_newer() -> None:
    assert min([*NEWER_STYLES.values(), *NEWER_SCRIPTS.values()]) > OLDEST


def used(text: str, features: dict[str, int]) -> list[str]:
    """The features a text uses; a name counts only where it begins a word of its own."""
    return [name for name in features if re.search(rf"(?<![\w-]){re.escape(name)}", text)]


def nested(text: str) -> list[str]:
    """Rules that stand inside another rule (Chromium 112); those of an at-rule stand where they should."""
    open_rules: list[str] = []
    found: list[str] = []
    for head in re.findall(r"([^{};]*)([{};])", COMMENT.sub("", text)):
        words, sign = head[0].strip(), head[1]
        if sign == "{":
            if open_rules and not open_rules[-1].startswith("@"):
                found.append(words)
            open_rules.append(words)
        elif sign == "}":
            open_rules.pop()
    return found


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_use_nothing_newer(path: Path) -> None:
    text = re.sub(r'url\(".*?"\)', "url()", COMMENT.sub("", path.read_text(encoding="utf-8")))
    assert used(text, NEWER_STYLES) == []
    assert nested(text) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_use_nothing_newer(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [name for name in NEWER_SCRIPTS if name in text] == []
    assert not re.search(r"/[dgimsuy]*v[dgimsuy]*\.(?:test|exec)\(", text)


def test_masks_and_printed_colours_have_their_older_spelling() -> None:
    for path in STYLES:
        rules = re.findall(r"\{([^{}]*)\}", path.read_text(encoding="utf-8"))
        for prefixed in ("mask", "print-color-adjust"):
            bare = [rule for rule in rules if re.search(rf"(?<![\w-]){prefixed}:", rule)]
            assert all(f"-webkit-{prefixed}:" in rule for rule in bare), (path.name, prefixed)


def test_the_law_sees_what_it_forbids() -> None:
    assert used("a { color: color-mix(in srgb, red, blue) }", NEWER_STYLES) == ["color-mix("]
    assert used("a { background: linear-gradient(red, blue) }", NEWER_STYLES) == []
    assert nested("a { color: red; &:hover { color: blue } }") == ["&:hover"]
    assert nested("@media print { a { color: red } }") == []
