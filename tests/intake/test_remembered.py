"""What staff decided once: kept, shown, removable, never lost by a slip."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from data.errors import ConfigurationError
from data.remembered import FILE_NAME, Remembered, source_of
from data.settings import PROJECT_DIR

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_nothing_is_remembered_at_first(tmp_path: Path) -> None:
    assert Remembered(tmp_path / "new").decisions() == []


def test_a_decision_comes_back_as_it_was_made(tmp_path: Path) -> None:
    made = Remembered(tmp_path).add("withdrawn", ("A1",), "2026-11-22", "张三", "甲厂 已移出", NOON)
    assert Remembered(tmp_path).decisions() == [made]
    assert Remembered(tmp_path).withdrawn() == {"A1": NOON.date()}


def test_the_same_question_is_answered_anew(tmp_path: Path) -> None:
    remembered = Remembered(tmp_path)
    remembered.add("column", ("月报", "*", "总投"), "total_investment_yuan", None, "旧", NOON)
    remembered.add("column", ("月报", "*", "总投"), "annual_plan_yuan", None, "新", NOON + timedelta(hours=1))
    remembered.add("column", ("月报", "项目", "说明二"), "", None, "不用", NOON)
    remembered.add("column", ("季报", "*", "总投"), "note", None, "别的文件", NOON)
    assert remembered.mapping("月报") == {("*", "总投"): "annual_plan_yuan", ("项目", "说明二"): ""}
    assert [d.words for d in remembered.decisions()] == ["新", "别的文件", "不用"]


def test_a_decision_can_be_removed(tmp_path: Path) -> None:
    remembered = Remembered(tmp_path)
    made = remembered.add("same_project", ("B1",), "A1", None, "是", NOON)
    remembered.add("different_project", ("B2", "A2"), None, None, "不是", NOON)
    assert remembered.same_projects() == {"B1": "A1"}
    remembered.remove(made.id)
    remembered.remove(made.id)
    assert remembered.same_projects() == {}
    assert remembered.different_projects() == {("B2", "A2")}


def test_the_last_word_on_a_project_counts(tmp_path: Path) -> None:
    remembered = Remembered(tmp_path)
    remembered.add("withdrawn", ("A1", "A2"), "2026-11-22", None, "都移出", NOON)
    remembered.add("kept", ("A2",), "2026-11-23", None, "A2 保留", NOON + timedelta(hours=1))
    assert remembered.withdrawn() == {"A1": date(2026, 11, 22)}
    assert remembered.kept() == {"A2": date(2026, 11, 23)}


@pytest.mark.parametrize("text", ["{", '[{"id": 1}]', '[{"kind": "whim"}]'])
def test_a_damaged_file_is_never_overwritten(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text, "utf-8")
    with pytest.raises(ConfigurationError, match="已损坏"):
        Remembered(tmp_path).add("withdrawn", ("A1",), None, None, "", NOON)
    assert (tmp_path / FILE_NAME).read_text("utf-8") == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("重点项目台账2026年10月.xlsx", "重点项目台账2026年11月.xlsx"),
        ("重点项目台账 2026-11-22.xlsx", "重点项目台账(1).xlsx"),
        ("20261122重点项目台账_v2.xls", "重点项目台账.xlsx"),
        ("重点项目台账十一月上旬.xlsx", "重点项目台账(最终).csv"),
        ("重点项目台账1-10月 - 副本.xlsx", "重点项目台账第三季度.xlsx"),
        ("C:\\报送\\重點項目臺賬11.22.xlsx", "重点项目台账.xlsx"),
    ],
)
def test_the_same_monthly_file_is_one_source(one: str, other: str) -> None:
    assert source_of(one) == source_of(other)


def test_other_files_are_other_sources() -> None:
    names = ("连山区重点项目.xlsx", "兴城市重点项目.xlsx", "手续台账.xlsx")
    assert len({source_of(name) for name in names}) == len(names)
    assert source_of("2026-11-22.xlsx") == "2026-11-22"


def test_two_programs_lose_none_of_each_others_decisions(tmp_path: Path) -> None:
    code = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path;"
        "from data.remembered import Remembered; at = datetime(2026, 11, 22, tzinfo=UTC);"
        "[Remembered(Path(sys.argv[1])).add('kept', (sys.argv[2] + str(i),), None, None, '', at)"
        " for i in range(40)]"
    )
    programs = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name], cwd=PROJECT_DIR)
        for name in "甲乙"
    ]
    assert [program.wait(60) for program in programs] == [0, 0]
    assert len(Remembered(tmp_path).decisions()) == 80
