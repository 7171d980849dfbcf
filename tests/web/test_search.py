"""The search box: what is found in which order, and the HTML shown for it."""

from __future__ import annotations

import polars as pl
import pytest

from components import lists, markup, overview, search
from components.pages import Pages
from data.search import Entries, Found

PAGES = Pages((*overview.PAGES, *lists.PAGES))
ENTRIES = pl.DataFrame(
    [
        ("project", "化工园二期", "XM002", "2026-000002", "连山区", "red", 1, "领导01"),
        ("project", "连山化工园", "XM001", "2026-000001", "连山区", "blue", 1, "仇某"),
        ("project", "化工园", "XM003", None, "高新区", "green", 1, None),
        ("leader", "仇某", None, None, None, "red", 2, None),
        ("firm", "化工园公司", None, None, "连山区", "red", 2, None),
        ("firm", "<b>公司", "XM003", None, "高新区", "green", 1, None),
        ("region", "连山区", None, None, "连山区", "red", 2, None),
    ],
    schema=["found", "name", "project_id", "project_code", "region", "light", "projects", "leader"],
    orient="row",
)


class Box:
    """The search box over a few entries."""

    def find(self, typed: str, limit: int, _as_of: str | None = None) -> list[Found]:
        return Entries(ENTRIES).find(typed, limit)


@pytest.fixture(autouse=True)
def few_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "search", Box)


def shown(typed: str, kept: str = "") -> str:
    return markup.html_of(search.answer(PAGES, typed, kept))


def found(typed: str, limit: int = 8) -> dict[str, list[str]]:
    return {one.kind: one.rows["name"].to_list() for one in Entries(ENTRIES).find(typed, limit)}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("hgy", {"project": ["化工园", "化工园二期", "连山化工园"], "firm": ["化工园公司"]}),
        ("xm001", {"project": ["连山化工园"]}),
        ("000002", {"project": ["化工园二期"]}),
        ("qm", {"leader": ["仇某"]}),
        ("cm", {"leader": ["仇某"]}),
        ("lsq", {"region": ["连山区"]}),
        ("没有", {}),
    ],
)
def test_whole_names_then_beginnings_then_the_rest(typed: str, names: dict[str, list[str]]) -> None:
    assert found(typed) == names


def test_no_more_than_asked_for_and_the_number_of_all() -> None:
    (projects, _firms) = Entries(ENTRIES).find("hgy", 2)
    assert (projects.rows.height, projects.total) == (2, 3)


def test_projects_show_light_region_leader_and_keep_the_filters() -> None:
    html = shown("xm002", "?as_of=2026-11-18&kind=新建")
    assert "连山区 · 领导01 · XM002" in html
    assert "light-red" in html and "逾期" in html
    assert "/project/XM002?as_of=2026-11-18&amp;kind=" in html


def test_a_firm_with_several_projects_leads_to_their_list_and_one_to_its_project() -> None:
    html = shown("公司")
    assert "/lists/projects?find=" in html
    assert 'href="/project/XM003"' in html
    assert "&lt;b&gt;" in html and "<b>公司" not in html


def test_a_leader_leads_to_their_page_and_a_region_to_its_overview() -> None:
    assert 'href="/leaders/%E4%BB%87%E6%9F%90"' in shown("仇某")
    assert 'href="/?region=%E8%BF%9E%E5%B1%B1%E5%8C%BA"' in shown("连山区")


def test_pages_and_lists_are_found_by_name() -> None:
    assert 'href="/lists/overdue"' in shown("yqjd")
    assert 'href="/"' in shown("总览")


def test_what_was_found_is_marked() -> None:
    assert "连山<mark>化工园</mark>" in shown("hgy")


def test_nothing_found_says_what_can_be_typed() -> None:
    assert "没有找到“qqqq”" in shown("qqqq")
