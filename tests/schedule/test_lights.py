from __future__ import annotations

import math
from pathlib import Path

import polars as pl
import pytest

from data.errors import ConfigurationError
from data.lights import LIGHTS_FILE, light_rules, lights


def lit(rule: str, state: str, value: float | None, duration_workdays: int = 0) -> tuple[str, str]:
    """Light and word by the documented reading of light_rule: exactly one row must apply."""
    found = []
    for row in light_rules().filter(rule=rule, state=state).iter_rows(named=True):
        low = bound(row["low_inclusive"], row["low_share"], duration_workdays, -math.inf)
        high = bound(row["high_exclusive"], row["high_share"], duration_workdays, math.inf)
        applies = value is None if row["when_unknown"] else value is not None and low <= value < high
        if applies:
            found.append((row["light"], row["word"]))
    assert len(found) == 1
    return found[0]


def bound(edge: float | None, share: float | None, duration_workdays: int, infinite: float) -> float:
    if edge is None:
        return infinite
    return edge if share is None else max(edge, math.floor(share * duration_workdays) + 1)


@pytest.mark.parametrize(
    ("state", "left", "duration", "light"),
    [
        ("running", -1, 10, "red"),
        ("running", 0, 10, "yellow"),
        ("running", 3, 10, "yellow"),
        ("running", 4, 10, "blue"),
        ("running", 6, 30, "yellow"),  # the last 20 % of 30 days
        ("running", 7, 30, "blue"),
        ("running", None, 30, "blue"),
        ("waiting", 4, 10, "grey"),
        ("waiting", 3, 10, "yellow"),
        ("waiting", -20, 10, "red"),
        ("done", 0, 10, "green"),
        ("done", 5, 10, "green"),
        ("not_applicable", None, 10, "grey"),
        ("unreported", None, 10, "grey"),
        ("stopped", None, 10, "stopped"),
    ],
)
def test_node_lights(state: str, left: int | None, duration: int, light: str) -> None:
    assert lit("node", state, left, duration)[0] == light


def test_done_late_is_green_with_its_own_word() -> None:
    assert lit("node", "done", 0) == ("green", "办结")
    assert lit("node", "done", 1) == ("green", "超期办结")


def test_every_light_has_a_word_a_shape_and_a_colour_of_its_own() -> None:
    found = lights()
    assert {light.code for light in found} == {"grey", "green", "blue", "yellow", "red", "stopped"}
    for field in ("word", "shape", "colour_token"):
        assert len({getattr(light, field) for light in found}) == 6


def test_rules_are_a_table_for_sql() -> None:
    assert light_rules().null_count()["light"].item() == 0
    assert light_rules().schema["when_unknown"] == pl.Boolean


RUNNING = '{ light = "yellow", from = 0, until = 4, share = 0.2, word = "临期" },\n    { light = "blue"'


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ((RUNNING, RUNNING.replace("until = 4", "until = 3")), "“node/running”的“临期”档.*“正常”档.*空档"),
        ((RUNNING, RUNNING.replace("until = 4", "until = 6")), "“node/running”的“临期”档.*“正常”档.*重叠"),
        ((RUNNING, RUNNING.replace("from = 0", "from = -2")), "“node/running”的“逾期”档.*“临期”档.*重叠"),
        (('from = 4, word = "正常"', 'from = 4, until = 90, word = "正常"'), "“正常”档留有空档:90以上"),
        (
            ('{ light = "red", until = 0', '{ light = "red", from = -30, until = 0'),
            "“逾期”档留有空档:-30以下",
        ),
        (('light = "blue", from = 4', 'light = "azure", from = 4'), "“正常”档亮“azure”"),
        (("share = 0.2", "share = 20"), "share 是20"),
        (('state = "waiting"', 'state = "running"'), "“node/running”写了两次"),
        (('state = "waiting"', 'state = "other"'), "“node/waiting”没有规则"),
    ],
)
def test_a_contradictory_rule_is_refused_with_the_band_named(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    text = LIGHTS_FILE.read_text("utf-8")
    assert change[0] in text
    path = tmp_path / "lights.toml"
    path.write_text(text.replace(change[0], change[1], 1), "utf-8")
    with pytest.raises(ConfigurationError, match=said):
        light_rules(path)
