"""LibreOffice opens every workbook made from the wall: lists, the ledgers, a trial's proposal, promises."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from components import project_proposal, project_trial
from components.papers import ledger
from components.papers.asked import Asked
from components.papers.catalog import made, paper
from data import downloads, promise_export
from data.promise_line import parse
from data.record import record

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed"),
    # LibreOffice writes extensions that openpyxl leaves out
    pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning"),
]


def proposal(folder: Path, week: Asked) -> Path:
    """The first project that can be tried, with another target day."""
    for number in week.ask("list_projects")["project_id"]:
        trial = asyncio.run(project_trial.trial(number, "?target=2027-06-30"))
        if trial and trial.open_nodes:
            card = week.ask("project_side", project=number).row(0, named=True)
            return downloads.list_workbook(folder, *project_proposal.proposal(trial, card))
    raise AssertionError("no project of the demo city can be tried")


def promises(folder: Path) -> Path:
    """The promises of a meeting."""
    record().open(parse("王市长 12月5日前 完成用地预审", date(2026, 11, 22)), by="张三")
    return promise_export.workbook(folder, "截至今天", promise_export.rows(record().promises(), {}))


def test_each_opens_with_all_its_rows(week: Asked, tmp_path: Path) -> None:
    written = [
        made(paper("ledger"), week, tmp_path),
        downloads.list_workbook(tmp_path, *ledger.sheet(week, ledger.SHEETS[0])),
        proposal(tmp_path, week),
        promises(tmp_path),
    ]
    out = tmp_path / "saved"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out)]
    subprocess.run([*command, *map(str, written)], check=True, capture_output=True, timeout=300)
    for path in written:
        ours, saved = load_workbook(path), load_workbook(out / path.name)
        assert saved.sheetnames == ours.sheetnames
        for name in ours.sheetnames:
            last = ours[name].max_row
            assert saved[name].max_row >= last
            assert saved[name].cell(last, 1).value == ours[name].cell(last, 1).value, (path.name, name)
