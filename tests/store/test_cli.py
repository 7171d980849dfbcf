"""The command line as a user runs it: exit codes, sentences, formats."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from data import cli, output
from data.history import History
from data.settings import PROJECT_DIR, Settings
from data.snapshots import SnapshotStore, Version
from tests.store.files import project_workbook
from tests.store.small import DAY, days_before, put

Guatu = Callable[..., Result]


@pytest.fixture
def guatu(office: Settings, monkeypatch: pytest.MonkeyPatch) -> Guatu:
    """Run `guatu …` in the office: exit code and what it printed."""
    monkeypatch.setattr(cli, "settings", lambda: office)
    monkeypatch.setenv("COLUMNS", "200")
    runner = CliRunner()
    return lambda *words: runner.invoke(cli.app, [str(word) for word in words])


def test_the_program_itself_accepts_and_refuses(
    office: Settings, store: SnapshotStore, tmp_path: Path
) -> None:
    good = project_workbook(tmp_path / "台账.xlsx", 3)
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"not a workbook")
    variables = os.environ | {
        "GUATU_DATA_DIR": str(office.data_dir),
        "GUATU_TODAY": str(office.today),
        "PYTHONIOENCODING": "utf-8",
    }
    codes = [
        subprocess.run(
            [sys.executable, "-m", "data.cli", "load", path], cwd=PROJECT_DIR, env=variables, check=False
        ).returncode
        for path in (good, bad)
    ]
    assert codes == [0, 1]
    assert store.versions() == [Version(DAY, 1)]


def test_load_accepts_and_dates(guatu: Guatu, store: SnapshotStore, tmp_path: Path) -> None:
    path = project_workbook(tmp_path / "台账.xlsx", 3)
    done = guatu("load", path)
    assert done.exit_code == 0, done.stderr
    assert "已发布 2026-11-22/1:项目 3 行、节点 6 行" in done.stdout
    assert guatu("load", path, "--date", "2026-11-20").exit_code == 0
    assert store.versions() == [Version(days_before(2), 1), Version(DAY, 1)]


def test_load_and_check_refuse_with_findings(guatu: Guatu, store: SnapshotStore, tmp_path: Path) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"not a workbook")
    loaded = guatu("load", bad)
    assert loaded.exit_code == 1
    assert "已退回" in loaded.stderr and "坏.xlsx" in loaded.stderr
    checked = guatu("check", bad, "--json")
    assert checked.exit_code == 1
    told = json.loads(checked.stdout)
    assert told["accepted"] is False and told["file"] == "坏.xlsx"
    assert told["findings"][0]["weight"] == "error"
    assert "不能接收" in guatu("check", bad).stdout
    assert store.current() is None


def test_who_loads_and_what_is_refused_stands_in_the_history(
    guatu: Guatu, office: Settings, tmp_path: Path
) -> None:
    assert guatu("load", project_workbook(tmp_path / "台账.xlsx", 2), "--who", "张三").exit_code == 0
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"not a workbook")
    assert guatu("load", bad, "--who", "李四").exit_code == 1
    told = {(load.file_name, load.who, load.accepted) for load in History(office).loads()}
    assert told == {("台账.xlsx", "张三", True), ("坏.xlsx", "李四", False)}


def test_demo_writes_its_workbook_and_publishes_nothing(
    guatu: Guatu, store: SnapshotStore, tmp_path: Path
) -> None:
    target = tmp_path / "演示台账.xlsx"
    done = guatu("demo", "--projects", 12, "--workbook", target)
    assert done.exit_code == 0 and "演示台账.xlsx" in done.stdout.replace("\n", "")
    assert store.current() is None
    loaded = guatu("load", target)
    assert loaded.exit_code == 0 and "项目 12 行" in loaded.stdout.replace("\n", "")


def test_check_accepts_without_publishing(guatu: Guatu, store: SnapshotStore, tmp_path: Path) -> None:
    path = project_workbook(tmp_path / "台账.xlsx", 3)
    assert json.loads(guatu("check", path, "--json").stdout)["accepted"] is True
    plain = guatu("check", path)
    assert plain.exit_code == 0 and "可以接收" in plain.stdout
    assert store.current() is None


def test_faults_and_wrong_usage_exit_with_2(
    guatu: Guatu, office: Settings, store: SnapshotStore, tmp_path: Path
) -> None:
    assert guatu("load", tmp_path / "没有.xlsx").exit_code == 2
    assert guatu("rollback", "yesterday").exit_code == 2
    office.data_dir.mkdir(parents=True)
    office.snapshots_dir.write_text("in the way", encoding="utf-8")
    fault = guatu("load", project_workbook(tmp_path / "台账.xlsx", 1))
    assert fault.exit_code == 2
    assert "快照目录" in fault.stderr and "Traceback" not in fault.stderr


def test_snapshots_and_rollback(guatu: Guatu, store: SnapshotStore) -> None:
    put(store, 1, days_before(1), mark="昨天")
    put(store, 2, mark="今天")
    listed = guatu("snapshots").stdout
    assert listed.index("2026-11-22/1") < listed.index("2026-11-21/1")
    assert "今天.xlsx" in listed and "昨天.xlsx" in listed
    assert guatu("rollback", "2026-11-21/1").exit_code == 2  # without a reason
    done = guatu("rollback", "2026-11-21/1", "--reason", "误报了上月的台账", "--who", "张三")
    assert done.exit_code == 0 and "2026-11-21/1" in done.stdout and "2026-11-21/2" in done.stdout
    assert store.current() == Version(days_before(1), 2)
    listed = guatu("snapshots").stdout.replace("\n", "")
    assert "已撤下" in listed and "误报了上月的台账" in listed
    unknown = guatu("rollback", "2026-11-20/1", "--reason", "误报")
    assert unknown.exit_code == 2 and "没有快照 2026-11-20/1" in unknown.stderr


def test_query_in_three_formats(guatu: Guatu, tmp_path: Path) -> None:
    assert guatu("load", project_workbook(tmp_path / "台账.xlsx", 3)).exit_code == 0
    rows = json.loads(guatu("query", "procedure_rates", "--format", "json").stdout)
    energy = next(row for row in rows if row["procedure"] == "能评")
    assert (energy["due"], energy["done"], energy["waiting"]) == (3, 0, 3)
    table = list(csv.DictReader(io.StringIO(guatu("query", "procedure_rates", "--format", "csv").stdout)))
    assert [row["procedure"] for row in table] == [row["procedure"] for row in rows]
    assert "能评" in guatu("query", "procedure_rates").stdout
    nobody = guatu("query", "procedure_rates", "--region", "没有的县", "--format", "json")
    assert sum(row["due"] for row in json.loads(nobody.stdout)) == 0
    by_region = guatu("query", "rates", "--by", "region", "--as-of", "2026-11-22", "--format=json")
    assert {row["group"] for row in json.loads(by_region.stdout)} == {"连山区"}


@pytest.mark.parametrize(
    "words",
    [
        ("没有",),
        ("rates", "--by", "weather"),
        ("rates", "--mood", "good"),
        ("rates", "stray"),
        ("rates", "--by"),
    ],
)
def test_a_question_that_cannot_be_asked_exits_with_2(guatu: Guatu, words: tuple[str, ...]) -> None:
    asked = guatu("query", *words)
    assert asked.exit_code == 2
    assert "Traceback" not in asked.stderr


def test_demo_builds_a_city_but_never_over_real_data(guatu: Guatu, store: SnapshotStore) -> None:
    built = guatu("demo", "--projects", 20, "--days", 3)
    assert built.exit_code == 0, built.stderr
    current = store.current()
    assert current and current.day == DAY and store.manifest(current).demo
    put(store, 1)
    refused = guatu("demo")
    assert refused.exit_code == 2 and "真实台账" in refused.stderr


def test_csv_text_never_becomes_a_formula_and_lists_are_flat() -> None:
    frame = pl.DataFrame(
        {
            "name": ["=1+1", "-2", "@x", "正常", None],
            "leaders": [["甲", "乙"], [], None, ["=丙"], ["丁"]],
            "shrinks": [[{"node": "能评", "to": 3}], [], None, [], []],
            "gap": [-1.5, 2.0, None, 0.0, 1.0],
        }
    )
    flat = output.spreadsheet_safe(frame)
    assert flat["name"].to_list() == ["'=1+1", "'-2", "'@x", "正常", None]
    assert flat["leaders"].to_list() == ["甲、乙", "", None, "'=丙", "丁"]
    assert flat["shrinks"][0] == '{"node":"能评","to":3}'
    assert flat["gap"].to_list() == [-1.5, 2.0, None, 0.0, 1.0]
