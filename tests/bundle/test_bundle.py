"""The bundle installs and runs where there is no network and no package index."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import backtest, bundle, record_file, remembered
from data.bundle import LEFT_OUT, PROJECT_DIR
from data.settings import Settings


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    with zipfile.ZipFile(bundle.build(folder)) as archive:
        archive.extractall(folder)
    return folder / "guatu"


@pytest.fixture(scope="module")
def bare_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An empty home, no caches, no index, no find-links of this machine."""
    home = str(tmp_path_factory.mktemp("home"))
    return {
        "HOME": home, "PATH": os.defpath, "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_CACHE_DIR": "1", "LANG": "C.UTF-8",
    }  # fmt: skip


def offline() -> list[str]:
    """A prefix that takes the network away altogether, where this machine lets us; else nothing."""
    command = ["unshare", "--net", "--map-root-user"]
    if (
        shutil.which("unshare")
        and subprocess.run([*command, "true"], check=False, capture_output=True).returncode == 0
    ):
        return command
    return []


@pytest.fixture(scope="module")
def installed(unpacked: Path, bare_environment: dict[str, str]) -> Path:
    python = Path(sys.base_prefix) / ("python.exe" if os.name == "nt" else "bin/python3")
    subprocess.run([*offline(), str(python), "install.py"], cwd=unpacked, env=bare_environment, check=True)
    return unpacked


@pytest.fixture(scope="module")
def address(
    installed: Path, bare_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    python = installed / (".venv/Scripts/python.exe" if os.name == "nt" else ".venv/bin/python")
    environment = bare_environment | {
        "GUATU_PORT": str(port), "GUATU_DATA_DIR": str(tmp_path_factory.mktemp("office")),
    }  # fmt: skip
    log = installed / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [python, "app.py"], cwd=installed, env=environment, stdout=output, stderr=output
        )
    try:
        yield wait_until_up(f"http://127.0.0.1:{port}", server, log)
    finally:
        server.terminate()
        server.wait(20)


def wait_until_up(address: str, server: subprocess.Popen[bytes], log: Path) -> str:
    request = urllib.request.Request(f"{address}/api/health")
    for _ in range(600):
        assert server.poll() is None, log.read_text(encoding="utf-8", errors="replace")
        try:
            with urllib.request.urlopen(request, timeout=5):
                return address
        except OSError:
            try:
                server.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
    raise AssertionError(log.read_text(encoding="utf-8", errors="replace"))


def test_it_serves_pages_scripts_and_figures(address: str) -> None:
    with urllib.request.urlopen(f"{address}/", timeout=20) as page:
        assert "挂图" in page.read().decode()
    with urllib.request.urlopen(f"{address}/assets/vendor/plotly-basic.min.js", timeout=20) as script:
        assert len(script.read()) > 300_000
    with urllib.request.urlopen(f"{address}/api/queries/freshness", timeout=60) as answer:
        assert json.load(answer)["rows"]


def test_the_command_works_from_any_folder(
    installed: Path, bare_environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()  # a folder of that name is not the program
    (tmp_path / "台账.csv").write_text("项目编号,项目名称,县区\n1,甲项目,A县\n", encoding="utf-8")
    environment = bare_environment | {"GUATU_DATA_DIR": str(tmp_path / "office")}
    command = installed / (".venv/Scripts/guatu.cmd" if os.name == "nt" else ".venv/bin/guatu")
    told = [
        subprocess.run([command, *words], cwd=tmp_path, env=environment, capture_output=True, text=True)
        for words in (("check", "台账.csv"), ("load", "台账.csv"), ("snapshots",))
    ]
    assert [done.returncode for done in told] == [0, 0, 0], [done.stderr for done in told]
    assert "台账.csv" in told[2].stdout


def test_every_file_of_the_program_is_in_it(tmp_path: Path) -> None:
    bundle.copy_program(tmp_path)
    told = subprocess.run(
        ["git", "ls-files", "-z", *bundle.PROGRAM],
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    ours = {name for name in told.stdout.split("\0") if name and (PROJECT_DIR / name).exists()}
    assert {name for name in ours if not (tmp_path / name).exists()} == set()


def test_nothing_an_office_writes_leaves_it(tmp_path: Path) -> None:
    kept = Settings(data_dir=tmp_path)  # type: ignore[call-arg]  # every field has a default
    folders = (kept.inbox_dir, kept.snapshots_dir, kept.drafts_dir, kept.photos_dir, kept.history_dir)
    files = (remembered.FILE_NAME, record_file.FILE_NAME, f"{record_file.FILE_NAME}-wal", record_file.CHANGED)
    names = [*(folder.name for folder in folders), backtest.FOLDER, ".session_key", *files]
    assert shutil.ignore_patterns(*LEFT_OUT)("data", names) == set(names)
    # nor by a commit
    places = [*(f"data/{name}/" for name in names[:6]), *(f"data/{name}" for name in names[6:])]
    told = subprocess.run(["git", "check-ignore", *places], cwd=PROJECT_DIR, capture_output=True, text=True)
    assert told.stdout.split() == places


def test_tests_and_snapshots_stay_at_home(unpacked: Path) -> None:
    assert not (unpacked / "tests").exists()
    assert not (unpacked / "data" / "snapshots").exists()
    assert not (unpacked / ".git").exists()
