"""The bundle: one archive that installs and runs on a machine without any network.

    make bundle                                     for this machine's platform and Python
    python -m data.bundle --platform win_amd64 --python 3.11

It holds the locked wheels with their hashes, the browser files, the program and an install script
(python install.py), which is how the program reaches a government LAN.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Final

from data.install import BIN_DIR, PROJECT_DIR

DIST_DIR = PROJECT_DIR / "dist"
# what an office needs to run the program; tests and set-up stay at home
PROGRAM: Final = (
    "app.py",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "components",
    "data",
    "queries",
    "assets",
)
# what an office writes while it runs never leaves it with the program
RUN_TIME: Final = (
    "inbox", "snapshots", "drafts", "photos", "history", "backtest",
    "remembered.json", ".remembered.json.lock", "meetings.*sqlite*", "meetings.*changed", ".session_key",
)  # fmt: skip
LEFT_OUT: Final = ("__pycache__", "*.pyc", *RUN_TIME)
INSTALL_SCRIPT: Final = '''"""Install Guatu from this folder, without any network: python install.py"""

import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

if sys.version_info[:2] != {python_version}:
    sys.exit("需要 Python {python_text},现在是 " + sys.version.split()[0] + ";请换用该版本再安装。")
if not PYTHON.exists():
    venv.create(VENV, with_pip=True)
command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index",
           "--require-hashes", "--find-links", HERE / "wheels", "-r", HERE / "requirements.txt"]
subprocess.run([str(part) for part in command], check=True)
sys.path.insert(0, str(HERE))
from data.install import write_launcher

print("安装完成。启动:", PYTHON, HERE / "app.py")
print("命令行:", write_launcher(PYTHON.parent))
'''


def main() -> None:
    """Write dist/guatu-<version>-<platform>.zip and say where it is."""
    parser = argparse.ArgumentParser(description="制作离线安装包")
    parser.add_argument("--platform", help="目标平台,如 win_amd64、manylinux_2_28_x86_64;默认本机")
    parser.add_argument(
        "--python", default=f"{sys.version_info[0]}.{sys.version_info[1]}", help="目标 Python 版本"
    )
    options = parser.parse_args()
    print(build(DIST_DIR, options.platform, options.python))


def build(into: Path, platform: str | None = None, python: str | None = None) -> Path:
    """The archive written into folder `into`, for `platform` (null = this machine's)."""
    python = python or f"{sys.version_info[0]}.{sys.version_info[1]}"
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into) as scratch:
        root = Path(scratch) / "guatu"
        root.mkdir()
        copy_program(root)
        lock = root / "requirements.txt"
        lock.write_text(requirements(), encoding="utf-8")
        download(lock, root / "wheels", platform, python)
        version = tuple(int(part) for part in python.split("."))
        script = INSTALL_SCRIPT.format(python_version=version, python_text=python)
        (root / "install.py").write_text(script, encoding="utf-8")
        return pack(root, into / f"guatu-{platform or sys.platform}-py{python}.zip")


def copy_program(root: Path) -> None:
    """Copy the program and its browser files, without run-time data."""
    for name in PROGRAM:
        source = PROJECT_DIR / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns(*LEFT_OUT))
        else:
            shutil.copy2(source, root / name)


def requirements() -> str:
    """The locked run-time packages with hashes, as a requirements file."""
    uv = shutil.which("uv") or shutil.which("uv", path=str(BIN_DIR)) or "uv"
    command = [uv, "export", "--frozen", "--no-dev", "--no-emit-project", "--no-header", "--quiet"]
    return subprocess.run(command, cwd=PROJECT_DIR, check=True, capture_output=True, text=True).stdout


def download(lock: Path, into: Path, platform: str | None, python: str) -> None:
    """Fetch exactly the locked wheels for the target into folder `into`."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
               "--require-hashes", "--only-binary=:all:", "--dest", str(into), "-r", str(lock)]  # fmt: skip
    if platform:
        command += ["--platform", platform, "--python-version", python]
    subprocess.run(command, check=True)


def pack(root: Path, target: Path) -> Path:
    """Zip folder `root` as `target`; wheels are stored, they are compressed already."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(root.rglob("*")):
            method = zipfile.ZIP_STORED if path.suffix in {".whl", ".br", ".gz"} else zipfile.ZIP_DEFLATED
            archive.write(path, path.relative_to(root.parent), compress_type=method)
    return target


if __name__ == "__main__":
    main()
