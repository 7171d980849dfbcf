"""The inbox's journal: what became of each dropped file, one JSON line an outcome, kept to the last few."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from data import disk
from data.errors import Finding
from data.lock import ProgramLock
from data.manifest import Version, Via
from data.settings import Settings

FILE_NAME: Final = ".journal.jsonl"
KEPT_OUTCOMES: Final = 200
LOCK_WAIT_SECONDS: Final = 10.0

_log = logging.getLogger("guatu.inbox")


@dataclass(frozen=True)
class Outcome:
    """What became of one file that was dropped or sent.

    `version` is null when it was refused; `message` is the sentence for staff; `at` has its zone.
    `load_id` names it in the history, null when it isn't there (it stays in the inbox and is tried again).
    """

    file_name: str
    at: datetime
    accepted: bool
    version: Version | None
    message: str
    findings: tuple[Finding, ...] = ()
    who: str | None = None
    via: Via = "folder"
    load_id: str | None = None

    def to_json(self) -> str:
        """One journal line."""
        told = asdict(self) | {
            "at": self.at.isoformat(),
            "version": str(self.version) if self.version else None,
        }
        return json.dumps(told, ensure_ascii=False)

    @classmethod
    def from_json(cls, line: str) -> Outcome:
        """The outcome of one journal line; ValueError, KeyError or TypeError when it is damaged."""
        told: dict[str, Any] = json.loads(line)
        return cls(
            file_name=told["file_name"],
            at=datetime.fromisoformat(told["at"]),
            accepted=told["accepted"],
            version=Version.parse(told["version"]) if told["version"] else None,
            message=told["message"],
            findings=tuple(Finding(**finding) for finding in told["findings"]),
            who=told.get("who"),
            via=told.get("via", "folder"),
            load_id=told.get("load_id"),
        )


class Journal:
    """The outcomes in one file, newest last."""

    def __init__(self, path: Path, kept: int = KEPT_OUTCOMES) -> None:
        self.path = path
        self.kept = kept
        self._lock = ProgramLock(path.with_name(f"{path.name}.lock"))

    @classmethod
    def of(cls, settings: Settings) -> Journal:
        """The journal of an office's inbox."""
        return cls(settings.inbox_dir / FILE_NAME)

    def outcomes(self) -> list[Outcome]:
        """The kept outcomes, newest first. A line damaged by a power cut is passed over."""
        found = (_outcome(line) for line in self._lines())
        return [outcome for outcome in reversed(list(found)) if outcome]

    def add(self, outcome: Outcome) -> None:
        """Put one outcome at the end; older ones beyond the limit go."""
        with self._lock.held(LOCK_WAIT_SECONDS):
            lines = [*self._lines(), outcome.to_json()][-self.kept :]
            disk.replace_text(self.path, "\n".join(lines) + "\n")

    def tell(self, outcome: Outcome) -> Outcome:
        """The outcome, put at the end where that can be done: a full disk must not undo what happened."""
        try:
            self.add(outcome)
        except OSError as fault:
            _log.warning("%s is not in the journal (%s)", outcome.file_name, fault)
        return outcome

    def _lines(self) -> list[str]:
        try:
            return [line for line in disk.read_text(self.path).split("\n") if line]
        except FileNotFoundError:
            return []


def _outcome(line: str) -> Outcome | None:
    try:
        return Outcome.from_json(line)
    except (ValueError, KeyError, TypeError):
        return None
