"""Bars of different lights differ without colour: in grey print, and to those who can't tell colours."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import combinations
from xml.etree import ElementTree

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components import theme, timeline, timeline_board, timeline_textures, timeline_window
from components.light import ORDER
from components.timeline_board import Board, Room
from components.timeline_labels import text_px
from data.settings import PROJECT_DIR
from tests.web.test_contrast import contrast
from tests.web.wall_frames import AS_OF, BAR_SCHEMA, ROW_SCHEMA, bar, row, wall

SHOWN = timeline_window.window(AS_OF)
ROOM = Room(plot=1000.0, name=230.0)
CSS = (PROJECT_DIR / "assets" / "board.css").read_text(encoding="utf-8")
SEEN_IN_GREY = 1.5  # of two plain fills that lie beside each other


def texture(light: str) -> tuple[str, ...]:
    """How the strip of a light is drawn: its own rules of the style sheet; () where it has none."""
    drawn = timeline.sample(light)
    rule = re.search(rf"\.board \.{light} \.strip \{{ (.*?) \}}", CSS)
    return tuple(sorted(rule[1].split("; "))) if rule and 'class="strip"' in drawn else ()


def head(light: str) -> str | None:
    """The shape on a bar of a light without its place, null where it has none."""
    found = re.search(r'class="head" d="M[\d.]+,[\d.]+(.*?)"', timeline.sample(light))
    return found[1] if found else None


def look(light: str) -> str:
    found = re.search(r'<rect class="(\w+)"', timeline.sample(light))
    assert found
    return found[1]


@pytest.mark.parametrize(("one", "other"), list(combinations(ORDER, 2)))
def test_any_two_lights_differ_without_colour(one: str, other: str) -> None:
    if texture(one) or texture(other):
        assert texture(one) != texture(other)
        assert head(one) != head(other)
    elif look(one) == look(other):
        for colours in theme.COLOURS.values():
            assert contrast(colours.light(one), colours.light(other)) >= SEEN_IN_GREY


@pytest.mark.parametrize("light", timeline_textures.TEXTURED)
def test_a_mark_stands_out_from_its_bar_in_both_themes(light: str) -> None:
    pale = {"light": "ink", "dark": "ground"}
    deep = {"light": "paper", "dark": "ground"}
    for name, colours in theme.COLOURS.items():
        on = getattr(colours, (pale if light == "yellow" else deep)[name])
        assert contrast(on, colours.light(light)) >= 4.5
    assert ".board .yellow :is(.strip, .head) { --on: var(--on-pale); }" in CSS


def placed(start: int, days: int, light: str, state: str) -> Board:
    begin = AS_OF + timedelta(start)
    bars = [bar("P00001", "环评", begin, begin + timedelta(days), light=light, state=state)]
    return timeline_board.board(
        pl.DataFrame([row(1, 1)], schema=ROW_SCHEMA), pl.DataFrame(bars, schema=BAR_SCHEMA), SHOWN, ROOM
    )


@settings(deadline=None, max_examples=40)
@given(
    start=st.integers(-40, 60),
    days=st.integers(1, 90),
    light=st.sampled_from(timeline_textures.TEXTURED),
    state=st.sampled_from(["running", "waiting"]),
)
def test_every_bar_that_is_wide_enough_to_see_has_its_strip(
    start: int, days: int, light: str, state: str
) -> None:
    board = placed(start, days, light, state)
    drawn = ElementTree.fromstring(timeline.picture(board))
    rect = drawn.find(f"g[@class='bars {light}']/rect")
    assert rect is not None
    strips = [
        path
        for path in drawn.findall(f"g[@class='bars {light}']/path")
        if (path.get("class") or "").startswith("strip")
    ]
    left, width = float(rect.get("x", "")), float(rect.get("width", ""))
    assert bool(strips) == (width > 3)
    for strip in strips:
        a, b = re.findall(r"[MH]([\d.]+)", strip.get("d", ""))
        assert left < float(a) < float(b) < left + width


def test_a_shape_never_lies_on_a_name() -> None:
    rows, bars = wall(40)
    board = timeline_board.board(rows, bars, SHOWN, ROOM)
    names = [
        (one.label.centre - text_px(one.label.text) / 2, one.label.centre, one.top)
        for r in board.rows
        for one in r.bars
        if one.label
    ]
    heads = re.findall(r'class="head" d="(.*?)"', timeline.picture(board))
    places = [(float(x), float(y)) for path in heads for x, y in re.findall(r"M([\d.]+),([\d.]+)", path)]
    assert len(places) > 10
    for x, y in places:
        assert not any(left < x + 5 and x - 5 < centre and 0 < y - top < 18 for left, centre, top in names)


def test_marks_weigh_little() -> None:
    rows, bars = wall(40)
    drawn = timeline.picture(timeline_board.board(rows, bars, SHOWN, ROOM))
    marks = re.findall(r'<path class="(?:strip|head)[^>]*>', drawn)
    assert sum(map(len, marks)) < len(drawn) * 0.05
