"""The architecture as laws: who may import whom, and what may stand in assets."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = sorted((ROOT / "data").rglob("*.py"))
COMPONENTS = sorted((ROOT / "components").rglob("*.py"))
# what screens may know of data: the query runner, the intake, and plain definitions
OPEN_TO_COMPONENTS = {
    "data.query", "data.inbox", "data.pipeline", "data.settings", "data.errors", "data.contract",
    "data.lights", "data.snapshots", "data.demo", "data.workdays", "data.closures",
    "data.drafts", "data.history", "data.summary", "data.remembered", "data.continuity",
    "data.draft_store", "data.journal", "data.manifest", "data.downloads", "data.rule_titles",
    "data.lists", "data.narrowing", "data.search", "data.initials", "data.what_if",
    "data.project_history",
    # what a ledger names of a building site
    "data.photos", "data.video",
    # what is computed ahead, and configuration that screens show
    "data.forecast", "data.backtest", "data.campaigns", "data.score",
    # what meetings write, and when they meet
    "data.escalation", "data.rhythms", "data.record", "data.record_file", "data.promises",
    "data.promise_line", "data.agenda", "data.agenda_order", "data.agenda_reasons", "data.named",
    "data.promise_export", "data.promise_heads",
}  # fmt: skip


def imported(path: Path) -> set[str]:
    """Every module named by an import statement of the file, wherever it stands."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def tops(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imported(path)}


def test_there_is_something_to_judge() -> None:
    assert len(DATA) > 10
    assert len(COMPONENTS) > 8


@pytest.mark.parametrize("path", DATA, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_data_knows_nothing_of_screens(path: Path) -> None:
    assert not tops(path) & {
        "components",
        "dash",
        "plotly",
        "app",
        "dash_bootstrap_components",
        "dash_ag_grid",
    }


def test_the_program_is_the_command_to_serve_and_no_more() -> None:
    assert imported(ROOT / "app.py") == {"data.cli", "data.cli.app"}


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_screens_reach_data_through_the_query_runner_and_the_intake(path: Path) -> None:
    assert "duckdb" not in tops(path)
    modules = {".".join(name.split(".")[:2]) for name in imported(path) if name.startswith("data.")}
    assert modules <= OPEN_TO_COMPONENTS


def test_only_settings_read_the_environment_and_the_clock() -> None:
    # set-up scripts run before there are settings; the reading child has no settings on purpose;
    # pypinyin can be told by the environment alone
    exempt = {"settings.py", "install.py", "vendor.py", "bundle.py", "pinyin.py"}
    guilty = re.compile(r"os\.environ|os\.getenv|date\.today\(\)|datetime\.now\(\)|datetime\.utcnow")
    for path in [*DATA, *COMPONENTS]:
        if path.name not in exempt:
            assert not guilty.search(path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize("path", [*DATA, *COMPONENTS], ids=lambda p: p.relative_to(ROOT).as_posix())
def test_pinyin_comes_without_its_phrases(path: Path) -> None:
    assert ("pypinyin" in tops(path)) == (path.relative_to(ROOT).as_posix() == "data/pinyin.py")


def test_importing_data_does_not_load_dash() -> None:
    code = (
        "import sys, data.pipeline, data.query, data.inbox;"
        "sys.exit(any(m.split('.')[0] in {'dash', 'components', 'plotly'} for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_assets_name_no_foreign_host() -> None:
    address = re.compile(r"https?://(?!127\.0\.0\.1|localhost|www\.w3\.org|\{)[^\s\"')]+")
    own = [p for p in (ROOT / "assets").rglob("*") if p.suffix in {".css", ".js"} and "vendor" not in p.parts]
    sources = own + COMPONENTS
    assert own
    found = {p.name: address.findall(p.read_text(encoding="utf-8")) for p in sources}
    assert not {name: hits for name, hits in found.items() if hits}
