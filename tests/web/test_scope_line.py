"""The line over a project's page: chips of the scope, the way through it, the days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from components import links, markup, project_head, scope_line
from components.filter_menu import Address
from components.projection_changes import Since
from tests.web.reading import words

SINCE = date(2026, 11, 13)
DAYS = ((date(2026, 11, 22), 2), (date(2026, 11, 20), 1), (SINCE, 1))
MIDDLE = {
    "total": 55, "place": 3, "before_id": "甲1", "before_name": "甲项目",
    "after_id": "乙2", "after_name": "乙项目",
}  # fmt: skip


def line(search: str, **placed: Any) -> str:
    at = Address("/project/X1", search)
    return markup.html_of(scope_line.line({**MIDDLE, **placed}, at, search, DAYS, SINCE))


@pytest.mark.parametrize(
    ("address", "project"),
    [
        ("/project/X%2F1", "X/1"),
        ("/project/X1/", "X1"),
        ("/project/", None),
        ("/", None),
        ("/leaders/X1", None),
    ],
)
def test_an_address_tells_whose_page_it_is(address: str, project: str | None) -> None:
    assert links.project_at(address) == project


def test_what_is_on_is_a_chip_whose_cross_takes_it_back() -> None:
    told = line("?region=连山区&light=red&tab=plan")
    assert "县区/园区</small>连山区" in told and "灯</small>逾期" in told
    assert f'href="{links.project("X1", links.with_params("", light="red", tab="plan"))}"' in told.replace(
        "&amp;", "&"
    )
    assert "全部项目" not in told and "全部项目" in line("?tab=plan")


def test_the_way_leads_to_the_neighbours_with_the_scope_and_without_what_is_tried() -> None:
    told = line("?region=a&order=float&tab=plan&target=2026-12-01&try=x").replace("&amp;", "&")
    kept = "?region=a&order=float&tab=plan"
    assert f'href="{links.project("甲1", kept)}"' in told and f'href="{links.project("乙2", kept)}"' in told
    assert "第 3 个</b> / 共 55 个" in told and 'title="乙项目"' in told


def test_the_ends_lead_nowhere() -> None:
    first = line("", place=1, before_id=None, before_name=None)
    assert "甲项目" not in first and 'class="chip scope-end"' in first


def test_a_project_outside_the_scope_says_so_and_leads_to_the_first_inside() -> None:
    told = line("?region=a", place=None, before_id=None, before_name=None)
    assert "不在这个范围(共 55 个)" in told and "第一个 ›" in told and "乙项目" in told


def test_the_days_are_changed_here() -> None:
    told = line("?region=a").replace("&amp;", "&")
    assert "对比 11月13日" in told
    assert 'href="/project/X1?region=a&as_of=2026-11-20"' in told
    assert 'href="/project/X1?region=a&compare=2026-11-20"' in told


def test_the_head_tells_what_moved_since_the_day_compared_with() -> None:
    row = {
        "kind": "changed", "light_before": "yellow", "light": "red", "light_node": "环评", "started": None,
        "started_before": None, "target_date_before": None, "target_date": None, "leader_before": None,
        "accountable_leader": None, "float_before": 3, "float_workdays": -2,
    }  # fmt: skip
    days = {"due_date_before": date(2026, 12, 1), "due_date": date(2026, 12, 8)}
    nodes = [{"node": "立项", "kind": "done"}, {"node": "环评", "kind": "slipped"} | days]
    said = words(project_head.moved(Since(SINCE, row, nodes))[0])
    assert said.startswith("较 11月13日") and "临期 → 逾期(环评)" in said
    assert "办结 立项" in said and "推后:12月1日 → 12月8日" in said
    assert "没有变化" in words(project_head.moved(Since(SINCE, None, []))[0])
