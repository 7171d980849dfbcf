"""台账: one sheet a list, the rows of the list's own page, with base, cut-off and version."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from components.papers.asked import Asked, asked
from components.papers.catalog import made, paper
from components.papers.ledger import SHEETS
from data.cli import app
from data.writing.listed import HEADER_ROW
from tests.papers.reading import paragraphs


def test_each_sheet_is_its_list(week: Asked, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(made(paper("ledger"), week, tmp_path))
    assert book.sheetnames == [listing.title for listing in SHEETS]
    for listing in SHEETS:
        sheet = book[listing.title]
        rows = listing.rows(week.params)
        assert sheet.max_row - HEADER_ROW - 1 == rows.height, listing.title
        base = str(sheet["A2"].value)
        assert listing.base in base and "数据截至 11月22日" in base and base.endswith("台账版本 2026-11-22/1")
        assert sheet.freeze_panes and sheet.print_title_rows == "$1:$3"
    money = book["进度"]
    place = next(cell.column for cell in money[HEADER_ROW + 1] if str(cell.value).startswith("年度计划"))
    plan = week.ask("list_progress")["annual_plan_yuan"].to_list()
    written = [row[0] for row in money.iter_rows(HEADER_ROW + 2, None, place, place, values_only=True)]
    assert written == [None if yuan is None else pytest.approx(yuan / 10_000) for yuan in plan]


def test_one_project_s_ledger_leaves_out_lists_of_the_whole_city(week: Asked, tmp_path: Path) -> None:
    number = week.ask("list_projects")["project_id"][0]
    book = openpyxl.load_workbook(made(paper("ledger"), asked(f"?project={number}", week.source), tmp_path))
    assert "任务" not in book.sheetnames
    assert book["全部项目"].max_row == HEADER_ROW + 2
    assert f"项目编号“{number}”" in str(book["全部项目"]["A2"].value)


def test_the_command_writes_papers_and_says_what_it_can_t(city: Path, tmp_path: Path) -> None:
    runner = CliRunner()
    done = runner.invoke(app, ["report", "bulletin", "--rhythm", "day", "--to", str(tmp_path)])
    assert done.exit_code == 0, done.output
    path = tmp_path / "日调度通报 2026-11-23.docx"
    assert paragraphs(path)[0] == "关于2026年11月23日重点项目日调度情况的通报"
    refused = runner.invoke(app, ["report", "nonsense", "--to", str(tmp_path)])
    assert refused.exit_code == 2
    assert "nonsense" in refused.output + (refused.stderr or "")
