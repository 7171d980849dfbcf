"""The contract's own form comes through unchanged, whatever kind of file it is kept in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from data.contract import LEDGERS, MONEY, empty, ledger
from data.rules import check
from tests.intake.books import DAY, contract_rows, load, rules_of, save, save_csv

# one telling value a column; the second row of every ledger leaves empty what may be empty
SPECIAL: dict[tuple[str, str], Any] = {
    ("projects", "project_id"): "XM001",
    ("projects", "kind"): "新建",
    ("projects", "region_kind"): "县区",
    ("projects", "region"): "连山区",
    ("projects", "leaders"): ["领导01", "领导02"],
    ("projects", "accountable_leader"): "领导01",
    ("projects", "planned_start"): date(2026, 6, 30),
    ("projects", "planned_start_precision"): "half",
    ("projects", "planned_start_text"): "2026年上半年",
    ("nodes", "status"): "done",
    ("nodes", "applicable"): True,
    ("nodes", "predecessors"): ["立项", "用地/供地"],
    ("projects", "leader_titles"): ["市委书记", ""],
    ("problems", "project_name"): "项目名称一",
    ("visits", "visitor"): "领导01",
}


def sample(name: str) -> pl.DataFrame:
    """Two rows of a ledger with every column filled in the first."""
    item, row = ledger(name), dict[str, Any]()
    for column in item.columns:
        plain: dict[Any, Any] = {
            pl.String(): f"{column.header}一",
            pl.Date(): date(2026, 3, 15),
            pl.Boolean(): True,
            pl.Int32(): 12,
            pl.Float64(): 0.5,
            MONEY: 1_234_567_891,
        }
        row[column.name] = SPECIAL.get((name, column.name), plain.get(column.dtype))
        if column.worded:
            row[f"{column.name}_precision"] = SPECIAL.get((name, f"{column.name}_precision"), "day")
            row[f"{column.name}_text"] = SPECIAL.get((name, f"{column.name}_text"))
    row["project_id"] = "XM001"
    needed = (
        {c.name for c in item.columns if c.required}
        | set(item.key)
        | ({"project_name"} if name == "projects" else set())
    )
    needed |= {f"{name}_precision" for name in needed}
    second = {key: value if key in needed else None for key, value in row.items()}
    for key in item.key:
        if second[key] != "XM001" and isinstance(second[key], str):
            second[key] = f"{second[key]}二"
    if name == "projects":
        second |= {"project_id": "XM002", "project_name": "项目名称二"}
    if name == "nodes":
        second |= {"status": "waiting", "applicable": True}
    if name == "monthly":
        second |= {"month_end": date(2026, 4, 30)}
    if name == "problems":
        second |= {"problem": "问题二", "project_id": "XM001", "project_name": "项目名称一"}
    rows = [row, second]
    return pl.DataFrame(
        rows, schema={k: v for k, v in item.schema.items() if not k.startswith("source") and k != "extra"}
    )


def stored(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(c for c in ledger(name).schema if not c.startswith("source") and c != "extra")


WHOLE = {item.name: sample(item.name) for item in LEDGERS}
# as a snapshot keeps it: with the columns a file never states
BEFORE = {"projects": pl.concat([empty(ledger("projects")), WHOLE["projects"]], how="diagonal")}


def test_every_ledger_of_one_workbook(tmp_path: Path) -> None:
    path = save(
        tmp_path / "台账.xlsx", {item.sheet: contract_rows(item.name, WHOLE[item.name]) for item in LEDGERS}
    )
    result = load(path)
    assert set(result.ledgers) == set(WHOLE)
    for name, frame in WHOLE.items():
        assert_frame_equal(stored(name, result.ledgers[name]), stored(name, frame))
        assert dict(result.ledgers[name].schema) == ledger(name).schema
    assert not [f for f in result.findings if f.weight != "note"]
    checked = check(result, None, DAY)
    assert {name: frame.height for name, frame in checked.ledgers.items()} == dict.fromkeys(WHOLE, 2)


@pytest.mark.parametrize("name", [item.name for item in LEDGERS])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_one_ledger_as_csv_is_known_by_its_headers(tmp_path: Path, name: str, encoding: str) -> None:
    path = save_csv(tmp_path / "导出数据.csv", contract_rows(name, WHOLE[name]), encoding)
    result = load(path, previous=BEFORE)
    assert list(result.ledgers) == [name]
    assert_frame_equal(stored(name, result.ledgers[name]), stored(name, WHOLE[name]))


@pytest.mark.parametrize("name", [item.name for item in LEDGERS])
@pytest.mark.parametrize("chinese", [False, True])
def test_one_ledger_as_parquet_in_english_or_chinese(tmp_path: Path, name: str, chinese: bool) -> None:
    frame = WHOLE[name]
    if chinese:
        frame = frame.rename({c.name: c.header for c in ledger(name).columns})
    path = tmp_path / "x.parquet"
    frame.write_parquet(path)
    result = load(path, previous=BEFORE)
    assert list(result.ledgers) == [name]
    assert_frame_equal(stored(name, result.ledgers[name]), stored(name, WHOLE[name]))


def test_rows_say_where_they_stood(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", {"项目": contract_rows("projects", WHOLE["projects"])})
    origin = load(path).ledgers["projects"].select("source_sheet", "source_row")
    assert origin.rows() == [("项目", 2), ("项目", 3)]


def test_money_without_a_unit_stops_the_file(tmp_path: Path) -> None:
    path = save(
        tmp_path / "a.xlsx",
        {"项目": [["项目编号", "项目名称", "总投资"], ["1", "甲", None], ["2", "乙", 35]]},
    )
    result = load(path)
    (fault,) = (f for f in result.findings if f.rule == "money_without_unit")
    assert (fault.weight, fault.sheet, fault.cell, fault.found) == ("error", "项目", "C3", "35")
    assert "总投资(万元)" in fault.message
    assert "单位:万元" in fault.message
    assert result.ledgers["projects"]["total_investment_yuan"].to_list() == [None, None]
    assert "money_without_unit" in rules_of(result)


@pytest.mark.parametrize(
    ("header", "line", "yuan"),
    [
        ("总投资(万元)", None, 350_000),
        ("总投资(亿元)", "单位:万元", 3_500_000_000),
        ("总投资", "单位:万元", 350_000),
        ("总投资", "单位:元", 35),
        ("项目总投资\n(万元)", None, 350_000),
        ("total_investment_yuan", None, 35),
    ],
)
def test_where_the_unit_of_money_comes_from(tmp_path: Path, header: str, line: str | None, yuan: int) -> None:
    top = [[line]] if line else []
    path = save(
        tmp_path / "a.xlsx",
        {"项目": [*top, ["项目编号", "项目名称", header], ["1", "甲", 35], ["2", "乙", "2亿元"]]},
    )
    assert load(path).ledgers["projects"]["total_investment_yuan"].to_list() == [yuan, 200_000_000]
