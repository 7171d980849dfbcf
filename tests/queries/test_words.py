"""Words that stand in millions of rows come as categories; scope and order are those of plain text."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from data.database import Database
from data.output import spreadsheet_safe
from tests.queries.support import ask, database, ledger

DAY = date(2026, 11, 20)
ASKED = ("lights", "schedule")


@pytest.fixture(scope="module")
def city() -> Database:
    projects = [
        {
            "project_id": f"P{number}",
            "project_name": f"项目{number}",
            "region": ("连山区", "高新区")[number % 2],
            "kind": ("新建", "续建", "新建")[number % 3],
        }
        for number in range(12)
    ]
    nodes = [
        {"project_id": f"P{number}", "node": node, "department": "=部门", "status": "running"}
        for number in range(12)
        for node in ("环评", "能评", "自拟")
    ]
    unknown = {"project_id": "没有这个", "node": "环评", "status": "running"}
    return database(
        {"projects": ledger("projects", projects), "nodes": ledger("nodes", [*nodes, unknown])}, DAY
    )


@pytest.mark.parametrize("name", ASKED)
def test_the_whole_city_is_all_its_regions(city: Database, name: str) -> None:
    whole = ask(city, name, DAY).with_columns(pl.col(pl.Categorical).cast(pl.String))
    parts = [ask(city, name, DAY, region=region) for region in ("连山区", "高新区")]
    together = pl.concat([part.with_columns(pl.col(pl.Categorical).cast(pl.String)) for part in parts])
    assert whole.height == together.height > 12
    assert whole.sort("project_id", "node").equals(together.sort("project_id", "node"))


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("scope", [{}, {"kind": "新建"}])
def test_projects_stand_in_order_and_nodes_as_they_are_drawn(
    city: Database, name: str, scope: dict[str, str]
) -> None:
    answer = ask(city, name, DAY, **scope)
    assert answer["project_id"].is_sorted()
    for (project,), rows in answer.group_by("project_id"):
        drawn = ask(city, "project_nodes", DAY, project=project)["node"]
        assert rows["node"].cast(pl.String).to_list() == [node for node in drawn if node in rows["node"]]


def test_a_word_nobody_wrote_is_in_no_row(city: Database) -> None:
    lights = ask(city, "lights", DAY)
    assert isinstance(lights.schema["light"], pl.Categorical)
    assert lights.filter(light="purple").is_empty() and not lights.filter(node="自拟").is_empty()


def test_a_department_never_becomes_a_formula(city: Database) -> None:
    told = spreadsheet_safe(ask(city, "lights", DAY)).filter(node="自拟")["department"]
    assert told.unique().to_list() == ["'=部门"]
