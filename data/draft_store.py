"""Where drafts lie on the disk: one directory each, written so that a kill at any moment loses nothing.

drafts/
├── .changed                     written whenever a draft changes: the one file to watch
└── 20261122-093000-1a2b3c/      one draft
    ├── draft.json               what the page shows, and what was wanted when the program was killed
    ├── file/台账.xlsx           as received
    └── marked/台账.标注.xlsx    made when somebody asks for it
"""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final, Literal

from pydantic import TypeAdapter

from data import disk
from data.conform import UnknownColumn
from data.continuity import Question
from data.errors import DraftError, Finding
from data.lock import BusyError, ProgramLock
from data.summary import Summary

State = Literal["working", "ready", "refused", "published", "dropped"]

CHANGED: Final = ".changed"
WORK_WAIT_SECONDS: Final = 180.0

_log = logging.getLogger("guatu.drafts")
_ID: Final = re.compile(r"\d{8}-\d{6}-[0-9a-f]{6}")
_DRAFT: Final = "draft.json"
_UNFINISHED: Final = ".new-"
_GONE: Final = ".gone-"
# a name that came through a browser may hold what no file system takes
_FORBIDDEN: Final = re.compile(r'[\x00-\x1f\x7f<>:"|?*/\\]')


@dataclass(frozen=True)
class Wish:
    """A publication asked for: who asked, and whether rows with errors are to be held back."""

    who: str | None
    good_rows_only: bool


@dataclass(frozen=True)
class Draft:
    """One uploaded file on its way. `state` is working while it is being judged or published.

    `step` is the word of the step under way, `step_number` of `steps` from 1 (0 before the first).
    `day` is the day its snapshot would describe, null until it is known. `counts` are rows a ledger.
    `rows` holds, for rows that findings name, "sheet!row" → the cells as text, and "sheet!header" → the
    header above them; a row of a further table below has its own under "sheet!row!header". `held_back`
    counts the rows with errors that publishing would hold back; `needs_consent` says that there are errors,
    so that a person has to want it. `message` is the sentence for staff; `version` what it was published as,
    null before. `basis` marks the wall and the decisions it was judged by; `answered` are questions that stay
    as they are; `wish` is a publication under way; `load_id` its entry in the history, null before.
    """

    id: str
    file_name: str
    received_at: datetime
    who: str | None
    state: State
    step: str
    step_number: int
    steps: int
    sha256: str
    day: date | None = None
    counts: dict[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    rows: dict[str, tuple[str, ...]] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    unknown_columns: tuple[UnknownColumn, ...] = ()
    carried_over: tuple[str, ...] = ()
    summary: Summary | None = None
    held_back: int = 0
    can_publish: bool = False
    needs_consent: bool = False
    message: str = ""
    version: str | None = None
    basis: str = ""
    answered: tuple[str, ...] = ()
    wish: Wish | None = None
    load_id: str | None = None


_ADAPTER: Final = TypeAdapter(Draft)
# drafts whose last state a full disk would not take, by their directories: told from memory until it does
_unsaved: Final[dict[Path, Draft]] = {}


class DraftStore:
    """The directories of one office's drafts."""

    def __init__(self, drafts_dir: Path) -> None:
        self.dir = drafts_dir

    def begin(self, draft: Draft, temporary: Path) -> None:
        """Take an uploaded file in: from here on it is found again whatever happens."""
        place = self.dir / f"{_UNFINISHED}{draft.id}"
        (place / "file").mkdir(parents=True)
        shutil.move(temporary, place / "file" / draft.file_name)
        disk.sync_file(place / "file" / draft.file_name)
        disk.write_text(place / _DRAFT, _text(draft))
        disk.sync_dir(place)
        disk.rename(place, self.dir / draft.id)
        self._tell()

    def read(self, draft_id: str) -> Draft:
        """The draft of this id; DraftError where there is none (any more)."""
        found = self._found(draft_id) if _ID.fullmatch(draft_id) else None
        if found is None:
            raise DraftError("这份草稿已经不在了(草稿保留七天);请重新上传文件")
        return found

    def all(self) -> list[Draft]:
        """Every draft, newest first; a damaged one is passed over."""
        found = (self._found(path.name) for path in self._folders())
        return sorted((d for d in found if d), key=lambda d: (d.received_at, d.id), reverse=True)

    def write(self, draft: Draft) -> Draft:
        """The draft as it is now, on the disk."""
        disk.replace_text(self.dir / draft.id / _DRAFT, _text(draft))
        _unsaved.pop(self.dir / draft.id, None)
        self._tell()
        return draft

    def write_at_last(self, draft: Draft) -> Draft:
        """The same for how work ended, which nobody repeats: where the disk takes nothing, it is kept in
        memory and written by the first who asks for it once the disk takes it."""
        try:
            return self.write(draft)
        except OSError:
            _log.exception("draft %s could not be written", draft.id)
            _unsaved[self.dir / draft.id] = draft
            return draft

    def file(self, draft: Draft) -> Path:
        """The file as received; DraftError where it was given up."""
        path = self.dir / draft.id / "file" / draft.file_name
        if not path.is_file():
            raise DraftError(f"“{draft.file_name}”的草稿已放弃,文件没有保留;请重新上传")
        return path

    def marked(self, draft: Draft, name: str) -> Path:
        """Where the marked copy of this name lies, whether or not it is there."""
        return self.dir / draft.id / "marked" / name

    def forget_marked(self, draft: Draft) -> None:
        """Away with a marked copy that no longer says what was found."""
        shutil.rmtree(self.dir / draft.id / "marked", ignore_errors=True)

    def empty(self, draft: Draft) -> None:
        """Away with the file of a draft that was given up."""
        for part in ("file", "marked"):
            shutil.rmtree(self.dir / draft.id / part, ignore_errors=True)

    def remove(self, draft_id: str) -> None:
        """Away with a whole draft, at once for readers."""
        _unsaved.pop(self.dir / draft_id, None)
        gone = self.dir / f"{_GONE}{draft_id}"
        self.dir.joinpath(draft_id).rename(gone)
        shutil.rmtree(gone, ignore_errors=True)
        self._tell()

    def clean(self, before: datetime) -> None:
        """Remove what killed programs left, and drafts received before a moment that nobody is at work on."""
        for draft in self.all():
            if draft.received_at < before and draft.state != "working":
                self.remove(draft.id)
        for pattern in (f"{_UNFINISHED}*", f"{_GONE}*", ".*.tmp", "*/.*.new", "*/marked/.*"):
            disk.remove_stale(self.dir.glob(pattern))

    @contextmanager
    def held(self, draft_id: str, wait_seconds: float = WORK_WAIT_SECONDS) -> Iterator[Draft]:
        """The draft, for one worker at a time; DraftError when another one keeps it longer."""
        self.read(draft_id)
        try:
            with ProgramLock(self.dir / draft_id / ".lock").held(wait_seconds):
                yield self.read(draft_id)
        except BusyError as fault:
            raise DraftError("这份草稿还在处理,请稍候再试") from fault

    def _found(self, draft_id: str) -> Draft | None:
        if unsaved := _unsaved.get(self.dir / draft_id):
            return self.write_at_last(unsaved)
        try:
            return _ADAPTER.validate_json(disk.read_text(self.dir / draft_id / _DRAFT))
        except (OSError, ValueError):
            return None

    def _folders(self) -> list[Path]:
        try:
            return [path for path in self.dir.iterdir() if _ID.fullmatch(path.name)]
        except FileNotFoundError:
            return []

    def _tell(self) -> None:
        with suppress(OSError):  # a draft is written whether or not anybody can be told
            (self.dir / CHANGED).write_text(f"{os.getpid()}\n", encoding="utf-8")


def safe_name(given: str) -> str:
    """The last part of a given name without what no file system takes; a name of dots alone is refused."""
    last = unicodedata.normalize("NFC", given.replace("\\", "/").rsplit("/", 1)[-1])
    name = _FORBIDDEN.sub("", last).strip()
    if not name.strip("."):
        raise DraftError(f"文件名“{given[:60]}”不能用作文件名,请改名后再上传")
    return name


def _text(draft: Draft) -> str:
    return json.dumps(_ADAPTER.dump_python(draft, mode="json"), ensure_ascii=False)
