"""Day n of a campaign, and points of a score sheet: by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from data.campaigns import Campaign, campaigns
from data.errors import ConfigurationError
from data.score import Item, full_score, items, sheets

HUNDRED = Campaign(name="百日攻坚", first="2023-01-03", days=100)


@pytest.mark.parametrize(
    ("on", "day", "left", "state"),
    [
        (date(2023, 1, 2), 0, 100, "ahead"),
        (date(2023, 1, 3), 1, 99, "running"),
        (date(2023, 4, 12), 100, 0, "running"),
        (date(2023, 4, 13), 100, 0, "over"),
    ],
)
def test_the_first_day_is_day_one(on: date, day: int, left: int, state: str) -> None:
    run = HUNDRED.run(on)
    assert (run.day, run.left, run.state, run.last) == (day, left, state, date(2023, 4, 12))


def test_a_yearly_campaign_is_the_last_that_began() -> None:
    yearly = Campaign(name="竞赛", first="11-01", days=100)
    assert yearly.run(date(2026, 1, 15)).day == 76
    assert yearly.run(date(2026, 11, 22)).first == date(2026, 11, 1)
    assert Campaign(name="闰", first="02-29", days=2).run(date(2026, 3, 1)).first == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('name="甲"\nfirst="13-01"\ndays=3', "first"),
        ('name="甲"\nfirst="01-01"\ndays=0', "days"),
        ('name="甲"\nfirst="01-01"\ndays=3\nscope={town="乙"}', "scope"),
    ],
)
def test_a_wrong_campaign_is_refused_by_name(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "campaigns.toml"
    path.write_text(f"[[campaign]]\n{text}", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=named):
        campaigns(path)


def test_what_is_delivered_can_be_read() -> None:
    assert {item.name for item in campaigns()} == {"百日攻坚", "开工百日竞赛", "集中开工"}
    assert full_score(items()) == 100


START = Item(indicator="开复工率", points=60)
RED = Item(indicator="红灯项目", points=40, full=0.0, zero=0.2)
FROM_HALF = Item(indicator="开复工率", points=10, zero=0.5)


def test_points_grow_evenly_and_never_beyond() -> None:
    assert [START.earned(r, 0.8) for r in (0.0, 0.4, 0.8, 1.2)] == [0, 30, 60, 60]
    assert START.earned(0.5) == 30
    assert [RED.earned(r) for r in (0.0, 0.05, 0.2, 0.5)] == pytest.approx([40, 30, 0, 0])
    assert START.earned(None, 0.8) is None
    # a target no higher than what earns nothing is reached or not
    assert [FROM_HALF.earned(r, 0.5) for r in (0.4, 0.5)] == [0, 10]
    assert [FROM_HALF.earned(r, 0.4) for r in (0.3, 0.5)] == [0, 10]


def test_ranks_are_among_counties_and_parks_apart_and_ties_share_one() -> None:
    kinds = {"甲县": "县区", "乙县": "县区", "丙县": "县区", "丁园": "园区", "戊园": "园区"}
    ratios = {
        ("甲县", "开复工率"): 0.4, ("甲县", "红灯项目"): 0.1,
        ("乙县", "开复工率"): 0.4, ("乙县", "红灯项目"): 0.1,
        ("丙县", "开复工率"): 0.1, ("丙县", "红灯项目"): 0.2, ("丁园", "红灯项目"): 0.0,
    }  # fmt: skip
    targets = {("全市", "开复工率"): 0.8, ("丙县", "开复工率"): 0.1}
    found = {s.group: s for s in sheets([START, RED], kinds, ratios, targets)}
    assert (found["甲县"].total, found["甲县"].rank, found["乙县"].rank) == (50, 2, 2)
    # its own target was lower, and is reached
    assert (found["丙县"].total, found["丙县"].rank) == (60, 1)
    # no base for one item: the other alone makes the full score
    assert (found["丁园"].earned, found["丁园"].total, found["丁园"].rank) == ((None, 40.0), 100.0, 1)
    assert (found["戊园"].total, found["戊园"].rank) == (None, None)


def test_an_item_without_a_way_to_go_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "score.toml"
    path.write_text('[[item]]\nindicator="红灯项目"\npoints=5\nfull=0.2\nzero=0.2', encoding="utf-8")
    with pytest.raises(ConfigurationError, match="第 1 项"):
        items(path)


@pytest.mark.parametrize("read", [campaigns, items])
def test_a_file_that_is_no_toml_is_told_by_its_name(tmp_path: Path, read: Callable[[Path], object]) -> None:
    path = tmp_path / "broken.toml"
    path.write_text("[[item", "utf-8")
    with pytest.raises(ConfigurationError, match=r"broken\.toml 读不出"):
        read(path)
