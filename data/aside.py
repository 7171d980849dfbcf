"""Files put aside in the inbox: accepted ones by day, refused ones with what is wrong beside them.

inbox/已接收/2026-11-22/台账.xlsx
inbox/已退回/2026-11-22/台账.xlsx, 台账.标注.xlsx and 台账.xlsx.原因.txt
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from data import marked
from data.errors import Finding
from data.settings import Settings

ACCEPTED: Final = "已接收"
REFUSED: Final = "已退回"

_log = logging.getLogger("guatu.inbox")


def place_for(settings: Settings, kind: str, day: date, name: str) -> Path:
    """Where a file of this name may be put: a name nobody has there yet; its folder is made."""
    folder = settings.inbox_dir / kind / day.isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / name
    if not target.exists():
        return target
    moment = settings.now().strftime("%H%M%S%f")
    return folder / f"{target.stem} {moment}{target.suffix}"


def explain(
    source: Path, target: Path, sentence: str, findings: Sequence[Finding], settings: Settings
) -> Path | None:
    """Write the reasons and the marked copy of a refused file beside where it is put.

    The marked copy's path; null where none could be made: the reasons are there all the same.
    """
    reasons = [sentence, *(f.message for f in findings if f.message != sentence)]
    text = "\ufeff" + "\n".join(reasons) + "\n"  # the mark lets old Notepads know it is UTF-8
    target.with_name(f"{target.name}.原因.txt").write_text(text, encoding="utf-8")
    try:
        return marked.write(source, findings, target.with_name(marked.name_of(target.name)), settings)
    except Exception:  # a file that breaks the marking must still be sent back
        _log.exception("no marked copy of %s", source.name)
        return None
