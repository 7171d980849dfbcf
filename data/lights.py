"""Lights (亮灯制): their words and shapes, and the banded rules by which SQL lights them for any day.

Rules live in data/lights.toml and are checked once: a gap or an overlap between two bands is refused
at start-up with the band named. The colour of a light is never its only sign.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import polars as pl

from data.errors import ConfigurationError

LIGHTS_FILE: Final = Path(__file__).resolve().parent / "lights.toml"
CODES: Final = ("red", "yellow", "blue", "stopped", "green", "grey")
NODE_STATES: Final = ("not_applicable", "unreported", "stopped", "done", "running", "waiting")

RULE_SCHEMA: Final[dict[str, pl.DataType]] = {
    "rule": pl.String(),
    "state": pl.String(),
    "metric": pl.String(),
    "light": pl.String(),
    "word": pl.String(),
    "low_inclusive": pl.Float64(),
    "high_exclusive": pl.Float64(),
    "low_share": pl.Float64(),
    "high_share": pl.Float64(),
    "when_unknown": pl.Boolean(),
}


@dataclass(frozen=True)
class Light:
    """One light: `code` in data, `word` and `shape` on screen, `colour_token` its CSS custom property."""

    code: str
    word: str
    shape: str
    colour_token: str


def lights() -> tuple[Light, ...]:
    """Every light, the gravest first."""
    return _load(LIGHTS_FILE)[0]


def light_rules(path: Path = LIGHTS_FILE) -> pl.DataFrame:
    """One row a band of a rule and state, columns as in RULE_SCHEMA; SQL table light_rule.

    A value v lies in a band when low ≤ v < high; a null bound is infinite. With a share the bound is
    greatest(bound, floor(share × duration_workdays) + 1). The row with `when_unknown` is the light where
    v is null. Raises ConfigurationError naming the band on a gap, an overlap or an unknown light.
    """
    return _load(path)[1]


@cache
def _load(path: Path) -> tuple[tuple[Light, ...], pl.DataFrame]:
    try:
        read = tomllib.loads(path.read_text("utf-8"))
        found = tuple(Light(i["code"], i["word"], i["shape"], i["colour_token"]) for i in read["light"])
        rows = [row for rule in read["rule"] for row in _rows(rule)]
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"亮灯规则 {path.name} 读不出({error}),应有 [[light]] 和 [[rule]],请改正后再启动。"
        ) from error
    _check_lights(found, rows)
    return found, pl.DataFrame(rows, schema=RULE_SCHEMA, orient="row")


def _rows(rule: dict[str, Any]) -> list[dict[str, Any]]:
    """The rule's bands from low to high, then what is lit where there is no value."""
    bands = sorted(rule.get("band", []), key=lambda band: band.get("from", float("-inf")))
    _check_bands(rule, bands)
    base = {"rule": rule["name"], "state": rule["state"], "metric": rule.get("metric"), "when_unknown": False}
    rows: list[dict[str, Any]] = []
    share = None
    for band in bands:
        bounds = {"low_inclusive": band.get("from"), "high_exclusive": band.get("until")}
        shares = {"low_share": share, "high_share": band.get("share")}
        rows.append(base | bounds | shares | {"light": band["light"], "word": band["word"]})
        share = band.get("share")
    light = rule["unknown"]
    word = rule.get("word") or next((row["word"] for row in rows if row["light"] == light), "无数据")
    return [*rows, base | {"light": light, "word": word, "when_unknown": True}]


def _check_bands(rule: dict[str, Any], bands: list[dict[str, Any]]) -> None:
    where = f"亮灯规则“{rule['name']}/{rule['state']}”"
    if not bands:
        return
    if "from" in bands[0] or "until" in bands[-1]:
        band = bands[0] if "from" in bands[0] else bands[-1]
        side = "以下" if "from" in bands[0] else "以上"
        edge = band["from"] if "from" in bands[0] else band["until"]
        raise ConfigurationError(f"{where}的“{band['word']}”档留有空档:{edge}{side}没有灯,请补上一档。")
    for lower, upper in pairwise(bands):
        ends, begins = lower.get("until", float("inf")), upper.get("from", float("-inf"))
        if ends != begins:
            kind = "之间有空档" if ends < begins else "重叠"
            raise ConfigurationError(
                f"{where}的“{lower['word']}”档(到{ends}为止)与“{upper['word']}”档(从{begins}起){kind},"
                "应首尾相接,请改正后再启动。"
            )
    for band in bands:
        _check_band(where, band)


def _check_band(where: str, band: dict[str, Any]) -> None:
    if band.get("from", float("-inf")) >= band.get("until", float("inf")):
        raise ConfigurationError(
            f"{where}的“{band['word']}”档从{band['from']}到{band['until']},应由小到大,请改正。"
        )
    share = band.get("share", 0)
    if not 0 <= share <= 1 or (share and "until" not in band):
        raise ConfigurationError(
            f"{where}的“{band['word']}”档 share 是{share},应在0到1之间且该档写明 until,请改正。"
        )


def _check_lights(found: tuple[Light, ...], rows: list[dict[str, Any]]) -> None:
    codes = [light.code for light in found]
    if sorted(codes) != sorted(CODES):
        raise ConfigurationError(f"亮灯规则中的灯是{'、'.join(codes)},应为{'、'.join(CODES)}各一,请改正。")
    pairs = [(row["rule"], row["state"]) for row in rows if row["when_unknown"]]
    doubled = sorted({f"{rule}/{state}" for rule, state in pairs if pairs.count((rule, state)) > 1})
    missing = [f"node/{state}" for state in NODE_STATES if ("node", state) not in pairs]
    for what, which in (("写了两次", doubled), ("没有规则", missing)):
        if which:
            raise ConfigurationError(
                f"亮灯规则“{'、'.join(which)}”{what},每种状态应恰有一条,请改正后再启动。"
            )
    for row in rows:
        if row["light"] not in codes:
            raise ConfigurationError(
                f"亮灯规则“{row['rule']}/{row['state']}”的“{row['word']}”档亮“{row['light']}”,"
                f"应为{'、'.join(CODES)}之一,请改正。"
            )
