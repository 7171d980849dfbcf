"""Photos of building sites: files of the folder photos/, named in the ledger's column 照片."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

MEDIA_TYPES: Final = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
# one name, no way out of the folder, no hidden file
_NAME: Final = re.compile(r"[^./\\:\x00-\x1f][^/\\:\x00-\x1f]{0,199}")


@dataclass(frozen=True)
class Photo:
    """A photo that is there: its file and when that was last written, in the office's zone."""

    path: Path
    stored: datetime

    @property
    def media_type(self) -> str:
        """Its media type, by its ending alone."""
        return MEDIA_TYPES[self.path.suffix.lower()]


def photo(folder: Path, name: str | None, timezone: str) -> Photo | None:
    """The photo of this name in the folder; null when there is none or the name is not a picture's."""
    given = (name or "").strip()
    if not _NAME.fullmatch(given) or Path(given).suffix.lower() not in MEDIA_TYPES:
        return None
    path = folder / given
    try:
        # a link that leads elsewhere is not a photo of this folder
        if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
            return None
        return Photo(path, datetime.fromtimestamp(path.stat().st_mtime, ZoneInfo(timezone)))
    except OSError:
        return None
