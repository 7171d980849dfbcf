"""Filters: what an address means, and the line whose every choice is a link."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from dash import html
from dash.development.base_component import Component
from hypothesis import given
from hypothesis import strategies as st

from components import filter_line, filters, links, markup, shell
from components.filter_line import Choices
from components.light import ORDER
from tests.web.reading import words

NAMED = st.sampled_from([name for name in filters.NAMES if name not in ("as_of", "light")])


@given(st.dictionaries(NAMED, st.text(min_size=1).filter(str.strip)), st.sampled_from([None, *ORDER]))
def test_filters_survive_the_way_into_an_address_and_back(chosen: dict[str, str], light: str | None) -> None:
    params = {name: chosen.get(name) for name in filters.NAMES} | {"light": light}
    assert filters.parse(filters.search_of(params)) == params


def test_a_page_keeps_its_own_parameters_when_a_filter_changes() -> None:
    assert links.with_params("?zoom=year&region=a", region="b") == "?zoom=year&region=b"
    assert links.with_params("?zoom=year&region=a", region=None) == "?zoom=year"
    assert links.with_params("?region=a", region=None) == ""
    assert filters.only("?zoom=year&region=a&compare=2026-11-13") == "?region=a&compare=2026-11-13"


def test_a_day_nobody_can_read_counts_as_none_and_is_told() -> None:
    assert filters.parse("?as_of=2026-02-30")["as_of"] is None
    assert filters.bad_date("?as_of=2026-02-30") == "2026-02-30"
    assert filters.bad_date("?as_of=2026-02-28") is None
    assert filters.compared("?compare=昨天") is None
    assert filters.compared("?compare=2026-11-13") == date(2026, 11, 13)
    assert "2026-02-30" in words(shell.bad_address("?as_of=2026-02-30"))


def test_a_light_there_is_not_counts_as_none() -> None:
    assert filters.parse("?light=purple")["light"] is None
    assert filters.parse("?light=red")["light"] == "red"


def test_a_choice_made_twice_is_taken_back() -> None:
    assert filters.toggled("?kind=a", region="b") == "?kind=a&region=b"
    assert filters.toggled("?kind=a&region=b", region="b") == "?kind=a"
    assert filters.toggled("?region=b", region="b", light="red") == "?region=b&light=red"
    assert filters.toggled("?region=b&light=red", region="b", light="red") == ""


OPTIONS = pl.DataFrame(
    [
        ("region", "甲县", "甲县", 20, "县区"), ("region", "高新区", "高新区", 10, "园区"),
        ("leader", "领导01", "领导01", 3, None), ("level", "省百大", "省百大", 51, None),
        ("industry", "化工", "化工", 7, None), ("department", "市发改委", "市发改委", 9, None),
    ],
    schema=["kind_of", "value", "label", "projects", "group"],
    orient="row",
)  # fmt: skip
DAYS = ((date(2026, 11, 22), 2), (date(2026, 11, 20), 1), (date(2026, 11, 13), 1))
LIGHTS = {"projects": 30, "red": 2, "yellow": 3, "blue": 20, "green": 5, "grey": 0, "stopped": 0}
CHOICES = Choices(OPTIONS, LIGHTS, DAYS, date(2026, 11, 13))


def line(search: str, pathname: str = "/", choices: Choices = CHOICES) -> Component:
    return html.Div(filter_line.line(choices, pathname, search))


def hrefs(part: Component) -> set[str]:
    return {link.href for link in part._traverse() if hasattr(link, "href")}


def test_every_choice_is_a_link_with_one_parameter_changed() -> None:
    search = "?zoom=year&leader=领导01&from=41"
    found = hrefs(line(search, "/timeline"))
    kept = "?zoom=year&leader=领导01"
    for choice in (
        {"region": "甲县"}, {"industry": "化工"}, {"department": "市发改委"}, {"light": "red"},
        {"as_of": "2026-11-13"}, {"level": "省百大"},
    ):  # fmt: skip
        assert links.timeline(links.with_params(kept, **choice)) in found
    assert links.timeline("?zoom=year") in found
    assert links.leaders("?compare=2026-11-20") in hrefs(line("", "/leaders"))
    assert not any("from=" in href for href in found)


def crosses(part: Component) -> dict[str, str]:
    """What each cross takes back → the address without it."""
    return {
        link.title: link.href for link in part._traverse() if getattr(link, "className", "") == "pill-off"
    }


def test_what_is_on_has_a_cross_and_the_base_it_leaves() -> None:
    shown = line("?industry=化工&light=yellow")
    assert crosses(shown) == {
        "去掉“化工”": "/?light=yellow",
        "去掉“临期”": links.overview(links.with_params("", industry="化工")),
    }
    assert "3 个项目清除筛选" in words(shown)
    assert "30 个项目" in words(line(""))
    assert crosses(line("")) == {}
    assert "清除" not in words(line("?as_of=2026-11-20"))


def test_clearing_leaves_the_days() -> None:
    search = "?as_of=2026-11-20&compare=2026-11-13&region=甲县&light=red"
    assert "/?as_of=2026-11-20&compare=2026-11-13" in hrefs(line(search))


def test_the_day_compared_with_is_named_even_when_nobody_chose_it() -> None:
    assert "对比 11月13日" in words(line(""))
    assert crosses(line("?compare=2026-11-13")) == {"去掉“对比 11月13日”": "/"}
    alone = Choices(OPTIONS, LIGHTS, DAYS[:1], None)
    assert "对比 无更早快照" in words(line("", choices=alone))


def test_the_wall_has_its_own_menu_until_a_day_is_chosen() -> None:
    assert "对比" not in words(line("", "/timeline"))
    assert "/timeline" in crosses(line("?compare=2026-11-13", "/timeline")).values()


def test_days_to_compare_with_lie_before_the_snapshot_shown() -> None:
    found = hrefs(line("?as_of=2026-11-20"))
    assert "/?as_of=2026-11-20&compare=2026-11-13" in found
    assert not any("compare=2026-11-2" in href for href in found)


def test_a_chosen_value_the_snapshot_lacks_is_still_named() -> None:
    assert "丙县(本快照没有)" in words(line("?region=丙县"))
    assert "丙业(本快照没有)" in words(
        line("?industry=丙业", choices=Choices(OPTIONS.clear(), LIGHTS, DAYS, None))
    )


@pytest.mark.parametrize("number", [3, 30])
def test_other_days_have_a_box_when_there_are_many(number: int) -> None:
    days = tuple((date.fromordinal(date(2026, 11, 22).toordinal() - n), 1) for n in range(number))
    html_ = markup.html_of(filter_line.line(Choices(OPTIONS, LIGHTS, days, None), "/", ""))
    assert html_.count('data-filter="as_of"') == (number > 20)


def test_a_scope_without_projects_counts_zero() -> None:
    empty = pl.DataFrame(schema={"group": pl.String, **dict.fromkeys((*LIGHTS, "lost"), pl.Int64)})
    assert filter_line.lights_of(empty) == dict.fromkeys((*LIGHTS, "lost"), 0)
