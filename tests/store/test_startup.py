"""Starting over a faulty configuration: one Chinese sentence that names it, exit code 2, no traceback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from data.bundle import LEFT_OUT
from data.settings import PACKAGE_DIR, PROJECT_DIR
from tests.program import free_port

# file of data/, what is put in the place of what, and words of the sentence
FAULTY = {
    "lights.toml": ("from = 0, until = 4", "from = 0, until = 3", "亮灯规则"),
    "rhythms.toml": ("\nweekdays = ", "\nweekdays = [9] #", "rhythms.toml"),
    "score.toml": ("\npoints = ", '\npoints = "很多" #', "score.toml"),
    "campaigns.toml": ("\n[[campaign]]", "\n[[campaign]]\nmood = 1", "campaigns.toml"),
    "escalation.toml": ("\nfrom_workday = ", "\nfrom_workday = -", "升级阶梯 escalation.toml"),
    "holidays/本市.csv": ("", "2027-01-01,放假,元旦", "节假日文件 本市.csv 第1行"),
}


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program's own copy, as far as it reads before it serves."""
    folder = tmp_path_factory.mktemp("program")
    shutil.copy(PROJECT_DIR / "app.py", folder)
    shutil.copytree(PACKAGE_DIR, folder / "data", ignore=shutil.ignore_patterns(*LEFT_OUT))
    return folder


def started(program: Path, **environment: str) -> str:
    """What the program says when it refuses to start."""
    given = {
        "GUATU_PORT": str(free_port()),
        "GUATU_DATA_DIR": str(program / "office"),
        "PYTHONIOENCODING": "utf-8",
    }
    ended = subprocess.run(
        [sys.executable, "app.py"],
        cwd=program,
        env=os.environ | given | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ended.returncode == 2, ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1, ended.stderr
    assert not (program / "office").exists()
    return ended.stderr


@pytest.mark.parametrize("name", FAULTY)
def test_a_faulty_file_is_named(program: Path, name: str) -> None:
    path, (old, new, words) = program / "data" / name, FAULTY[name]
    kept = path.read_text("utf-8") if path.exists() else None
    assert old in (kept or "")
    path.write_text((kept or "").replace(old, new, 1) if old else new, encoding="utf-8")
    try:
        assert words in started(program)
    finally:
        path.unlink() if kept is None else path.write_text(kept, encoding="utf-8")


def test_a_file_in_another_encoding_is_named(program: Path) -> None:
    path = program / "data" / "lights.toml"
    kept = path.read_bytes()
    path.write_bytes(kept.decode().encode("gb18030"))
    try:
        assert "lights.toml 读不出" in started(program)
    finally:
        path.write_bytes(kept)


def test_a_setting_that_can_not_be_used_is_named(program: Path) -> None:
    assert "设置 GUATU_PORT 写的是“八千”" in started(program, GUATU_PORT="八千")


def test_a_port_in_use_says_that_it_may_be_running_already(program: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert f"请直接打开 http://127.0.0.1:{port}" in started(program, GUATU_PORT=str(port))
