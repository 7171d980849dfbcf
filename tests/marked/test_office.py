"""LibreOffice opens every workbook we write, and a marked copy it saved anew can be marked again."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from data import demo, marked, template
from data.marking.styles import FILLS
from tests.intake.books import DAY, SETTINGS, load, save_csv
from tests.marked.books import ROWS, finding, rich

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed"),
    # LibreOffice writes extensions that openpyxl leaves out
    pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning"),
]
FOUND = (finding("C3"), finding("B2", "note"), finding("D4", "warning"))


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each of our workbooks, opened and saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("office")
    source = rich(folder / "source.xlsx")
    text = save_csv(folder / "text.csv", ROWS, "utf-8")
    told = demo.ledgers(8, DAY)
    written = [
        marked.write(source, FOUND, folder / "marked.xlsx", SETTINGS),
        marked.write(text, (finding("C3", sheet="text"),), folder / "fresh.xlsx", SETTINGS),
        template.write(folder / "template.xlsx", told, DAY),
        template.write_changes(folder / "changes.xlsx", told, DAY),
        template.write_ledgers(folder / "bare.xlsx", told),
    ]
    out = folder / "saved"
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [
        SOFFICE or "",
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(out),
        *map(str, written),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {path.stem: out / path.name for path in written}


def test_each_opens(saved: dict[str, Path]) -> None:
    assert [name for name, path in saved.items() if not path.is_file()] == []


def test_colours_comments_and_links_are_seen(saved: dict[str, Path]) -> None:
    book = load_workbook(saved["marked"])
    sheet = book["项目"]
    assert [sheet[c].fill.fgColor.rgb for c in ("C3", "B2", "D4")] == [
        FILLS[weight] for weight in ("error", "note", "warning")
    ]
    assert "不能读作金额" in sheet["C3"].comment.text
    assert "张科长:名称已核" in sheet["B2"].comment.text
    assert sheet["C5"].value == "=SUM(C2:C4)"
    assert book["校验结果"]["D4"].hyperlink.location.endswith("C3")
    assert load_workbook(saved["fresh"])["text"]["C3"].fill.fgColor.rgb == FILLS["error"]


def test_a_copy_saved_anew_is_marked_again(saved: dict[str, Path], tmp_path: Path) -> None:
    path = marked.write(saved["marked"], (finding("D4", "error"),), tmp_path / "again.xlsx", SETTINGS)
    book = load_workbook(path)
    assert book.sheetnames == ["项目", "说明", "校验结果"]
    assert book["校验结果"].max_row == 4
    sheet = book["项目"]
    assert sheet["D4"].fill.fgColor.rgb == FILLS["error"]
    assert sheet["C3"].comment is None
    assert sheet["C3"].fill.fgColor.rgb not in FILLS.values()
    assert sheet["B2"].comment.text == "张科长:名称已核"


def test_a_template_saved_anew_reads_the_same(saved: dict[str, Path], tmp_path: Path) -> None:
    told = load(template.write(tmp_path / "a.xlsx", demo.ledgers(8, DAY), DAY)).ledgers
    found = load(saved["template"])
    assert {n: f.rows() for n, f in found.ledgers.items()} == {n: f.rows() for n, f in told.items()}
    assert load_workbook(saved["template"])["项目"].data_validations.count > 5
