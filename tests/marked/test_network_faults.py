"""Networks that can't be scheduled: told at the cell of the file, coloured in the marked copy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from data import marked, pipeline
from data.drafts import Drafts
from data.errors import FaultyLedger, Finding
from data.inbox import Inbox
from data.settings import Settings
from data.snapshots import SnapshotStore
from tests.intake.books import save

PROJECTS = [
    ["项目编号", "项目名称", "计划开工"],
    ["A", "甲项目", "2027-03-15"],
    ["B", "乙项目", "2027-03-15"],
]
HEADER = ["项目编号", "节点", "前置节点", "工期(工作日)"]
GOOD: list[list[Any]] = [["B", f"步骤{i}", f"步骤{i - 1}" if i else None, 3] for i in range(8)]
CYCLE = [["A", "立", "验", 3], ["A", "建", "立", 4], ["A", "验", "建", 1]]


def book(folder: Path, *nodes: list[Any], name: str = "台账.xlsx", title: str = "节点") -> Path:
    return save(folder / name, {"项目": PROJECTS, title: [HEADER, *nodes]})


def found(path: Path, office: Settings, *rules: str) -> list[Finding]:
    return [f for f in pipeline.check_file(path, office) if f.rule in rules]


def reasons(store: SnapshotStore) -> dict[str, str | None]:
    current = store.current()
    assert current
    rows = store.table(current, "schedule_projects").select("project_id", "unscheduled_reason")
    return dict(rows.iter_rows())


@pytest.mark.parametrize(
    ("row", "rule", "cell", "written"),
    [
        (["A", "建", "壬", 4], "unknown_predecessor", "C10", "壬"),
        (["A", "建", "步骤1", 4], "unknown_predecessor", "C10", "步骤1"),
        (["A", "建", "立", None], "missing_duration", "D10", None),
        (["A", "建", "立", -4], "impossible_duration", "D10", "-4"),
        (["A", "建", "立", 20270315], "impossible_duration", "D10", "20270315"),
    ],
)
def test_a_fault_names_its_cell_and_is_coloured(
    office: Settings, tmp_path: Path, row: list[Any], rule: str, cell: str, written: str | None
) -> None:
    path = book(tmp_path, *GOOD, row, ["A", "立", None, 3])
    findings = pipeline.check_file(path, office)
    (finding,) = (f for f in findings if f.rule == rule)
    assert (finding.weight, finding.sheet, finding.cell) == ("warning", "节点", cell)
    assert finding.found == written
    assert all(word in finding.message for word in ("甲项目", "“建”", f"工作表“节点”{cell}", "不排期"))
    copy = load_workbook(marked.write(path, findings, tmp_path / "标注.xlsx"))["节点"][cell]
    assert copy.fill.fill_type == "solid"
    assert finding.message in copy.comment.text


def test_every_cell_of_a_cycle_is_an_error_and_coloured(office: Settings, tmp_path: Path) -> None:
    path = book(tmp_path, *GOOD, *CYCLE)
    findings = pipeline.check_file(path, office)
    cycle = [f for f in findings if f.rule == "cycle"]
    assert [(f.weight, f.sheet, f.cell, f.found) for f in cycle] == [
        ("error", "节点", "C10", "验"), ("error", "节点", "C11", "立"), ("error", "节点", "C12", "建"),
    ]  # fmt: skip
    assert all("甲项目" in f.message and "立→建→验→立" in f.message for f in cycle)
    sheet = load_workbook(marked.write(path, findings, tmp_path / "标注.xlsx"))["节点"]
    assert [sheet[f"C{row}"].fill.fill_type for row in range(9, 14)] == [
        None,
        "solid",
        "solid",
        "solid",
        None,
    ]


def test_the_folder_sends_a_file_with_a_cycle_back(
    office: Settings, store: SnapshotStore, tmp_path: Path
) -> None:
    inbox = Inbox(office)
    office.inbox_dir.mkdir(parents=True)
    outcome = inbox.take_in(book(office.inbox_dir, *GOOD, *CYCLE))
    assert outcome is not None
    assert not outcome.accepted
    assert "成了循环" in outcome.message
    assert store.current() is None


def test_staff_may_publish_and_only_that_project_is_unscheduled(
    office: Settings, store: SnapshotStore, tmp_path: Path
) -> None:
    drafts = Drafts(office)
    path = book(tmp_path, *[["B", f"步骤{i}", None, 3] for i in range(30)], *CYCLE)
    received = drafts.receive(_copy(path), "台账.xlsx", "张三")
    draft = drafts.work(received.id)
    assert (draft.state, draft.can_publish, draft.needs_consent, draft.held_back) == ("ready", True, True, 0)
    done = drafts.publish(draft.id, "张三", good_rows_only=True)
    assert done.state == "published"
    assert reasons(store) == {"A": "“立、建、验”互为前置,成了循环", "B": None}


def test_too_many_rows_in_cycles_refuse_the_file(office: Settings, tmp_path: Path) -> None:
    with pytest.raises(FaultyLedger, match="节点台账 11 行中有 3 行有错误"):
        pipeline.load(book(tmp_path, *GOOD, *CYCLE), office, good_rows_only=True)


def test_a_cycle_carried_over_holds_no_file_up(
    office: Settings, store: SnapshotStore, tmp_path: Path
) -> None:
    many: Sequence[list[Any]] = [["B", f"步骤{i}", None, 3] for i in range(30)]
    pipeline.load(book(tmp_path, *many, *CYCLE), office, good_rows_only=True)
    later = save(tmp_path / "项目.xlsx", {"项目": [*PROJECTS, ["C", "丙项目", "2027-03-15"]]})
    done = pipeline.load(later, office)
    (cycle,) = (f for f in done.findings if f.rule == "cycle")
    assert (cycle.weight, cycle.sheet, cycle.cell) == ("warning", None, None)
    assert "甲项目" in cycle.message
    assert "以前报送" in cycle.message
    assert {name for name, reason in reasons(store).items() if reason} == {"A"}


def _copy(path: Path) -> Path:
    temporary = path.with_name(".upload.tmp")
    temporary.write_bytes(path.read_bytes())
    return temporary
