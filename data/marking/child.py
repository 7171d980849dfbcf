"""The child process that marks one untrusted workbook; see data/child.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from data.marking.book import mark
from data.reading.serving import serve


def main() -> None:
    """Answer one request: `path` marked for its `findings` and written to `target`."""
    serve(_work)


def _work(request: dict[str, Any]) -> dict[str, Any]:
    mark(Path(request["path"]), Path(request["target"]), request["findings"], request["unpacked_mb"])
    return {"done": True}
