"""A file made for one visitor, sent and then removed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final
from urllib.parse import quote

from fastapi.responses import FileResponse
from starlette.types import Receive, Scope, Send

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Download(FileResponse):
    """A file under its own name; the folder is removed afterwards, also when the visitor goes away midway."""

    def __init__(self, path: Path, folder: Path) -> None:
        name = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(path.name)}"}
        kind = XLSX if path.suffix == ".xlsx" else "application/octet-stream"
        super().__init__(path, media_type=kind, headers=name)
        self._folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)
