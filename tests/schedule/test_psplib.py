"""96 published networks through the ordinary intake: the longest path must be the printed MPM-Time.

Instances: PSPLIB, Kolisch & Sprecher 1997. Files: GUATU_TEST_DATA, or shared/data beside the repository.
"""

from __future__ import annotations

import csv
import os
import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from data.pipeline import load
from data.settings import Settings
from data.snapshots import SnapshotStore
from data.workdays import calendar

SHARED = Path(os.environ.get("GUATU_TEST_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
PSPLIB = SHARED / "psplib"
TARGET = date(2026, 12, 15)
STATUS = date(2026, 1, 5)


def printed() -> dict[str, int]:
    """MPM-Time by instance file."""
    with (PSPLIB / "mpm_index.csv").open(encoding="utf-8") as lines:
        return {row["file"]: int(row["mpm_time_printed"]) for row in csv.DictReader(lines)}


def jobs(path: Path) -> tuple[dict[int, int], dict[int, list[int]]]:
    """Durations and predecessors of an .sm file."""
    text = path.read_text("latin-1")
    links, requests = re.search(
        r"PRECEDENCE RELATIONS:\n[^\n]*\n(.*?)\*{5}.*?REQUESTS/DURATIONS:\n[^\n]*\n-+\n(.*?)\*{5}", text, re.S
    ).groups()
    before: dict[int, list[int]] = {}
    for line in links.splitlines():
        job, _, _, *after = map(int, line.split())
        for follower in after:
            before.setdefault(follower, []).append(job)
    durations = {int(line.split()[0]): int(line.split()[2]) for line in requests.splitlines()}
    return durations, before


def write_workbook(path: Path) -> None:
    """One project an instance and a 节点 row a job, in the contract's own form."""
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        projects, nodes = book.add_worksheet("项目"), book.add_worksheet("节点")
        projects.write_row(0, 0, ["项目编号", "项目名称", "县区/园区", "计划开工"])
        nodes.write_row(0, 0, ["项目编号", "节点", "前置节点", "工期(工作日)"])
        at = 1
        for number, name in enumerate(printed(), start=1):
            projects.write_row(number, 0, [name, f"算例{name}", "连山区"])
            projects.write_datetime(number, 3, TARGET, day)
            durations, before = jobs(PSPLIB / name)
            for job, days in durations.items():
                named = "、".join(f"工序{other}" for other in before.get(job, []))
                nodes.write_row(at, 0, [name, f"工序{job}", named or None, days])
                at += 1


@pytest.mark.skipif(not PSPLIB.is_dir(), reason=f"算例目录 {PSPLIB} 不存在")
def test_the_longest_path_of_96_published_networks_is_the_printed_one(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "office", today=STATUS)
    path = tmp_path / "psplib.xlsx"
    write_workbook(path)
    version = load(path, settings).version
    store = SnapshotStore(settings.snapshots_dir)
    nodes = pl.read_parquet(store.path(version) / "schedule_nodes.parquet")
    projects = pl.read_parquet(store.path(version) / "schedule_projects.parquet")

    assert len(printed()) == 96 == len(projects)
    assert projects["unscheduled_reason"].null_count() == 96
    first = dict(nodes.group_by("project_id").agg(pl.min("latest_start")).iter_rows())
    took = {name: calendar().between(day, TARGET) for name, day in first.items()}
    assert took == printed()
    sizes = dict(nodes.group_by("project_id").len().iter_rows())
    assert sizes == {name: len(jobs(PSPLIB / name)[0]) for name in printed()}
    # forwards the same length: from the first earliest start to the forecast
    ends = projects.select("project_id", "forecast_finish").iter_rows()
    assert {name: calendar().between(STATUS, end) for name, end in ends} == printed()
