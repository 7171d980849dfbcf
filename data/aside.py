"""Files put aside in the inbox: accepted ones by day, refused ones with what is wrong beside them.

inbox/已接收/2026-11-22/台账.xlsx
inbox/已退回/2026-11-22/台账.xlsx, 台账.标注.xlsx and 台账.xlsx.原因.txt
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from data import disk, marked
from data.errors import Finding
from data.history import History
from data.loads import Load
from data.lock import ProgramLock
from data.manifest import Via
from data.settings import Settings

ACCEPTED: Final = "已接收"
REFUSED: Final = "已退回"

# marking takes some seconds; several files of one name may be refused at once
TURN_SECONDS: Final = 180.0
# what is put beside a file has its name and more, and no disk takes more than 255 bytes
_NAME_BYTES: Final = 200

_log = logging.getLogger("guatu.inbox")


def place_for(settings: Settings, kind: str, day: date, name: str) -> Path:
    """Where a file of this name may be put: a name nobody has there yet; its folder is made."""
    folder = settings.inbox_dir / kind / day.isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / _shortened(name)
    if not target.exists():
        return target
    moment = settings.now().strftime("%H%M%S%f")
    return folder / f"{target.stem} {moment}{target.suffix}"


def send_back(
    settings: Settings,
    source: Path,
    name: str,
    sha256: str,
    sentence: str,
    findings: tuple[Finding, ...],
    put: Callable[[Path], object],
    *,
    via: Via,
    who: str | None = None,
) -> Load:
    """A refused file put where staff look for it, with the reasons and the marked copy beside it.

    `put` brings the file itself to its place, after everything else: a file that isn't there yet when the
    program is killed is judged again. OSError where that can't be written.
    """
    with ProgramLock(settings.inbox_dir / ".refusing.lock").held(TURN_SECONDS):
        target = place_for(settings, REFUSED, settings.as_of(), name)
        copy = _explain(source, target, sentence, findings, settings)
        told = (name, sha256, sentence, findings)
        load = History(settings).refused(via, who, *told, kept_file=target, marked_file=copy)
        put(target)
    return load


def _explain(
    source: Path, target: Path, sentence: str, findings: Sequence[Finding], settings: Settings
) -> Path | None:
    """Write the reasons and the marked copy of a refused file beside where it is put.

    The marked copy's path; null where none could be made: the reasons are there all the same.
    """
    reasons = [sentence, *(f.message for f in findings if f.message != sentence)]
    text = "\ufeff" + "\n".join(reasons) + "\n"  # the mark lets old Notepads know it is UTF-8
    disk.replace_text(target.with_name(f"{target.name}.原因.txt"), text)
    try:
        return marked.write(source, findings, target.with_name(marked.name_of(target.name)), settings)
    except Exception:  # a file that breaks the marking must still be sent back
        _log.exception("no marked copy of %s", source.name)
        return None


def _shortened(name: str) -> str:
    """The name with so much less of its stem that there is room for more."""
    suffix = Path(name).suffix
    room = _NAME_BYTES - len(suffix.encode())
    stem = name.removesuffix(suffix).encode()[: max(room, 0)].decode(errors="ignore")
    return f"{stem}{suffix}" if len(name.encode()) > _NAME_BYTES else name
