"""README is true: its tables are those of the code, its pictures and commands exist."""

from __future__ import annotations

import re
from pathlib import Path

from data import docs

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def test_tables_are_those_of_the_code() -> None:
    assert all(f"<!-- {name} -->" in TEXT for name in docs.TABLES)
    assert docs.rewritten(TEXT) == TEXT, "运行 python -m data.docs 更新 README 的表格"


def test_pictures_exist() -> None:
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", TEXT)
    assert len(pictures) >= 2
    assert all((ROOT / name).exists() for name in pictures)


def test_pages_for_staff_and_their_pictures_exist() -> None:
    pages = re.findall(r"\]\((docs/[^)]+\.md)\)", TEXT)
    assert "docs/报送.md" in pages
    for page in pages:
        pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", (ROOT / page).read_text(encoding="utf-8"))
        assert pictures, page
        assert all((ROOT / page).with_name(name).exists() for name in pictures), page


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`", TEXT)) <= targets


def test_files_named_in_the_architecture_exist() -> None:
    for name in re.findall(r"`((?:data|components|queries|assets|tests)/[\w./-]+)`", TEXT):
        if not name.startswith(("data/inbox/", "data/snapshots/", "assets/vendor/")):
            assert (ROOT / name).exists(), name
