"""LibreOffice opens every paper, and the bulletin's page holds 22 lines of 28 characters."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from components.papers import gongwen
from components.papers.asked import Asked
from components.papers.catalog import made, paper

SOFFICE = shutil.which("soffice")
PROGRAM = Path(SOFFICE).resolve().parent if SOFFICE else Path()
# the parts of LibreOffice that open documents and slides
PARTS = (PROGRAM / "libswlo.so", PROGRAM / "libsdlo.so")
pytestmark = pytest.mark.skipif(
    SOFFICE is None or not all(part.exists() for part in PARTS), reason="LibreOffice Writer and Impress"
)


def pages(path: Path, folder: Path) -> list[str]:
    """The text of each page LibreOffice makes of it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(SOFFICE), "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return [page.extract_text() for page in PdfReader(folder / f"{path.stem}.pdf").pages]


def test_every_paper_opens(week: Asked, tmp_path: Path) -> None:
    slides = pages(made(paper("slides"), week, tmp_path), tmp_path)
    assert len(slides) >= 9 and "周调度会材料" in slides[0] and "倒排工期" in slides[-1]
    bulletin = pages(made(paper("bulletin"), week, tmp_path), tmp_path)
    assert "通报" in bulletin[0] and any("未开工项目情况表" in text for text in bulletin)
    letters = pages(made(paper("letter-1"), week, tmp_path), tmp_path)
    assert all("签发人" in text for text in letters)


def test_a_page_holds_22_lines_of_28_characters(tmp_path: Path) -> None:
    draft = gongwen.document()
    gongwen.add(draft, "字" * (28 * 22 * 2), "主送")
    path = tmp_path / "版心.docx"
    draft.save(str(path))
    full = [re.findall(r"字+", text) for text in pages(path, tmp_path)]
    assert [len(lines) for lines in full] == [gongwen.LINES, gongwen.LINES]
    assert {len(line) for lines in full for line in lines} == {gongwen.CHARACTERS}
