"""Every one of the 42 points: none may be missing here, and each comes out as its example says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from components.formats import percent, points
from data.changes import changes_of
from data.conform import conform
from data.continuity import follow
from data.errors import UnreadableFile
from data.read import read
from tests.hostile.seeds import xls
from tests.intake.books import DAY, SETTINGS, conformed, in_memory, load, rules_of
from tests.intake.mess.points import DAYS, FILES, PACE, RATES, TABLES, Again, Rate, Table
from tests.queries.support import ask, database, ledger

AS_OF = date(2022, 10, 31)
OF_FILES = 37


def test_no_point_is_missing() -> None:
    told = {case.number for case in (*TABLES, *DAYS, *RATES)} | {PACE[0], OF_FILES}
    assert told == set(range(1, 43))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"point{table.number}")
def test_a_table_comes_out_as_its_example_says(table: Table) -> None:
    result = conformed(*table.sheets.items(), name=table.name)
    columns = table.columns.split()
    rows = result.ledgers["projects"].select(columns).rows()
    assert [row if len(columns) > 1 else row[0] for row in rows] == table.expected
    assert set(table.told.split()) <= rules_of(result), result.findings


@pytest.mark.parametrize("case", DAYS, ids=lambda case: f"point{case.number}")
def test_a_project_is_found_again_or_asked_about(case: Again) -> None:
    before = conformed(("项目", case.before)).ledgers
    workbook, changes = changes_of(in_memory(("项目", case.today)))
    now = conform(workbook, DAY, before)
    followed = follow(now.ledgers, before, None, DAY, changes=changes, columns=now.columns)
    known = before["projects"]["project_id"][0]
    assert (followed.ledgers["projects"]["project_id"][0] == known) == case.same
    assert known in followed.ledgers["projects"]["project_id"]
    assert [question.other_id for question in followed.questions] == ([] if case.same else [known])
    assert rules_of(followed) == set(case.told.split())


@pytest.mark.parametrize("case", RATES, ids=lambda case: f"point{case.number}")
def test_a_rate_is_counted_as_its_notice_says(case: Rate) -> None:
    projects = [
        {"project_id": str(i), "project_name": f"项目{i}", **row} for i, row in enumerate(case.projects)
    ]
    city = database({"projects": ledger("projects", projects), "nodes": ledger("nodes", case.nodes)}, AS_OF)
    rows = ask(city, "rates", AS_OF, base=case.base).iter_rows(named=True)
    rate = next(row for row in rows if row["indicator"] == case.indicator)
    shown = percent(rate["numerator"], rate["denominator"], 1)
    assert (rate["numerator"], rate["denominator"], shown) == case.expected


def test_percentage_points_come_from_unrounded_rates() -> None:
    _, done, plan, day, printed = PACE
    yuan = {"annual_plan_yuan": int(plan * 10**8), "invested_this_year_yuan": int(done * 10**8)}
    project = {"project_id": "1", "project_name": "全市", **yuan}
    rows = ask(database({"projects": ledger("projects", [project])}, day), "rates", day).iter_rows(named=True)
    rate = next(row for row in rows if row["indicator"] == "投资完成率")
    assert points(rate["ratio"] - rate["pace_ratio"]) == printed


@pytest.mark.parametrize("name", FILES)
def test_what_is_no_table_is_refused_with_what_to_do(tmp_path: Path, name: str) -> None:
    path, (content, words) = tmp_path / name, FILES[name]
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=words) as caught:
        read(path, SETTINGS)
    assert str(caught.value).startswith(name)


def test_doubled_suffixes_large_old_books_and_text_without_a_mark_are_read(tmp_path: Path) -> None:
    for name in ("台账.xls.xls", "台账.xlsx.xls"):
        (tmp_path / name).write_bytes(xls())
        assert load(tmp_path / name).ledgers["projects"].height == 20
    text = tmp_path / "台账.csv"
    text.write_bytes("项目名称,县区\n甲,A县\n".encode())
    assert load(text).ledgers["projects"]["project_name"].to_list() == ["甲"]
