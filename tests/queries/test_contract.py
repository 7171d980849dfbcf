"""A query's header, its statement and its real result say the same."""

from __future__ import annotations

import re
from datetime import date

import duckdb
import pytest

from data.catalog import CHOOSING, QUERIES_DIR, QuerySpec, catalog, parse, split_header, views
from data.database import Database
from data.errors import ConfigurationError
from tests.queries.support import bound, database, ledger

AS_OF = date(2026, 11, 22)
SPECS = list(catalog().values())
SAMPLES: dict[str, object] = {
    "projects": ["P1"],
    "project": "P1",
    "text": "一",
    "leader": "领导01",
    "since": date(2026, 11, 1),
}
FILES = sorted(QUERIES_DIR.rglob("*.sql"))


@pytest.fixture(scope="module")
def base() -> Database:
    projects = ledger(
        "projects", [{"project_id": "P1", "project_name": "项目一", "region": "连山区", "kind": "新建"}]
    )
    return database({"projects": projects}, AS_OF)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_header_names_the_statement_s_parameters(spec: QuerySpec) -> None:
    (statement,) = duckdb.extract_statements(spec.sql)
    declared = {p.name for p in spec.parameters}
    assert "as_of" in declared, "as_of chooses the snapshot of every question"
    assert declared == statement.named_parameters | (declared & CHOOSING)
    assert spec.bound == statement.named_parameters


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_header_names_the_result_s_columns_and_types(spec: QuerySpec, base: Database) -> None:
    given = {p.name: SAMPLES[p.name] for p in spec.parameters if p.required}
    described = base.describe(spec.sql, bound(spec, AS_OF, given))
    assert described == [(column.name, column.type) for column in spec.columns]
    assert base.ask(spec.sql, bound(spec, AS_OF, given)).columns == [column.name for column in spec.columns]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_every_column_and_parameter_has_a_meaning(spec: QuerySpec) -> None:
    assert [column.name for column in spec.columns if not column.meaning] == []
    assert [p.name for p in spec.parameters if not p.meaning] == []
    assert spec.question.endswith("?")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_style(path: object) -> None:
    text = str(path.read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    header, sql = split_header(text)
    assert header.get("question") and header.get("row")
    assert max(len(line) for line in text.splitlines()) <= 120
    without_words = re.sub(r"'[^']*'", "", sql)
    assert without_words == without_words.lower(), "SQL is written in lower case"
    stars = re.findall(r"select\s+\*\s+from\s+(\w+)", without_words)
    assert len(re.findall(r"select\s+\*\s+from", without_words)) == len(stars)


def test_a_view_is_never_copied_into_a_question() -> None:
    # business words are defined once: questions don't read dates that views have judged already
    judged = ("actual_start <=", "resumed_date <=", "stopped_from <=", "closed_date <=")
    for spec in SPECS:
        assert not [word for word in judged if word in spec.sql], spec.name


def test_views_have_no_parameters() -> None:
    for name, sql in views().items():
        assert not duckdb.extract_statements(sql)[0].named_parameters, name


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("-- question: 有吗?\n-- row: one\nselect 1 as a", "columns"),
        (
            "-- question: 有吗?\n-- row: one\n-- params:\n--   region VARCHAR\n-- columns:\n--   a DATE",
            "region",
        ),
        ("-- question: 有吗?\n-- row: one\n-- columns:\n--   a 整数\nselect 1", "整数"),
    ],
)
def test_a_broken_header_is_refused_by_name(text: str, complaint: str) -> None:
    with pytest.raises(ConfigurationError, match=complaint) as refused:
        parse("broken", text)
    assert "broken" in str(refused.value)
