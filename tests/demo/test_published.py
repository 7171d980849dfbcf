"""The published figures come out of the demo city's last day through the ordinary queries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from data.demo import build
from data.query import Queries
from data.settings import Settings

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Queries]:
    settings = Settings(data_dir=Path(tmp_path_factory.mktemp("city")), today=TODAY)
    build(settings, days=5, today=TODAY)
    yield Queries(settings)


def rate(city: Queries, indicator: str, **scope: Any) -> tuple[int, int]:
    row = city.run("rates", **scope).row(by_predicate=_named(indicator), named=True)
    assert row["ratio"] == pytest.approx(float(Fraction(row["numerator"], row["denominator"])))
    return row["numerator"], row["denominator"]


def _named(indicator: str) -> Any:
    import polars as pl

    return pl.col("indicator") == indicator


def procedure(city: Queries, name: str, **scope: Any) -> dict[str, Any]:
    rows = {row["procedure"]: row for row in city.run("procedure_rates", **scope).iter_rows(named=True)}
    return {key: rows[name][key] for key in ("due", "done", "running", "waiting", "not_applicable")}


def test_354_projects_of_which_134_started(city: Queries) -> None:
    assert rate(city, "开复工率") == (134, 354)
    assert rate(city, "开工率(新建)") == (64, 237)
    assert rate(city, "复工率(续建)") == (70, 117)


def test_51_provincial_projects_of_which_46_started(city: Queries) -> None:
    assert rate(city, "开复工率", level="省百大") == (46, 51)
    assert rate(city, "开工率(新建)", level="省百大")[1] == 23
    assert rate(city, "复工率(续建)", level="省百大")[1] == 28


@pytest.mark.parametrize("campaign", [None, "百日攻坚"])
def test_approval_and_energy_review_of_the_campaign(city: Queries, campaign: str | None) -> None:
    approval = {"due": 146, "done": 114, "running": 20, "waiting": 12, "not_applicable": 4}
    energy = {"due": 104, "done": 61, "running": 19, "waiting": 24, "not_applicable": 46}
    assert procedure(city, "立项", campaign=campaign) == approval
    assert procedure(city, "能评", campaign=campaign) == energy


def test_31_campaign_projects_of_lianshan(city: Queries) -> None:
    scope = {"region": "连山区", "campaign": "百日攻坚"}
    assert rate(city, "开复工率", **scope)[1] == 31
    assert procedure(city, "立项", **scope) == {
        "due": 31, "done": 27, "running": 4, "waiting": 0, "not_applicable": 0,
    }  # fmt: skip
    assert procedure(city, "能评", **scope) == {
        "due": 31, "done": 21, "running": 5, "waiting": 5, "not_applicable": 0,
    }  # fmt: skip


def test_34_leaders_answer_for_every_project_and_a_lead_each(city: Queries) -> None:
    panel = city.run("leader_panel", role="包保领导")
    assert panel.height == 34
    assert panel["projects"].sum() == 354
    assert panel["leads"].to_list() == [1] * 34
    assert 0 < (panel["visits_this_month"] < 2).sum() < 17


def test_the_wall_has_every_light_and_few_red_ones(city: Queries) -> None:
    wall = city.run("timeline", limit=354)
    lights = dict(wall["light"].value_counts().iter_rows())
    assert 10 <= lights["red"] <= 30, lights
    assert 10 <= lights["yellow"] <= 40, lights
    assert 1 <= lights["stopped"] <= 12, lights
    assert lights["blue"] + lights.get("green", 0) + lights["grey"] > 250, lights
    assert wall["unscheduled_reason"].is_null().all()
    assert 5 <= (wall["float_workdays"] < 0).sum() <= 12
    assert 3 <= city.run("must_start_today").height <= 30
