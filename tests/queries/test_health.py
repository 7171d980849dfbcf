"""Health checks return no rows on a sound city and name what is wrong in a broken one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl
import pytest

from data.catalog import views
from data.database import Database, plan_of
from data.errors import Finding
from data.health import checks, findings_in, health
from data.schedule import Schedule, schedule
from data.tables import assembled, status_date
from tests.queries.support import ledger

AS_OF = date(2026, 11, 22)
PROJECTS: list[dict[str, object]] = [
    {
        "project_id": "P1",
        "project_name": "甲",
        "region": "连山区",
        "kind": "新建",
        "actual_start": "2026-03-01",
    },
    {"project_id": "P2", "project_name": "乙", "region": "高新区", "kind": "续建"},
]
NODES: list[dict[str, object]] = [
    {"project_id": "P1", "node": "环评", "status": "running", "promised_finish": "2026-11-24"}
]


def scheduled(ledgers: Mapping[str, pl.DataFrame]) -> Schedule:
    return schedule(ledgers["projects"], ledgers["nodes"], AS_OF)


def city(**more: list[dict[str, object]]) -> dict[str, pl.DataFrame]:
    rows: dict[str, list[dict[str, object]]] = {"projects": PROJECTS, "nodes": NODES, **more}
    return {name: ledger(name, each) for name, each in rows.items()}


def test_a_sound_city_has_no_findings() -> None:
    ledgers = city(problems=[{"problem_id": "W1", "project_id": "P1", "problem": "缺地"}])
    assert health(ledgers, scheduled(ledgers), AS_OF) == ()


def test_what_staff_can_mend_is_a_warning() -> None:
    ledgers = city(
        nodes=[*NODES, {"project_id": "P9", "node": "环评"}, {"project_id": "P9", "node": "能评"}],
        problems=[{"problem_id": "W1", "project_name": "某项目", "problem": "缺地"}],
    )
    found = health(ledgers, scheduled(ledgers), AS_OF)
    assert [(f.rule, f.weight) for f in found] == [
        ("nodes_of_known_projects", "warning"),
        ("problems_of_known_projects", "warning"),
    ]
    assert found[0].message == "节点台账里的项目 P9 有 2 个节点,项目台账里没有这个编号;请补上项目或改正编号"
    assert "某项目" in found[1].message


def broken(**tables: pl.DataFrame) -> tuple[Finding, ...]:
    """Findings where some base table contradicts the others."""
    ledgers = city()
    plan = scheduled(ledgers)
    whole = assembled(ledgers, plan.nodes, plan.projects, status_date(AS_OF))
    return findings_in(Database(whole | tables))


def test_two_rows_of_one_project_stop_the_file() -> None:
    found = broken(projects=ledger("projects", [*PROJECTS, PROJECTS[0]]))
    assert {f.weight for f in found} == {"error"}
    assert "every_project_has_a_light" in {f.rule for f in found}


def test_a_rule_without_a_band_stops_the_file() -> None:
    ledgers = city()
    plan = scheduled(ledgers)
    whole = assembled(ledgers, plan.nodes, plan.projects, status_date(AS_OF))
    rules = whole["light_rule"].filter(~((pl.col("state") == "running") & (pl.col("light") == "yellow")))
    found = broken(light_rule=rules)
    assert [(f.rule, f.weight) for f in found] == [("every_node_has_a_light", "error")]
    assert "项目 P1 的节点“环评”亮了 0 盏灯" in found[0].message


def test_rates_that_contradict_each_other_stop_the_file() -> None:
    ledgers = city()
    plan = scheduled(ledgers)
    told = "coalesce(numerator, if(counts, 0, null))"
    assert told in views()["counted_rates"]
    doubled = views()["counted_rates"].replace(told, f"if(in_by = 'all', 9, 1) * {told}")
    tables = assembled(ledgers, plan.nodes, plan.projects, status_date(AS_OF))
    found = findings_in(Database(tables, plan_of({**views(), "counted_rates": doubled})))
    assert {(f.rule, f.weight) for f in found} == {("rates_add_up", "error")}
    messages = [f.message for f in found]
    assert "开复工率的分子 18 大于分母 2(年度清单);请检查项目和节点台账" in messages
    assert "开复工率各县区合计 2/2,全市 18/2,应相等;请检查县区/园区一列" in messages


@pytest.mark.parametrize("check", checks(), ids=lambda check: check.name)
def test_a_check_gives_one_sentence_a_row(check: object) -> None:
    ledgers = city()
    plan = scheduled(ledgers)
    database = Database(assembled(ledgers, plan.nodes, plan.projects, status_date(AS_OF)))
    assert database.describe(check.sql, {}) == [("message", "VARCHAR")]  # type: ignore[attr-defined]
    assert database.ask(check.sql, {}).is_empty()  # type: ignore[attr-defined]
