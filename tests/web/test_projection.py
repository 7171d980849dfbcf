"""What is projected: the list of pages as data, the picture's measures, what changed, which nodes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components import (
    filters,
    projection,
    projection_changes,
    projection_deck,
    projection_pictures,
    projection_project,
)
from components import projection_stage as measures
from components.projection_deck import SETS, Item, Part, Stock, item_of, items, shown_in
from components.projection_stage import Stage, stage
from components.wall_side import Chosen
from data import demo
from data.query import Queries
from tests.web.support import HOST, Visitor, settings

DAY = date(2026, 11, 22)
names = st.text(min_size=1, max_size=12)


def stock(**changes: Any) -> Stock:
    made = {
        "rows": {"regions": 10, "red": 19, "wall": 30},
        "per_page": {"regions": 13, "red": 9, "wall": 12},
        "regions": ["甲县", "乙县"],
        "leaders": ["领导01", "领导02"],
        "projects": {"P1": "一号工程", "P2": "二号工程"},
    }
    return Stock(**(made | changes))


@given(
    st.builds(Item, st.sampled_from(sorted(projection_deck.WORDS)), names | st.just(""), names | st.none())
)
def test_a_page_survives_the_way_into_an_address_and_back(item: Item) -> None:
    assert item_of(item.text) == item
    assert shown_in(projection_deck.address([item, Item("overview")]).partition("?")[2]) == [
        item,
        Item("overview"),
    ]


def test_an_address_may_list_its_pages_and_what_means_none_is_left_out() -> None:
    asked = shown_in("?show=overview%3Bnothing%3Bproject:P1%3B%3Bwall:12@%E7%94%B2%E5%8E%BF")
    assert asked == [Item("overview"), Item("project", "P1"), Item("wall", "12", "甲县")]
    assert shown_in("?region=a") == []


def test_a_list_goes_on_over_as_many_pages_as_it_needs() -> None:
    pages = items(SETS["wall"], stock())
    assert [item.skipped for item in pages] == [0, 12, 24]
    assert [item.text for item in pages] == ["wall", "wall:12", "wall:24"]


def test_a_list_without_rows_has_one_page_that_says_so() -> None:
    empty = stock(rows={"regions": 0, "red": 0, "wall": 0}, projects={}, leaders=[])
    assert items(SETS["day"], empty) == [Item("overview"), Item("red")]


def test_the_weekly_set_goes_from_totals_to_single_projects_and_keeps_its_limits() -> None:
    many = stock(projects={f"P{n}": "" for n in range(99)}, rows={"regions": 10, "red": 99, "wall": 999})
    kinds = [item.kind for item in items(SETS["week"], many)]
    assert list(dict.fromkeys(kinds)) == ["overview", "regions", "red", "wall", "leader", "project"]
    assert {kind: kinds.count(kind) for kind in ("red", "wall", "project")} == {
        "red": 2,
        "wall": 3,
        "project": 30,
    }


def test_stretches_by_region_go_region_by_region() -> None:
    texts = [(item.kind, item.region) for item in items(SETS["regions"], stock())]
    assert texts == [
        ("regions", None), ("overview", "甲县"), ("wall", "甲县"), ("overview", "乙县"), ("wall", "乙县"),
    ]  # fmt: skip


def test_a_part_alone_is_a_page() -> None:
    assert projection_deck.pages_of(Part("leader", 1), stock()) == [Item("leader", "领导01")]


def test_every_set_has_a_word_and_says_how_far_back_it_looks() -> None:
    assert {"day", "twice", "week", "month"} <= set(SETS)
    assert all(one.word and one.days > 0 and one.parts for one in SETS.values())
    assert projection_deck.set_of("?set=month") == "month"
    assert projection_deck.set_of("?set=never") == projection_deck.FIRST_SET


@pytest.mark.parametrize("asked", [None, float("nan")])
def test_an_unknown_shape_is_a_projector(asked: float | None) -> None:
    assert stage(asked).aspect == pytest.approx(16 / 9)


@given(st.floats(0.1, 100))
def test_a_page_of_the_wall_fills_the_picture_with_ten_to_fourteen_rows(aspect: float) -> None:
    shown = stage(aspect)
    rows = shown.per_page["wall"]
    assert 10 <= rows <= 14
    used = measures.HEAD + measures.FOOT + measures.AXIS + measures.LEGEND + rows * shown.wall_row
    assert used == pytest.approx(100)
    # the board's type is 13.5 of the 30 px that a row is high
    assert 13.5 / measures.ROW_PX * shown.wall_row >= 100 / 40
    for kind, most in shown.per_page.items():
        assert shown.table_height(kind, most, most * 3) == pytest.approx(measures.BODY)
        assert shown.table_height(kind, 1, 1) < measures.BODY / 2


def node(name: str, **changes: Any) -> dict[str, Any]:
    made = {
        "node": name, "state": "waiting", "light": "grey", "promised_finish": None, "must_start_today": False,
        "accepted_date": None, "earliest_start": DAY, "earliest_finish": DAY + timedelta(5),
        "latest_finish": DAY, "actual_finish": None, "critical": False, "department": None,
        "float_workdays": 0, "workdays_left": None, "done_late_days": None, "due_date": None,
        "due_basis": None, "reported": True, "statutory_finish": None,
    }  # fmt: skip
    return made | changes


def card(**changes: Any) -> dict[str, Any]:
    made = {
        "project_id": "P1", "project_name": "石墨负极材料项目", "light": "yellow", "light_node": "环评",
        "float_workdays": 3, "region": "连山区", "kind": "新建", "level": None, "total_investment_yuan": None,
        "current_node": "环评", "current_department": "市生态环境局", "workdays_left": 2,
        "light_due_date": DAY, "light_due_basis": "承诺", "accountable_leader": "领导01",
        "chief_officer": None, "responsible_unit": None,
    }  # fmt: skip
    return made | changes


def moved_node(name: str, kind: str, **changes: Any) -> dict[str, Any]:
    return {"node": name, "kind": kind, "due_date_before": None, "due_date": None} | changes


def moved_project(**changes: Any) -> dict[str, Any]:
    made = {
        "kind": "changed", "light_before": "blue", "light": "blue", "light_node": "环评",
        "started_before": False, "started": False, "float_before": 5, "float_workdays": 5,
        "target_date_before": DAY, "target_date": DAY,
        "leader_before": "领导01", "accountable_leader": "领导01",
    }  # fmt: skip
    return made | changes


def test_what_changed_names_the_light_first_then_what_was_done_and_what_slipped() -> None:
    changed = projection_changes.Since(
        DAY - timedelta(7),
        moved_project(light="red", float_workdays=-2, started=True, accountable_leader="领导02"),
        [
            moved_node("环评", "slipped", due_date_before=DAY, due_date=DAY + timedelta(9)),
            moved_node("能评", "done"),
            moved_node("用地", "done"),
            moved_node("方案", "reopened"),
            moved_node("新增", "added"),
            moved_node("水保", "light"),
        ],
    )
    assert projection_changes.lines(changed) == [
        "正常 → 逾期(环评)",
        "办结 能评、用地",
        "退回重办 方案",
        "环评 推后:11月22日 → 12月1日",
        "已开复工",
        "包保 领导01 → 领导02",
        "时差 +5 天 → −2 天",
    ]


def test_a_project_that_is_new_or_gone_or_the_same_says_so() -> None:
    told = [moved_project(kind="added"), moved_project(kind="removed"), moved_project(), None]
    assert [projection_changes.lines(projection_changes.Since(DAY, row, [])) for row in told] == [
        ["那天还没有这个项目"], ["已不在清单里"], [], [],
    ]  # fmt: skip


def test_open_nodes_are_shown_before_done_ones_in_the_order_of_the_network() -> None:
    all_nodes = [node(f"办{n}", state="done") for n in range(6)] + [node(f"待{n}") for n in range(4)]
    all_nodes.insert(3, node("不涉及", state="not_applicable"))
    shown = projection_project.shown_nodes(all_nodes, 6)
    assert [one["node"] for one in shown] == ["办4", "办5", "待0", "待1", "待2", "待3"]
    assert len(projection_project.shown_nodes(all_nodes, 3)) == 3
    assert [one["node"] for one in projection_project.shown_nodes(all_nodes, 99)] == [
        one["node"] for one in all_nodes if one["state"] != "not_applicable"
    ]


@given(st.integers(1, 60), st.floats(60, 300))
def test_a_longer_name_leaves_less_room_for_nodes_but_always_some(length: int, width: float) -> None:
    def room(name: str) -> float:
        chosen = Chosen(card(project_name=name), None, [], DAY)
        return projection_project.chart_room(chosen, width)

    assert 5 * 3 <= room("项" * (length + 20)) <= room("项" * length) <= measures.BODY


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Queries:
    office = settings(tmp_path_factory.mktemp("projected"))
    demo.build(office, projects=60, days=10)
    return Queries(office)


@pytest.fixture
def asked(city: Queries, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The screens' one door leads to the demo city."""
    from components import leaders, overview, shared_work, wall_chosen

    for module in (projection, projection_pictures, leaders, overview, shared_work, wall_chosen):
        monkeypatch.setattr(module, "queries", lambda: city)
    return


def test_every_page_of_every_set_can_be_drawn(asked: None) -> None:
    async def draw(name: str, aspect: float) -> set[str]:
        deck = await projection.deck(f"?set={name}", aspect)
        drawn = [await projection_pictures.picture(item["id"], "", 7, aspect) for item in deck["items"]]
        assert all(one and one["html"] and one["title"] for one in drawn)
        return {item["id"].partition(":")[0].partition("@")[0] for item in deck["items"]}

    found = {kind for name in SETS for kind in asyncio.run(draw(name, 4 / 3))}
    # the pages of promises and sections need a meeting: tests/web/test_dispatch.py
    assert found == set(projection_deck.WORDS) - {"promises", "section"}


def test_the_list_says_whose_figures_and_of_which_day(asked: None) -> None:
    deck = asyncio.run(projection.deck("?set=day&region=连山区&kind=新建", 16 / 9))
    assert deck["scope"] == "全口径 · 连山区 · 新建"
    assert "数据截至" in deck["fresh"]
    assert "演示数据" in deck["fresh"]
    assert deck["leave"].startswith("/?region=")
    assert "set=" not in deck["leave"]
    assert all("region=" in item["address"] for item in deck["items"])
    again = asyncio.run(projection.deck("?show=overview%3Bproject:P404", 16 / 9))
    assert [item["id"] for item in again["items"]] == ["overview", "project:P404"]
    assert again["set"] == "议程"


def test_a_project_is_compared_with_the_day_of_the_address_else_with_the_last_meeting() -> None:
    assert projection.days_back("week", "") == 7
    assert projection.days_back("month", "?as_of=2026-11-22&compare=2026-11-18") == 4


def test_a_project_that_left_the_list_says_so(asked: None) -> None:
    drawn = asyncio.run(projection_pictures.picture("project:P404", "", 7, 1.78))
    assert drawn is not None
    assert "P404" in drawn["html"]
    assert asyncio.run(projection_pictures.picture("nothing:1", "", 7, 1.78)) is None


def test_the_route_answers_with_a_page_and_a_sentence_for_none(asked: None) -> None:
    from fastapi import FastAPI

    app = FastAPI()
    app.include_router(projection.router())
    visitor = Visitor(app, HOST)
    answer = visitor.get(f"{projection.PICTURE_PATH}?item=red&aspect=1.33")
    assert answer.status == 200
    assert answer.json()["title"] == "红灯清单"
    assert visitor.get(f"{projection.PICTURE_PATH}?item=wrong").status == 404
    early = visitor.get(f"{projection.PICTURE_PATH}?item=overview&as_of=2020-01-02")
    assert early.status == 503
    assert "早于第一份快照" in early.json()["message"]


def test_measures_are_those_of_the_style_sheet() -> None:
    css = (Path(projection.__file__).parents[1] / "assets" / "projection.css").read_text(encoding="utf-8")
    assert f".pj-stage {{ position: absolute; inset: {measures.HEAD:g}vh 0 {measures.FOOT:g}vh;" in css
    assert (
        f".pj-layer {{ position: absolute; inset: 0; padding: {measures.EDGE:g}vh {measures.SIDE:g}vh;" in css
    )
    assert f".pj-axis {{ display: flex; height: calc({measures.AXIS:g} * var(--u));" in css


def test_a_stage_knows_its_arrangements() -> None:
    assert [Stage(a).narrow for a in (4 / 3, 16 / 9, 32 / 9)] == [True, False, False]
    assert [Stage(a).wide for a in (4 / 3, 16 / 9, 32 / 9)] == [False, False, True]


def test_the_head_names_every_filter_that_is_on() -> None:
    nothing = dict.fromkeys(filters.NAMES)
    assert projection.scope(nothing) == "全口径"
    told = projection.scope(nothing | {"level": "省百大", "department": "市水利局", "light": "red"})
    assert told == "省百大 · 市水利局 · 逾期灯项目"
    assert projection.scope(nothing | {"region": "连山区", "industry": "化工"}) == "全口径 · 连山区 · 化工"
